"""TZ-SCP-01 to 03: members, fence, feedstock, base-year restatement."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, C, Row, gas, handed, papers, park
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import CouldNotRun, NotApplicable
from verify.checks.world import World

# tCO2 per 10^3Nm3: 38.931 x 0.0153 x 0.99 x 44/12
GAS = Fraction("38.931") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)


def close_to(tonnes: Fraction) -> Any:
    return pytest.approx(Decimal(tonnes.numerator) / tonnes.denominator, abs=Decimal("0.0001"))


def burned(of: str, *years: str, volume: str = "3000") -> list[Row]:
    return [gas(of, "final_use", volume, period=year) for year in years]


def members(**leaving: dict[str, Any]) -> list[Row]:
    return [
        {"enterprise_id": one, "name": one, "reason": "founding", **leaving.get(one, {}), "row_id": f"spell-{one}"}
        for one in (A, B)
    ]


# ---- SCP-01 ---------------------------------------------------------------------------------------------------------


def struck(spell: dict[str, Any], **more: list[Row]) -> dict[str, list[Row]]:
    activity = [*burned(A, "2025", "2026", "2027"), *burned(B, "2025", "2026")]
    return {"activity": activity, "enterprises": members(B=spell), "evidence": papers("register_extract")} | more


LEFT = {"to": "2026-12-31", "reason": "left"}


def test_a_member_wound_down_before_it_left_takes_nothing_with_it() -> None:
    """Base-year value, decomposition.md 3.1: 3,000 in 2025, 10 in its last year (as Elrama, Washington PA, 2011 to 2013)."""
    tables = struck(LEFT)
    small = [one | {"quantity": "10"} for one in burned(B, "2026")]
    tables["activity"] = [*burned(A, "2025", "2026", "2027"), *burned(B, "2025"), *small]
    (finding,) = findings("TZ-SCP-01", handed(tables))
    assert finding.effect == close_to(3000 * GAS)


def test_a_member_struck_without_a_paper_is_carried_at_its_base_year() -> None:
    (finding,) = findings("TZ-SCP-01", handed(struck(LEFT)))
    assert finding.effect == close_to(3000 * GAS)
    assert (finding.subject, finding.period, finding.row_ids) == (B, "2027", ("spell-B",))
    arguments = dict(finding.arguments)
    assert Decimal(arguments.pop("moved")) == close_to(3000 * GAS)
    assert arguments == {"base_year": "2025", "change": "left", "reason": "left"}


def test_reason_and_paper_silence_it() -> None:
    assert found("TZ-SCP-01", handed(struck({**LEFT, "reason": "closed", "evidence_id": "E-register_extract"}))) == []


@pytest.mark.parametrize(
    ("reason", "kind", "silent"),
    [
        ("closed", "register_extract", True),
        ("closed", "gas_bill", True),  # the account ended
        ("closed", "other", False),  # the park's own word
        ("closed", "contract", False),
        ("left", "contract", True),
        ("left", "other", False),
        ("boundary_change", "boundary_approval", True),
        ("boundary_change", "contract", False),
    ],
)
def test_each_reason_of_leaving_has_its_papers(reason: str, kind: str, silent: bool) -> None:
    spell = {**LEFT, "reason": reason, "evidence_id": f"E-{kind}"}
    assert (found("TZ-SCP-01", handed(struck(spell, evidence=papers(kind)))) == []) is silent


@pytest.mark.parametrize(
    "spell",
    [
        {**LEFT, "evidence_id": "E-nowhere"},  # a paper that is not on file
        {**LEFT, "reason": "", "evidence_id": "E-register_extract"},  # a paper without a reason
        {**LEFT, "reason": "founding", "evidence_id": "E-register_extract"},  # the paper of its entry
    ],
)
def test_one_of_the_two_is_not_enough(spell: dict[str, Any]) -> None:
    assert len(findings("TZ-SCP-01", handed(struck(spell)))) == 1


def test_a_member_that_entered_without_a_paper() -> None:
    tables = {
        "activity": [*burned(A, "2025", "2027"), *burned(B, "2027")],
        "enterprises": members(B={"from": "2026-05-01", "reason": "new"}),
        "evidence": papers(),
    }
    (finding,) = findings("TZ-SCP-01", handed(tables))
    assert finding.effect == close_to(-3000 * GAS)
    assert finding.arguments["change"] == "entered"


def test_a_renamed_member_stays() -> None:
    link = {"predecessor": B, "successor": C, "kind": "renamed", "evidence_id": "E-register_extract"}
    tables = struck(LEFT, lineage=[link])
    tables["enterprises"] = [
        *tables["enterprises"],
        {"enterprise_id": C, "name": "C", "from": "2027-01-01", "reason": "renamed"},
    ]
    assert found("TZ-SCP-01", handed(tables)) == []
    tables["lineage"] = [{**link, "evidence_id": ""}]
    assert {one.subject for one in findings("TZ-SCP-01", handed(tables))} == {B, C}


def test_who_left_and_came_back_is_a_member_of_both_years() -> None:
    tables = struck({"to": "2025-12-31"})
    tables["enterprises"] = [*tables["enterprises"], {"enterprise_id": B, "name": "B", "from": "2027-01-01"}]
    tables["activity"] = [*burned(A, "2025", "2027"), *burned(B, "2025", "2027")]
    assert found("TZ-SCP-01", handed(tables)) == []


def fence(east: str, paper: str, **dated: str) -> dict[str, Any]:
    ring = [["0", "0"], [east, "0"], [east, "1"], ["0", "0"]]
    return {"geojson": {"type": "Polygon", "coordinates": [ring]}, "evidence_id": paper, **dated}


@pytest.mark.parametrize(
    ("later", "found_"),
    [(fence("1", ""), False), (fence("2", ""), True), (fence("2", "E-register_extract"), False)],
)
def test_a_fence_that_moved_without_a_paper(later: dict[str, Any], found_: bool) -> None:
    about = park(boundaries=[fence("1", "", to="2026-06-30"), {**later, "from": "2026-07-01"}])
    tables = {"activity": burned(A, "2025", "2027"), "evidence": papers("register_extract")}
    rows = findings("TZ-SCP-01", handed(tables, about))
    assert [(one.subject, one.arguments["change"], one.effect) for one in rows] == (
        [("P", "boundary", None)] if found_ else []
    )


def test_without_a_base_year_nothing_can_be_compared() -> None:
    with pytest.raises(CouldNotRun, match="base_year_missing"):
        ran("TZ-SCP-01", handed({"activity": burned(A, "2027")}))
    with pytest.raises(NotApplicable, match="base_year_is_reporting_year"):
        ran("TZ-SCP-01", handed({"activity": burned(A, "2027")}, base_year="2027"))


# ---- SCP-02 ---------------------------------------------------------------------------------------------------------


def split(feedstock: str, fuel: str, year: str, **more: Any) -> list[Row]:
    return [
        gas(A, "feedstock", feedstock, period=year, row_id=f"feed-{year}", **more),
        gas(A, "final_use", fuel, period=year),
    ]


def test_fuel_called_feedstock_counts_as_fuel_again() -> None:
    """From 10 % to 50 % of 1,000: 400 x 10^3Nm3 beyond the base-year share."""
    (finding,) = findings(
        "TZ-SCP-02", handed({"activity": [*split("100", "900", "2025"), *split("500", "500", "2027")]})
    )
    assert finding.effect == close_to(400 * GAS)
    assert finding.arguments == {
        "carrier": "natural_gas",
        "base_year": "2025",
        "base_share": "0.1",
        "claim_share": "0.5",
    }
    assert (finding.subject, finding.row_ids) == (A, ("feed-2027",))


@pytest.mark.parametrize(
    ("feedstock", "fuel", "found_"), [("150", "850", False), ("151", "849", True), ("50", "950", False)]
)
def test_five_points_are_admitted(feedstock: str, fuel: str, found_: bool) -> None:
    rows = [*split("100", "900", "2025"), *split(feedstock, fuel, "2027")]
    assert bool(found("TZ-SCP-02", handed({"activity": rows}))) is found_


def test_feedstock_with_its_carbon_balance_raises_no_question() -> None:
    rows = [*split("100", "900", "2025"), *split("500", "500", "2027", evidence_id="E-carbon_balance")]
    assert found("TZ-SCP-02", handed({"activity": rows, "evidence": papers("carbon_balance")})) == []


def test_the_fuel_counts_as_the_member_burns_it() -> None:
    coal = {"carrier": "bituminous_coal", "unit": "t", "ncv": "22.3"}
    rows = [{**row, **coal} for row in [*split("0", "1000", "2025")[1:], *split("500", "500", "2027")]]
    (finding,) = findings("TZ-SCP-02", handed({"activity": rows}))
    assert finding.effect == close_to(500 * Fraction("22.3") * Fraction("0.0261") * Fraction("0.93") * Fraction(44, 12))


# ---- SCP-03 ---------------------------------------------------------------------------------------------------------


def with_threshold(here: World, identifier: str = "practice.materiality") -> World:
    """The same park under a ruler that restates its base year at 5 %."""
    baseline = here.ruler.text.baseline.model_copy(update={"recalculation_threshold": identifier})
    here.ruler = dataclasses.replace(here.ruler, text=here.ruler.text.model_copy(update={"baseline": baseline}))
    return here


def restated(here: World) -> list[Any]:
    from verify.checks.registry import registered

    rows = registered()["TZ-SCP-03"].function(here, {"organic": ["new", "closed", "renamed", "founding"]})
    return list(rows.found)


def taken_over(volume: str, reason: str = "acquired") -> World:
    rows = [*burned(A, "2025", "2026", "2027", volume="10000"), *burned(B, "2026", "2027", volume=volume)]
    return with_threshold(
        handed({"activity": rows, "enterprises": members(B={"from": "2026-01-01", "reason": reason})})
    )


def test_a_member_taken_over_at_eight_per_cent_of_the_base_year() -> None:
    (finding,) = restated(taken_over("800"))
    assert (finding.arguments["net"], finding.arguments["gross"], finding.arguments["threshold"]) == (
        "0.08",
        "0.08",
        "0.05",
    )
    assert Decimal(finding.arguments["base_total"]) == close_to(10000 * GAS)
    assert (finding.subject, finding.effect, finding.row_id) == ("P", None, "spell-B")


def test_below_the_threshold_or_organic_it_stands() -> None:
    assert restated(taken_over("499")) == []
    assert len(restated(taken_over("500"))) == 1
    assert restated(taken_over("800", reason="new")) == []


def test_an_acquisition_does_not_net_a_divestment_away() -> None:
    rows = [
        *burned(A, "2025", "2027", volume="10000"),
        *burned(B, "2025", volume="300"),
        *burned(C, "2027", volume="300"),
    ]
    spells = members(B={"to": "2026-01-31", "reason": "left"})
    spells.append({"enterprise_id": C, "name": C, "from": "2026-02-01", "reason": "acquired", "row_id": "spell-C"})
    (first, second) = restated(with_threshold(handed({"activity": rows, "enterprises": spells})))
    assert first.arguments["net"] == "0"
    # 600 of 10,300
    assert first.arguments["gross"].startswith("0.0582524")
    assert {first.row_id, second.row_id} == {"spell-B", "spell-C"}


def test_the_national_ruler_recalculates_at_five_per_cent() -> None:
    """Ten sold with a contract each, 0.5 % of the base year each: 5 % together."""
    names = [f"S{number}" for number in range(10)]
    rows = [
        *burned(A, "2025", "2027", volume="1900"),
        *(row for one in names for row in burned(one, "2025", volume="10")),
    ]
    spells = [{"enterprise_id": A, "name": A, "reason": "founding"}]
    spells += [
        {"enterprise_id": one, "name": one, "to": "2026-12-31", "reason": "left", "evidence_id": "E-contract"}
        for one in names
    ]
    tables = {"activity": rows, "enterprises": spells, "evidence": papers("contract")}
    assert len(found("TZ-SCP-03", handed(tables))) == 10
    assert found("TZ-SCP-03", handed({**tables, "activity": [*rows, *burned(A, "2025", volume="1")]})) == []
    assert found("TZ-SCP-01", handed(tables)) == []


def test_a_split_inside_with_its_paper_moves_nothing() -> None:
    """B goes on as C by a proven lineage: half of the base year left and came, and no recalculation is due."""
    rows = [
        *burned(A, "2025", "2027", volume="1000"),
        *burned(B, "2025", volume="1000"),
        *burned(C, "2027", volume="1000"),
    ]
    spells = members(B={"to": "2025-12-31", "reason": "split"})
    spells.append({"enterprise_id": C, "name": C, "from": "2026-01-01", "reason": "split", "row_id": "spell-C"})
    line = {"predecessor": B, "successor": C, "at": "2026-01-01", "kind": "split", "evidence_id": "E-register_extract"}
    tables = {"activity": rows, "enterprises": spells, "lineage": [line], "evidence": papers("register_extract")}
    assert found("TZ-SCP-03", handed(tables)) == []
    assert found("TZ-SCP-03", handed({**tables, "lineage": []}))

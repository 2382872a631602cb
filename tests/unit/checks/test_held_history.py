"""TZ-HIS-01 to 05 on small worlds, by hand: what is frozen, what excuses a difference, which place is the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.checks.handed import A, B, Row, flow, papers
from tests.unit.checks.world import found as run
from tests.unit.checks.world import world
from verify.checks import frozen
from verify.checks.rows import CouldNotRun, NotApplicable
from verify.history import CHOICE, FIGURES, Frozen, Path, commit

if TYPE_CHECKING:
    from verify.checks.world import World

SECRET = bytes(range(32))
BASE, CLAIM = "2025", "2027"
EF = Decimal("389.31") * Decimal("0.0153") * Decimal("0.99") * 44 / 12 / 10  # tCO2 per 10^3 Nm3 of natural gas
FENCE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
CODE = "91320400MA9B0LR10B"


def gas(period: str, quantity: str, of: str = A, source: str = "boiler") -> Row:
    return flow(
        of, "natural_gas", "final_use", quantity, "10^3Nm3", period=period, source_id=source, activity_type="终端消费"
    )


YEARS = [gas(BASE, "100"), gas("2026", "90"), gas(CLAIM, "80")]


def filing(rows: list[Row] = YEARS, chosen: dict[str, str] | None = None, **more: Any) -> World:
    """A park of these gas rows. `more`: tables, and fields of park.yaml under `park`."""
    park = {"id": "P", "id_scheme": "free", "base_year": BASE, **more.pop("park", {})}
    return world({"activity": rows, "evidence": papers(), **more}, park, chosen=chosen)


def against(now: World, first: World, *, sealed: bool = False) -> World:
    """`now`, held against the commitment of `first`."""
    both = commit(frozen.head(first), frozen.leaves(first), SECRET)
    now.history = (Frozen(both.public, None if sealed else both.opening),)
    return now


def restatement(**fields: Any) -> Row:
    whole = {"kind": "restatement", "from": date(2025, 1, 1), "to": date(2025, 12, 31), "description": "表计检定更正"}
    return {**whole, "evidence_id": "E-meter_ledger", **fields}


CODES = ("TZ-HIS-01", "TZ-HIS-02", "TZ-HIS-03", "TZ-HIS-04")


def test_the_same_filing_raises_nothing() -> None:
    here = against(filing(), filing())
    assert [run(code, here) for code in CODES] == [[], [], [], []]


def test_months_and_years_are_the_same_figures() -> None:
    monthly = [gas(f"{year[:4]}-{month:02d}", "1") for year in (BASE, "2026", CLAIM) for month in range(1, 13)]
    yearly = [gas(year, "12") for year in (BASE, "2026", CLAIM)]
    assert run("TZ-HIS-01", against(filing(yearly), filing(monthly))) == []


def test_a_base_year_raised_afterwards() -> None:
    """100 become 120 x 10^3 Nm3: 20 of them stand in 2025 that were not filed."""
    seen = run("TZ-HIS-01", against(filing([gas(BASE, "120"), *YEARS[1:]]), filing()))
    assert [(one.subject, one.period) for one in seen] == [(A, BASE)]
    assert seen[0].arguments == {
        "source": "boiler",
        "of": "natural_gas",
        "before": "100",
        "now": "120",
        "unit": "10^3Nm3",
    }
    assert seen[0].effect == pytest.approx(-20 * EF, abs=Decimal("0.001"))
    assert seen[0].table == "activity"


def test_a_source_that_was_not_there_then() -> None:
    seen = run("TZ-HIS-01", against(filing([*YEARS, gas(BASE, "30", source="kiln")]), filing()))
    assert [(one.arguments["source"], one.arguments["before"]) for one in seen] == [("kiln", "0")]
    assert seen[0].effect == pytest.approx(-30 * EF, abs=Decimal("0.001"))


def test_a_year_that_was_not_frozen_is_free() -> None:
    assert run("TZ-HIS-01", against(filing([*YEARS, gas("2028", "70")]), filing())) == []


def test_rows_that_are_gone() -> None:
    seen = run("TZ-HIS-03", against(filing([*YEARS[:2], gas(CLAIM, "80", source="other")]), filing()))
    assert [(one.subject, one.period, one.arguments["source"]) for one in seen] == [(A, CLAIM, "boiler")]
    assert seen[0].effect == pytest.approx(80 * EF, abs=Decimal("0.001"))


def test_a_year_not_handed_in_is_gone_only_where_it_was_the_base_year() -> None:
    assert run("TZ-HIS-03", against(filing([YEARS[0], YEARS[2]]), filing())) == []
    seen = run("TZ-HIS-03", against(filing(YEARS[1:]), filing()))
    assert [(one.period, one.subject) for one in seen] == [(BASE, "P")]
    assert seen[0].effect == pytest.approx(100 * EF, abs=Decimal("0.001"))


@pytest.mark.parametrize(
    ("event", "silent"),
    [
        (restatement(), True),
        (restatement(enterprise_id=A), True),
        (restatement(enterprise_id=A, source_id="boiler"), True),
        (restatement(enterprise_id=B), False),
        (restatement(source_id="kiln"), False),
        (restatement(description=" "), False),
        (restatement(evidence_id="E-not-on-file"), False),
        (restatement(kind="swap"), False),
        ({**restatement(), "from": date(2026, 1, 1), "to": date(2026, 12, 31)}, False),
    ],
)
def test_what_excuses_a_change(event: Row, silent: bool) -> None:
    here = against(filing([gas(BASE, "120"), *YEARS[1:]], events=[event]), filing())
    assert (run("TZ-HIS-01", here) == []) is silent


def test_a_restatement_of_a_member_excuses_no_choice_of_the_park() -> None:
    moved = {"base_year": "2026"}
    for event, silent in ((restatement(enterprise_id=A), False), (restatement(), True)):
        here = against(filing(park=moved, events=[event]), filing())
        here.base_year = "2026"
        assert (run("TZ-HIS-02", here) == []) is silent


def test_a_reading_chosen_again_has_its_tonnes() -> None:
    """No power is used: the reading moves the energy, not the tonnes."""
    name = "electricity.tce_coefficient"
    readings = [one.id for one in filing().ruler.text.parameters[name].readings]
    first = filing().chosen[name]
    other = next(one for one in readings if one != first)
    seen = run("TZ-HIS-02", against(filing(chosen={name: other}), filing()))
    assert [one.arguments for one in seen] == [{"choice": "parameter", "part": name, "before": first, "now": other}]
    assert seen[0].effect == 0


def test_a_fence_with_a_later_date_leaves_the_frozen_years() -> None:
    wider = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]}
    first = filing(park={"boundaries": [{"geojson": FENCE}]})
    later = [{"to": "2027-12-31", "geojson": FENCE}, {"from": "2028-01-01", "geojson": wider}]
    assert run("TZ-HIS-02", against(filing(park={"boundaries": later}), first)) == []
    seen = run("TZ-HIS-02", against(filing(park={"boundaries": [{"geojson": wider}]}), first))
    assert [(one.arguments["choice"], one.period) for one in seen] == [
        ("boundary", year) for year in (BASE, "2026", CLAIM)
    ]


def test_a_code_renamed_afterwards() -> None:
    members = [{"enterprise_id": A, "name": A, "industry_code": "3391", "population": "above_scale"}]
    renamed = [members[0] | {"industry_code": "2641"}]
    seen = run("TZ-HIS-02", against(filing(enterprises=renamed), filing(enterprises=members)))
    assert {(one.subject, one.arguments["choice"], one.arguments["now"]) for one in seen} == {
        (A, "industry", "2641 above_scale")
    }


def test_an_allocation_key_changed_afterwards() -> None:
    key = {"shared": "boiler house", "party": A, "side": "inside", "key_basis": "area", "share": "0.8"}
    seen = run("TZ-HIS-02", against(filing(allocations=[key | {"share": "0.5"}]), filing(allocations=[key])))
    assert {one.arguments["before"] for one in seen} == {"area 0.8"}
    assert {one.arguments["choice"] for one in seen} == {"allocation"}


def test_another_text_of_the_ruler_moves_no_tonnes_of_the_park() -> None:
    """Results may differ then; quantities are still held."""
    first, now = filing(), filing([gas(BASE, "120"), *YEARS[1:]])
    leaves = [
        type(one)(one.path, ["cn-national-2025", "1" * 64] if one.path == Path(CHOICE, "ruler") else one.content)
        for one in frozen.leaves(first)
    ]
    both = commit(frozen.head(first), leaves, SECRET)
    now.history = (Frozen(both.public, both.opening),)
    seen = run("TZ-HIS-01", now)
    assert [(one.arguments["now"], one.effect) for one in seen] == [("120", None)]
    assert run("TZ-HIS-02", now) == []


def test_a_commitment_that_nobody_opens() -> None:
    with pytest.raises(CouldNotRun, match="history_not_opened"):
        run("TZ-HIS-01", against(filing(), filing(), sealed=True))


def test_without_a_commitment_and_with_that_of_another_place() -> None:
    for code in CODES:
        with pytest.raises(NotApplicable, match="no_history"):
            run(code, filing())
    with pytest.raises(NotApplicable, match="history_of_another_park"):
        run("TZ-HIS-01", against(filing(), filing(park={"id": "Q"})))


def shifted(by: str) -> dict[str, Any]:
    west, east = Decimal(by), Decimal(by) + 1
    return {"type": "Polygon", "coordinates": [[[west, 0], [east, 0], [east, 1], [west, 1], [west, 0]]]}


@pytest.mark.parametrize(
    ("by", "seen"), [("0", True), ("0.5", True), ("0.9", True), ("0.901", False), ("1", False), ("7", False)]
)
def test_a_place_is_known_by_its_fence(by: str, seen: bool) -> None:
    """A tenth of the area is enough; a neighbour that shares a border is another place."""
    first = filing(park={"id": "Q", "boundaries": [{"geojson": FENCE}]})
    here = against(filing(park={"boundaries": [{"geojson": shifted(by)}]}), first, sealed=True)
    assert bool(run("TZ-HIS-04", here)) is seen


def test_a_place_is_known_by_its_members_and_by_its_sources() -> None:
    members = [{"enterprise_id": CODE, "name": "x"}]
    park = {"id_scheme": "uscc"}
    seen = run(
        "TZ-HIS-04",
        against(filing(enterprises=members, park=park), filing(enterprises=members, park=park | {"id": "Q"})),
    )
    assert seen[0].arguments["code_share"] == "1"
    spot = {"source_id": "boiler", "enterprise_id": A, "longitude": "120.1234", "latitude": "31.5"}
    near = spot | {"source_id": "kessel", "longitude": "120.1231"}
    seen = run("TZ-HIS-04", against(filing(sources=[near]), filing(sources=[spot], park={"id": "Q"})))
    assert seen[0].arguments["source_share"] == "1"
    free = against(filing(enterprises=members), filing(enterprises=members, park={"id": "Q"}))
    assert run("TZ-HIS-04", free) == []  # a code of one's own making is the name of anybody


def test_one_company_in_two_parks_makes_no_common_place() -> None:
    codes = [CODE, "91320400MAQFJBBH0X", "91320400MA1XR1LY2E"]
    first, now = ([{"enterprise_id": one, "name": one} for one in side] for side in (codes[:1], codes))
    park = {"id_scheme": "uscc"}
    others = [{"enterprise_id": one, "name": one} for one in ("91110000600037341L", "91110108551385082Q")]
    apart = against(filing(enterprises=now, park=park), filing(enterprises=first + others, park=park | {"id": "Q"}))
    assert run("TZ-HIS-04", apart) == []


def test_figures_are_held_under_another_id_too() -> None:
    first = filing(park={"id": "Q", "boundaries": [{"geojson": FENCE}]})
    now = filing([gas(BASE, "120"), *YEARS[1:]], park={"boundaries": [{"geojson": FENCE}]})
    assert [one.arguments["now"] for one in run("TZ-HIS-01", against(now, first))] == ["120"]


def told(**fields: Any) -> Row:
    return {"year": CLAIM, "item": "total.tco2", "unit": "tCO2", "authority": "ets", **fields}


TOTAL = 80 * EF


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        (told(value=str(TOTAL.quantize(Decimal("0.01")))), False),
        (told(value=str((TOTAL * Decimal("1.049")).quantize(Decimal("0.01")))), False),
        (told(value=str((TOTAL * Decimal("1.051")).quantize(Decimal("0.01")))), True),
        (told(value="10"), True),
        (told(value="10", method="直接排放", evidence_id="E-not-on-file"), True),
        (told(value="10", evidence_id="E-statistics_form"), True),
        (told(value="10", method="直接排放", evidence_id="E-statistics_form"), False),
    ],
)
def test_what_another_authority_was_told(row: Row, seen: bool) -> None:
    forms = [*papers(), *papers("statistics_form")]
    found = run("TZ-HIS-05", filing(reported=[row], evidence=forms))
    assert bool(found) is seen
    if found:
        assert found[0].effect == pytest.approx(Decimal(row["value"]) - TOTAL, abs=Decimal("0.01"))
        assert found[0].arguments["authority"] == "ets"


def test_a_statement_about_the_whole_park() -> None:
    said = {"period": CLAIM, "authority": "statistics", "item": "total.tco2", "quantity": "10", "unit": "tCO2"}
    assert [one.table for one in run("TZ-HIS-05", filing(statements=[said]))] == ["statements"]
    with pytest.raises(NotApplicable, match="nobody_else_was_told"):
        run("TZ-HIS-05", filing(statements=[said | {"party_code": A}]))


def test_every_leaf_has_a_path_of_its_own() -> None:
    leaves = frozen.leaves(filing([*YEARS, gas(BASE, "5", of=B)]))
    assert len({one.path for one in leaves}) == len(leaves)
    assert {one.path.member for one in leaves if one.path.kind == FIGURES} == {A, B}

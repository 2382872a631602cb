"""TZ-CLM-01 to 03: the national label, absolute words, figures of sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, handed, papers, park, power
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import NotApplicable

GRID_POWER = [power(A, "purchased", mwh, "grid", period=year) for year, mwh in (("2025", "100000"), ("2027", "80000"))]
GREEN = [
    power(A, "purchased", "500", "direct_nonfossil", evidence_id="E-direct_supply_agreement"),
    power(A, "primary_production", "10", "self_nonfossil", evidence_id="E-meter_ledger"),
]


def claim(text: str, **more: Any) -> Row:
    return {"claim_id": "C1", "year": "2027", "kind": "label", "text": text, **more}


def park_with(*claims: Row, activity: list[Row] = GRID_POWER, about: Any = None) -> Any:
    tables = {
        "activity": activity,
        "claims": list(claims),
        "evidence": papers("direct_supply_agreement", "meter_ledger", "acceptance", "previous_report"),
    }
    return handed(tables, about)


# ---- CLM-01 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["测试园区是国家级零碳园区", "建成国家级 零碳园区", "P is a national  zero-carbon park"]
)
def test_the_label_before_acceptance(text: str) -> None:
    (finding,) = findings("TZ-CLM-01", park_with(claim(text)))
    assert finding.arguments["claim"] == "C1"
    assert finding.arguments["words"] in text
    assert (finding.row_ids, finding.effect) == (("claims:0",), None)


@pytest.mark.parametrize(
    "text",
    [
        "园区已纳入国家级零碳园区建设名单",
        "单位能耗碳排放为0.1554 tCO2/tce",
        "尚未通过国家级零碳园区验收",
        "P is on the construction list of national zero-carbon parks",
    ],
)
def test_what_may_be_said_before_acceptance(text: str) -> None:
    here = park_with(claim(text))
    assert found("TZ-CLM-01", here) == []
    assert found("TZ-CLM-02", here) == []


def test_the_label_after_acceptance() -> None:
    record = {"document": "验收意见", "evidence_id": "E-acceptance"}
    label = claim("测试园区是国家级零碳园区")
    assert found("TZ-CLM-01", park_with(label, about=park(acceptance_record=record))) == []
    assert found("TZ-CLM-02", park_with(label, about=park(acceptance_record=record))) == []
    assert found("TZ-CLM-01", park_with(label, about=park(acceptance_record={**record, "evidence_id": "E-nowhere"})))


# ---- CLM-02 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("园区已实现碳中和", "verified_level"),
        ("a carbon neutral park", "verified_level"),
        ("园区生产实现100%绿电", "green_power_proof"),
        ("剩余排放以林业碳汇抵消", "no_offsets"),
    ],
)
def test_words_without_their_basis(text: str, missing: str) -> None:
    (finding,) = findings("TZ-CLM-02", park_with(claim(text)))
    assert finding.arguments["missing"] == missing


def test_a_verified_level_founds_absolute_words() -> None:
    assert found("TZ-CLM-02", park_with(claim("园区已实现碳中和", evidence_id="E-previous_report"))) == []
    assert found("TZ-CLM-02", park_with(claim("园区已实现碳中和", evidence_id="E-meter_ledger")))


@pytest.mark.parametrize(
    ("more", "silent"),
    [
        ([], True),
        ([power(A, "purchased", "5", "grid")], False),  # one percent from the grid
        ([power(A, "purchased", "5", "certificate")], False),  # a zero without a paper
        ([power(A, "transformation_out", "5", "self_fossil", activity_type="火力发电")], False),
        ([power(A, "transformation_out", "5", "self_waste_heat", activity_type="余热发电")], True),
    ],
)
def test_all_green_power_is_all_of_it_and_proven(more: list[Row], silent: bool) -> None:
    here = park_with(claim("园区生产实现100%绿电"), activity=[*GREEN, *more])
    assert (found("TZ-CLM-02", here) == []) is silent


def test_a_name_and_a_denial_claim_nothing() -> None:
    about = park(names={"zh": "北方零碳产业园", "en": "North Zero-Carbon Park"})
    assert found("TZ-CLM-02", park_with(claim("北方零碳产业园2027年用电下降"), about=about)) == []
    assert found("TZ-CLM-02", park_with(claim("本园区未使用碳汇抵消"))) == []
    assert found("TZ-CLM-02", park_with(claim("北方零碳产业园已实现零碳"), about=about))


# ---- CLM-03 ---------------------------------------------------------------------------------------------------------


def figure(kind: str, value: str, unit: str, item: str = "total.tco2", **more: Any) -> Row:
    return claim("……", kind=kind, value=value, unit=unit, item=item, **more)


def test_a_reduction_that_the_rows_do_not_give() -> None:
    """(100,000 − 80,000) MWh x 0.8325 = 16,650 t; the sentence says 20,000."""
    (finding,) = findings("TZ-CLM-03", park_with(figure("reduction", "20000", "tCO2", base_year="2025")))
    assert finding.arguments == {
        "claim": "C1",
        "item": "total.tco2",
        "claimed": "20000",
        "recomputed": "16650",
        "unit": "tCO2",
    }
    assert finding.effect == Decimal(3350)


@pytest.mark.parametrize(
    ("kind", "value", "unit", "silent"),
    [
        ("reduction", "16650", "tCO2", True),
        ("reduction", "17000", "tCO2", True),  # 2 %: not material
        ("reduction", "17500", "tCO2", False),  # 5.1 %
        ("reduction", "0.2", "1", True),  # 16,650 of 83,250 t is 20 %
        ("reduction", "0.3", "1", False),
        ("level", "66600", "tCO2", True),
        ("level", "60000", "tCO2", False),
    ],
)
def test_levels_and_reductions(kind: str, value: str, unit: str, silent: bool) -> None:
    assert (found("TZ-CLM-03", park_with(figure(kind, value, unit))) == []) is silent


SOLD = {"enterprise_id": B, "name": B, "to": "2026-12-31", "reason": "left", "evidence_id": "E-contract"}


@pytest.mark.parametrize(
    ("reason", "value", "unit", "effect"),
    [
        ("left", "24975", "tCO2", Decimal(8325)),  # 10,000 MWh sold are told as abated
        ("left", "16650", "tCO2", None),  # like for like
        ("closed", "24975", "tCO2", None),  # decline is a fall
        ("policy_relocation", "24975", "tCO2", None),  # TZ-REL-10 speaks
        ("policy_relocation", "16650", "tCO2", None),  # and without it nothing is understated
        ("left", "0.2", "1", None),  # 16,650 of 83,250 t
    ],
)
def test_what_was_sold_is_no_reduction(reason: str, value: str, unit: str, effect: Decimal | None) -> None:
    """A falls from 100,000 to 80,000 MWh, B with 10,000 MWh left."""
    activity = [
        power(one, "purchased", mwh, "grid", period=year)
        for one, mwh, year in ((A, "100000", "2025"), (A, "80000", "2027"), (B, "10000", "2025"))
    ]
    spells = [{"enterprise_id": A, "name": A, "reason": "founding"}, {**SOLD, "reason": reason}]
    said = [figure("reduction", value, unit, base_year="2025")]
    here = handed({"activity": activity, "enterprises": spells, "claims": said, "evidence": papers("contract")})
    assert [one.effect for one in found("TZ-CLM-03", here)] == ([] if effect is None else [effect])


def test_an_indicator_and_its_rounding() -> None:
    """80,000 MWh: 66,600 t over 24,000 tce = 2.775; printed 2.8 it is rounded, 2.5 it is not."""
    item = "indicator.unit_energy_co2"
    assert found("TZ-CLM-03", park_with(figure("level", "2.8", "tCO2/tce", item))) == []
    (finding,) = findings("TZ-CLM-03", park_with(figure("level", "2.5", "tCO2/tce", item)))
    assert (finding.arguments["recomputed"], finding.effect) == ("2.775", None)


def test_figures_that_the_ruler_does_not_know_are_undecided() -> None:
    here = park_with(figure("level", "5", "tCO2", "scope3.tco2"), figure("level", "5", "tce", claim_id="C2"))
    assert ran("TZ-CLM-03", here).undecided == ["C1", "C2"]
    assert found("TZ-CLM-03", here) == []


@pytest.mark.parametrize("code", ["TZ-CLM-01", "TZ-CLM-02", "TZ-CLM-03"])
def test_no_claims(code: str) -> None:
    with pytest.raises(NotApplicable, match="no_claims"):
        ran(code, handed({"activity": GREEN, "claims": []}))

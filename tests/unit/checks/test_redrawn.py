"""TZ-SCP-07 and 08: a source cut out of the fence, a works on both sides of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, gas, handed, papers, park
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import NotApplicable

GAS = Fraction("38.931") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)  # tCO2 per 10^3Nm3


def square(east: float, hole: bool = False, **dated: str) -> dict[str, Any]:
    rings = [[[0, 0], [east, 0], [east, 4], [0, 4], [0, 0]]]
    rings += [[["2.9", "2.9"], ["2.9", "3.1"], ["3.1", "3.1"], ["3.1", "2.9"], ["2.9", "2.9"]]] if hole else []
    return {"geojson": {"type": "Polygon", "coordinates": rings}, "evidence_id": "E-boundary_approval", **dated}


def source(name: str, east: str, **more: Any) -> Row:
    return {"source_id": name, "enterprise_id": A, "longitude": east, "latitude": "3", "row_id": f"s-{name}", **more}


def here(*rows: tuple[str, str], fences: list[dict[str, Any]], **more: Any) -> Any:
    activity = [gas(A, "final_use", "300", period=year, source_id=name) for name, year in rows]
    sources = more.pop("sources", [source("b1", "1"), source("b2", "3")])
    return handed({"activity": activity, "sources": sources, "evidence": papers(), **more}, park(boundaries=fences))


BEFORE = square(4, to="2026-12-31")
BOTH = (("b1", "2025"), ("b1", "2027"), ("b2", "2025"))


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        (square(4, hole=True, **{"from": "2027-01-01"}), "hole"),
        (square(2, **{"from": "2027-01-01"}), "outside"),
        (square(4, **{"from": "2027-01-01"}), ""),
    ],
)
def test_a_source_cut_out_is_carried_at_its_base_year_value(after: dict[str, Any], stands: str) -> None:
    rows = findings("TZ-SCP-07", here(*BOTH, fences=[BEFORE, after]))
    assert [one.arguments["stands"] for one in rows] == ([stands] if stands else [])
    for one in rows:
        assert one.effect == pytest.approx(Decimal(str(float(300 * GAS))), abs=Decimal("0.0001"))
        assert (one.subject, one.row_ids) == ("b2", ("s-b2",))


def test_a_source_that_was_shut_or_is_still_filed_is_left_alone() -> None:
    fences = [BEFORE, square(2, **{"from": "2027-01-01"})]
    shut = [source("b1", "1"), source("b2", "3", retired="2026-05-01")]
    assert found("TZ-SCP-07", here(*BOTH, fences=fences, sources=shut)) == []
    assert found("TZ-SCP-07", here(*BOTH, ("b2", "2027"), fences=fences)) == []
    assert found("TZ-SCP-07", here(*BOTH[:2], fences=fences)) == []  # both years on one fence: nothing in the base year
    with pytest.raises(NotApplicable, match="nothing_located"):
        ran("TZ-SCP-07", here(*BOTH, fences=[]))


@pytest.mark.parametrize(
    ("evidence", "fence", "raised"),
    [("E-boundary_approval", "E-boundary_approval", 0), ("", "E-boundary_approval", 1), ("E-boundary_approval", "", 1)],
)
def test_who_left_the_list_by_paper_under_a_fence_of_paper_did_so_in_the_open(
    evidence: str, fence: str, raised: int
) -> None:
    gone = {"enterprise_id": B, "name": B, "to": "2026-12-31", "reason": "boundary_change", "evidence_id": evidence}
    activity = [gas(A, "final_use", "300", period=year, source_id="b1") for year in ("2025", "2027")]
    activity.append(gas(B, "final_use", "300", period="2025", source_id="b2"))
    tables = {
        "enterprises": [{"enterprise_id": A, "name": A}, gone],
        "activity": activity,
        "sources": [source("b1", "1"), source("b2", "3", enterprise_id=B)],
        "evidence": papers(),
    }
    after = square(2, **{"from": "2027-01-01"}) | {"evidence_id": fence}
    assert len(found("TZ-SCP-07", handed(tables, park(boundaries=[BEFORE, after])))) == raised


def test_a_works_on_both_sides_needs_a_meter_or_a_share_on_paper() -> None:
    fences = [square(2)]
    assert len(found("TZ-SCP-08", here(*BOTH, fences=fences))) == 1
    meter = {"meter_id": "M", "enterprise_id": A, "source_id": "b2", "carrier": "natural_gas"}
    assert found("TZ-SCP-08", here(*BOTH, fences=fences, meters=[meter])) == []
    share = {"shared": "b2", "party": A, "share": "0.5", "evidence_id": "E-meter_ledger"}
    assert found("TZ-SCP-08", here(*BOTH, fences=fences, allocations=[share])) == []
    assert len(found("TZ-SCP-08", here(*BOTH, fences=fences, allocations=[{**share, "evidence_id": ""}]))) == 1
    assert found("TZ-SCP-08", here(*BOTH, fences=[square(4)])) == []

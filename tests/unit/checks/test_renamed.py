"""TZ-SCP-10: the same works under another class, industry or code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, C, Row, gas, handed, papers
from tests.unit.checks.world import findings

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3


def made(of: str, year: str, quantity: str) -> Row:
    return {
        "period": year,
        "enterprise_id": of,
        "product": "casting",
        "flow": "made",
        "quantity": quantity,
        "unit": "t",
    }


def classes(before: dict[str, str], after: dict[str, str]) -> list[Row]:
    one = {"enterprise_id": A, "name": "A"}
    return [{**one, "to": "2025-12-31", **before}, {**one, "from": "2026-01-01", **after}]


@pytest.mark.parametrize(
    ("now", "output", "effect"),
    [("100", "300", 200), ("100", "100", None), ("100", None, 200), ("286", "300", None), ("284", "300", 16)],
)
@pytest.mark.parametrize(("name", "old", "new"), [("population", "above_scale", "below_scale"), ("industry_code", "3391", "5930")])  # fmt: skip
def test_a_new_class_with_the_same_output(
    name: str, old: str, new: str, now: str, output: str | None, effect: int | None
) -> None:
    tables = {
        "activity": [gas(A, "final_use", "300", period="2025"), gas(A, "final_use", now)],
        "enterprises": classes({name: old}, {name: new}),
        "production": [made(A, "2025", "300"), made(A, "2027", output)] if output else [],
    }
    rows = findings("TZ-SCP-10", handed(tables))
    assert len(rows) == (effect is not None)
    for one in rows:
        assert one.effect == pytest.approx(effect * GAS, abs=Decimal("0.0001"))
        assert (one.arguments["change"], one.arguments["before"], one.arguments["after"]) == (name, old, new)


def works(**more: Any) -> list[Any]:
    spells = [
        {"enterprise_id": B, "name": "B", "to": "2026-12-31", "reason": "closed"},
        {"enterprise_id": C, "name": "C", "from": "2027-01-01", "reason": "new"},
    ]
    place = {"longitude": "119.9", "latitude": "31.7"}
    tables = {
        "activity": [gas(B, "final_use", "300", period="2025"), gas(C, "final_use", "40")],
        "enterprises": spells, "evidence": papers(),
        "sources": [{"source_id": "k1", "enterprise_id": B, **place}, {"source_id": "k9", "enterprise_id": C, **place}],
    }  # fmt: skip
    return findings("TZ-SCP-10", handed({**tables, **more}))


def test_another_code_at_the_same_place() -> None:
    (finding,) = works()
    assert finding.effect == pytest.approx(260 * GAS, abs=Decimal("0.0001"))
    assert (finding.subject, finding.arguments["change"], finding.arguments["before"]) == (C, "place", B)


@pytest.mark.parametrize(("longitude", "found_"), [("119.9005", 1), ("119.8995", 1), ("119.9006", 0)])
def test_a_few_steps_away_is_the_same_place(longitude: str, found_: int) -> None:
    """Two filings rarely give one point: 0.0005 degrees are some 50 m."""
    sources = [
        {"source_id": "k1", "enterprise_id": B, "longitude": "119.9", "latitude": "31.7"},
        {"source_id": "k9", "enterprise_id": C, "longitude": longitude, "latitude": "31.7"},
    ]
    assert len(works(sources=sources)) == found_


def test_lineage_on_paper_or_another_place_silence_it() -> None:
    link = {"predecessor": B, "successor": C, "evidence_id": "E-register_extract"}
    assert works(lineage=[link]) == []
    assert len(works(lineage=[{**link, "evidence_id": ""}])) == 1
    assert works(sources=[]) == []
    meters = [{"meter_id": f"M{one}", "serial": "77", "enterprise_id": one} for one in (B, C)]
    (finding,) = works(sources=[], meters=meters)
    assert finding.arguments["change"] == "meter"


@pytest.mark.parametrize(("trade", "found_"), [("3391", 1), ("6450", 0), ("", 1)])
def test_a_new_tenant_of_another_trade_is_another_works(trade: str, found_: int) -> None:
    spells = [
        {"enterprise_id": B, "name": "B", "to": "2026-12-31", "industry_code": "3391"},
        {"enterprise_id": C, "name": "C", "from": "2027-01-01", "industry_code": trade},
    ]
    assert len(works(enterprises=spells)) == found_


def test_a_measure_on_paper_stands_for_the_fall() -> None:
    measure = {
        "measure_id": "m",
        "enterprise_id": A,
        "description": "x",
        "effective_from": "2026-05-01",
        "evidence_id": "E-meter_ledger",
    }
    tables = {
        "activity": [gas(A, "final_use", "300", period="2025"), gas(A, "final_use", "100")],
        "enterprises": classes({"population": "above_scale"}, {"population": "below_scale"}), "evidence": papers(),
    }  # fmt: skip
    assert len(findings("TZ-SCP-10", handed(tables))) == 1
    assert findings("TZ-SCP-10", handed({**tables, "measures": [measure]})) == []

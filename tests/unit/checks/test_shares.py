"""TZ-SCP-09: shares of something shared across the fence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, Row, gas, handed, papers
from tests.unit.checks.world import findings

THEN, NOW = {"to": "2026-12-31"}, {"from": "2027-01-01"}


def shares(outside: str, key: str = "volume", inside: str = "", **more: Any) -> list[Row]:
    row = {"shared": "asu", "key_basis": key, "total": "1000", "unit": "MWh", **more}
    inner = {**row, "party": A, "side": "inside", "share": inside or str(1 - Decimal(outside))}
    return [inner, {**row, "party": "outside", "side": "outside", "share": outside}]


def gone(*allocations: list[Row], used: str = "900") -> list[Any]:
    activity = [gas(A, "final_use", used, period=year, source_id="furnace") for year in ("2025", "2027")]
    rows = [row for many in allocations for row in many]
    return findings("TZ-SCP-09", handed({"activity": activity, "allocations": rows, "evidence": papers()}))


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (shares("0.6", "area", **NOW), "key"),
        (shares("0.6", "area", evidence_id="E-meter_ledger", **NOW), "key"),  # a paper of the total is none of the key
        (shares("0.6", **NOW), "growth"),
        (shares("0.6", evidence_id="E-meter_ledger", **NOW), ""),
        (shares("0.1", "area", **NOW), ""),  # less outside than before
        (shares("0.2", inside="0.7", **NOW), "sum"),
    ],
)
def test_what_a_share_may_do(now: list[Row], fault: str) -> None:
    rows = gone(shares("0.2", **THEN), now)
    assert [one.arguments["fault"] for one in rows] == ([fault] if fault else [])


def test_what_went_out_counts_at_the_total_or_at_what_the_source_emits() -> None:
    (finding,) = gone(shares("0.2", **THEN), shares("0.6", "area", **NOW))
    assert finding.effect == Decimal(333)  # 1000 MWh x 0.4 x 0.8325
    of_furnace = {"shared": "furnace", "total": None, "unit": ""}
    (finding,) = gone(
        [{**row, **of_furnace} for row in shares("0.2", **THEN)],
        [{**row, **of_furnace} for row in shares("0.6", "area", **NOW)],
    )
    # 900 is what is left inside, 0.4 of 2250; 0.4 of that went out
    per = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12
    assert finding.effect == pytest.approx(900 * per, abs=Decimal("0.0001"))

"""TZ-SCP-14: what fell by a power of ten while all that goes with it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, gas, handed, papers, power
from tests.unit.checks.world import findings

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3


def made(*quantities: str) -> list[dict[str, Any]]:
    row = {"enterprise_id": A, "product": "casting", "flow": "made", "unit": "t"}
    return [
        {**row, "period": year, "quantity": amount} for year, amount in zip(("2025", "2027"), quantities, strict=True)
    ]


def slip(left: str, *more: Any, output: tuple[str, str] = ("100", "100"), **tables: Any) -> list[Any]:
    rows = [
        gas(A, "final_use", "600", period="2025", source_id="b1"),
        gas(A, "final_use", "600", source_id="b1"),
        gas(A, "final_use", "400", period="2025", source_id="b2"),
        gas(A, "final_use", left, source_id="b2", row_id="slipped"),
        *more,
    ]
    return findings(
        "TZ-SCP-14", handed({"activity": rows, "evidence": papers(), "production": made(*output), **tables})
    )


@pytest.mark.parametrize(
    ("left", "times"),
    [("0.4", 1000), ("0.25", 1000), ("0.79", 1000), ("0.2", 1000), ("0.13", None), ("0.04", 10_000), ("4.01", None)],
)
def test_a_thousandth_while_output_goes_on(left: str, times: int | None) -> None:
    """0.13 of 400 is 3,077 times less: more than twice from a thousand and less than half of ten thousand."""
    found = slip(left)
    assert len(found) == (times is not None)
    for one in found:
        assert (one.subject, one.row_ids, one.arguments["times"]) == ("b2", ("slipped",), str(times))
        assert one.effect == pytest.approx(Decimal(left) * (times - 1) * GAS, abs=Decimal("0.0001"))  # type: ignore[operator]


@pytest.mark.parametrize(("now", "seen"), [("50", True), ("49", False), ("200", True), ("201", False), ("0", False)])
def test_output_is_the_witness(now: str, seen: bool) -> None:
    """A standstill takes output with it; without output at all nothing is said here (TZ-SCP-11 asks)."""
    left = {"50": "0.2", "200": "0.8"}.get(now, "0.4")
    assert bool(slip(left, output=("100", now))) is seen


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("sources", {"source_id": "b2", "enterprise_id": A, "retired": "2026-03-01"}),
        ("events", {"kind": "swap", "source_id": "b2", "enterprise_id": A, "from": "2026-03-01", "evidence_id": "E-meter_ledger"}),
        ("measures", {"measure_id": "m", "enterprise_id": A, "source_id": "b2", "description": "heat pump", "effective_from": "2026-03-01",
                      "evidence_id": "E-meter_ledger"}),
    ],
)  # fmt: skip
def test_what_answers_for_it(table: str, row: dict[str, Any]) -> None:
    assert slip("0.4", **{table: [row]}) == []


def test_what_took_its_place() -> None:
    assert slip("0.4", gas(A, "final_use", "80", source_id="b3")) == []
    assert slip("0.4", power(A, "final_use", "900", period="2025"), power(A, "final_use", "2000")) == []

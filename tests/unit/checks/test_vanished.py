"""TZ-SCP-11: what the base year held and the reporting year does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, coal_like, gas, handed, papers, power
from tests.unit.checks.world import findings

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3


def gone(*more: Any, **tables: Any) -> list[Any]:
    rows = [
        gas(A, "final_use", "600", period="2025", source_id="b1"),
        gas(A, "final_use", "600", source_id="b1"),
        gas(A, "final_use", "400", period="2025", source_id="b2", row_id="gone"),
        *more,
    ]
    return findings("TZ-SCP-11", handed({"activity": rows, "evidence": papers(), **tables}))


def test_a_boiler_without_rows_and_without_a_word() -> None:
    (finding,) = gone()
    assert finding.effect == pytest.approx(400 * GAS, abs=Decimal("0.0001"))
    assert (finding.subject, finding.arguments["carrier"], finding.row_ids) == ("b2", "natural_gas", ("gone",))


@pytest.mark.parametrize(
    ("table", "row", "silent"),
    [
        ("sources", {"source_id": "b2", "enterprise_id": A, "retired": "2026-03-01"}, True),
        ("sources", {"source_id": "b2", "enterprise_id": A}, False),
        ("events", {"kind": "swap", "source_id": "b2", "enterprise_id": A, "from": "2026-03-01", "evidence_id": "E-meter_ledger"}, True),
        ("events", {"kind": "swap", "source_id": "b2", "enterprise_id": A, "from": "2026-03-01"}, False),
        ("events", {"kind": "swap", "source_id": "b1", "enterprise_id": A, "from": "2026-03-01", "evidence_id": "E-meter_ledger"}, False),
        ("measures", {"measure_id": "m", "enterprise_id": A, "source_id": "b2", "description": "heat pump", "effective_from": "2026-03-01",
                      "evidence_id": "E-meter_ledger"}, True),
    ],
)  # fmt: skip
def test_what_answers_for_it(table: str, row: dict[str, Any], silent: bool) -> None:
    assert (gone(**{table: [row]}) == []) is silent


@pytest.mark.parametrize(("left", "hidden"), [("0.4", "399.6"), ("4", "396"), ("4.01", "")])
def test_hardly_anything_left_is_as_good_as_gone(left: str, hidden: str) -> None:
    """A thousandth looks like a slip of the unit; more than one per cent left is a fall like any other."""
    rows = gone(gas(A, "final_use", left, source_id="b2"))
    assert [one.effect for one in rows] == [
        pytest.approx(Decimal(amount) * GAS, abs=Decimal("0.0001")) for amount in (hidden,) if amount
    ]


def test_what_took_its_place() -> None:
    assert gone(gas(A, "final_use", "80", source_id="b3")) == []  # another boiler
    assert (
        gone(power(A, "final_use", "900", period="2025"), power(A, "final_use", "2000")) == []
    )  # 4 GWh of gas, 1.1 of power
    assert len(gone(gas(A, "final_use", "70", source_id="b3"))) == 1


def test_a_member_that_makes_nothing_any_more_or_less_of_it() -> None:
    def made(now: str) -> list[dict[str, Any]]:
        row = {"enterprise_id": A, "product": "casting", "flow": "made", "unit": "t"}
        return [{**row, "period": "2025", "quantity": "100"}, {**row, "period": "2027", "quantity": now}]

    assert gone(production=made("0")) == []
    (finding,) = gone(production=made("50"))
    assert finding.effect == pytest.approx(200 * GAS, abs=Decimal("0.0001"))


def test_less_than_one_per_cent_is_not_asked_for() -> None:
    assert len(gone(coal_like(A, "final_use", "1", period="2025", source_id="stove"))) == 1  # the boiler alone

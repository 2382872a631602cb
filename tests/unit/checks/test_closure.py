"""The one balance behind every check of conservation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import tests.unit.checks.world  # noqa: F401  lets verify.checks be imported
from verify.checks.closure import FLOWS, close


def row(carrier: str, flow: str, quantity: str | None) -> dict[str, object]:
    return {"carrier": carrier, "flow": flow, "quantity": None if quantity is None else Decimal(quantity)}


def test_each_key_closes_apart() -> None:
    rows = [
        row("coal", "purchased", "10"),
        row("coal", "final_use", "7"),
        row("coal", "stock_close", "3"),
        row("gas", "purchased", "5"),
    ]
    coal, gas = close(rows, ("carrier",), FLOWS)
    assert (coal.inflow, coal.outflow, coal.difference) == (10, 10, 0)
    assert (gas.inflow, gas.outflow, gas.difference) == (5, 0, 5)
    assert [one["flow"] for one in coal.rows] == ["purchased", "final_use", "stock_close"]


def test_rows_without_a_sign_or_a_quantity_are_no_part() -> None:
    rows = [row("coal", "purchased", "10"), row("coal", "rumoured", "99"), row("coal", "final_use", None)]
    (coal,) = close(rows, ("carrier",), FLOWS)
    assert coal.difference == 10


def test_the_tolerance_itself_is_admitted() -> None:
    (coal,) = close([row("coal", "purchased", "1000"), row("coal", "final_use", "995")], ("carrier",), FLOWS)
    assert not coal.beyond(Fraction("0.005"))
    assert coal.beyond(Fraction("0.00499"))
    assert coal.beyond(Fraction("0.005"), base=Fraction(999))

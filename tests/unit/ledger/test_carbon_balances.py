"""Which carbon balances earn a credit (national-ruler 6a): measured sides or none, and never more out than in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from verify.ledger.balance import _judge


def side(gate: str, amount: str, *, measured: bool, reading: str = "") -> dict[str, Any]:
    unit = {
        "boundary": "filed",
        "table": "activity",
        "enterprise_id": "E",
        "source_id": "oven",
        "activity_type": "炼焦",
        "year": "2027",
    }
    return {
        **unit,
        "gate": f"carbon_balance_{gate}",
        "amount": Decimal(amount),
        "quantity": Decimal(1),
        "count": 1,
        "measured": measured,
        "reading": reading,
    }


@pytest.mark.parametrize(
    ("sides", "credited", "reason"),
    [
        ([side("in", "100", measured=True), side("out", "-90", measured=True)], True, ""),
        ([side("in", "100", measured=False), side("out", "-90", measured=False)], True, ""),
        ([side("in", "100", measured=False), side("out", "-90", measured=True)], False, "defaults_on_one_side"),
        (
            [side("in", "100", measured=True), side("out", "-60", measured=True), side("out", "-20", measured=False)],
            False,
            "defaults_on_one_side",
        ),
        ([side("in", "100", measured=True), side("out", "-100.000001", measured=True)], False, "out_exceeds_in"),
        ([side("in", "100", measured=True), side("out", "-100", measured=True)], True, ""),
        ([side("out", "-5", measured=True)], False, "no_input"),
        ([side("in", "100", measured=True)], True, ""),
    ],
)
def test_a_balance_is_credited_or_not(sides: list[dict[str, Any]], credited: bool, reason: str) -> None:
    balance = _judge(sides)[0]
    assert (balance["credited"], balance["reason"]) == (credited, reason)


def test_readings_are_judged_apart() -> None:
    """An output under a changed value is held against the inputs that go with it."""
    sides = [
        side("in", "100", measured=True, reading="value:x=as_printed"),
        side("in", "80", measured=True, reading="value:x=low"),
        side("out", "-90", measured=True, reading="value:x=as_printed"),
        side("out", "-90", measured=True, reading="value:x=low"),
    ]
    judged = {one["reading"]: one["credited"] for one in _judge(sides)}
    assert judged == {"value:x=as_printed": True, "value:x=low": False}

"""TZ-ACC-02: the factor of heat and the measurement behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px
from tests.unit.checks.world import Row, findings, found, world


def steam(quantity: str, factor: str, supply: str = "fossil_heat", **more: str) -> Row:
    """Steam received from outside, GJ."""
    return {
        "period": "2027", "enterprise_id": "E", "source_id": "header", "carrier": "heat", "flow": "purchased", "supply": supply,
        "counterparty": "outside", "quantity": quantity, "unit": "GJ", "factor": factor, **more,
    }  # fmt: skip


MEASURED = [{"evidence_id": "M", "kind": "supplier_statement"}]


def test_a_low_factor_without_its_measurement() -> None:
    [one] = findings(
        "TZ-ACC-02",
        world(
            {
                "activity": [steam("60000", "0.06", evidence_id="B")],
                "evidence": [{"evidence_id": "B", "kind": "heat_bill"}],
            }
        ),
    )
    assert one.effect == Decimal(3000)  # 60,000 × (0.11 − 0.06)
    assert one.arguments == {"quantity": "60000", "filed_factor": "0.06", "due_factor": "0.11"}
    assert one.row_ids == ("activity:0",)


def test_fossil_heat_filed_at_zero() -> None:
    [one] = findings("TZ-ACC-02", world({"activity": [steam("1000", "0")]}))
    assert one.effect == Decimal(110)


def test_a_higher_factor_shows_too_much() -> None:
    [one] = findings("TZ-ACC-02", world({"activity": [steam("1000", "0.13")]}))
    assert one.effect == Decimal(-20)


def test_heat_sent_out_at_a_higher_factor() -> None:
    [one] = findings("TZ-ACC-02", world({"activity": [steam("1000", "0.2") | {"flow": "sold"}]}))
    assert one.effect == Decimal(90)  # −1000 × 0.11 + 1000 × 0.2


@pytest.mark.parametrize(
    "row", [steam("60000", "0.06", evidence_id="M"), steam("60000", "0.11"), steam("60000", "0", "nonfossil_heat")]
)
def test_the_measured_and_the_printed_raise_nothing(row: Row) -> None:
    assert found("TZ-ACC-02", world({"activity": [row], "evidence": MEASURED})) == []


@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_whole_parks_raise_nothing(park: str) -> None:
    assert found("TZ-ACC-02", px(park)) == []

"""Readings beside those before them: read in the order in which they are kept, and sorted again where that order does not hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.checks.handed import A, handed
from verify.checks import meter_tables
from verify.checks.meter_tables import meter_steps, profiles
from verify.readings.steps import amounts, steps

if TYPE_CHECKING:
    from verify.checks.world import World

# two meters in kWh by the hour; M2 misses an hour, tells one twice, and stands still once
VALUES = {"M1": ["3", "5.5", "4", "4", "0", "0"], "M2": ["7", "7", "9.25", "1", "2"]}
HOURS = {"M1": [0, 60, 120, 180, 240, 300], "M2": [0, 60, 180, 200, 240]}
BEFORE = {
    ("M1", 0): (None, None, None), ("M1", 60): (2_500_000, None, 60), ("M1", 120): (-1_500_000, -4_000_000, 60),
    ("M1", 180): (0, 1_500_000, 60), ("M1", 240): (-4_000_000, -4_000_000, 60), ("M1", 300): (0, 4_000_000, 60),
    ("M2", 0): (None, None, None), ("M2", 60): (0, None, 60), ("M2", 180): (2_250_000, 2_250_000, 120),
    ("M2", 200): (-8_250_000, -10_500_000, 20), ("M2", 240): (1_000_000, 9_250_000, 40),
}  # fmt: skip


def given() -> World:
    """The two meters, their readings handed in latest first."""
    first = datetime.fromisoformat("2027-01-01 00:00")
    meters = [
        {"meter_id": name, "enterprise_id": A, "source_id": "S", "carrier": "electricity", "unit": "kWh", "reading_kind": "interval",
         "interval_minutes": 60, "stamp": "start", "role": "consumption"}
        for name in VALUES
    ]  # fmt: skip
    readings = [
        {"meter_id": name, "at": first + timedelta(minutes=minute), "value": Decimal(value), "quality": "valid"}
        for name in VALUES
        for minute, value in zip(HOURS[name], VALUES[name], strict=True)
    ]
    return handed({"meters": meters, "readings": readings[::-1]})


def before(world: World) -> dict[tuple[str, int], tuple[Any, ...]]:
    """(meter, minute of the year) -> rise, bend, gap."""
    names = {number: name for name, number in meter_tables.numbers(world).items()}
    rows = world.engine.rows(meter_steps(world))
    start = min(row["begin"] for row in rows)
    return {(names[row["meter"]], row["begin"] - start): (row["rise"], row["bend"], row["gap"]) for row in rows}


def test_each_reading_stands_beside_the_two_before_it() -> None:
    world = given()
    assert before(world) == BEFORE
    told = {meter_tables.meter_rows(world)[one["meter"]]["meter_id"]: one for one in profiles(world)}
    assert {name: (one["n"], one["stays"], one["odd"]) for name, one in told.items()} == {
        "M1": (6, 1, 0),
        "M2": (5, 1, 3),
    }
    assert (told["M2"]["close"], told["M2"]["missing"], told["M2"]["longest"]) == (2, 1, 120)
    assert (told["M1"]["close"], told["M1"]["missing"], told["M1"]["digit"]) == (0, 0, 100_000)


def test_rows_that_do_not_come_back_in_order_are_sorted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import ibis

    honest = given()
    expected = before(honest), profiles(honest)
    for wrong in (["begin", "meter"], ["meter", ibis.desc("begin")], ["micro"]):
        monkeypatch.setattr(meter_tables, "amounts", lambda series, by=wrong: amounts(series).order_by(by))
        world = given()
        rows = world.engine.rows(steps(meter_tables.meter_amounts(world), in_order=True))
        assert sum(row["opens"] for row in rows) > len(VALUES) or any(
            row["back"] for row in rows
        )  # the order is missed
        assert (before(world), profiles(world)) == expected


def test_an_engine_without_an_order_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    world = given()
    monkeypatch.setattr(world.engine, "in_order", False)
    assert before(world) == BEFORE
    assert profiles(world) == profiles(given())


def test_a_meter_that_is_read_once_has_nothing_beside_it() -> None:
    meter = {
        "meter_id": "M",
        "enterprise_id": A,
        "source_id": "S",
        "carrier": "electricity",
        "unit": "kWh",
        "role": "consumption",
    }
    reading = {
        "meter_id": "M",
        "at": datetime.fromisoformat("2027-01-01 00:00"),
        "value": Decimal(3),
        "quality": "valid",
    }
    (one,) = profiles(handed({"meters": [meter], "readings": [reading]}))
    assert [one[name] for name in ("n", "stays", "lines", "odd", "close", "missing", "turned")] == [1, 0, 0, 0, 0, 0, 0]

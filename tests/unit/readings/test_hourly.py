"""Readings become hourly kWh: by hand, for each way in which a meter may be read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from tests.unit.readings.handed import held, meter, read
from verify.engine import Engine
from verify.readings import hourly, plan

series_module: Any = import_module("verify.readings.series")  # the package names its function alike


def hours(
    meters: list[dict[str, Any]], readings: list[dict[str, Any]]
) -> dict[tuple[str, datetime], tuple[Decimal, int]]:
    """(meter, hour) -> (kWh, minutes covered)."""
    engine = Engine(threads=1)
    how = plan(engine, engine.rows(held(engine, "meters", meters)))
    rows = engine.rows(hourly(held(engine, "readings", readings), how))
    rows.sort(key=lambda row: (row["meter_id"], row["hour"]))
    return {(row["meter_id"], row["hour"]): (row["kwh"], row["minutes"]) for row in rows}


def at(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)


def test_quarter_hours_stamped_at_their_end_belong_to_the_hour_before() -> None:
    quarters = read(["1", "2", "3", "4", "10"], begin="2026-12-31 23:15", minutes=15)
    got = hours([meter(interval_minutes=15, stamp="end")], quarters)
    assert got == {
        ("M", at("2026-12-31 23:00")): (Decimal(10), 60),  # 00:00 is the last quarter of the day before
        ("M", at("2027-01-01 00:00")): (Decimal(10), 15),
    }


def test_the_same_stamps_at_the_start_fall_an_interval_later() -> None:
    quarters = read(["1", "2", "3", "4"], begin="2026-12-31 23:15", minutes=15)
    got = hours([meter(interval_minutes=15)], quarters)
    assert got == {
        ("M", at("2026-12-31 23:00")): (Decimal(6), 45),
        ("M", at("2027-01-01 00:00")): (Decimal(4), 15),
    }


def test_a_register_counts_differences_times_its_multiplier() -> None:
    got = hours(
        [meter(reading_kind="register", multiplier=Decimal(4000), interval_minutes=60)],
        read(["12.34", "12.35", "12.40"]),
    )
    assert got == {("M", at("2027-01-01 00:00")): (Decimal(40), 60), ("M", at("2027-01-01 01:00")): (Decimal(200), 60)}


def test_a_register_that_turns_over_goes_on() -> None:
    got = hours([meter(reading_kind="register")], read(["9998", "9999", "3"]))
    assert [kwh for kwh, _ in got.values()] == [Decimal(1), Decimal(4)]


def test_a_register_over_a_gap_tells_no_hour() -> None:
    readings = read(["10", "20"]) + read(["50"], begin="2027-01-01 04:00")
    assert hours([meter(reading_kind="register")], readings) == {("M", at("2027-01-01 00:00")): (Decimal(10), 60)}


def test_units_are_brought_to_kilowatt_hours_and_other_carriers_left_out() -> None:
    meters = [meter(unit="MWh"), meter("G", carrier="natural_gas", unit="10^4Nm3"), meter("B", unit="")]
    readings = [*read(["0.25"]), *read(["7"], "G"), *read(["2"], "B")]
    got = hours(meters, readings)
    assert got == {
        ("M", at("2027-01-01 00:00")): (Decimal(250), 60),
        ("B", at("2027-01-01 00:00")): (Decimal(2000), 60),
    }


def test_a_reading_that_the_collector_calls_missing_is_none() -> None:
    readings = read(["5", "6"])
    readings[0]["quality"] = "missing"
    assert hours([meter()], readings) == {("M", at("2027-01-01 01:00")): (Decimal(6), 60)}


def test_a_reader_that_forgets_the_stamp_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken twin: every interval is taken to start at its stamp."""
    whole = series_module._amounts
    monkeypatch.setattr(series_module, "_amounts", lambda rows: whole(rows.mutate(lead=0)))
    with pytest.raises(AssertionError):
        test_quarter_hours_stamped_at_their_end_belong_to_the_hour_before()


def test_a_reader_that_forgets_the_turn_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken twin: registers are read as if they were interval amounts."""
    monkeypatch.setattr(series_module, "_differences", series_module._amounts)
    with pytest.raises(AssertionError):
        test_a_register_that_turns_over_goes_on()

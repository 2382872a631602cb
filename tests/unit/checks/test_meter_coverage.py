"""Months of meters: what is read of what is owed, and in which months a finding lies."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.checks.handed import A, handed, power
from tests.unit.checks.test_meters import busy, here, meter, read
from tests.unit.checks.world import findings
from verify.checks.world import World
from verify.opinion import meters


def section(world: World, *codes: str) -> dict[str, Any]:
    found = meters.facts(world, [one for code in codes for one in findings(code, world)])
    assert found is not None
    return found


def test_a_gap_is_a_share_of_its_month_and_has_its_mark() -> None:
    """Ten of the 31 days of March are not read."""
    readings = read(busy(8760))
    start = (31 + 28 + 4) * 24
    found = section(here(readings[:start] + readings[start + 240 :]), "TZ-MTR-01")
    (one,) = found["timelines"]
    assert one["months"] == ["1.0000", "1.0000", f"{21 / 31:.4f}", *["1.0000"] * 9]
    assert one["marks"] == [{"code": "TZ-MTR-01", "months": ["03"]}]
    assert found["share"] == f"{(8760 - 240) / 8760:.12f}"
    assert found["found"] == [{"code": "TZ-MTR-01", "meters": "1"}]


def test_a_reading_told_twice_makes_up_for_no_gap() -> None:
    readings = read(busy(8760))
    twice = [{**one, "at": one["at"].replace(minute=20)} for one in readings[24:48]]
    (one,) = section(here(readings[:100] + readings[110:] + twice))["timelines"]
    assert one["months"][0] == f"{(744 - 10) / 744:.4f}"


def test_a_meter_owes_the_time_in_which_it_ran() -> None:
    event = {"enterprise_id": A, "source_id": "S", "kind": "connection", "from": date(2027, 12, 1)}
    (one,) = section(here(read(busy(31 * 24), begin="2027-12-01 00:00"), events=[event]))["timelines"]
    assert one["months"] == [*[None] * 11, "1.0000"]


def test_frozen_readings_lie_where_their_rows_are() -> None:
    values = busy(8760)
    start = (31 + 28 + 31 + 30) * 24 - 12
    values[start : start + 40] = ["4.321"] * 40
    (one,) = section(here(read(values)), "TZ-MTR-05")["timelines"]
    assert one["marks"] == [{"code": "TZ-MTR-05", "months": ["04", "05"]}]


def test_an_interval_that_ends_at_midnight_is_of_the_month_before() -> None:
    values = busy(8760)
    start = (31 + 28) * 24 - 30
    values[start : start + 30] = ["4.321"] * 30
    readings = read(values, begin="2027-01-01 01:00")
    (one,) = section(here(readings, meter(stamp="end")), "TZ-MTR-05")["timelines"]
    assert one["marks"] == [{"code": "TZ-MTR-05", "months": ["02"]}]


def test_a_calibration_is_over_from_its_month_on() -> None:
    row = power(A, "final_use", "10", meter_id="M")
    found = section(here(read(busy(8760)), meter(valid_until=date(2027, 9, 30)), activity=[row]), "TZ-MTR-12")
    assert found["timelines"][0]["marks"] == [{"code": "TZ-MTR-12", "months": ["09", "10", "11", "12"]}]


def test_meters_with_findings_come_first_and_the_rest_is_counted() -> None:
    names = [f"M{n:02d}" for n in range(meters.LISTED + 5)]
    readings = [row for name in names for row in read(["24.5"] * 365, name, minutes=1440)]
    gone = [row for row in readings if not (row["meter_id"] == names[-1] and row["at"].month == 8)]
    found = section(here(gone, *(meter(name, interval_minutes=1440) for name in names)), "TZ-MTR-01")
    assert (found["rows"], found["places_shown"], found["meters"], found["read"]) == ("45", "40", "45", "45")
    assert found["timelines"][0]["meter_id"] == names[-1]
    assert found["timelines"][0]["months"][7] == "0.0000"


def test_without_readings_there_is_no_section() -> None:
    assert meters.facts(handed({"meters": [meter()]}), []) is None

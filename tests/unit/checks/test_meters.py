"""The meter checks on small worlds: what is found, what an honest meter may do, and how large the tonnes are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.checks.handed import A, handed, power
from tests.unit.checks.world import found
from verify.checks.rows import CouldNotRun, NotApplicable

if TYPE_CHECKING:
    from verify.checks.world import World

Row = dict[str, Any]


def meter(meter_id: str = "M", **more: Any) -> Row:
    """One hourly meter of electricity in MWh at source S."""
    return {
        "meter_id": meter_id, "enterprise_id": A, "source_id": "S", "carrier": "electricity", "unit": "MWh", "reading_kind": "interval",
        "interval_minutes": 60, "stamp": "start", "role": "consumption", "accuracy_class": "0.5S", **more,
    }  # fmt: skip


def read(values: list[str], meter_id: str = "M", begin: str = "2027-01-01 00:00", minutes: int = 60) -> list[Row]:
    """Readings one after the other."""
    first = datetime.fromisoformat(begin)
    return [
        {"meter_id": meter_id, "at": first + timedelta(minutes=minutes * n), "value": Decimal(v), "quality": "valid"}
        for n, v in enumerate(values)
    ]


def busy(count: int, start: int = 0) -> list[str]:
    """Values of a load that never repeats: the digits of a quadratic walk."""
    return [f"{2 + ((start + n) * (start + n) * 7919 + 31 * (start + n)) % 9973 / 1000:.3f}" for n in range(count)]


def days(meter_id: str, daily: str, first: str = "2027-01-01", count: int = 365) -> list[Row]:
    """The same amount every day, with a pattern small enough to be no matter."""
    return read([daily] * count, meter_id, f"{first} 00:00", 1440)


def here(readings: list[Row], *meters: Row, **tables: list[Row]) -> World:
    """A world of meters and readings."""
    return handed({"meters": list(meters) or [meter()], "readings": readings, **tables})


def test_a_park_without_meters_or_readings_has_nothing_to_look_at() -> None:
    with pytest.raises(NotApplicable, match="no_meters"):
        found("TZ-MTR-01", handed({"activity": [power(A, "final_use", "1")]}))
    with pytest.raises(NotApplicable, match="no_readings"):
        found("TZ-MTR-01", handed({"meters": [meter()]}))


@pytest.mark.parametrize(("gone", "rows"), [(87, 0), (88, 1)])
def test_one_per_cent_of_the_year_may_be_missing(gone: int, rows: int) -> None:
    """87 of 8,760 hours are 0.993 %, 88 are 1.005 %; none of them 24 in a row."""
    readings = [one for n, one in enumerate(read(busy(8760))) if not (n % 90 == 5 and n // 90 < gone)]
    hits = found("TZ-MTR-01", here(readings))
    assert len(hits) == rows
    assert all(one.arguments["missing"] == str(gone) for one in hits)


@pytest.mark.parametrize(("hours", "rows"), [(24, 0), (25, 1)])
def test_a_day_in_a_row_may_be_missing(hours: int, rows: int) -> None:
    readings = read(busy(8760))
    hits = found("TZ-MTR-01", here(readings[:4000] + readings[4000 + hours :]))
    assert len(hits) == rows
    assert all(one.arguments["longest"] == str(hours) for one in hits)


def test_a_meter_that_was_connected_in_the_year_owes_the_rest_of_it() -> None:
    readings = read(busy(31 * 24), begin="2027-12-01 00:00")
    assert len(found("TZ-MTR-01", here(readings))) == 1
    event = {"enterprise_id": A, "source_id": "S", "kind": "connection", "from": date(2027, 12, 1)}
    assert found("TZ-MTR-01", here(readings, events=[event])) == []


def test_a_reading_within_the_interval_of_the_one_before_is_told_twice() -> None:
    readings = read(busy(48))
    assert found("TZ-MTR-02", here(readings)) == []
    twice = found("TZ-MTR-02", here([*readings, *read(["3.1"], begin="2027-01-01 10:20")]))
    assert {one.arguments["doubled"] for one in twice} == {"2"}  # 10:20 after 10:00, and 11:00 after 10:20


def test_a_register_may_turn_and_may_not_fall() -> None:
    kind = meter(reading_kind="register")
    assert found("TZ-MTR-03", here(read(["9970", "9980", "9990", "2", "12"]), kind)) == []
    fell = found("TZ-MTR-03", here(read(["9970", "9980", "9990", "8000", "8010"]), kind))
    assert [one.arguments["at"] for one in fell] == ["2027-01-01 03:00"]


@pytest.mark.parametrize(("value", "rows"), [("11", 0), ("11.001", 1)])
def test_ten_megawatts_and_a_tenth_may_pass(value: str, rows: int) -> None:
    plant = {"generator_id": "G", "technology": "pv", "capacity": Decimal(12), "line_capacity": Decimal(10), "receiving_meter_id": "M"}  # fmt: skip
    assert len(found("TZ-MTR-04", here(read(["1", value, "2"]), generators=[plant]))) == rows


@pytest.mark.parametrize(("hours", "rows"), [(23, 0), (24, 1)])
def test_a_load_may_stand_still_for_less_than_a_day(hours: int, rows: int) -> None:
    values = busy(200)
    values[50 : 50 + hours] = ["7.123"] * hours
    assert bool(found("TZ-MTR-05", here(read(values)))) is bool(rows)


def test_zeros_the_rating_and_the_last_digit_do_not_freeze() -> None:
    for value in ("0", "99.5", "0.004"):
        values = busy(200)
        values[50:120] = [value] * 70
        assert found("TZ-MTR-05", here(read(values))) == [], value


@pytest.mark.parametrize(("points", "rows"), [(19, 0), (20, 1)])
def test_twenty_readings_on_a_line_were_drawn(points: int, rows: int) -> None:
    values = busy(200)
    values[60 : 60 + points] = [f"{3 + n * 0.137:.3f}" for n in range(points)]
    assert bool(found("TZ-MTR-06", here(read(values)))) is bool(rows)


@pytest.mark.parametrize(("scale", "copies", "rows"), [("1", 2, 1), ("1", 1, 0), ("1.07", 10, 1), ("1.07", 9, 0)])
def test_days_that_return(scale: str, copies: int, rows: int) -> None:
    """Two equal days, or ten in one ratio."""
    values = busy(24 * 40)
    for n in range(24 * copies):
        values[24 * 25 + n] = str((Decimal(values[24 * 5 + n]) * Decimal(scale)).quantize(Decimal("0.001")))
    hits = found("TZ-MTR-07", here(read(values)))
    assert bool(hits) is bool(rows)
    if hits:
        assert {one.arguments["copies"] for one in hits} == {str(copies)}


def test_days_that_return_some_hours_later() -> None:
    values = busy(24 * 60)
    values[24 * 40 + 5 : 24 * 47 + 5] = values[24 * 3 : 24 * 10]
    hits = found("TZ-MTR-07", here(read(values)))
    assert {one.arguments["from"][:10] for one in hits} >= {"2027-01-04"}


def test_two_meters_of_one_flow_are_one_series() -> None:
    values = busy(24 * 20)
    both = [*read(values, "M"), *read(values, "N")]
    assert found("TZ-MTR-07", here(both, meter(), meter("N")))
    assert found("TZ-MTR-07", here(both, meter(), meter("N", parent="M"))) == []
    assert found("TZ-MTR-07", here(both, meter(), meter("N", role="check"))) == []


def test_a_plant_at_rest_uses_less_than_half() -> None:
    rest = {"enterprise_id": A, "source_id": "S", "kind": "stoppage", "from": date(2027, 2, 1), "to": date(2027, 2, 10)}
    for share, rows in (("0.49", 0), ("0.5", 1)):
        values = ["10"] * 32 + [str(10 * Decimal(share))] * 8 + ["10"] * 30
        readings = read(values, minutes=1440)
        assert len(found("TZ-MTR-08", here(readings, meter(interval_minutes=1440), events=[rest]))) == rows, share


def test_a_month_of_output_without_power() -> None:
    made = {"period": "2027-02", "enterprise_id": A, "source_id": "S", "product": "steel_crude", "flow": "made", "quantity": Decimal(5), "unit": "t"}  # fmt: skip
    readings = read(["10"] * 31 + ["0"] * 28 + ["10"] * 30, minutes=1440)
    hits = found("TZ-MTR-08", here(readings, meter(interval_minutes=1440), production=[made]))
    assert [(one.arguments["contradiction"], one.arguments["during"]) for one in hits] == [("stands", "2027-02")]


@pytest.mark.parametrize(("part", "rows"), [("100.70", 0), ("100.72", 1)])
def test_parts_may_exceed_the_whole_within_their_classes(part: str, rows: int) -> None:
    """Classes 0.5 and 0.5: at 100 against 100.7 the room is sqrt(0.5^2 + 0.5035^2) = 0.7096, at 100.72 it is 0.7097."""
    daily = [meter(interval_minutes=1440), meter("N", parent="M", interval_minutes=1440)]
    readings = [*days("M", "100", count=31), *days("N", part, count=31)]
    hits = found("TZ-MTR-09", here(readings, *daily))
    assert bool(hits) is bool(rows)
    if hits:
        assert next(one.effect for one in hits if one.effect) == Decimal("18.5814")  # 31 x 0.72 x 0.8325


def test_a_row_holds_what_its_meter_shows() -> None:
    """365 x 100 MWh shown; the room is 2 x sqrt(2) x 0.5 %, so 36,000 passes and 35,000 does not: 1,500 x 0.8325 t."""
    gate = meter(role="fence", interval_minutes=1440)
    for filed, effect in (("36000", None), ("35000", Decimal("1248.75"))):
        row = power(A, "purchased", filed, "grid", meter_id="M", basis="meter")
        hits = found("TZ-MTR-10", here(days("M", "100"), gate, activity=[row]))
        assert [one.effect for one in hits] == ([effect] if effect else [])


def test_a_row_of_a_period_that_the_meter_does_not_cover_is_not_compared() -> None:
    row = power(A, "purchased", "35000", "grid", meter_id="M", basis="meter")
    with pytest.raises(NotApplicable, match="no_row_of_a_meter"):
        found(
            "TZ-MTR-10", here(days("M", "100", count=364), meter(role="fence", interval_minutes=1440), activity=[row])
        )


def test_small_differences_to_one_side_add_up() -> None:
    gate = meter(role="fence", interval_minutes=1440)

    def rows(short: list[str]) -> list[Row]:
        return [
            power(A, "purchased", str(Decimal(100 * length) - Decimal(gap)), "grid", period=f"2027-{month:02d}", year="2027", meter_id="M", basis="meter")
            for month, (length, gap) in enumerate(zip((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), short, strict=True), 1)
        ]  # fmt: skip

    assert found("TZ-MTR-11", here(days("M", "100"), gate, activity=rows(["10"] * 11 + ["-10"]))) == []
    assert found("TZ-MTR-11", here(days("M", "100"), gate, activity=rows(["6"] * 12))) == []  # 72 of 36,428: 0.198 %
    hits = found("TZ-MTR-11", here(days("M", "100"), gate, activity=rows(["10"] * 12)))
    assert next(one.effect for one in hits if one.effect) == Decimal("99.9")  # 120 x 0.8325


def test_a_certificate_holds_to_the_end_of_the_year() -> None:
    row = power(A, "purchased", "1", "grid", meter_id="M")
    for until, rows in ((date(2027, 12, 31), 0), (date(2027, 12, 30), 2)):
        world = handed({"meters": [meter(valid_until=until)], "activity": [row]})
        assert len(found("TZ-MTR-12", world)) == rows  # the meter, and the row that rests on it


def test_a_swap_has_its_event_and_falls_silent() -> None:
    old = meter(replaced_by="N", replaced_on=date(2027, 5, 12))
    event = {"enterprise_id": A, "source_id": "S", "kind": "swap", "from": date(2027, 5, 14)}
    assert [one.arguments["swap"] for one in found("TZ-MTR-13", handed({"meters": [old, meter("N")]}))] == ["no_event"]
    assert found("TZ-MTR-13", handed({"meters": [old, meter("N")], "events": [event]})) == []
    late = here(read(busy(48), begin="2027-05-12 00:00"), old, meter("N"), events=[event])
    assert [one.arguments["swap"] for one in found("TZ-MTR-13", late)] == ["speaks_on"]


def roof(**more: Any) -> Row:
    """A plant of the sun at 120 E, 30 N behind the meter."""
    return {
        "generator_id": "G",
        "technology": "pv",
        "receiving_meter_id": "M",
        "longitude": Decimal(120),
        "latitude": Decimal(30),
        **more,
    }


def sunny(shift: int = 0, night: str = "0", count: int = 40) -> list[Row]:
    """Days with light from 7 to 17, moved by hours."""
    day = ["0"] * 7 + ["2", "4", "6", "8", "9", "9", "8", "6", "4", "2"] + ["0"] * 7
    day = day[-shift:] + day[:-shift] if shift else day
    day[2] = night
    return read(day * count, begin="2027-06-01 00:00")


def test_panels_give_nothing_at_night() -> None:
    assert found("TZ-MTR-14", here(sunny(), generators=[roof()])) == []
    assert found("TZ-MTR-14", here(sunny(night="0.2"), generators=[roof()])) == []  # 0.34 % of the day
    hits = found("TZ-MTR-14", here(sunny(night="0.5"), generators=[roof()]))
    assert next(one.effect for one in hits if one.effect) == Decimal("16.65")  # 40 x 0.5 x 0.8325


def test_neither_place_nor_weather_says_whether_there_was_sun() -> None:
    bare = roof(longitude=None, latitude=None)
    with pytest.raises(CouldNotRun, match="no_weather"):
        found("TZ-MTR-14", here(sunny(), generators=[bare]))
    with pytest.raises(CouldNotRun, match="no_coordinates"):
        found("TZ-MTR-15", here(sunny(), generators=[bare]))
    dark = [{"zone": "Z", "at": datetime(2027, 6, day, 12), "irradiance": Decimal(0)} for day in range(1, 31)]  # noqa: DTZ001
    hits = found("TZ-MTR-14", here(sunny(), generators=[bare], weather=dark))
    assert {one.arguments["readings"] for one in hits} == {"30"}


def test_turbines_give_nothing_without_wind() -> None:
    wind = {"generator_id": "G", "technology": "wind", "receiving_meter_id": "M"}
    for speed, rows in (("2", 0), ("1.9", 1)):
        calm = [{"zone": "Z", "at": datetime(2027, 1, 1, hour), "wind_speed": Decimal(speed)} for hour in range(24)]  # noqa: DTZ001
        hits = found("TZ-MTR-14", here(read(busy(48)), generators=[wind], weather=calm))
        assert bool(hits) is bool(rows), speed


@pytest.mark.parametrize(("shift", "rows"), [(1, 0), (2, 1), (-2, 1)])
def test_the_middle_of_the_day_is_noon(shift: int, rows: int) -> None:
    """Light from 7 to 17 has its middle at 12:00; noon by the sun is at most five minutes later in these weeks, so that one hour
    late is within the hour."""
    hits = found("TZ-MTR-15", here(sunny(shift), generators=[roof()]))
    assert bool(hits) is bool(rows)

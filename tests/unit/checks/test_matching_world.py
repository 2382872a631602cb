"""Readings to matched hours: clocks, trees of meters, zones, certificates, stores, what is not read; TZ-MAT-01 to 03."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.unit.checks.handed import A, B, Row, handed, park, power
from tests.unit.checks.world import found, ran
from verify.checks import matching as checks
from verify.checks.hourly import hours_of
from verify.checks.match_sums import best_share, score, unmatched, used
from verify.checks.matched import Match, match
from verify.checks.rows import CouldNotRun, NotApplicable
from verify.checks.world import World

ZONE, YEAR = "Asia/Shanghai", "2027"
NOON = datetime(2027, 6, 1, 12)  # noqa: DTZ001  meters are read in local time
MWH = 10**6


def meter(name: str, role: str, of: str = A, **more: Any) -> Row:
    return {
        "meter_id": name, "enterprise_id": of, "carrier": "electricity", "role": role, "unit": "MWh",
        "reading_kind": "interval", "interval_minutes": 60, "stamp": "start", **more,
    }  # fmt: skip


def plant(name: str, meter_id: str, connection: str = "direct_line", **more: Any) -> Row:
    return {
        "generator_id": name, "technology": "pv", "connection": connection, "receiving_meter_id": meter_id, "capacity": "10", **more,
    }  # fmt: skip


def read(name: str, *values: str, first: datetime = NOON, minutes: int = 60) -> list[Row]:
    return [
        {"meter_id": name, "at": first + timedelta(minutes=minutes * number), "value": value, "quality": "valid"}
        for number, value in enumerate(values)
    ]


def here(meters: list[Row], readings: list[list[Row]], plants: list[Row] | None = None, **more: Any) -> World:
    about = more.pop("about", None) or park(grid_zone="华东")
    rows = more.pop("activity", [power(A, "purchased", "10", "grid"), power(B, "purchased", "10", "grid")])
    tables = {"activity": rows, "meters": meters, "readings": [row for some in readings for row in some], **more}
    return handed(tables if plants is None else {**tables, "generators": plants}, about)


def matched(world: World) -> Match:
    one = match(world, YEAR)
    assert isinstance(one, Match), one
    return one


def test_quarter_hours_and_stamps_at_the_end_tell_the_same_hour() -> None:
    world = here(
        [meter("h", "consumption"), meter("q", "consumption", interval_minutes=15, stamp="end")],
        [read("h", "4"), read("q", "1", "1", "1", "1", first=NOON + timedelta(minutes=15), minutes=15)],
    )
    series = hours_of(world, YEAR, ZONE)
    assert series["h"].wh.tolist() == series["q"].wh.tolist()
    assert int(series["h"].wh.sum()) == 4 * MWH


def test_midnight_at_the_end_belongs_to_the_day_and_year_before() -> None:
    midnight = datetime(2028, 1, 1)  # noqa: DTZ001
    world = here([meter("e", "consumption", stamp="end")], [read("e", "4", first=midnight)])
    assert hours_of(world, YEAR, ZONE)["e"].wh[-1] == 4 * MWH
    assert "e" not in hours_of(world, "2028", ZONE)


def test_an_hour_with_a_missing_quarter_is_not_read() -> None:
    world = here([meter("q", "consumption", interval_minutes=15)], [read("q", "1", "1", "1", minutes=15)])
    assert hours_of(world, YEAR, ZONE) == {}


def test_a_meter_below_a_meter_is_not_counted_again() -> None:
    world = here(
        [meter("main", "consumption"), meter("sub", "consumption", parent="main"), meter("line", "fence")],
        [read("main", "5"), read("sub", "3"), read("line", "2")],
        [plant("sun", "line")],
    )
    one = matched(world)
    assert (score(one, "hourly").load, score(one, "hourly").matched) == (5 * MWH, 2 * MWH)


def test_gateways_tell_the_load_where_no_meter_of_use_does() -> None:
    """In 3 and 2 over the line, made inside 1, out 4: 2 are used in the second hour, 6 in the first."""
    world = here(
        [meter("grid", "fence"), meter("line", "fence"), meter("roof", "generation"), meter("out", "delivery")],
        [read("grid", "3", "3"), read("line", "2", "2"), read("roof", "1", "1"), read("out", "0", "4")],
        [plant("sun", "line"), plant("own", "roof", "behind_the_meter")],
    )
    one = matched(world)
    assert one.load.basis == "gateways"
    assert [int(one.whole.load[one.known][hour]) // MWH for hour in (0, 1)] == [6, 2]
    assert used(one, "hourly") == Fraction(3 + 2, 8)


def test_a_plant_in_another_zone_counts_only_where_the_ruler_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    far = plant("far", "w", "transmission_grid", grid_zone="西北", share="1")
    meters, readings = [meter("use", "consumption"), meter("w", "generation")], [read("use", "5"), read("w", "5")]
    one = matched(here(meters, readings, [far]))
    assert [p.left_out for p in one.plants] == ["zone"]
    assert used(one, "hourly") == 0
    near = matched(here(meters, readings, [{**far, "grid_zone": "华东"}]))
    assert used(near, "hourly") == 1
    world = here(meters, readings, [far])
    params = dict(world.ruler.text.checks["TZ-MAT-01"].params) | {"connected": {"西北": ["华东"]}}
    monkeypatch.setattr("verify.checks.matched.rule", lambda _: params)
    assert used(matched(world), "hourly") == 1
    assert [p.left_out for p in matched(here(meters, readings, [{**far, "grid_zone": ""}])).plants] == ["zone_unknown"]


def test_certificates_stand_for_their_part_of_every_hour() -> None:
    """A plant that gives 4 and 6 and of which 5 certificates were retired: 2 and 3 count."""
    series = {"registry": "GEC", "prefix": "X", "first": 1, "last": 5}
    world = here(
        [meter("use", "consumption"), meter("w", "generation")],
        [read("use", "9", "1"), read("w", "4", "6")],
        [plant("wind", "w", "transmission_grid", grid_zone="华东")],
        certificates=[{**series, "generator_id": "wind"}],
        certificate_events=[
            {**series, "event": "retire", "at": "2028-02-01", "beneficiary": "测试园区", "used_for_period": "2027"}
        ],
    )
    one = matched(world)
    assert one.plants[0].clean[one.known].tolist() == [2 * MWH, 3 * MWH]
    assert (score(one, "hourly").matched, score(one, "annual").matched) == (3 * MWH, 5 * MWH)


def test_a_store_gives_back_what_it_inherited() -> None:
    """Noon: 10 made, 4 used, 6 stored, 2 of them from the grid's share of 8 charged; later 7.2 out, of which 5.4 are clean."""
    world = here(
        [
            meter("use", "consumption"),
            meter("line", "fence"),
            meter("in", "storage_in"),
            meter("out", "storage_out"),
        ],
        [read("use", "4", "8"), read("line", "10", "0"), read("in", "8", "0"), read("out", "0", "7.2")],
        [plant("sun", "line")],
        storages=[
            {"storage_id": "s", "carrier": "electricity", "efficiency": "0.9", "meter_in": "in", "meter_out": "out"}
        ],
    )
    one = matched(world)
    assert one.flow.clean[one.known].tolist() == [0, 5_400_000]
    assert used(one, "hourly") == Fraction(4 + Fraction("5.4"), 12)
    assert one.flow.beyond == 0


def test_what_is_not_read_is_unmatched_in_the_score_and_matched_in_the_most() -> None:
    world = here(
        [meter("use", "consumption"), meter("line", "fence")],
        [read("use", *["4"] * 8760, first=datetime(2027, 1, 1)), read("line", *["4"] * 4380, first=datetime(2027, 1, 1))],  # noqa: DTZ001
        [plant("sun", "line")],
    )  # fmt: skip
    one = matched(world)
    assert (used(one, "hourly"), best_share(one)) == (Fraction(1, 2), 1)


def test_a_plant_without_readings_gives_no_more_than_its_certificates() -> None:
    series = {"registry": "GEC", "prefix": "X", "first": 1, "last": 876}
    world = here(
        [meter("use", "consumption"), meter("line", "fence")],
        [read("use", *["1"] * 8760, first=datetime(2027, 1, 1)), read("line", *["0"] * 8760, first=datetime(2027, 1, 1))],  # noqa: DTZ001
        [plant("sun", "line"), plant("wind", "", "transmission_grid", grid_zone="华东", capacity="400")],
        certificates=[{**series, "generator_id": "wind"}],
        certificate_events=[
            {**series, "event": "retire", "at": "2028-02-01", "beneficiary": "测试园区", "used_for_period": "2027"}
        ],
    )  # fmt: skip
    assert best_share(matched(world)) == Fraction(1, 10)


def solar(claim: str = "", share: str = "1", filed: str = "4380") -> World:
    """Load 1 MWh every hour; the plant on the line gives 1 in every other hour: half is matched, whatever is filed."""
    first = datetime(2027, 1, 1)  # noqa: DTZ001
    rows = [
        power(A, "purchased", filed, "direct_nonfossil", basis="meter", row_id="direct"),
        power(A, "purchased", str(8760 - int(filed)), "grid"),
        power(A, "final_use", "8760", activity_type="终端消费"),
    ]
    claims = [{"claim_id": "c", "year": YEAR, "kind": "share", "text": claim, "value": share, "unit": "1"}]
    return here(
        [meter("use", "consumption"), meter("line", "fence")],
        [read("use", *["1"] * 8760, first=first), read("line", *["2", "0"] * 4380, first=first)],
        [plant("sun", "line")],
        activity=rows,
        **({"claims": claims} if claim else {}),
    )


def test_direct_supply_that_no_hour_holds() -> None:
    """The year is balanced, half of it by the hour: 8,760 − 4,380 MWh at 0.8325."""
    (one,) = found("TZ-MAT-01", solar(filed="8000"))
    assert one.effect == (Decimal(8000) - 4380) * Decimal("0.8325")
    assert one.arguments["feasible"] == "4380"
    assert one.row_id == "direct"
    assert found("TZ-MAT-01", solar()) == []


def test_a_load_that_is_not_wholly_metered_decides_nothing() -> None:
    short = here(
        [meter("use", "consumption"), meter("line", "fence")],
        [read("use", *["0.5"] * 8760, first=datetime(2027, 1, 1)), read("line", *["2", "0"] * 4380, first=datetime(2027, 1, 1))],  # noqa: DTZ001
        [plant("sun", "line")],
        activity=[
            power(A, "purchased", "8760", "direct_nonfossil", basis="meter"),
            power(A, "final_use", "8760", activity_type="终端消费"),
        ],
    )  # fmt: skip
    with pytest.raises(CouldNotRun) as told:
        ran("TZ-MAT-01", short)
    assert told.value.reason == "load_not_whole"


@pytest.mark.parametrize(
    ("text", "share", "code"),
    [
        ("绿电逐时匹配100%", "1", "TZ-MAT-02"),
        ("24/7 renewable power", "0.51", "TZ-MAT-02"),
        ("绿电逐时匹配50%", "0.5", ""),
        ("园区全部由绿电供电", "1", "TZ-MAT-03"),
        ("the park runs on renewable power", "1", "TZ-MAT-03"),
        ("园区年度平衡由绿电供电", "1", ""),
        ("the park runs on renewable power, balanced over the year", "1", ""),
        ("绿电占比100%", "1", ""),
        ("逐时监测覆盖率100%", "1", ""),
    ],
)
def test_claims_against_the_hours(text: str, share: str, code: str) -> None:
    world = solar(text, share)
    for one in ("TZ-MAT-02", "TZ-MAT-03"):
        try:
            rows = found(one, world)
        except NotApplicable:
            rows = []
        assert bool(rows) == (one == code), one


def test_a_balance_as_supply_names_what_is_not_matched() -> None:
    (one,) = found("TZ-MAT-03", solar("园区全部由绿电供电", filed="8000"))
    assert (one.arguments["annual"], one.arguments["hourly"]) == ("1", "0.5")
    assert one.arguments["unmatched"] == "3620"
    assert Decimal(one.arguments["at_default"]) == Decimal(3620) * Decimal("0.8325")
    assert one.effect is None


def test_a_twin_that_scores_the_year_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the annual match in the place of the hourly one the false claim passes: the tests above would fail."""
    monkeypatch.setattr(checks, "best_share", lambda one: used(one, "annual"))
    assert found("TZ-MAT-02", solar("绿电逐时匹配100%")) == []


def test_parts_add_up_over_members_and_plants() -> None:
    world = here(
        [meter("a", "consumption"), meter("b", "consumption", B), meter("line", "fence"), meter("roof", "generation")],
        [read("a", "3", "5"), read("b", "4", "1"), read("line", "4", "9"), read("roof", "1", "2")],
        [plant("sun", "line"), plant("own", "roof", "behind_the_meter", owner_id=B)],
    )
    one = matched(world)
    whole = one.straight.matched
    assert (sum(one.owned.users.values()) == whole).all()
    assert (sum(one.owned.plants.values()) == whole).all()
    assert whole[one.known].tolist() == [5 * MWH, 6 * MWH]
    assert np.minimum(one.owned.plants["own"], one.owned.users[B]).sum() == 2 * MWH
    assert unmatched(world, one, YEAR) == (0, 0)

"""Readings as hourly series of whole Wh: one array per electricity meter over the hours of a year (verify.readings, verify.matching)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.checks.world import World
from verify.matching import Year, year_of

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series

_WHOLE = 60  # minutes of an hour that is wholly read
_HOUR = 3600


@dataclass(frozen=True)
class Hours:
    """One meter in one year: Wh by hour, and the hours that are wholly read (the others count nothing)."""

    wh: Series
    known: Mask


def hours_of(world: World, year: str, zone: str, meters: Iterable[str]) -> Mapping[str, Hours]:
    """The series of those of `meters` that have a whole hour in the year; kWh to the nearest Wh. One query for all of them."""
    import ibis
    import numpy as np

    from verify.readings import hourly, plan

    calendar = year_of(int(year), zone)
    wanted = sorted(set(meters))
    if not wanted or not world.handed_in("readings"):
        return {}
    known = [row for row in world.rows("meters") if row["meter_id"] in wanted]
    readings = world.table("readings").filter(lambda t: t.meter_id.isin(wanted))
    rows = hourly(readings, plan(world.engine, known))
    first = ibis.timestamp(f"{year}-01-01 00:00:00").epoch_seconds()
    rows = rows.mutate(place=((rows.hour.epoch_seconds() - first) / _HOUR).floor().cast("int64"))
    rows = rows.filter((rows.place >= 0) & (rows.place < calendar.hours) & (rows.minutes == _WHOLE))
    found = world.engine.arrow(
        rows.select("meter_id", "place", wh=(rows.kwh.cast("decimal(38, 3)") * 1000).cast("int64"))
    )
    names = np.array(found["meter_id"].to_pylist(), dtype=object)
    places, amounts = (found[column].to_numpy() for column in ("place", "wh"))
    series = {}
    for name in sorted(set(names.tolist())):
        mine = (names == name) & (amounts >= 0)  # a meter that runs backwards is found by its own checks
        wh, seen = np.zeros(calendar.hours, dtype=np.int64), np.zeros(calendar.hours, dtype=np.bool_)
        wh[places[mine]], seen[places[mine]] = amounts[mine], True
        series[name] = Hours(wh, seen)
    return series


def calendar_of(year: str, zone: str) -> Year:
    """The hours of a year in the zone of the ruler."""
    return year_of(int(year), zone)

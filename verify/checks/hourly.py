"""Readings as hourly series of whole Wh: one array per electricity meter over the hours of a year (verify.readings, verify.matching)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.checks.world import World
from verify.matching import year_of

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series

_WHOLE = 60  # minutes of an hour that is wholly read
_HOUR = 3600


@dataclass(frozen=True)
class Hours:
    """One meter in one year: Wh by hour, and the hours that are wholly read (the others count nothing)."""

    wh: Series
    known: Mask


def hours_of(world: World, year: str, zone: str) -> Mapping[str, Hours]:
    """The series of the meters of power that have a whole hour in the year. One query serves every year of a world."""
    import numpy as np

    if "hours" not in world.cache:
        world.cache["hours"] = _all(world)
    names, codes, places, amounts = world.cache["hours"]
    calendar = year_of(int(year), zone)
    first = int(np.datetime64(f"{year}-01-01T00:00:00", "h").astype(np.int64))  # readings stand in local time already
    at = places - first
    mine = np.flatnonzero((at >= 0) & (at < calendar.hours))
    order = mine[np.argsort(codes[mine], kind="stable")]
    edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
    series = {}
    for number, name in enumerate(names):
        rows = order[edges[number] : edges[number + 1]]
        if rows.size:
            wh, seen = np.zeros(calendar.hours, dtype=np.int64), np.zeros(calendar.hours, dtype=np.bool_)
            wh[at[rows]], seen[at[rows]] = amounts[rows], True
            series[name] = Hours(wh, seen)
    return series


def _all(world: World) -> tuple[list[str], Any, Any, Any]:
    """Names of meters, and for every whole hour: the number of its meter, hours since 1970 local, whole Wh, rounded down."""
    import numpy as np
    import pyarrow as pa

    from verify.readings import hourly, plan

    nothing = np.zeros(0, dtype=np.int64)
    electric = [row for row in world.rows("meters") if row["carrier"] == "electricity"]
    if not electric:
        return [], nothing, nothing, nothing
    rows = hourly(world.table("readings"), plan(world.engine, electric))
    # a meter that runs backwards is found by its own checks
    rows = rows.filter((rows.minutes == _WHOLE) & (rows.kwh >= 0))
    place = (rows.hour.epoch_seconds() / _HOUR).floor().cast("int64")
    found: pa.Table = world.engine.arrow(rows.select("meter_id", "kwh", place=place))
    if not found.num_rows:
        return [], nothing, nothing, nothing
    # kWh at three places hold whole Wh as their digits; arrow cuts the rest off in no time, DuckDB rescales slowly
    kwh = found["kwh"].cast(pa.decimal128(38, 3), safe=False).combine_chunks()
    digits = np.frombuffer(kwh.buffers()[1], dtype="<i8")[2 * kwh.offset :: 2][: len(kwh)]
    encoded = found["meter_id"].combine_chunks().dictionary_encode()
    return (
        encoded.dictionary.to_pylist(),
        encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
        found["place"].to_numpy(),
        digits,
    )

"""Series of months: what each source files month by month, and the months that its series leaves out (TZ-COV-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verify.checks.members import inside
from verify.checks.world import World

_YEAR, _MONTH = 4, 7  # characters of the two forms of a period
KEY = ("enterprise_id", "source_id", "carrier", "flow")


@dataclass(frozen=True)
class Gap:
    """Months of one year that the series of a source leaves out, with the filed months beside them."""

    key: Mapping[str, str]
    year: str
    months: tuple[str, ...]
    beside: tuple[str, ...]


def gaps(world: World, params: Mapping[str, Any]) -> tuple[list[Gap], int]:
    """The gaps of all monthly series, and how many series there are.

    A month is missing where the series has months on both sides, or where it breaks off in a year before the last month in
    which anybody filed; a year of which a source files fewer months than it leaves out is no monthly series (standby sets).
    Stoppages, the end of the source and the end of membership explain a month.
    """
    series, yearly = _series(world, params)
    last = max((months[-1] for months in series.values()), default="")
    found = []
    for key in sorted(series):
        months = series[key]
        named = dict(zip(KEY, key, strict=True))
        excused = _excused(world, named, params["events"])
        absent = [
            one
            for one in _span(months[0], last)
            if one not in set(months) and (*key, one[:_YEAR]) not in yearly and not any(since <= one <= until for since, until in excused)
            and inside(world, named["enterprise_id"], one)
        ]  # fmt: skip
        for year in sorted({one[:_YEAR] for one in absent}):
            of_year = tuple(one for one in absent if one[:_YEAR] == year)
            before = [one for one in months if one < of_year[0]][-1:]
            after = [one for one in months if one > of_year[-1]][:1]
            filed = sum(1 for one in months if one[:_YEAR] == year)
            if filed > len(of_year) or (not filed and after):
                found.append(Gap(named, year, of_year, (*before, *after)))
    return found, len(series)


def _series(world: World, params: Mapping[str, Any]) -> tuple[dict[tuple[str, ...], list[str]], set[tuple[str, ...]]]:
    """Filed months by source, carrier and flow; and the series that a year is filed of as a whole."""
    rows = world.table("activity")
    piped = rows.carrier.isin(params["piped"]) & rows.flow.isin(params["piped_flows"])
    rows = rows.filter(rows.flow.isin(params["flows"]) | piped)
    series: dict[tuple[str, ...], list[str]] = {}
    yearly: set[tuple[str, ...]] = set()
    for row in world.engine.rows(rows.select(*KEY, "period").distinct().order_by([*KEY, "period"])):
        key = tuple(row[name] for name in KEY)
        if len(row["period"]) == _MONTH:
            series.setdefault(key, []).append(row["period"])
        else:
            yearly.add((*key, row["period"]))
    return series, yearly


def _span(first: str, last: str) -> Iterable[str]:
    year, month = int(first[:_YEAR]), int(first[5:])
    while (one := f"{year}-{month:02d}") <= last:
        yield one
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _excused(world: World, key: Mapping[str, str], kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Months (first, last) in which the source stood still, or after which it is gone."""
    found = [
        (str(row["from"] or date.min)[:_MONTH], str(row["to"] or date.max)[:_MONTH])
        for row in world.rows("events")
        if row["kind"] in kinds
        and row["source_id"] in {"", key["source_id"]}
        and row["enterprise_id"] in {"", key["enterprise_id"]}
    ]
    ended = (
        str(row["retired"])[:_MONTH]
        for row in world.rows("sources")
        if row["source_id"] == key["source_id"] and row["retired"] is not None
    )
    return [*found, *((one, str(date.max)[:_MONTH]) for one in ended)]

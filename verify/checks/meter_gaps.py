"""Intervals that are missing or told twice (TZ-MTR-01, 02): a meter against its own interval and the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.meter_tables import (
    Span,
    by_meter,
    clock,
    day_number,
    meter_rows,
    meter_steps,
    profiles,
    reading_rows,
)
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text
from verify.checks.world import World

_DAY = 1440


@check("TZ-MTR-01")
def intervals_missing(world: World, params: Params) -> Rows:
    """More intervals of a year are missing than `share`, or more than `hours` in a row (truezero-practice 17).

    A meter is held against the part of the year in which it ran: from its connection, the swap that brought it or the start of
    its source; to its own swap or the end of its source. Without an interval of its own a meter is not looked at.
    """
    found, tested, undecided = [], 0, set()
    for meter, years in by_meter(world).items():
        row = meter_rows(world)[meter]
        for one in years:
            if not one["span"] or one["span"] > _DAY:
                undecided.add(row["meter_id"])
                continue
            tested += int(one["n"])
            first, last = owed_span(world, row, one)
            lead, tail = max(0, one["first"] - first), max(0, last - one["last"] - one["span"])
            lost = int(one["missing"] or 0) + lead // one["span"] + tail // one["span"]
            longest = max(int(one["longest"] or 0) - one["span"], lead, tail)
            due = int(one["n"]) + lost
            if lost and (Fraction(lost, due) > Fraction(params["share"]) or longest > Fraction(params["hours"]) * 60):
                arguments = {"missing": str(lost), "expected": str(due), "longest": text(Fraction(longest, 60))}
                found.append(Found(row["meter_id"], str(one["year"]), arguments, None, "", "meters", row["row_id"]))
    return Rows(found, Scope.count(tested), sorted(undecided))


@check("TZ-MTR-02")
def intervals_twice(world: World, params: Params) -> Rows:
    """Two readings within one interval of the meter: the same energy told twice, or two clocks in one file."""
    found: list[Found] = []
    hits = [one for one in profiles(world) if one["close"]]
    if hits:
        rows = meter_steps(world).filter(lambda t: (t.span > 0) & (t.gap < t.span))
        rows = rows.filter(rows.meter.isin(sorted({one["meter"] for one in hits})))
        first = rows.group_by("meter", year=_year(rows)).aggregate(first=rows.begin.min(), n=rows.count())
        told = sorted(world.engine.rows(first), key=lambda row: (row["meter"], row["year"]))
        places = reading_rows(world, [Span(one["meter"], one["first"], one["first"]) for one in told])
        for one, ids in zip(told, places, strict=True):
            meter = meter_rows(world)[one["meter"]]
            arguments = {"doubled": str(one["n"]), "at": clock(one["first"])}
            found += on_rows(Found(meter["meter_id"], str(one["year"]), arguments, effect_unit=""), "readings", ids)
    return Rows(found, Scope.count(sum(int(one["n"]) for one in profiles(world))))


def _year(rows: Any) -> Any:
    from verify.readings.steps import year_of

    return year_of(rows.begin)


def owed_span(world: World, meter: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[int, int]:
    """First and last minute at which the meter should speak in the year: the whole year but for what the park says otherwise."""
    year = one["year"]
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    starts = [row["replaced_on"] for row in meter_rows(world) if row["replaced_by"] == meter["meter_id"]]
    ends = [meter["replaced_on"]]
    for source in world.rows("sources"):
        if source["source_id"] == meter["source_id"] != "":
            starts.append(source["commissioned"])
            ends.append(source["retired"])
    for event in world.rows("events"):
        if event["source_id"] == meter["source_id"] and (
            event["source_id"] or event["enterprise_id"] == meter["enterprise_id"]
        ):
            if event["kind"] in {"connection", "start", "swap"}:
                starts.append(event["from"])
            if event["kind"] in {"disconnection", "relocation", "swap"}:
                ends.append(event["from"])
    begun = max((day for day in starts if day and day.year == year), default=first)
    ended = min((day for day in ends if day and day.year == year), default=last)
    # an event excuses silence before or after it, never silence elsewhere
    here = (
        day_number(begun) * _DAY
        if begun > first and one["first"] >= (day_number(begun) - 1) * _DAY
        else day_number(first) * _DAY
    )
    there = (
        day_number(ended) * _DAY
        if ended < last and one["last"] <= (day_number(ended) + 1) * _DAY
        else day_number(last) * _DAY
    )
    return here, there

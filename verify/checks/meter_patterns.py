"""Readings that no meter of a running plant gives: standing still, drawn with a ruler, copied (TZ-MTR-05 to 07).

They raise questions: each has an innocent reading (a cut-off value, an estimate of the collector, one meter filed under two
names), which the park can show.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.meter_plants import sun_meters
from verify.checks.meter_tables import (
    Span,
    by_meter,
    clock,
    digit,
    meter_amounts,
    meter_days,
    meter_rows,
    meter_steps,
    reading_rows,
)
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text
from verify.checks.world import World
from verify.readings.copies import copied_days, shifted
from verify.readings.runs import still, straight
from verify.readings.steps import smallest

_HOUR, _DAY = 60, 1440
_SHOWN = 20  # stretches whose readings a finding names, the longest first; it counts them all


@check("TZ-MTR-05")
def stands_still(world: World, params: Params) -> Rows:
    """The same value, not zero, for longer than `hours` (plants of the sun: `sun_hours`), and at least `points` readings.

    Not looked at: zeros (a plant at rest, the sun at night), values within `digits` of the last digit (a coarse meter at low
    load) and the highest value of the meter, at which a plant at its rating stays.
    """
    suns = sun_meters(world)
    known = by_meter(world)
    points, tops = {}, {}
    for meter, years in known.items():
        span = max((one["span"] or 0 for one in years), default=0)
        if not span:
            continue
        hours = Fraction(params["sun_hours" if meter in suns else "hours"])
        need = max(int(params["points"]), -int(-(hours * _HOUR) // span))
        if any(one["stays"] >= need - 1 for one in years):
            points[meter] = need
            tops[meter] = max(one["high"] for one in years)
    changes: dict[int, list[int]] = {}
    for row in world.engine.rows(smallest(meter_steps(world), list(points))) if points else ():
        changes.setdefault(row["meter"], []).append(row["least"] or 0)
    least = {meter: int(params["digits"]) * max(digit(known[meter]), min(changes[meter])) for meter in points}
    runs = world.engine.rows(still(world.engine, meter_steps(world), least, points)) if points else []
    runs = [run for run in runs if run["micro"] < tops[run["meter"]]]
    return Rows(_told(world, runs), _readings(world))


@check("TZ-MTR-06")
def straight_line(world: World, params: Params) -> Rows:
    """`points` readings or more on one straight line, to the last digit that the meter shows: values between two readings
    were drawn and not read. Readings marked as estimated say so themselves and are not asked."""
    slack = {meter: digit(years) for meter, years in by_meter(world).items()}
    need = int(params["points"])
    lines = {meter: sum(one["lines"] for one in years) for meter, years in by_meter(world).items()}
    points = {meter: need for meter, n in lines.items() if n >= need - 2}
    runs = world.engine.rows(straight(world.engine, meter_steps(world), slack, points)) if points else []
    return Rows(_told(world, runs), _readings(world))


def _told(world: World, runs: list[dict[str, Any]]) -> list[Found]:
    """One finding per meter and year: its longest run, how many there are and how many readings they hold."""
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for run in sorted(runs, key=lambda one: (one["meter"], one["first"])):
        groups.setdefault((run["meter"], clock(run["first"])[:4]), []).append(run)
    found: list[Found] = []
    for (meter, year), many in groups.items():
        longest = max(many, key=lambda run: run["n"])
        arguments = {
            "runs": str(len(many)),
            "readings": str(sum(run["n"] for run in many)),
            "from": clock(longest["first"]),
            "to": clock(longest["last"]),
        }
        shown = sorted(many, key=lambda run: -run["n"])[:_SHOWN]
        ids = reading_rows(world, [Span(meter, run["first"], run["last"]) for run in shown])
        one = Found(meter_rows(world)[meter]["meter_id"], year, arguments, effect_unit="")
        found += on_rows(one, "readings", (row for rows in ids for row in rows))
    return found


@check("TZ-MTR-07")
def copied(world: World, params: Params) -> Rows:
    """Days that are copies of other days of the same or of another meter, as they are or scaled, or stretches that return at
    another time: `days` or more. Two meters that measure one flow are not asked: parent and part, a check meter, one source.
    """
    import pyarrow as pa

    known, suns = by_meter(world), sun_meters(world)
    columns = {
        "meter": list(known),
        "digit": [digit(years) for years in known.values()],
        "scaled": [meter not in suns for meter in known],
    }
    schema = pa.schema([("meter", pa.int64()), ("digit", pa.int64()), ("scaled", pa.bool_())])
    rounding = world.engine.table("rounding", pa.table(columns, schema=schema))
    moves = int(params["digits"])
    days = copied_days(
        world.engine,
        meter_amounts(world),
        meter_days(world),
        rounding,
        moves=moves,
        sun_moves=int(params["sun_digits"]),
        values=int(params["values"]),
    )
    groups: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in world.engine.rows(days):
        groups.setdefault((row["meter"], row["other"]), []).append(row)
    found: list[Found] = []
    seen: set[tuple[int, int]] = set()
    for (meter, other), pairs in sorted(groups.items()):
        equal = sum(row["equal"] for row in pairs)
        need = int(params["days"] if meter == other else params["scaled_days"])
        if (equal < need and len(pairs) < int(params["scaled_days"])) or one_flow(world, meter, other):
            continue
        seen.add((meter, other))
        pairs.sort(key=lambda row: row["day"])
        scales = sorted(row["scale"] for row in pairs)
        arguments = {
            "other": meter_rows(world)[other]["meter_id"],
            "copies": str(len(pairs)),
            "scale": f"{scales[len(scales) // 2]:.4g}",
            "from": clock(pairs[0]["other_day"] * _DAY)[:10],
            "to": clock(pairs[0]["day"] * _DAY)[:10],
        }
        spans = [Span(meter, row["day"] * _DAY, row["day"] * _DAY + _DAY - 1) for row in pairs[:_SHOWN]]
        ids = [one for rows in reading_rows(world, spans) for one in rows]
        one = Found(meter_rows(world)[meter]["meter_id"], clock(pairs[0]["day"] * _DAY)[:4], arguments, effect_unit="")
        found += on_rows(one, "readings", ids)
    for row in _elsewhere(world, rounding, params):
        if (row["meter"], row["other"]) in seen or one_flow(world, row["meter"], row["other"]):
            continue
        seen.add((row["meter"], row["other"]))
        arguments = {
            "other": meter_rows(world)[row["other"]]["meter_id"],
            "copies": text(round(Fraction(row["last"] - row["first"], _DAY), 1)),
            "scale": "1",
            "from": clock(row["first"] - row["offset"]),
            "to": clock(row["first"]),
        }
        ids = reading_rows(world, [Span(row["meter"], row["first"], row["last"])])[0]
        one = Found(meter_rows(world)[row["meter"]]["meter_id"], clock(row["first"])[:4], arguments, effect_unit="")
        found += on_rows(one, "readings", ids)
    return Rows(found, _readings(world))


def _elsewhere(world: World, rounding: Any, params: Params) -> list[dict[str, Any]]:
    rows = world.engine.rows(
        shifted(
            world.engine,
            meter_steps(world),
            meter_amounts(world),
            rounding,
            moves=int(params["digits"]),
            anchors=int(params["anchors"]),
            most=int(params["homes"]),
        )
    )
    least = int(params["days"]) * _DAY // 2
    return sorted(
        (row for row in rows if row["last"] - row["first"] >= least),
        key=lambda row: (row["meter"], row["other"], row["offset"]),
    )


def one_flow(world: World, meter: int, other: int) -> bool:
    """Whether the park itself says that two meters measure the same: one above the other, a check meter, one serial."""
    if meter == other:
        return False
    here, there = (meter_rows(world)[one] for one in (meter, other))
    family = here["parent"] == there["meter_id"] or there["parent"] == here["meter_id"]
    spare = "check" in {here["role"], there["role"]} and _place(here) == _place(there)
    swapped = here["replaced_by"] == there["meter_id"] or there["replaced_by"] == here["meter_id"]
    return family or spare or swapped or (here["serial"] == there["serial"] != "")


def _place(meter: Mapping[str, Any]) -> tuple[str, str]:
    return meter["enterprise_id"], meter["source_id"]


def _readings(world: World) -> Scope:
    return Scope.count(sum(int(one["n"]) for years in by_meter(world).values() for one in years))

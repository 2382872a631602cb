"""The meter part of the facts: how much of each month each meter was read, and where what was found about it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from verify.checks import Finding
from verify.checks.meter_coverage import FAMILY, MONTHS, Covered, covered
from verify.checks.meter_tables import meter_rows
from verify.checks.world import World
from verify.opinion.accounts import FACTOR, Facts, number

LISTED = 40  # meters with their months; `meters` and `read` are complete counts
_PLACES = 4  # of the share of one month: it is drawn


def facts(world: World, found: Sequence[Finding]) -> Facts | None:
    """The section `meters` of the reporting year; None without readings, or under a ruler that asks nothing of meters."""
    asks = any(code.startswith(FAMILY) for code in world.ruler.text.checks)
    if not asks or not world.handed_in("meters") or not world.handed_in("readings"):
        return None
    rows = covered(world, found)
    read = [one for one in rows if one.share is not None]
    minutes, owed = (sum(month[part] for one in rows for month in one.months) for part in (0, 1))
    codes = Counter(code for one in rows for code in one.codes)
    listed = rows[:LISTED]
    return {
        "meters": str(len(meter_rows(world))),
        "read": str(len(read)),
        "share": number(Fraction(minutes, owed), FACTOR) if owed else None,
        "found": [{"code": code, "meters": str(count)} for code, count in sorted(codes.items())],
        "rows": str(len(rows)),
        "places_shown": str(len(listed)),
        "timelines": [_timeline(world, one) for one in listed],
    }


def _timeline(world: World, one: Covered) -> Facts:
    meter = meter_rows(world)[one.meter]
    return {
        "meter_id": meter["meter_id"],
        "enterprise_id": meter["enterprise_id"],
        "carrier": meter["carrier"],
        "share": number(one.share, FACTOR),
        "months": [number(Fraction(read, owed), _PLACES) if owed else None for read, owed in one.months],
        "marks": [
            {"code": code, "months": [f"{month:02d}" for month in MONTHS if month in months]}
            for code, months in one.codes.items()
        ],
    }

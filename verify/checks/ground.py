"""Where a thing stands against the fence of its time: inside, in a hole of the fence, or outside (GW-01, GW-02)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from verify.checks.world import World
from verify.submission.shapes import Point, enclosed, inside

INSIDE, HOLE, OUTSIDE, UNKNOWN = "inside", "hole", "outside", "unknown"
_YEAR, _MONTH = 4, 7  # characters of the two forms of a period


def place(row: Mapping[str, Any]) -> Point | None:
    """The place of a row with the columns longitude and latitude, degrees; None where one of them is blank."""
    if row["longitude"] is None or row["latitude"] is None:
        return None
    return Fraction(row["longitude"]), Fraction(row["latitude"])


def standing(world: World, point: Point | None, period: str) -> str:
    """Where a point stands in a period (``YYYY`` or ``YYYY-MM``); `unknown` without a point or without a drawn fence.

    Of several fences in force within the period the one that holds the point decides.
    """
    shapes = _shapes(world, period)
    if point is None or not shapes:
        return UNKNOWN
    if any(inside(shape, point) for shape in shapes):
        return INSIDE
    return HOLE if any(enclosed(shape, point) for shape in shapes) else OUTSIDE


def _shapes(world: World, period: str) -> list[Mapping[str, Any]]:
    """The drawn fences in force on some day of the period; without dates a fence holds always."""
    first, last = _days(period)
    return [
        one.geojson
        for one in world.submission.park.boundaries
        if one.geojson and (one.from_ or date.min) <= last and first <= (one.to or date.max)
    ]


def _days(period: str) -> tuple[date, date]:
    year = int(period[:_YEAR])
    if len(period) == _YEAR:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(period[5:_MONTH])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])

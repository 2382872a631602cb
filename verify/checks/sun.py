"""How much of a time the sun shone on a zone, from the table of weather (general rule 7: weather-possible hours)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from verify.checks.world import World


def lit_share(world: World, zone: str, days: Collection[date]) -> Fraction | None:
    """The share of the rows of `days` with any irradiance, 0 to 1; None where weather does not cover every one of the days."""
    if not days or not world.handed_in("weather"):
        return None
    counts = _by_day(world, zone)
    if any(day not in counts for day in days):
        return None
    rows = sum(counts[day][0] for day in days)
    return Fraction(sum(counts[day][1] for day in days), rows)


def _by_day(world: World, zone: str) -> dict[date, tuple[int, int]]:
    """Rows and lit rows by day, one query per zone; days on which an irradiance is missing are left out."""
    key = f"lit:{zone}"
    if key not in world.cache:
        rows = world.table("weather").filter(lambda t: t.zone == zone)
        summed = rows.group_by(day=rows.at.date()).aggregate(
            n=rows.count(), known=rows.irradiance.count(), lit=(rows.irradiance > 0).sum()
        )
        world.cache[key] = {
            row["day"]: (int(row["n"]), int(row["lit"] or 0))
            for row in world.engine.rows(summed)
            if row["known"] == row["n"]
        }
    return world.cache[key]  # type: ignore[no-any-return]

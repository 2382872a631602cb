"""The readings of a world: how each meter is read, its series, its hours; each made once."""

from __future__ import annotations

from verify.checks.world import World
from verify.engine import Table
from verify.readings import hourly, plan, series


def meter_plan(world: World) -> Table:
    """How each meter is read (`verify.readings.plan`)."""
    if "meter_plan" not in world.cache:
        world.cache["meter_plan"] = plan(world.engine, world.rows("meters"))
    return world.cache["meter_plan"]


def meter_series(world: World) -> Table:
    """Interval energy of every meter (`verify.readings.series`), computed once."""
    if "meter_series" not in world.cache:
        world.cache["meter_series"] = world.engine.keep(
            "meter_series", series(world.table("readings"), meter_plan(world))
        )
    return world.cache["meter_series"]


def meter_hours(world: World) -> Table:
    """Electricity per meter and hour: submission_id, meter_id, hour (its start), kwh (decimal), minutes covered."""
    if "meter_hours" not in world.cache:
        world.cache["meter_hours"] = world.engine.keep(
            "meter_hours", hourly(world.table("readings"), meter_plan(world))
        )
    return world.cache["meter_hours"]

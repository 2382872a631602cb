"""Which meters stand behind a plant, and where it is."""

from __future__ import annotations

from typing import Any

from verify.checks.meter_tables import numbers
from verify.checks.world import World

SUN, WIND = "pv", "wind"


def plant_meters(world: World, technology: str) -> dict[int, dict[str, Any]]:
    """Meter number -> its plant, of the meters that receive from plants of one technology and nothing else."""
    known = numbers(world)
    found: dict[int, dict[str, Any]] = {}
    several: set[int] = set()
    for plant in world.rows("generators"):
        meter = known.get(plant["receiving_meter_id"])
        if meter is None:
            continue
        if meter in found and found[meter]["technology"] != plant["technology"]:
            several.add(meter)
        found[meter] = plant
    return {
        meter: plant
        for meter, plant in sorted(found.items())
        if plant["technology"] == technology and meter not in several
    }


def sun_meters(world: World) -> dict[int, dict[str, Any]]:
    """The meters of photovoltaic plants."""
    return plant_meters(world, SUN)

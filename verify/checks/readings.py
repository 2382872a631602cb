"""Readings of open points as numbers."""

from __future__ import annotations

from fractions import Fraction

from verify.checks.world import World
from verify.ledger import Assignment
from verify.ruler.values import unit_scale


def reading_number(world: World, parameter: str, assignment: Assignment | None = None) -> Fraction:
    """What a numeric open point is under an assignment (default: the chosen one), in base units."""
    point = world.ruler.text.parameters[parameter]
    chosen = (assignment or world.chosen)[parameter]
    reading = next(one for one in point.readings if one.id == chosen)
    if reading.same_as:
        return world.number(reading.same_as)
    return Fraction(reading.value) * unit_scale(point.unit)

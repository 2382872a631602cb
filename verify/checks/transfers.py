"""What a fall of the total owes to members that were sold, cut off or bought between the two years (decomposition 1.1; GW-08)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks import structure
from verify.checks.members import tonnes
from verify.checks.world import World

_NOTHING = Fraction(0)


@dataclass(frozen=True)
class Transfers:
    """tCO2 of the base year that left, and by how much the fall is larger for it (less what entrants brought)."""

    of_base: Fraction = _NOTHING
    of_fall: Fraction = _NOTHING


def of_transfers(world: World, params: Mapping[str, Any]) -> tuple[Transfers, Transfers]:
    """Transfers that are no growth or decline (`params.organic`), and those for a reason of `params.moved`."""
    moves = [one for one in structure.changes(world, {}) if one.reason not in params["organic"] and not one.continued]
    moved = set(params["moved"])
    return (
        _sum(world, [one for one in moves if one.reason not in moved]),
        _sum(world, [one for one in moves if one.reason in moved], {structure.LEFT}),
    )


def _sum(
    world: World, moves: Iterable[structure.Change], kinds: Collection[str] = (structure.LEFT, structure.ENTERED)
) -> Transfers:
    left, came = _NOTHING, _NOTHING
    for one in moves:
        if one.change == structure.LEFT and one.change in kinds:
            left += Fraction(tonnes(world, one.enterprise_id, world.base_year))
        elif one.change in kinds:
            came += Fraction(tonnes(world, one.enterprise_id, world.year))
    return Transfers(left, left - came)

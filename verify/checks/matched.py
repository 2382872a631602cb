"""Clean power of a park set against its use hour by hour: which plants, which meters, what was matched (issue 6, C).

The rule is the ruler's (parameters of TZ-MAT-01): which technologies are clean, which connections are direct, which meters
tell the load, which zones are connected. Not here: the arithmetic (verify.matching) and the clock of meters (verify.readings).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.checks.hourly import hours_of
from verify.checks.load import Load, load_of
from verify.checks.match_plants import Plant, Unread, plants_of
from verify.checks.stored import Flow, through
from verify.checks.world import World
from verify.matching import Matched, Owned, Year, matched, pooled, year_of

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series

RULE = "TZ-MAT-01"


@dataclass(frozen=True)
class Match:
    """A year hour by hour. `known`: hours in which the whole load is read; outside them nothing is counted.

    `whole` holds the store's clean discharge as clean power; `owned` what came straight from the plants.
    """

    year: Year
    load: Load
    known: Mask
    plants: tuple[Plant, ...]
    unread: tuple[Unread, ...]
    owned: Owned
    straight: Matched
    whole: Matched
    flow: Flow

    @property
    def counted(self) -> list[Plant]:
        """Plants of which something counts."""
        return [plant for plant in self.plants if not plant.left_out]


@dataclass(frozen=True)
class Missing:
    """Why a year has no match; `reason` is a key of templates/messages/checks.yaml."""

    reason: str


def rule(world: World) -> Mapping[str, Any] | None:
    """The rule of matching that the ruler sets; None where it has none."""
    entry = world.ruler.text.checks.get(RULE)
    return None if entry is None else entry.params


def match(world: World, year: str) -> Match | Missing:
    """The match of a year, computed once per world."""
    key = f"match:{year}"
    if key not in world.cache:
        world.cache[key] = _match(world, year)
    return world.cache[key]  # type: ignore[no-any-return]


def _match(world: World, year: str) -> Match | Missing:
    import numpy as np

    params = rule(world)
    if params is None:
        return Missing("no_matching_rule")
    if not world.handed_in("readings") or not world.handed_in("meters"):
        return Missing("no_readings")
    if not world.handed_in("generators"):
        return Missing("no_generators")
    series = hours_of(world, year, params["zone"])
    calendar = year_of(int(year), params["zone"])
    load = load_of(world, series, params)
    if load is None:
        return Missing("no_hourly_load")
    plants, unread = plants_of(world, year, series, params)
    if not plants:
        return Missing("no_hourly_generation")
    known = load.known
    loads = {name: np.where(known, wh, 0) for name, wh in load.by_enterprise.items()}
    given = {plant.generator_id: np.where(known, plant.clean, 0) for plant in plants if not plant.left_out}
    own = {plant.generator_id: plant.owner for plant in plants if plant.owner in loads and plant.generator_id in given}
    nothing = np.zeros(calendar.hours, dtype=np.int64)
    straight = matched(sum(loads.values(), nothing), sum(given.values(), nothing))
    flow = through(world, series, straight, known, params)
    whole = matched(straight.load, straight.matched + np.minimum(straight.imported, flow.clean) + _left(straight, flow))
    return Match(calendar, load, known, tuple(plants), tuple(unread), pooled(loads, given, own), straight, whole, flow)


def _left(straight: Matched, flow: Flow) -> Series:
    """Clean power that neither load nor store took, and clean discharge that found no load."""
    import numpy as np

    return straight.excess - flow.clean_charge + flow.clean - np.minimum(straight.imported, flow.clean)

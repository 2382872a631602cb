"""The yearly steps from base year to reporting year, where the years between have data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from verify.bridge.chain import Chain, chain
from verify.bridge.found import Reduction
from verify.checks.world import World
from verify.road.bridges.fences import many_fences
from verify.road.bridges.pair import TOTAL, Pair
from verify.ruler.bridging import BridgeRules


def chain_of(world: World, rules: BridgeRules, found: Reduction) -> tuple[Chain | None, str]:
    """The chain under the boundary and classification that decide between the two ends; else None and why.

    A step is the world with other ends: its members, its method and its proof are those of its two years.
    """
    years = [str(year) for year in range(int(world.base_year), int(world.year) + 1)]
    if len(years) <= 2:
        return None, "one_step"
    if any(year not in world.years or not isinstance(world.item(TOTAL, year), Fraction) for year in years):
        return None, "years_missing"
    steps = [replace(world, base_year=then, year=now) for then, now in pairwise(years)]
    pairs = [Pair(step, rules, around) for step, around in zip(steps, many_fences(steps, rules), strict=True)]
    return chain([one.built(found.common, found.decides).bridge for one in pairs]), ""

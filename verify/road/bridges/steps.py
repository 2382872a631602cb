"""The yearly steps from base year to reporting year, where the years between have data."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from verify.bridge.chain import Chain, chain
from verify.bridge.found import Reduction
from verify.bridge.reduction import Bridge
from verify.checks.world import World
from verify.road.bridges.fences import Fences, many_fences
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
    around = many_fences(steps, rules)
    return chain([_bridge(*step, rules, found) for step in zip(steps, around, strict=True)]), ""


def _bridge(step: World, around: Fences, rules: BridgeRules, found: Reduction) -> Bridge:
    """The bridge of one step. Its effects, which a chain does not ask for, go as soon as they are added up."""
    return replace(Pair(step, rules, around).built(found.common, found.decides).bridge, effects=())

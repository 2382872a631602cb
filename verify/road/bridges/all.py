"""The bridges of a world, each or the reason why there is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from verify.bridge.found import Bridges, Reduction, Uncertainty
from verify.checks.world import World
from verify.road.bridges.fences import fences
from verify.road.bridges.level import level_of
from verify.road.bridges.pair import Pair
from verify.road.bridges.ratio import ratio_of
from verify.road.bridges.steps import chain_of
from verify.road.bridges.uncertainty import stated, uncertainty_of


def bridges(world: World) -> Bridges:
    """The bridges from the base year to the reporting year, and of the level of the reporting year."""
    with _without_collection():
        return _bridges(world)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Millions of small objects and no cycle among them: looking for cycles took two fifths of the time of the bridges."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _bridges(world: World) -> Bridges:
    rules = world.ruler.text.bridge
    if rules is None:
        return Bridges(absent=dict.fromkeys(("reduction", "ratio", "level"), "no_rules"))
    core = next((name for name, one in world.ruler.text.indicators.items() if one.kind == "core"), None)
    level = level_of(world, core) if core else None
    nothing = "undefined" if core else "no_core"
    absent = {} if level else {"level": nothing}
    reason = _reason(world)
    if reason:
        return Bridges(level=level, absent=absent | dict.fromkeys(("reduction", "ratio"), reason))
    around = fences(world, rules, stated(world, rules))
    found, unsure, no_errors = _two_ends(Pair(world, rules, around))
    chain, no_chain = chain_of(world, rules, found)
    of_ratio = ratio_of(world, found, around) if core else None
    absent |= {name: why for name, why in (("chained", no_chain), ("uncertainty", no_errors)) if why}
    absent |= {} if of_ratio else {"ratio": nothing}
    return Bridges(replace(found, chained=chain), of_ratio, level, unsure, absent)


def _two_ends(pair: Pair) -> tuple[Reduction, Uncertainty | None, str]:
    """The reduction bridge and how sure it is, else why not. What it was built from is let go before the yearly steps."""
    found = pair.reduction()
    return found, *uncertainty_of(pair, found)


def _reason(world: World) -> str:
    """Why nothing can be compared, '' where it can."""
    if not world.base_year or world.base_year not in world.years:
        return "no_base_year"
    return "same_year" if world.base_year == world.year else ""

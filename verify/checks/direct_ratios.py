"""The dated ratios of green direct connection (TZ-SUP-01, 02; 650号 and 688号, DC-1 to DC-3).

Over all plants on a direct line of the reporting year: self-use over available generation, self-use over all power used, power
fed to the grid over generation. The numbers of the year stand in rules/factors/green-power.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.subject import park
from verify.checks.world import World, total

SELF_USE_OF_GENERATION, SELF_USE_OF_USE, FEED_IN = "self_use_of_generation", "self_use_of_use", "feed_in"


@check("TZ-SUP-01")
def enough_used_by_the_park(world: World, params: Params) -> Rows:
    """DC-1, DC-2: the park uses enough of what its plants made, and they give enough of what it uses."""
    return _judged(world, params, at_least=True)


@check("TZ-SUP-02")
def little_fed_to_the_grid(world: World, params: Params) -> Rows:
    """DC-3: what is fed to the grid stays below the province's ceiling, in general as the ruler prints it."""
    return _judged(world, params, at_least=False)


def _judged(world: World, params: Params, *, at_least: bool) -> Rows:
    ratios = dict(_ratios(world, params))
    found: list[Found] = []
    tested = 0
    for name, identifier in sorted(params["limits"].items()):
        printed = world.ruler.find(identifier, world.year)
        if printed is None or name not in ratios:
            continue
        tested += 1
        part, whole = ratios[name]
        limit = printed[1].value
        if whole and (part < limit * whole if at_least else part > limit * whole):
            arguments = {
                "ratio": name,
                "part": text(part),
                "whole": text(whole),
                "direct_ratio": text(part / whole),
                "limit": text(limit),
            }
            found.append(Found(park(world), world.year, arguments, effect_unit=""))
    return Rows(found, Scope.count(tested, len(params["limits"])))


def _ratios(world: World, params: Params) -> Iterator[tuple[str, tuple[Fraction, Fraction]]]:
    """Each ratio as its two sums, MWh."""
    shared = world.ruler.text.checks[params["proof"]].params
    supplies = shared["kinds"]["direct"]
    cells = [cell for cell in green_proof.zeros(world, world.year, shared) if cell["supply"] in supplies]
    used = Fraction(total(cells, "quantity"))
    if not used:
        raise NotApplicable("no_direct_supply")
    lines = [row for row in world.rows("generators") if row["connection"] in params["connections"]]
    if not lines or any(row["total_mwh"] is None for row in lines):
        raise CouldNotRun("no_output_of_plants")
    made = sum((Fraction(row["total_mwh"]) for row in lines), Fraction(0))
    yield SELF_USE_OF_GENERATION, (used, made)
    indicator = world.ruler.text.indicators[params["indicator"]]
    all_used = world.figures[world.year].item(indicator.denominator, world.chosen)
    if isinstance(all_used, Fraction):
        yield SELF_USE_OF_USE, (used, all_used)
    yield FEED_IN, (sum((_fed(row) for row in lines), Fraction(0)), made)


def _fed(plant: Mapping[str, Any]) -> Fraction:
    """What a plant did not deliver to the park, MWh; without a share, nothing is known to be fed elsewhere."""
    return Fraction(plant["total_mwh"]) * (1 - Fraction(plant["share"] if plant["share"] is not None else 1))

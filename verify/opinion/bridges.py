"""The bridges as facts (DESIGN 9): every number as text, the largest causes listed and the rest counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from heapq import nsmallest
from math import ceil, floor

from verify.bridge.coarse import Coarse
from verify.bridge.exact import at_most
from verify.bridge.found import Bridges, Reduction, Uncertainty
from verify.bridge.level import LevelBridge
from verify.bridge.quantum import PLACES
from verify.bridge.ratio import RatioBridge
from verify.bridge.reduction import Bridge
from verify.checks.world import World
from verify.opinion.accounts import FACTOR, Facts, number, words
from verify.opinion.judgement import incomplete_core

SHARE = 4  # places of a share of draws or of tonnes
CAUSES = 20  # listed; the report says how many are not


def facts(found: Bridges, world: World, unit: str) -> Facts:
    """The section `bridges`. `unit`: of the core indicator, which ratio and level bridge are of."""
    return {
        "reduction": _reduction(found.reduction) if found.reduction else None,
        "ratio": _ratio(found.ratio, world.base_year, world.year, unit) if found.ratio else None,
        "level": _level(found.level, world, unit) if found.level else None,
        "uncertainty": _uncertainty(found.uncertainty) if found.uncertainty else None,
        "incomplete": _incomplete(world) if found.reduction or found.level else [],
        "absent": [{"bridge": name, "reason": reason} for name, reason in sorted(found.absent.items())],
    }


def _incomplete(world: World) -> list[str]:
    """The core terms that lack a row in base year or reporting year: a split that rests on them is as open as they are."""
    years = [year for year in (world.base_year, world.year) if year in world.years]
    return sorted({term for year in years for term in incomplete_core(replace(world, year=year))})


def _reduction(one: Reduction) -> Facts:
    bridge = one.bridge
    return {
        "from": one.before,
        "to": one.after,
        "before": number(bridge.before),
        "after": number(bridge.after),
        "filed": one.filed,
        "like_for_like": number(bridge.like_for_like),
        "common": one.common,
        "terms": [
            {"term": term, "tco2": number(net), "fall": number(bridge.falls[term]), "rise": number(bridge.rises[term])}
            for term, net in bridge.terms.items()
        ],
        "real": number(bridge.real),
        "share": number(bridge.share, FACTOR) if bridge.share is not None else None,
        "decides": one.decides,
        "by_classification": [
            {"classification": name, "real": number(held.real)}
            for (boundary, name), held in one.bridges.items()
            if boundary == one.common
        ],
        "by_boundary": [
            {"common": boundary, "real": number(held.real), "like_for_like": number(held.like_for_like)}
            for (boundary, name), held in one.bridges.items()
            if name == one.decides
        ],
        "chained": (
            [{"term": term, "tco2": number(amount)} for term, amount in one.chained.terms.items()]
            if one.chained
            else None
        ),
        "chained_turns": list(one.chained.turns(bridge)) if one.chained else None,
        "coarse": number(one.coarse.tonnes),
        "coarse_bounds": _coarse(one.coarse)
        if one.coarse.tonnes or one.coarse.real.low < one.coarse.real.high
        else None,
        **_causes(bridge),
    }


def _coarse(one: Coarse) -> Facts:
    return {
        "fall": number(one.either.low),
        "rise": number(one.either.high),
        "switch": number(one.switch),
        "real_low": number(one.real.low),
        "real_high": number(one.real.high),
    }


def _causes(bridge: Bridge) -> Facts:
    """The effects of single processes, the largest first; those that a report would print as 0 are left out."""
    least = at_most(Fraction(1, 2 * 10**PLACES))
    shown = [one for one in bridge.effects if abs(one.tonnes) > least]
    largest = nsmallest(CAUSES, shown, key=lambda one: (-abs(one.tonnes), one.process, one.part, one.term))
    return {
        "causes": [
            {
                "enterprise_id": one.process.partition("|")[0],
                "process": one.process.partition("|")[2],
                "part": one.part,
                "term": one.term,
                "tco2": number(Fraction(one.tonnes)),
            }
            for one in largest
        ],
        "causes_left": str(max(len(shown) - CAUSES, 0)),
    }


def _ratio(one: RatioBridge, before: str, after: str, unit: str) -> Facts:
    return {
        "from": before,
        "to": after,
        "before": number(one.before, FACTOR),
        "after": number(one.after, FACTOR),
        "unit": unit,
        "above": [{"term": term, "value": number(value, FACTOR)} for term, value in one.above.items()],
        "below": [{"term": term, "value": number(value, FACTOR)} for term, value in one.below.items()],
    }


def _level(one: LevelBridge, world: World, unit: str) -> Facts:
    titles = {line.id: words(line.title) for line in world.ruler.text.method.lines}
    titles |= {name: words(parameter.title) for name, parameter in world.ruler.text.parameters.items()}
    return {
        "strict": number(one.strict, FACTOR),
        "proven": number(one.proven, FACTOR),
        "claimed": number(one.claimed, FACTOR),
        "unit": unit,
        "terms": [
            {
                "switch": switch,
                "title": titles.get(switch),
                "value": number(value, FACTOR),
                "proven": number(one.of_it_proven[switch], FACTOR),
            }
            for switch, value in one.terms.items()
        ],
    }


def _uncertainty(one: Uncertainty) -> Facts:
    """Intervals outward in multiples of the quantum, what lies in between to the nearest."""
    drawn, step = one.spread, one.quantum

    def tonnes(amount: float, to: Callable[[Fraction], int] = round) -> str | None:
        return number(to(Fraction(amount) / step) * step)

    return {
        "real": tonnes(drawn.real),
        "deviation": tonnes(drawn.deviation),
        "low": tonnes(drawn.low, floor),
        "high": tonnes(drawn.high, ceil),
        "drawn_low": tonnes(drawn.drawn_low, floor),
        "drawn_high": tonnes(drawn.drawn_high, ceil),
        "positive": number(drawn.positive, SHARE),
        "reaches": number(drawn.reaches, SHARE) if drawn.reaches is not None else None,
        "interval": number(one.interval, SHARE),
        "draws": str(one.draws),
        "covered": number(one.covered, SHARE) if one.covered is not None else None,
        "sources": str(one.sources),
        "together": str(one.together),
    }

"""The ratio bridge of the core indicator: its tonnes by the reduction bridge, its energy by what moved it (decomposition 3a).

Terms of the energy: what was misstated, another scope, energy left out of the denominator, another coefficient for the same
carrier (the base year's stands in both), energy counted twice and energy added without products at hardly any emission (as
TZ-IND-05 and TZ-IND-03 see them, by the ruler's bounds), and the rest, which is use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.bridge.amounts import Amount as Lines
from verify.bridge.exact import summed as summed_up
from verify.bridge.found import Reduction
from verify.bridge.ratio import Amount, RatioBridge, ratio
from verify.checks.counted_twice import again
from verify.checks.dilution import additions
from verify.checks.members import members
from verify.checks.unit_flows import summed
from verify.checks.world import World
from verify.road.bridges.fences import INTERSECTION, Fences

ENERGY = "energy.tce"
TWICE, THIN = "TZ-IND-05", "TZ-IND-03"


def ratio_of(world: World, found: Reduction, around: Fences) -> RatioBridge | None:
    """The ratio bridge; None where the energy of a year is undefined or not above 0."""
    years = (world.base_year, world.year)
    items = [world.item(ENERGY, year) for year in years]
    recomputed = [item for item in items if isinstance(item, Fraction) and item > 0]
    if len(recomputed) < len(years):
        return None
    filed = {
        row["year"]: row["value"] for row in world.rows("reported") if row["item"] == ENERGY and not row["authority"]
    }
    stated = [Fraction(filed[year]) if filed.get(year) else own for year, own in zip(years, recomputed, strict=True)]
    if min(stated) <= 0:
        return None
    common = around.common[found.common]
    fence = [_tce(around.filed.before), _tce(around.filed.after)]
    inside = [_tce(common.before), _tce(common.after)]
    coefficient = _coefficient(common.before, common.after)
    terms = {
        "misstatement": (stated[1] - recomputed[1]) - (stated[0] - recomputed[0]),
        "scope": (fence[1] - inside[1]) - (fence[0] - inside[0]),
        "feedstock": (recomputed[1] - fence[1]) - (recomputed[0] - fence[0]),
        "coefficient": coefficient,
        "double": _twice(world, world.year) - _twice(world, world.base_year),
        "dilution": _dilution(world, found),
    }
    terms["use"] = stated[1] - stated[0] - sum(terms.values(), Fraction(0))
    bridge = found.bridge
    tonnes = dict(bridge.terms)
    rest = bridge.reported - sum(tonnes.values(), Fraction(0))  # what rounding to the quantum left
    tonnes["unexplained"] += rest
    return ratio(Amount(bridge.before, bridge.after, tonnes), Amount(stated[0], stated[1], terms))


def _twice(world: World, year: str) -> Fraction:
    """tce of a year that the ruler's check sees counted again."""
    params = _params(world, TWICE)
    if params is None:
        return Fraction(0)
    return sum((summed(flows, "tce") for flows in again(world, year, params).values()), Fraction(0))


def _dilution(world: World, found: Reduction) -> Fraction:
    """tce of the claim year that members of both years, or of the common boundary, use beyond their output at hardly any emission.

    Who is in one year only and outside the common boundary is scope already.
    """
    params = _params(world, THIN)
    if params is None:
        return Fraction(0)
    both = members(world, world.base_year) & members(world, world.year)
    counted = set(both) if found.common == INTERSECTION else set(both | members(world, world.year))
    return sum((one.tce for one in additions(world, params) if one.member in counted), Fraction(0))


def _params(world: World, code: str) -> Mapping[str, Any] | None:
    entry = world.ruler.text.checks.get(code)
    return None if entry is None else entry.params


def _tce(lines: Iterable[Lines]) -> Fraction:
    return summed_up(one.tce for one in _fence(lines))


def _fence(lines: Iterable[Lines]) -> list[Lines]:
    return [one for one in lines if one.measure == "energy" and one.side == "fence"]


def _coefficient(before: Sequence[Lines], after: Sequence[Lines]) -> Fraction:
    """tce of the claim year that another coefficient of the same carrier makes."""
    then, now = _by_carrier(before), _by_carrier(after)
    found = Fraction(0)
    for carrier in then.keys() & now.keys():
        (quantity0, tce0), (quantity1, tce1) = then[carrier], now[carrier]
        if quantity0:
            found += tce1 - quantity1 * tce0 / quantity0
    return found


def _by_carrier(lines: Iterable[Lines]) -> Mapping[str, tuple[Fraction, Fraction]]:
    """What came in by carrier: quantity and tce of bought and made inside."""
    found: dict[str, tuple[Fraction, Fraction]] = defaultdict(lambda: (Fraction(0), Fraction(0)))
    for one in _fence(lines):
        if one.quantity > 0:
            quantity, tce = found[one.carrier]
            found[one.carrier] = quantity + one.quantity, tce + one.tce
    return found

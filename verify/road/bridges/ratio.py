"""The ratio bridge of the core indicator: its tonnes by the reduction bridge, its energy by what moved it (decomposition 3a).

Terms of the energy: what was misstated, another scope, energy left out of the denominator, another coefficient for the same
carrier (the base year's stands in both), and the rest, which is use. Dilution and energy counted twice are findings, not terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from verify.bridge.amounts import Amount as Lines
from verify.bridge.found import Reduction
from verify.bridge.ratio import Amount, RatioBridge, ratio
from verify.checks.world import World
from verify.road.bridges.fences import Fences

ENERGY = "energy.tce"


def ratio_of(world: World, found: Reduction, around: Fences) -> RatioBridge | None:
    """The ratio bridge; None where the energy of a year is undefined or not above 0."""
    years = (world.base_year, world.year)
    items = [world.item(ENERGY, year) for year in years]
    recomputed = [item for item in items if isinstance(item, Fraction) and item > 0]
    if len(recomputed) < len(years):
        return None
    rows = [row for row in world.rows("reported") if row["item"] == ENERGY and not row["authority"]]
    filed = {row["year"]: row["value"] for row in rows}
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
    }
    terms["use"] = stated[1] - stated[0] - sum(terms.values(), Fraction(0))
    bridge = found.bridge
    tonnes = dict(bridge.terms)
    rest = bridge.reported - sum(tonnes.values(), Fraction(0))  # what rounding to the quantum left
    tonnes["unexplained"] += rest
    return ratio(Amount(bridge.before, bridge.after, tonnes), Amount(stated[0], stated[1], terms))


def _tce(lines: Iterable[Lines]) -> Fraction:
    return sum((one.tce for one in _fence(lines)), Fraction(0))


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

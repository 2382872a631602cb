"""What was made, used and bought: the production of two years by unit and product, and the classifications of it.

A unit that makes several goods has one output: their mass, or where they are not all weighed, the mean growth of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.bridge.amounts import Unit

MADE, CONSUMED, BOUGHT = "made", "consumed", "bought"
Good = tuple[Unit, str]  # who makes it, and what


@dataclass
class Outputs:
    """One year, base units. `made` by unit and product; `consumed` and `bought` (from outside) by product over the park;
    `weighed`: the products that are counted by mass."""

    made: dict[Good, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    consumed: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    bought: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    weighed: set[str] = field(default_factory=set)

    def products(self, unit: Unit) -> dict[str, Fraction]:
        """What a unit makes; that of all sources of an enterprise for the unit without a source."""
        found: dict[str, Fraction] = defaultdict(Fraction)
        for (maker, product), amount in self.made.items():
            if maker == unit or (not unit[1] and maker[0] == unit[0]):
                found[product] += amount
        return {product: amount for product, amount in found.items() if amount > 0}

    def used(self, product: str) -> Fraction:
        """What was used inside, made or bought."""
        return max(self.consumed.get(product, Fraction(0)), self.bought.get(product, Fraction(0)))

    def own_used(self, product: str) -> Fraction:
        """Of it, what was made inside."""
        made = sum((amount for (_, one), amount in self.made.items() if one == product), Fraction(0))
        return min(max(self.used(product) - self.bought.get(product, Fraction(0)), Fraction(0)), made)


def outputs(rows: Iterable[Mapping[str, Any]], classed: Callable[[Unit], Unit]) -> Outputs:
    """From rows with enterprise_id, source_id, product, flow, quantity, unit and `inside` (a partner inside the fence).

    `classed` gives the unit that a maker counts in.
    """
    found = Outputs()
    for row in rows:
        if row["quantity"] is None:
            continue
        product = row["product"]
        amount = Fraction(row["quantity"])
        if row["flow"] == MADE:
            found.made[classed((row["enterprise_id"], row["source_id"])), product] += amount
        elif row["flow"] == CONSUMED:
            found.consumed[product] += amount
        elif row["flow"] == BOUGHT and not row["inside"]:
            found.bought[product] += amount
        if row["unit"] == "t":
            found.weighed.add(product)
    return found


def volume(before: Outputs, after: Outputs, unit: Unit) -> tuple[Fraction, Fraction] | None:
    """The output of a unit in both years: comparable with each other, not with other units. None where nothing says."""
    then, now = before.products(unit), after.products(unit)
    if not then and not now:
        return None
    names = then.keys() | now.keys()
    if len(names) == 1 or names <= before.weighed | after.weighed:
        return sum(then.values(), Fraction(0)), sum(now.values(), Fraction(0))
    both = then.keys() & now.keys()
    if not both:
        return None
    growth = sum((now[name] / then[name] for name in both), Fraction(0)) / len(both)
    return Fraction(1), growth

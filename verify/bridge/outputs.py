"""What was made, used and bought: the production of two years by unit and product, and the classifications of it.

A unit that makes several goods has one output: their mass, or where they are not all weighed, the mean growth of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from verify.bridge.amounts import Unit
from verify.bridge.exact import ZERO, add, fraction, summed

MADE, CONSUMED, BOUGHT = "made", "consumed", "bought"
Good = tuple[Unit, str]  # who makes it, and what


class Outputs:
    """One year, base units. `made` by unit and product; `weighed`: the products that are counted by mass."""

    def __init__(
        self,
        made: Mapping[Good, Fraction],
        consumed: Mapping[str, Fraction],
        bought: Mapping[str, Fraction],
        weighed: frozenset[str],
    ) -> None:
        self.made, self.weighed = made, weighed
        self.traded = consumed.keys() | bought.keys()  # what is used inside, made or bought
        self._consumed, self._bought = consumed, bought
        of_unit: dict[Unit, dict[str, Fraction]] = defaultdict(dict)
        self._of_product: dict[str, Fraction] = {}
        for (unit, product), amount in made.items():
            add(self._of_product, product, amount)
            for one in {unit, (unit[0], "")}:
                add(of_unit[one], product, amount)
        self._of_unit = {
            unit: {product: amount for product, amount in some.items() if amount.numerator > 0}
            for unit, some in of_unit.items()
        }

    def products(self, unit: Unit) -> Mapping[str, Fraction]:
        """What a unit makes; that of all sources of an enterprise for the unit without a source."""
        return self._of_unit.get(unit, {})

    def total(self, product: str) -> Fraction:
        """What all units make of a product."""
        return self._of_product.get(product, Fraction(0))

    def used(self, product: str) -> Fraction:
        """What was used inside, made or bought."""
        return max(self._consumed.get(product, Fraction(0)), self._bought.get(product, Fraction(0)))

    def own_used(self, product: str) -> Fraction:
        """Of it, what was made inside."""
        own = max(self.used(product) - self._bought.get(product, Fraction(0)), Fraction(0))
        return min(own, self.total(product))


def outputs(rows: Iterable[Mapping[str, Any]], classed: Callable[[Unit], Unit]) -> Outputs:
    """From rows with enterprise_id, source_id, product, flow, quantity, unit and `inside` (a partner inside the fence).

    `classed` gives the unit that a maker counts in.
    """
    made: dict[Good, Fraction] = {}
    consumed: dict[str, Fraction] = {}
    bought: dict[str, Fraction] = {}
    weighed = set()
    for row in rows:
        if row["quantity"] is None:
            continue
        product, amount = row["product"], fraction(row["quantity"])
        if row["flow"] == MADE:
            add(made, (classed((row["enterprise_id"], row["source_id"])), product), amount)
        elif row["flow"] == CONSUMED:
            add(consumed, product, amount)
        elif row["flow"] == BOUGHT and not row["inside"]:
            add(bought, product, amount)
        if row["unit"] == "t":
            weighed.add(product)
    return Outputs(made, consumed, bought, frozenset(weighed))


def volume(before: Outputs, after: Outputs, unit: Unit) -> tuple[Fraction, Fraction] | None:
    """The output of a unit in both years: comparable with each other, not with other units. None where nothing says."""
    then, now = before.products(unit), after.products(unit)
    if not then and not now:
        return None
    names = then.keys() | now.keys()
    if len(names) == 1:
        (name,) = names
        return then.get(name, ZERO), now.get(name, ZERO)
    if names <= before.weighed | after.weighed:
        return summed(then.values()), summed(now.values())
    both = then.keys() & now.keys()
    if not both:
        return None
    growth = sum((now[name] / then[name] for name in both), Fraction(0)) / len(both)
    return Fraction(1), growth


def one_product_each(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every source makes one product, the same in every year: then it does not matter who names the products."""
    names: dict[Unit, str] = {}
    return all(
        row["source_id"]
        and names.setdefault((row["enterprise_id"], row["source_id"]), row["product"]) == row["product"]
        for row in rows
        if row["flow"] == MADE
    )

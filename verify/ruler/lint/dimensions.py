"""Dimensions of units and of formulas: what a tree measures, given what its names and sums measure.

A dimension is a product of the dimensions of rules/units.yaml with exponents. A formula may measure one of several things
while it is not known which (a constant that is also a declared conversion, such as 3.6 between MWh and GJ); zero measures
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache

from verify.errors import WrongUsage
from verify.formula import Tree, text_of
from verify.units import Ratio, Units

Dimension = frozenset[tuple[str, int]]
Dimensions = frozenset[Dimension] | None  # None: anything
NOTHING: Dimension = frozenset()
PLAIN: Dimensions = frozenset({NOTHING})
TRUTH: Dimension = frozenset({("truth", 1)})
_COUNTED = {"share", "count"}  # numbers of no dimension


class Clash(Exception):
    """Two parts of a formula that must measure the same and do not."""

    def __init__(self, text: str, one: Dimensions, other: Dimensions) -> None:
        super().__init__(text)
        self.text, self.one, self.other = text, one, other


@cache
def of_unit(text: str) -> Dimension | None:
    """The dimension of a unit or ratio; None for a text that is neither."""
    try:
        unit = Units.standard().measure(text)
    except WrongUsage:
        return None
    if isinstance(unit, Ratio):
        return divided(_one(unit.numerator_dimension), _one(unit.denominator_dimension))
    return _one(unit.dimension)


def _one(dimension: str) -> Dimension:
    return NOTHING if dimension in _COUNTED else frozenset({(dimension, 1)})


def times(one: Dimension, other: Dimension) -> Dimension:
    """The dimension of a product."""
    return _merged(one, other, 1)


def divided(one: Dimension, other: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return _merged(one, other, -1)


def _merged(one: Dimension, other: Dimension, sign: int) -> Dimension:
    powers = dict(one)
    for name, power in other:
        powers[name] = powers.get(name, 0) + sign * power
    return frozenset((name, power) for name, power in powers.items() if power)


def said(dimensions: Dimensions) -> str:
    """Dimensions in base units, e.g. ``tCO2/t``; `?` where anything fits."""
    return "?" if dimensions is None else " | ".join(sorted(_said(one) for one in dimensions))


def _said(dimension: Dimension) -> str:
    units = Units.standard()
    above = [_power(units, name, power) for name, power in sorted(dimension) if power > 0]
    below = [_power(units, name, -power) for name, power in sorted(dimension) if power < 0]
    return "·".join(above or ["1"]) + ("/" + "·".join(below) if below else "")


def _power(units: Units, name: str, power: int) -> str:
    unit = name if name == "truth" else units.base(name)
    return unit if power == 1 else f"{unit}^{power}"


def measured(tree: Tree, name_of: Callable[[str], Dimensions], sum_of: Callable[[Tree], Dimensions]) -> Dimensions:
    """What a formula measures. Raises `Clash` where its parts do not fit each other."""
    op = tree["op"]
    if op == "constant":
        return _constant(tree["value"])
    if op == "name":
        return name_of(tree["name"])
    if op == "sum":
        return sum_of(tree)
    parts = [measured(part, name_of, sum_of) for part in tree["args"]]
    if op in {"multiply", "divide"}:
        return _combined(parts, times if op == "multiply" else divided)
    if op in {"add", "subtract", "min", "max"}:
        return _same(tree, parts)
    if op in {"lt", "le", "gt", "ge", "eq", "ne"}:
        _same(tree, parts)
        return frozenset({TRUTH})
    if op == "case":
        return _same(tree, [*parts[1:-1:2], parts[-1]])
    if op in {"and", "or", "not"}:
        return frozenset({TRUTH})
    return parts[0]  # negate, abs


def _constant(text: str) -> Dimensions:
    number = Fraction(text)
    return None if not number else frozenset({NOTHING, *_conversions().get(number, ())})


@cache
def _conversions() -> Mapping[Fraction, tuple[Dimension, ...]]:
    """The numbers that convert between dimensions (3.6 GJ per MWh); a factor of 1 converts nothing by itself."""
    found: dict[Fraction, list[Dimension]] = {}
    for (above, below), factor in Units.standard().conversions.items():
        if factor != 1:
            found.setdefault(factor, []).append(divided(_one(below), _one(above)))
    return {number: tuple(many) for number, many in found.items()}


def _combined(parts: list[Dimensions], join: Callable[[Dimension, Dimension], Dimension]) -> Dimensions:
    total = parts[0]
    for part in parts[1:]:
        if total is None or part is None:
            total = None
        else:
            total = frozenset(join(one, other) for one in total for other in part)
    return total


def _same(tree: Tree, parts: list[Dimensions]) -> Dimensions:
    shared: Dimensions = None
    for part in parts:
        if part is None:
            continue
        both = part if shared is None else shared & part
        if not both:
            raise Clash(text_of(tree), shared, part)
        shared = both
    return shared


def any_of(units: Iterable[str]) -> Dimensions:
    """The dimensions of several units."""
    found = {one for text in units if (one := of_unit(text)) is not None}
    return frozenset(found) or None

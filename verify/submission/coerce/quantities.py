"""A quantity and its unit, brought exactly to the base unit of the dimension that the row speaks about."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from verify.errors import WrongUsage
from verify.submission.coerce.decimals import Kept, bounded, kept, times
from verify.submission.coerce.faults import NOT_A_NUMBER, UNKNOWN_UNIT, WRONG_DIMENSION, Fault, fault
from verify.submission.coerce.numbers import number, plain
from verify.submission.contract import QUANTITY_DIGITS, Column
from verify.units import Ratio, Unit, Units


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit text in view of a dimension: the base unit, the exact factor to it, whether the dimension changes."""

    base: str
    factor: Fraction
    crosses: bool = False


@cache
def measure(text: str, dimensions: tuple[str, ...]) -> Measure | Fault:
    """How a quantity in the unit `text` reaches a base unit. `dimensions`: the ones allowed, in order; ``any``: its own."""
    units = Units.standard()
    try:
        unit = units.measure(text)
    except WrongUsage:
        return fault(UNKNOWN_UNIT, "unknown_unit")
    own = "any" in dimensions
    if isinstance(unit, Ratio):
        if not own:
            return fault(WRONG_DIMENSION, "ratio", expected=_expected(units, dimensions))
        base = f"{units.base(unit.numerator_dimension)}/{units.base(unit.denominator_dimension)}"
        return Measure(base, unit.to_base)
    return _own(units, unit, dimensions) if own or unit.dimension in dimensions else _converted(units, unit, dimensions)


def quantity(column: Column, dimensions: tuple[str, ...], text: str, unit_text: str) -> Kept | Fault:
    """The quantity `text` in `unit_text` as a decimal in the base unit. A fault of the unit is found in its own column."""
    found = number(text)
    if isinstance(found, Fault):
        return found
    if found.percent:
        if plain(unit_text) not in {"", "%"}:
            return fault(NOT_A_NUMBER, "percent")
        unit_text = "%"
    unit = measure(unit_text, dimensions)
    if isinstance(unit, Fault):
        return unit
    outside = bounded(found.value, column)
    if outside is not None:
        return outside
    result = kept(times(found.value, unit.factor), *QUANTITY_DIGITS)
    if isinstance(result, Kept) and result.rounded and unit.crosses:
        return Kept(result.value)  # a conversion between dimensions may have no end; the park typed nothing finer
    return result


def fixed(column: Column, text: str) -> Kept | Fault:
    """A quantity whose unit is that of its column."""
    return quantity(column, (column.dimension or "any",), text, column.fixed_unit or "")


def _own(units: Units, unit: Unit, _: tuple[str, ...]) -> Measure:
    return Measure(units.base(unit.dimension), unit.to_base)


def _converted(units: Units, unit: Unit, dimensions: tuple[str, ...]) -> Measure | Fault:
    for dimension in dimensions:
        factor = units.factor(unit, dimension)
        if factor is not None:
            return Measure(units.base(dimension), factor, crosses=True)
    return fault(WRONG_DIMENSION, "dimension", expected=_expected(units, dimensions))


def _expected(units: Units, dimensions: tuple[str, ...]) -> str:
    return ", ".join(units.base(dimension) for dimension in dimensions)

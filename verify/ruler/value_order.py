"""Which of two values of the law is the stricter one, at every date of the data."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.ruler.values import Value
from verify.units import Units
from verify.units.unit import Ratio

_FIRST, _LAST = 0, 9999


def stricter_value(direction: str, theirs: Value, own: Value) -> bool | None:
    """Whether `own` is as strict as `theirs` or stricter, where ``lower`` or ``higher`` is; None where they have no order.

    They have none where the law leaves a choice (candidates, a range), where the units measure different things or the
    numbers are of different things (`about`), and where
    `theirs` has a number for some year and `own` has none.
    """
    if any(one.candidates or one.low is not None or one.high is not None for one in (own, theirs)):
        return None
    if own.about != theirs.about or _measures(own) != _measures(theirs):
        return None
    pairs: list[tuple[Fraction, Fraction]] = []
    for year in _years(own, theirs):
        below, here = theirs.at(year), own.at(year)
        if below is not None and here is None:
            return None
        if below is not None and here is not None:
            pairs.append((below.value, here.value))
    if not pairs:
        return None
    return all(here <= below if direction == "lower" else here >= below for below, here in pairs)


def _measures(value: Value) -> tuple[str, ...]:
    """The dimensions of a unit; per cent and a bare number are both shares."""
    unit = Units.standard().measure(value.unit)
    return (unit.numerator_dimension, unit.denominator_dimension) if isinstance(unit, Ratio) else (unit.dimension,)


def _years(*values: Value) -> Iterator[str]:
    """A year of every window of the values, on both sides of each border: windows count by years (`Entry.covers`)."""
    edges = {_FIRST, _LAST}
    for value in values:
        for entry in value.entries:
            for text in (entry.since, entry.until):
                if text[:4].isdigit():
                    edges |= {int(text[:4]) + step for step in (-1, 0, 1)}
    return (f"{year:04d}" for year in sorted(edges) if _FIRST <= year <= _LAST)

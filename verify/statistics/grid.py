"""The grid that values are counted on. A grid that holds for all values is an instrument's; one that holds for some, a hand's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from math import gcd


@dataclass(frozen=True)
class Grid:
    """`units`: the values counted in `quantum`, the largest power of ten that divides all of them.

    `step`: what divides all units beyond that (2 for a weighbridge of 20 kg, the ratio of a current transformer), 1 if nothing.
    """

    units: tuple[int, ...]
    quantum: Decimal
    step: int


def grid_of(values: Sequence[Decimal]) -> Grid:
    """The grid of exact decimals; zeros carry no digit and are left out. An empty grid has quantum 0."""
    kept = [one.normalize() for one in values if one]
    if not kept:
        return Grid((), Decimal(0), 1)
    power = min(int(one.as_tuple().exponent) for one in kept)
    units = tuple(int(one.scaleb(-power)) for one in kept)
    return Grid(units, Decimal(1).scaleb(power), reduce(gcd, units))

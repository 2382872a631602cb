"""Sketches of monthly series: a copy, scaled by any constant, shares a sketch with its pattern; then they are compared exactly.

A sketch is a hash of some consecutive ratios, each rounded down to a grid. Rounding may part two copies at the edge of a cell,
so there are several sketches of each series, and two grids half a cell apart: one that meets is enough.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor, log
from statistics import stdev
from typing import Any

MONTHS = 12
_RATIOS = 4  # of a sketch; eleven ratios of a year give three sketches
_CELL = 10  # width of a cell of the grid, in tolerances


def worth_comparing(values: Sequence[Decimal], year: str, params: Mapping[str, Any]) -> bool:
    """Whether a year of months can be known again: whole, positive, no even split, and no mere count of days.

    Two plants that run evenly, or by working days, have proportional months without having copied anything.
    """
    if len(values) != MONTHS or min(values) <= 0:
        return False
    daily = [log(value / monthrange(int(year), month)[1]) for month, value in enumerate(values, 1)]
    if min(stdev(daily), stdev(log(value) for value in values)) < float(params["scatter"]):
        return False
    return not _counted_days(values, params)


def bands(values: Sequence[Decimal], params: Mapping[str, Any]) -> Iterator[int]:
    """The sketches of a series, as numbers of 63 bits."""
    cell = float(params["tolerance"]) * _CELL
    ratios = [log(after / before) for before, after in pairwise(values)]
    starts = (0, _RATIOS, len(ratios) - _RATIOS)
    for half in (0.0, cell / 2):
        for start in starts:
            cells = [floor((ratio + half) / cell) for ratio in ratios[start : start + _RATIOS]]
            text = f"{half}|{start}|{cells}".encode()
            yield int.from_bytes(hashlib.blake2b(text, digest_size=8).digest()) >> 1


def scale(one: Sequence[Decimal], other: Sequence[Decimal], tolerance: Decimal) -> Fraction | None:
    """The constant of which `other` is `one` times, where every month says so to within `tolerance`; else None. Exact."""
    factor = sum(map(Fraction, other), Fraction(0)) / sum(map(Fraction, one), Fraction(0))
    alike = all(
        abs(Fraction(b) - factor * Fraction(a)) <= Fraction(tolerance) * Fraction(b)
        for a, b in zip(one, other, strict=True)
    )
    return factor if alike else None


def _counted_days(values: Sequence[Decimal], params: Mapping[str, Any]) -> bool:
    """Whether the months stand to each other as whole numbers of days do."""
    largest, slack = float(max(values)), float(params["tolerance"])
    shares = [float(value) / largest for value in values]
    return any(
        all(abs(share * days - round(share * days)) <= slack * share * days for share in shares)
        for days in range(1, int(params["calendar"]) + 1)
    )

"""What follows from published numbers by adding and subtracting: exact linear algebra over the integers modulo a prime.

A published number is a row: how much each unknown adds to it. A rank modulo 2^127 - 1 is that over the rationals unless the
prime divides a determinant of the park's own figures; it stays a small integer however long the elimination is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

PRIME = 2**127 - 1
Row = Mapping[Any, int]  # unknown -> its coefficient, none of them 0
Combination = list[int]  # how often each of some rows is taken


def row_of(amounts: Mapping[Any, Fraction]) -> dict[Any, int]:
    """Exact coefficients as a row; those of the same unknown must stand together already."""
    found = {name: amount.numerator * pow(amount.denominator, -1, PRIME) % PRIME for name, amount in amounts.items()}
    return {name: value for name, value in found.items() if value}


def total_of(rows: Sequence[Row], taken: Combination) -> dict[Any, int]:
    """The row that a combination of rows gives."""
    found: dict[Any, int] = {}
    for times, row in zip(taken, rows, strict=True):
        if times:
            _add(found, row, times)
    return found


def combined(combinations: Sequence[Combination], taken: Combination) -> Combination:
    """A combination of combinations."""
    columns = zip(*combinations, strict=True)
    return [sum(times * value for times, value in zip(taken, column, strict=True)) % PRIME for column in columns]


def independent(rows: Iterable[Row], before: Sequence[Row] = ()) -> list[Row]:
    """Those of `rows`, in their order, that do not follow from `before` and the ones kept so far."""
    pivots: list[tuple[Any, dict[Any, int]]] = []
    kept = []
    for position, row in enumerate((*before, *rows)):
        left = dict(row)
        for name, pivot in pivots:
            _add(left, pivot, -left.get(name, 0))
        if left:
            pivots.append(_scaled(left))
            if position >= len(before):
                kept.append(row)
    return kept


def vanishing(rows: Sequence[Row]) -> list[Combination]:
    """Every way to combine `rows` to nothing, as a basis."""
    pivots: list[tuple[Any, dict[Any, int], dict[Any, int]]] = []
    found = []
    for position, row in enumerate(rows):
        left, taken = dict(row), {position: 1}
        for name, pivot, of in pivots:
            times = -left.get(name, 0) % PRIME
            _add(left, pivot, times)
            _add(taken, of, times)
        if left:
            name, scaled = _scaled(left)
            inverse = pow(left[name], -1, PRIME)
            pivots.append((name, scaled, {one: value * inverse % PRIME for one, value in taken.items()}))
        else:
            found.append([taken.get(one, 0) for one in range(len(rows))])
    return found


def reduced(basis: Sequence[Combination]) -> tuple[list[Combination], list[int]]:
    """The same space in reduced echelon form, and the positions of its pivots."""
    rows: list[Combination] = []
    pivots: list[int] = []
    for taken in basis:
        left = list(taken)
        for row, pivot in zip(rows, pivots, strict=True):
            left = _less(left, row, left[pivot])
        pivot = next((position for position, value in enumerate(left) if value), -1)
        if pivot < 0:
            continue
        inverse = pow(left[pivot], -1, PRIME)
        left = [value * inverse % PRIME for value in left]
        rows = [_less(row, left, row[pivot]) for row in rows]
        rows.append(left)
        pivots.append(pivot)
    return rows, pivots


def _less(row: Combination, other: Combination, times: int) -> Combination:
    return [(one - times * two) % PRIME for one, two in zip(row, other, strict=True)] if times else row


def _scaled(row: Mapping[Any, int]) -> tuple[Any, dict[Any, int]]:
    """A row with 1 at its first unknown, and that unknown."""
    name, value = next(iter(row.items()))
    inverse = pow(value, -1, PRIME)
    return name, {one: other * inverse % PRIME for one, other in row.items()}


def _add(row: dict[Any, int], other: Row, times: int) -> None:
    if not times:
        return
    for name, value in other.items():
        found = (row.get(name, 0) + times * value) % PRIME
        if found:
            row[name] = found
        else:
            row.pop(name, None)

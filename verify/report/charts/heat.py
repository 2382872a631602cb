"""A year as a picture of 24 rows and a column per day: cells of one sign are one path, drawn in runs, so that 8,760 cells stay small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from verify.canonical import decimal_text

HOURS = 24


@dataclass(frozen=True)
class Layer:
    """All cells of one sign: its path in a box of days x 24, and how many cells it has."""

    sign: str
    path: str
    cells: int


@dataclass(frozen=True)
class Heat:
    """The picture. `days`: how many columns; `months`: (number, x in per cent) of each first day."""

    days: int
    layers: list[Layer]
    months: list[tuple[int, str]]


def heat(days: Sequence[str], signs: str, first_days: Sequence[int]) -> Heat:
    """`days`: a text of 24 signs each; `signs`: those that are drawn, in order; `first_days`: the first column of each month."""
    layers = [_layer(sign, days) for sign in signs]
    months = [(number, _percent(day, len(days))) for number, day in enumerate(first_days, 1)]
    return Heat(len(days), [layer for layer in layers if layer.cells], months)


def _layer(sign: str, days: Sequence[str]) -> Layer:
    """Runs along the days or along the hours, whichever takes less to write."""
    by_hour = list(_runs(sign, ["".join(day[hour] for day in days) for hour in range(HOURS)]))
    by_day = list(_runs(sign, days))
    along = "".join(f"M{start} {row}h{length}v1h-{length}z" for row, start, length in by_hour)
    down = "".join(f"M{row} {start}h1v{length}h-1z" for row, start, length in by_day)
    return Layer(sign, min(along, down, key=len), sum(length for _, _, length in by_day))


def _runs(sign: str, rows: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(row, start, length) of every run of the sign."""
    for number, row in enumerate(rows):
        start = 0
        for one, group in groupby(row):
            length = sum(1 for _ in group)
            if one == sign:
                yield number, start, length
            start += length


def _percent(part: int, whole: int) -> str:
    return f"{decimal_text(Fraction(part * 100, whole), 3)}%"

"""Bars from a common zero: the terms of the emission total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.canonical import exact
from verify.report.charts.scale import Scale
from verify.report.numbers import Figure
from verify.report.reader import Reader

_ROOM = Fraction(1, 50)


@dataclass(frozen=True)
class Bar:
    """One bar with its label and number; `negative` bars are hatched."""

    label: str
    x: str
    width: str
    negative: bool
    figure: Figure | None


@dataclass(frozen=True)
class Bars:
    """Bars and where their zero stands."""

    rows: list[Bar]
    zero: str


def bars(reader: Reader, amounts: Sequence[tuple[str, str]], unit: str) -> Bars:
    """A bar for each (label, amount)."""
    values = [exact(amount) for _, amount in amounts]
    scale = Scale.over(values, room=_ROOM)
    rows = [
        Bar(
            label,
            scale.x(min(value, Fraction(0))),
            scale.width(value, Fraction(0)),
            value < 0,
            reader.figure(amount, unit),
        )
        for (label, amount), value in zip(amounts, values, strict=True)
    ]
    return Bars(rows, scale.x(Fraction(0)))

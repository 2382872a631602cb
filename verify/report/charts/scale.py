"""A linear axis in exact arithmetic: byte-stable on every machine, because nothing is ever a float."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from verify.canonical import decimal_text

_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_MOST_TICKS = 6
_CLOSE = 4  # values spread over less than a fourth of the largest are close


@dataclass(frozen=True)
class Tick:
    """One mark of an axis: its value and where it stands. `anchor` keeps its label inside the picture."""

    value: Fraction
    x: str
    anchor: str


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` on 0 to 100 per cent."""

    low: Fraction
    high: Fraction

    @classmethod
    def over(cls, values: Iterable[Fraction], *, room: Fraction = Fraction(0)) -> Scale:
        """An axis from zero over all `values`, with `room` (a part of its length) left free at the far end."""
        known = [Fraction(0), *values]
        low, high = min(known), max(known)
        if low == high:
            high = low + 1
        length = high - low
        return cls(low - (room * length if low < 0 else 0), high + (room * length if high > 0 else 0))

    @classmethod
    def cut(cls, values: Iterable[Fraction], *, room: Fraction = Fraction(0)) -> Scale | None:
        """An axis that starts at a round value above zero, where all `values` are far from zero and close to each other;
        None where it need not: they spread over more than a part of the way to zero."""
        known = list(values)
        low, high = min(known), max(known)
        spread = high - low
        if low <= 0 or not spread or spread * _CLOSE >= high:
            return None
        step = cls(low - spread / 2, high)._step()
        start = (low - spread / 2) // step * step
        return cls(start, high + room * (high - start)) if start > 0 else None

    def x(self, value: Fraction) -> str:
        """The position of `value`, in per cent, as text for an attribute; outside the axis it stands at its end."""
        inside = min(max(value, self.low), self.high)
        return f"{decimal_text((inside - self.low) / (self.high - self.low) * 100, 3)}%"

    def width(self, first: Fraction, second: Fraction) -> str:
        """The length between two values, in per cent."""
        return f"{decimal_text(abs(first - second) / (self.high - self.low) * 100, 3)}%"

    def ticks(self) -> list[Tick]:
        """At most six round values on the axis, zero among them where it is on it."""
        step = self._step()
        count = -(-self.low // step)  # the first multiple inside
        found = []
        while count * step <= self.high:
            value = count * step
            found.append(Tick(value, self.x(value), self._anchor(value)))
            count += 1
        return found

    def _step(self) -> Fraction:
        length = self.high - self.low
        power = Fraction(1)
        while power > length:
            power /= 10
        while power * 10 <= length:
            power *= 10
        power /= 10
        return next(
            power * step
            for tenfold in (1, 10)
            for step in (s * tenfold for s in _STEPS)
            if length / (power * step) < _MOST_TICKS
        )

    def _anchor(self, value: Fraction) -> str:
        place = (value - self.low) / (self.high - self.low)
        if place < Fraction(1, 20):
            return "start"
        return "end" if place > Fraction(19, 20) else "middle"

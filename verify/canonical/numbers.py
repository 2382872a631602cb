"""Exact numbers and how they are written (DESIGN 6).

Quantities are decimals with 6 places, factors decimals with 12; figures are rationals. float never enters here.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

QUANTITY_PLACES = 6
FACTOR_PLACES = 12
_WIDE = Context(prec=200, rounding=ROUND_HALF_EVEN)


def exact(value: str | int | Decimal | Fraction) -> Fraction:
    """The rational that a decimal text, an integer or a Decimal stands for. Raises ValueError on anything else."""
    if isinstance(value, float):
        raise TypeError("a float is not an exact number")
    return Fraction(value)


def rounded(value: Fraction, places: int) -> Fraction:
    """`value` rounded half-even to `places` decimals, still a rational."""
    scale = 10**places
    return Fraction(round(value * scale), scale)


def quantise(value: Fraction, places: int) -> Decimal:
    """`value` rounded half-even to a Decimal with exactly `places` decimals."""
    return Decimal(round(value * 10**places)).scaleb(-places, _WIDE)


def decimal_text(value: Fraction | Decimal, places: int | None = None) -> str:
    """Plain decimal text, never with an exponent.

    With `places`: rounded half-even and padded to that many decimals. Without: the shortest text that is exact;
    raises ValueError where a rational has no finite decimal.
    """
    if places is not None:
        return format(quantise(Fraction(value), places), f".{places}f")
    if isinstance(value, Fraction):
        value = _finite(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _finite(value: Fraction) -> Decimal:
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        raise ValueError(f"{value} has no finite decimal")
    return quantise(value, max(twos, fives))

"""Exact amounts at the price of integers: sums by denominator, products and quotients as float64 without a common divisor.

Decimals share few denominators, and int / int is rounded correctly whether it is reduced or not (DESIGN 6).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
ZERO = Fraction(0)


def fraction(amount: Decimal | int | None) -> Fraction:
    """An amount of a row; a missing one is 0."""
    return Fraction(amount) if amount else ZERO


def summed(amounts: Iterable[Fraction]) -> Fraction:
    """The sum, exact."""
    by: dict[int, int] = {}
    for one in amounts:
        below = one.denominator
        by[below] = by.get(below, 0) + one.numerator
    return sum((Fraction(above, below) for below, above in by.items()), ZERO)


def add(held: dict[Key, Fraction], key: Key, amount: Fraction) -> None:
    """One more amount under a key; the first one costs nothing."""
    known = held.get(key)
    held[key] = amount if known is None else known + amount


def product(one: Fraction, other: Fraction) -> float:
    """float(one * other), to the last bit."""
    return (one.numerator * other.numerator) / (one.denominator * other.denominator)


def quotient(one: Fraction, other: Fraction) -> float:
    """float(one / other), to the last bit. ZeroDivisionError as there."""
    return (one.numerator * other.denominator) / (one.denominator * other.numerator)


def at_most(bound: Fraction) -> float:
    """The largest float64 that is not above `bound`: what is compared with it is compared with `bound` itself."""
    near = float(bound)
    return near if Fraction(near) <= bound else nextafter(near, -inf)

"""A number as one column keeps it: the places it may have, its bounds, per cent to fraction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache, partial

from verify.submission.coerce.faults import NEGATIVE, NOT_A_NUMBER, OUT_OF_RANGE, Fault, fault
from verify.submission.coerce.numbers import Number, number
from verify.submission.contract import Column

_WIDE = Context(prec=120)


@dataclass(frozen=True, slots=True)
class Kept:
    """A decimal with at most the places of its column; `rounded` tells that the park typed more."""

    value: Decimal
    rounded: bool = False


def kept(value: Decimal | Fraction, precision: int, scale: int) -> Kept | Fault:
    """`value` half-even at `scale` places; too large for `precision` digits is a fault."""
    if isinstance(value, Fraction):
        scaled = value * 10**scale
        whole = round(scaled)  # half to even
        result = Decimal(whole).scaleb(-scale, _WIDE)
        rounded = whole != scaled
    elif value.as_tuple().exponent >= -scale:  # type: ignore[operator]
        result, rounded = value, False
    else:
        result = value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_EVEN, context=_WIDE)
        rounded = result != value
    if result and result.adjusted() >= precision - scale:
        return fault(OUT_OF_RANGE, "too_large", limit=f"10^{precision - scale}")
    return Kept(result, rounded)


def times(value: Decimal, factor: Fraction) -> Decimal | Fraction:
    """The exact product, as a Decimal where it has a finite one."""
    if factor == 1:
        return value
    ten_power = _finite(factor)
    if ten_power is None:
        return Fraction(value) * factor
    with localcontext(_WIDE):
        return value * ten_power


@cache
def _finite(factor: Fraction) -> Decimal | None:
    rest = factor.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    with localcontext(_WIDE):
        return Decimal(factor.numerator) / Decimal(factor.denominator)


def bounded(value: Decimal, column: Column, *, percent_help: bool = False) -> Fault | None:
    """The fault of a value outside the bounds of its column, if any."""
    if column.minimum is not None:
        least = Decimal(column.minimum)
        if value < least and least == 0:
            return fault(NEGATIVE, "negative")
        if value < least or (column.above_minimum and value == least):
            return fault(OUT_OF_RANGE, "below", limit=column.minimum)
    if column.maximum is not None and value > Decimal(column.maximum):
        reason = "percent_missing" if percent_help and value <= Decimal(100) * Decimal(column.maximum) else "above"
        return fault(OUT_OF_RANGE, reason, limit=column.maximum)
    return None


def reader(column: Column) -> Callable[[str], Kept | Fault]:
    """The reading of one `decimal`, `share` or `percent` column."""
    return partial(_read, column, column.digits or (19, 12))


def _read(column: Column, digits: tuple[int, int], text: str) -> Kept | Fault:
    found = number(text)
    if isinstance(found, Fault):
        return found
    value = _value(found, column.type)
    if isinstance(value, Fault):
        return value
    return bounded(value, column, percent_help=column.type == "share") or kept(value, *digits)


def _value(found: Number, kind: str) -> Decimal | Fault:
    if not found.percent or kind == "percent":
        return found.value
    if kind == "share":
        return found.value.scaleb(-2)
    return fault(NOT_A_NUMBER, "percent")


def integer(column: Column, text: str) -> int | Fault:
    """A whole number within the bounds of its column and of 64 bits."""
    found = number(text)
    if isinstance(found, Fault):
        return found
    if found.percent:
        return fault(NOT_A_NUMBER, "percent")
    if found.value != found.value.to_integral_value():
        return fault(NOT_A_NUMBER, "not_whole")
    outside = bounded(found.value, column)
    if outside is not None:
        return outside
    whole = int(found.value)
    return whole if abs(whole) < 2**63 else fault(OUT_OF_RANGE, "too_large", limit="2^63")

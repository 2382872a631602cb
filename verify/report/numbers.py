"""How a number is shown to a person: the one formatter of every face.

In: decimal text (never a float) and a unit id. Out: a `Figure`, which keeps the full exact value beside the shown one.

| unit | shown |
|---|---|
| tCO2, tCO2e, tce | two places (verification-procedure 1.8: tonnes to 2 decimals in forms) |
| t, tC, kWh, MWh, GJ, Nm3 | two places, none where the quantity is whole |
| 1, share | per cent with two places |
| tCO2/tce | four places |
| any other ratio (a factor), number | as exact, at most six places |
| count | whole |

A value shown beside a limit gets more places until it stands on the same side of the limit as the exact value:
0.20004 against 0.2 is never shown as 0.2000. Thousands are parted by a comma, which survives copying into a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.canonical import decimal_text, exact
from verify.errors import OurFault

MINUS = "\N{MINUS SIGN}"
_TWO_PLACES = frozenset({"tCO2", "tCO2e", "tce", "%"})
_QUANTITIES = frozenset({"t", "tC", "kWh", "MWh", "GJ", "10^3Nm3", "10^4Nm3", "Nm3", "m3"})
_SHARES = frozenset({"1", "share"})
_INDICATOR_PLACES = {"tCO2/tce": 4}
_MOST_PLACES = 6
_PLACES_OF_A_SHARE = 2
_LONGEST = 18  # a ledger product has 18 places, nothing has more


@dataclass(frozen=True)
class Figure:
    """A number for people (`text`), the same number for machines (`exact`, plain decimal text) and its unit id."""

    text: str
    exact: str
    unit: str

    def __str__(self) -> str:
        return self.text


def figure(value: str, unit: str, *, sign: bool = False, limit: str | None = None) -> Figure:
    """`value` as people read it. `sign` shows a plus too; `limit` (same unit) keeps the shown value on its side."""
    number = _number(value)
    beside = None if limit is None else _number(limit)
    if unit in _SHARES:
        text = _fixed(number * 100, _PLACES_OF_A_SHARE, None if beside is None else beside * 100)
    elif unit in _TWO_PLACES:
        text = _fixed(number, 2, beside)
    elif unit in _INDICATOR_PLACES:
        text = _fixed(number, _INDICATOR_PLACES[unit], beside)
    elif unit in _QUANTITIES:
        text = _fixed(number, 0 if number.denominator == 1 else 2, beside)
    elif unit == "count":
        text = _fixed(number, 0, None)
    else:
        text = _shortest(number)
    return Figure(_signed(text, number, sign), value, unit)


def plain(value: str, unit: str) -> Figure:
    """A limit or another number that a text prints: as exact as it is, no padding."""
    number = _number(value)
    return Figure(_signed(_shortest(number * 100 if unit in _SHARES else number), number, False), value, unit)


def scaled(value: str, unit: str, power: int, places: int, *, sign: bool = False) -> Figure:
    """`value` divided by 10**power with `places` decimals: 万吨 (power 4) and kt (power 3) in headings and charts."""
    number = _number(value)
    return Figure(_signed(_fixed(number / 10**power, places, None), number, sign), value, unit)


def is_decimal(text: str) -> bool:
    """Whether `text` is plain decimal text."""
    try:
        _number(text)
    except OurFault:
        return False
    return True


def _number(text: str) -> Fraction:
    if not isinstance(text, str) or not text or not set(text) <= set("-0123456789."):
        raise OurFault("report.not_a_number", value=repr(text))
    try:
        return exact(text)
    except ValueError as error:
        raise OurFault("report.not_a_number", value=repr(text)) from error


def _fixed(number: Fraction, places: int, limit: Fraction | None) -> str:
    while limit is not None and places < _LONGEST and _side(number, limit) != _side(_shown(number, places), limit):
        places += 1
    return decimal_text(number, places)


def _shown(number: Fraction, places: int) -> Fraction:
    return exact(decimal_text(number, places))


def _side(number: Fraction, limit: Fraction) -> int:
    return (number > limit) - (number < limit)


def _shortest(number: Fraction) -> str:
    places = _MOST_PLACES
    while number and places < _LONGEST and not _shown(number, places):
        places += 1  # a small factor is shown, not rounded to nothing
    text = decimal_text(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(text: str, number: Fraction, sign: bool) -> str:
    digits = text.lstrip("-")
    whole, point, rest = digits.partition(".")
    grouped = f"{int(whole):,}" + point + rest
    if not set(digits) - set("0."):
        return grouped  # what is shown as zero carries no sign
    if number < 0:
        return MINUS + grouped
    return "+" + grouped if sign else grouped

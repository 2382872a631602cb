"""What of a leaf moved, in words and numbers: the amount that changed most, before and now."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from verify.canonical import decimal_text, exact
from verify.history.leaf import FILED, TONNES
from verify.history.opened import NEW, Difference

EMISSIONS = "emissions"
_THING = {
    "activity": 1,
    "production": 1,
    "emissions": 0,
}  # which of an amount's columns names the carrier, product or gas


class Moved(NamedTuple):
    """`of`: carrier, product, gas, item or `emissions`; `before` and `now` '' where nobody tells or nothing is there."""

    of: str
    before: str
    now: str
    unit: str


def largest(difference: Difference) -> Moved:
    """Of a leaf of quantities the one that moved most beside its own size; of tonnes and filed figures themselves."""
    before, now, path = difference.before, difference.now, difference.path
    if path.kind == TONNES:
        return Moved(EMISSIONS, before or "", now or "", "tCO2")
    if path.kind == FILED:
        return Moved(path.name, before[0] if before else "", now[0] if now else "", (now or before)[1])
    then, here = _amounts(before), _amounts(now)
    moved = [key for key in sorted({*then, *here}) if then.get(key) != here.get(key)] or sorted(here)
    if not moved:
        return Moved(EMISSIONS, "", "", "tCO2")
    key = max(moved, key=lambda one: _share(then.get(one), here.get(one)))
    return Moved(
        key[1 + _THING.get(key[0], 0)],
        _text(then, key) if before is not None or difference.what == NEW else "",
        _text(here, key),
        key[-1],
    )


def _amounts(content: Any) -> dict[tuple[str, ...], Fraction]:
    return {tuple(row[:-1]): exact(row[-1]) for row in content or ()}


def _share(one: Fraction | None, other: Fraction | None) -> Fraction:
    """How much two amounts differ beside the larger, 0 to 2."""
    first, second = one or Fraction(0), other or Fraction(0)
    size = max(abs(first), abs(second))
    return abs(first - second) / size if size else Fraction(0)


def _text(amounts: dict[tuple[str, ...], Fraction], key: tuple[str, ...]) -> str:
    return decimal_text(amounts.get(key, Fraction(0)))

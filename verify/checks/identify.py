"""Which printed number a filed one is, and in what it differs from the number that is due (manipulation-patterns GW-27, GW-28).

A number has one identity and one finding: the first that applies of another thing (carrier, product), no inventory value
(footprint, superseded), another place, another year, another kind; else a power of ten away from a number that would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.checks.printed import Printed

THING, KIND, PLACE, YEAR, UNIT, POWER = "thing", "kind", "place", "year", "unit", "power"
_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_PREFIX = 3  # from a thousandfold on it is another unit (g, kg, t; m³, 10^4 m³), below it a slip of the point
_DIGITS = 4  # significant digits from which a number that may also be measured is known by its value


@dataclass(frozen=True)
class Given:
    """A number as filed: of which thing and year, in base units, and how it stands written.

    `due` is what the ruler takes in its place; `places` are the ids of the park's province and grid zone, none if unknown;
    `measurable`: a park may have measured it, so that few digits prove nothing.
    """

    thing: str
    number: Fraction
    year: str
    written: str
    scale: Fraction = Fraction(1)
    due: Printed | None = None
    places: frozenset[str] = frozenset()
    measurable: bool = False

    @property
    def digits(self) -> int:
        """Significant digits as written."""
        return len(self.written.replace(".", "").replace("-", "").lstrip("0").rstrip("0"))

    @property
    def half(self) -> Fraction:
        """Half a unit of the last digit written, in base units."""
        return Fraction(1, 2 * 10 ** len(self.written.partition(".")[2])) * self.scale


@dataclass(frozen=True)
class Swap:
    """What a filed number is: the printed one, in what it is wrong, and by which power of ten it was slipped."""

    aspect: str
    printed: Printed
    power: int = 0

    @property
    def meant(self) -> Fraction | None:
        """The number without the slip; None where it was none."""
        return self.printed.number if self.power else None


def identify(given: Given, candidates: Sequence[Printed]) -> Swap | None:
    """The identity of a filed number; None where it is right, or nothing that is printed."""
    if not given.number:
        return None
    exact = [one for one in candidates if _equal(given, one)]
    if exact:
        return _worst(given, exact)
    return _by_size(given) if given.measurable else _by_power(given, candidates)


def _equal(given: Given, one: Printed) -> bool:
    if given.measurable and given.digits < _DIGITS and one.thing != given.thing:
        return False
    return abs(given.number - one.number) <= (given.half if one.approximate else 0)


def _worst(given: Given, exact: Iterable[Printed]) -> Swap | None:
    """Of equal printed numbers the one that is least wrong: a number that is right under any name is right."""
    best = min(((list(_wrongs(given, one)), one) for one in exact), key=lambda pair: (len(pair[0]), pair[1].key))
    wrongs, one = best
    return Swap(wrongs[0], one) if wrongs else None


def _wrongs(given: Given, one: Printed) -> Iterator[str]:
    about, due = one.about, given.due
    if one.thing and not _same_thing(given.thing, one.thing):
        yield THING
    if about.get("serves"):
        yield KIND
    place = about.get("place", "")
    elsewhere = bool(place and given.places and place not in given.places)
    if elsewhere or (due is not None and due.about.get("place") and not place):
        yield PLACE
    if one.stale(given.year):
        yield YEAR
    if due is not None and about.get("kind") and about.get("kind") != due.about.get("kind"):
        yield KIND


def _same_thing(filed: str, printed: str) -> bool:
    """A value of a whole class (clinker) is of each of its members (clinker_white)."""
    return filed == printed or filed.startswith(f"{printed}_")


def _by_power(given: Given, candidates: Sequence[Printed]) -> Swap | None:
    """A printed number that the filed one is a power of ten of: the one due, else the least wrong of the smallest slip."""
    for power in _POWERS:
        number = given.number * Fraction(10) ** power
        fits = [one for one in candidates if one.number == number and not one.approximate]
        if given.due is not None and given.due.number == number:
            return _slip(given.due, power)
        if fits:
            return _slip(min(fits, key=lambda one: (len(list(_wrongs(given, one))), one.key)), power)
    return None


def _by_size(given: Given) -> Swap | None:
    """A number that may be measured and lies nearer to another power of ten of the one due."""
    if given.due is None or not given.due.number:
        return None
    ratio = given.due.number / given.number
    for power in _POWERS:
        away = ratio / Fraction(10) ** power
        if Fraction(1, 10) <= away * away <= 10:
            return _slip(given.due, power)
    return None


def _slip(one: Printed, power: int) -> Swap:
    return Swap(UNIT if abs(power) >= _PREFIX else POWER, one, power)

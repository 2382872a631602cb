"""The numbers that the ruler's values print, each with what it is of: a filed number is looked up among them.

A value takes part through its `about` (rules/factors): subject (electricity, heat, fuel, coal_equivalent, product), kind, place,
carrier or product, property, and `serves` where it serves no inventory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.checks.world import World
from verify.ruler import Entry, Value
from verify.ruler.values import unit_scale

AS_HEAT = "#heat"
_YEAR = 4  # characters of a date that are its year


@dataclass(frozen=True)
class Printed:
    """One printed number in base units. `approximate`: derived from a printed one, equal only as far as it is written."""

    value: Value = field(repr=False)
    entry: Entry = field(repr=False)
    number: Fraction
    approximate: bool = False

    @property
    def about(self) -> Mapping[str, str]:
        """What the number is of."""
        return self.value.about

    @property
    def thing(self) -> str:
        """The carrier or product that the number belongs to; '' where it belongs to all of its subject."""
        return self.about.get("carrier") or self.about.get("product") or ""

    @property
    def key(self) -> str:
        """The number as findings name it: ``electricity_national.average@2021``, without a year where it has no window;
        ``standard_coal.raw_coal#heat`` is the heat value behind a coefficient."""
        year = f"@{self.entry.since[:_YEAR]}" if self.entry.since else ""
        return f"{self.value.id}{year}{AS_HEAT if self.approximate else ''}"

    def stale(self, year: str) -> bool:
        """Whether data of `year` take another number of the same value: that of the year, else the newest before it."""
        if not self.entry.since or self.entry.covers(year):
            return False
        if self.value.at(year) is not None:
            return True
        before = [one for one in self.value.entries if one.until and one.until[:_YEAR] <= year]
        return bool(before) and self.entry != max(before, key=lambda one: one.until)


def printed(world: World, subject: str, **about: str) -> list[Printed]:
    """Every number of a subject, by value id and date; `about` narrows it."""
    key = f"printed:{subject}"
    if key not in world.cache:
        world.cache[key] = sorted(_all(world, subject), key=lambda one: one.key)
    known: list[Printed] = world.cache[key]
    return [one for one in known if all(one.about.get(name) == word for name, word in about.items())]


def _all(world: World, subject: str) -> Iterator[Printed]:
    for value in {one.id: one for one in world.ruler.values.values()}.values():
        if value.about.get("subject") == subject:
            yield from (Printed(value, entry, entry.value) for entry in value.entries)


def heat_values(world: World, gj_per_tce: Fraction, dimension: str) -> list[Printed]:
    """The heat value behind each coal-equivalent coefficient of one dimension (0.7143 tce/t × 29.307 = 20.934 GJ/t)."""
    return [
        Printed(one.value, one.entry, one.number * gj_per_tce, approximate=True)
        for one in coefficients(world, dimension)
    ]


def coefficients(world: World, dimension: str) -> list[Printed]:
    """The coal-equivalent coefficients per unit of one dimension (mass, gas_volume)."""
    return [one for one in printed(world, "coal_equivalent") if _dimension(one.value.unit) == dimension]


def at(world: World, identifier: str, year: str) -> Printed | None:
    """The number of a value id (bound, or under a second name) for data of a year; None where there is none."""
    found = world.ruler.find(identifier, year)
    return None if found is None else Printed(found[0], found[1], found[1].value)


def behind(world: World, factor_id: str, year: str) -> Printed | None:
    """The number behind an effective factor that rests on one value: ``grid_other(factor=annex4.el.grid_other)``."""
    inputs = [part.partition("=")[2] for part in factor_id.partition("(")[2].removesuffix(")").split(", ") if part]
    return at(world, inputs[0], year) if len(inputs) == 1 else None


def in_row_unit(world: World, column: str, dimension: str) -> tuple[str, Fraction]:
    """The unit in which rows print a column, and what one of it is in base units."""
    unit = world.ruler.text.method.row_units.get(column, {}).get(dimension, "")
    return unit, unit_scale(unit) if unit else Fraction(1)


def _dimension(unit: str) -> str:
    from verify.units import Units

    per = Units.standard().find(unit.partition("/")[2])
    return per.dimension if per is not None else ""

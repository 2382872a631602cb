"""The three bridges as waterfalls: which terms a reader takes together, and how their numbers are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.bridges.sentences import whose
from verify.report.bridges.words import decimal, named, switch, words
from verify.report.charts.mass import mass_unit
from verify.report.charts.waterfall import Group, Printer, Step, Waterfall, waterfall
from verify.report.numbers import Figure, plain, scaled
from verify.report.reader import Reader

Section = Mapping[str, Any]
# What is no abatement stands first, what is stands last but for what nobody could explain (DESIGN 9.1).
GROUPS: Mapping[str, tuple[str, ...]] = {
    "incomparable": ("misstatement", "method", "boundary"),
    "moved": ("relocation", "contracts", "export_credits"),
    "outside": ("activity", "structure", "fuel_factor", "grid"),
    "plants": ("energy_intensity", "fuel_switch", "process"),
    "unexplained": ("unexplained",),
}
LOOKS = {"above": "outside", "below": "moved", "level": "proven"}
_PLACES, _RATIO_PLACES, _MOST_PLACES = (
    2,
    4,
    9,
)  # of tonnes and of a ratio as everywhere in the report; a bridge has no more than nine


def grouped(terms: Sequence[Section]) -> list[tuple[str, list[Section]]]:
    """The terms by group; one that no group names stands with what is unexplained."""
    known = {term: group for group, names in GROUPS.items() for term in names}
    return [(group, [row for row in terms if known.get(row["term"], "unexplained") == group]) for group in GROUPS]


def of_reduction(reader: Reader, reduction: Section) -> Waterfall:
    """From the emissions as filed of one year to those of the other."""
    groups = (
        _withheld(reader, reduction)
        if reader.held("bridges.terms")
        else [
            Group(
                group,
                [Step(named(reader, "term", row["term"]), exact(row["tco2"])) for row in rows],
                "" if GROUPS[group] == (group,) else named(reader, "group", group),
                named(reader, "group_note", group),
            )
            for group, rows in grouped(reduction["terms"])
        ]
    )
    first, last = (
        (words(reader, f"in_year.{whose(reduction)}", year=reduction[year]), exact(reduction[side]))
        for year, side in (("from", "before"), ("to", "after"))
    )
    return _drawn(reader, first, groups, last, reader.mass_unit)


def _withheld(reader: Reader, reduction: Section) -> list[Group]:
    """Of a public report that keeps the terms back: real abatement is public, all else is one step."""
    before, after, real = (exact(reduction[name]) for name in ("before", "after", "real"))
    plants = words(reader, "plants_rise" if real < 0 else "plants_whole")
    return [
        Group("rest", [Step(words(reader, "others_withheld"), after - before + real)]),
        Group("plants", [Step(plants, -real)]),
    ]


def of_ratio(reader: Reader, ratio: Section) -> Waterfall:
    """From the intensity of one year to that of the other: what moved it above the line, and what below."""
    groups = [
        Group(
            LOOKS[side],
            [Step(named(reader, kind, row["term"]), exact(row["value"])) for row in ratio[side]],
            named(reader, "side", side),
        )
        for side, kind in (("above", "term"), ("below", "below"))
    ]
    first, last = (
        (words(reader, "ratio_in", year=ratio[year]), exact(ratio[side]))
        for year, side in (("from", "before"), ("to", "after"))
    )
    return _drawn(reader, first, groups, last, ratio["unit"])


def of_level(reader: Reader, level: Section) -> Waterfall:
    """From the strict value to the claim, switch by switch; of each what is proven and what is not."""
    steps = []
    for row in level["terms"]:
        amount, proven = exact(row["value"]), exact(row["proven"])
        bare = min(max(proven - amount, Fraction(0)), max(-amount, Fraction(0)))
        steps.append(Step(switch(reader, row), amount, bare))
    first, last = ((reader.t(f"level_{name}"), exact(level[name])) for name in ("strict", "claimed"))
    return _drawn(reader, first, [Group(LOOKS["level"], steps)], last, level["unit"], exact(level["proven"]))


def _drawn(
    reader: Reader,
    first: tuple[str, Fraction],
    groups: Sequence[Group],
    last: tuple[str, Fraction],
    unit: str,
    mark: Fraction | None = None,
) -> Waterfall:
    steps = [step.amount for group in groups for step in group.steps]
    running = [*accumulate([first[1], *steps]), last[1]]
    largest = max((abs(step) for step in steps), default=Fraction(0))
    printer = (
        _of_mass(reader, max(map(abs, running)), largest)
        if unit == reader.mass_unit
        else _of_ratio(reader, unit, largest)
    )
    return waterfall(first, groups, last, printer, rest=words(reader, "rest"), mark=mark)


def _of_mass(reader: Reader, total: Fraction, largest: Fraction) -> Printer:
    """万吨, kilotonnes or tonnes, whatever the totals ask for; tonnes where the largest step would be lost in it."""
    power, places, unit = mass_unit(reader, total)
    places = _enough(largest / 10**power, places)
    if places > power:  # parts of a tonne
        power, places, unit = 0, min(_enough(largest, 0), _PLACES), reader.unit(reader.mass_unit)

    def amount(value: Fraction, sign: bool) -> Figure:
        return scaled(decimal_text(value, 6), reader.mass_unit, power, places, sign=sign)

    def axis(value: Fraction) -> str:
        return plain(decimal_text(value / 10**power, 12), "number").text

    return Printer(amount, axis, unit, Fraction(10**power, 2 * 10**places))


def _of_ratio(reader: Reader, unit: str, largest: Fraction) -> Printer:
    places = _enough(largest, _RATIO_PLACES)

    def amount(value: Fraction, sign: bool) -> Figure:
        return scaled(decimal(value), unit, 0, places, sign=sign)

    def axis(value: Fraction) -> str:
        return plain(decimal_text(value, 12), unit).text

    return Printer(amount, axis, reader.unit(unit), Fraction(1, 2 * 10**places))


def _enough(largest: Fraction, places: int) -> int:
    """As many places as the largest step needs to be read with two digits; at least `places`."""
    while largest and places < _MOST_PLACES and largest * 10**places < 10:
        places += 1
    return places

"""The three bridges as waterfalls: which terms a reader takes together, and how their numbers are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
_PLACES = 2  # of tonnes, as everywhere in the report


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
    printer = _of_mass(reader, running, steps) if unit == reader.mass_unit else _of_ratio(reader, unit)
    return waterfall(first, groups, last, printer, rest=words(reader, "rest"), mark=mark)


def _of_mass(reader: Reader, running: Iterable[Fraction], steps: Iterable[Fraction]) -> Printer:
    """One unit for the picture; as many places as its smallest step needs to be seen."""
    power, places, unit = mass_unit(reader, max(map(abs, running)))
    least = min((abs(step) for step in steps if step), default=None)
    if least is not None and least < 1:  # less than what 万吨 or kt can show
        power, places, unit = 0, _PLACES, reader.unit(reader.mass_unit)
    while least is not None and places < power and least * 2 * 10**places < 10**power:
        places += 1

    def amount(value: Fraction, sign: bool) -> Figure:
        return scaled(decimal_text(value, 6), reader.mass_unit, power, places, sign=sign)

    def axis(value: Fraction) -> str:
        return plain(decimal_text(value / 10**power, 12), "number").text

    return Printer(amount, axis, unit)


def _of_ratio(reader: Reader, unit: str) -> Printer:
    def amount(value: Fraction, sign: bool) -> Figure:
        figure = reader.figure(decimal(value), unit, sign=sign)
        assert figure is not None
        return figure

    def axis(value: Fraction) -> str:
        return plain(decimal_text(value, 12), unit).text

    return Printer(amount, axis, reader.unit(unit))

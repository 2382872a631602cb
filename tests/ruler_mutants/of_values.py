"""Every number of a ruler and of the factor files that it reaches, and every window of dates, changed by a hair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.ruler_mutants.edits import Mutant, Path_, bumped, is_number, mutant
from verify.ruler import Entry, Ruler, Value
from verify.ruler.values import unit_scale


def of_values(ruler: Ruler, reached: frozenset[str]) -> Iterator[Mutant]:
    """The last digit of every value that the ruler reaches; a dated window one year wider."""
    for name in sorted(reached):
        value = ruler.values[name]
        for group in ("entries", "candidates"):
            for place, entry in enumerate(getattr(value, group)):
                label = entry.id or entry.since[:4]
                where = f"values.{name}{f'#{label}' if label else ''}"
                new = bumped(entry.printed)
                spot = (ruler, value, group, place, where)
                yield _value("number", spot, _renumbered(entry, new, value), f"{entry.printed} -> {new}")
                for end, step in (("since", -1), ("until", 1)):
                    date = getattr(entry, end)
                    if date:
                        moved = f"{int(date[:4]) + step}{date[4:]}"
                        yield _value("date", spot, replace(entry, **{end: moved}), f"{date} -> {moved}")
        for end in ("low", "high"):
            number = getattr(value, end)
            if number is not None:
                yield _ranged(ruler, name, value, end, number)


def _renumbered(entry: Entry, printed: str, value: Value) -> Entry:
    return replace(entry, printed=printed, value=Fraction(printed) * unit_scale(value.unit))


def _value(kind: str, spot: tuple[Ruler, Value, str, int, str], entry: Entry, what: str) -> Mutant:
    ruler, value, group, place, where = spot

    def make() -> Ruler:
        entries = list(getattr(value, group))
        entries[place] = entry
        changed: Any = replace(value, **{group: tuple(entries)})
        return replace(ruler, values=_everywhere(ruler, value, changed))

    return Mutant(kind, where, what, make, value.mark[0])


def _everywhere(ruler: Ruler, value: Value, changed: Value) -> dict[str, Value]:
    """A value that has several names is one value."""
    return {name: changed if one is value else one for name, one in ruler.values.items()}


def _ranged(ruler: Ruler, name: str, value: Value, end: str, number: Fraction) -> Mutant:
    hair = unit_scale(value.unit) / 10000
    moved: Any = {end: number + hair}
    return Mutant(
        "number",
        f"values.{name}.{end}",
        "+0.0001",
        lambda: replace(ruler, values=_everywhere(ruler, value, replace(value, **moved))),
        value.mark[0],
    )


def of_numbers(ruler: Ruler) -> Iterator[Mutant]:
    """Every other number of the text: readings, sensitivities, parameters of checks, places, years, units per credit."""
    text = ruler.text
    for name, parameter in text.parameters.items():
        for place, reading in enumerate(parameter.readings):
            if reading.value:
                path: Path_ = ("parameters", name, "readings", place, "value")
                new = bumped(reading.value)
                found = mutant("number", ruler, path, new, f"{reading.value} -> {new}")
                yield replace(found, where=f"parameters.{name}.{reading.id}")
    for place, one in enumerate(text.sensitivities):
        yield mutant("number", ruler, ("sensitivities", place, "to"), bumped(one.to), f"{one.to} -> {bumped(one.to)}")
    if text.method.own_intensity is not None:
        for kind, number in text.method.own_intensity.per.items():
            path = ("method", "own_intensity", "per", kind)
            yield mutant("number", ruler, path, bumped(number), f"{number} -> {bumped(number)}")
    if text.method.certificates is not None:
        mwh = text.method.certificates.mwh
        yield mutant("number", ruler, ("method", "certificates", "mwh"), bumped(mwh), f"{mwh} -> {bumped(mwh)}")
    for code, check in text.checks.items():
        yield from _of_params(ruler, ("checks", code, "params"), check.params)
    if text.baseline.year:
        yield mutant(
            "number",
            ruler,
            ("baseline", "year"),
            bumped(text.baseline.year),
            f"{text.baseline.year} -> {bumped(text.baseline.year)}",
        )
    years = text.baseline.history_years
    if years:
        yield mutant("number", ruler, ("baseline", "history_years"), years + 1, f"{years} -> {years + 1}")
    for name, indicator in text.indicators.items():
        if "places" in indicator.model_fields_set:  # else no ruler writes it
            path, places = ("indicators", name, "places"), indicator.places
            yield mutant("number", ruler, path, places + 1, f"{places} -> {places + 1}")
    for name, places in text.disclosure.rounded.items():
        yield mutant("number", ruler, ("disclosure", "rounded", name), places + 1, f"{places} -> {places + 1}")


def _of_params(ruler: Ruler, path: Path_, value: Any) -> Iterator[Mutant]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _of_params(ruler, (*path, key), one)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _of_params(ruler, (*path, place), one)
    elif is_number(value):
        yield mutant("number", ruler, path, bumped(value), f"{value} -> {bumped(value)}")

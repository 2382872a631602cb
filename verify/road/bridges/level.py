"""The level bridge of the core indicator: every zero, credit and exclusion, and every open point, as a switch (decomposition 3b).

A line rule whose lines stand below their default is one switch. An open point that moves the indicator and is not at its
conservative reading is one too. What is smallest is grouped where there are more switches than `MOST`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from verify.bridge.level import LevelBridge, level
from verify.bridge.shapley import MOST
from verify.checks.world import World
from verify.ledger import Assignment, Figures, deciding
from verify.ledger.basis import consistent, read_reading

OTHERS = "others"


def level_of(world: World, indicator: str) -> LevelBridge | None:
    """The level bridge of an indicator in the reporting year; None where a value of it is undefined."""
    steps = _Steps(world, indicator)
    if not all(isinstance(steps.figures.indicator_value(indicator, one), Fraction) for one in steps.assignments()):
        return None
    switches = steps.switches()
    groups = {name: frozenset({name}) for name in switches[: MOST - 1]}
    if len(switches) > MOST:
        groups[OTHERS] = frozenset(switches[MOST - 1 :])
    else:
        groups = {name: frozenset({name}) for name in switches}

    def with_all(on: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(groups[one] for one in on))

    return level(
        list(groups),
        lambda on: steps.value(with_all(on), "tco2"),
        lambda on: steps.value(with_all(on), "proven_tco2"),
    )


class _Readings(NamedTuple):
    """The strict numerator, the denominator, and what each rule takes off by value, under one set of readings."""

    top: Fraction
    base: Fraction
    tonnes: Mapping[tuple[str, str], Fraction]


class _Steps:
    """The indicator with some switches as claimed and the others at default."""

    def __init__(self, world: World, indicator: str) -> None:
        self.world = world
        self.figures: Figures = world.figures[world.year]
        self._indicator = world.ruler.text.indicators[indicator]
        self._id = indicator
        self._points = self._conservative()
        self._known: dict[frozenset[str], _Readings] = {}

    def assignments(self) -> list[Assignment]:
        """The chosen readings, and each open point at its conservative one."""
        chosen = self.world.chosen
        return [chosen, {**chosen, **self._points}, *({**chosen, name: one} for name, one in self._points.items())]

    def switches(self) -> list[str]:
        """Every switch that moves anything, first of all or last of all; the largest first."""
        ends = (self._at(frozenset(self._points)), self._at(frozenset()))  # a reading may route a row to another rule
        names = sorted({rule for one in ends for rule, _ in one.tonnes} | set(self._points))
        everything = frozenset(names)
        none, all_ = self.value(frozenset(), "tco2"), self.value(everything, "tco2")
        moves = {
            name: max(
                abs(self.value(frozenset({name}), "tco2") - none),
                abs(self.value(everything - {name}, "tco2") - all_),
            )
            for name in names
        }
        return sorted((name for name, one in moves.items() if one), key=lambda name: -moves[name])

    def value(self, on: frozenset[str], column: str) -> Fraction:
        """The indicator with the switches `on`, their lines by `column`."""
        held = self._at(on)
        moved = sum((held.tonnes[rule, column] for rule in on if (rule, column) in held.tonnes), Fraction(0))
        return (held.top + moved) / held.base

    def _assignment(self, on: frozenset[str]) -> Assignment:
        return {**self.world.chosen, **{name: one for name, one in self._points.items() if name not in on}}

    def _at(self, on: frozenset[str]) -> _Readings:
        """The amounts under the readings that these switches stand for."""
        points = frozenset(on & self._points.keys())
        if points not in self._known:
            assignment = self._assignment(points)
            top = self.figures.item(self._indicator.numerator, assignment, "strict")
            base = self.figures.item(self._indicator.denominator, assignment)
            assert isinstance(top, Fraction)
            assert isinstance(base, Fraction)
            self._known[points] = _Readings(top, base, self._tonnes(assignment))
        return self._known[points]

    def _tonnes(self, assignment: Assignment) -> Mapping[tuple[str, str], Fraction]:
        """By line rule and value: what its lines stand below the strict value, where they do."""
        found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for cell in self.figures.cells:
            if cell.get("measure") == "carbon" and cell["term"] and self._holds(cell["reading"], assignment):
                for column in ("proven_tco2", "tco2"):
                    found[cell["rule"], column] += Fraction(cell[column] or 0) - Fraction(cell["strict_tco2"] or 0)
        moved = {rule for rule, _ in found if found[rule, "tco2"]}
        return {one: amount for one, amount in found.items() if one[0] in moved}

    def _holds(self, reading: str, assignment: Assignment) -> bool:
        return consistent(read_reading(reading), assignment)

    def _conservative(self) -> dict[str, str]:
        """The conservative reading of each open point that moves the indicator and was not chosen."""
        found = {}
        chosen = self.world.chosen
        for name, parameter in deciding(self.figures, self._id).items():
            readings = [one.id for one in parameter.readings]
            reading = parameter.conservative
            if reading not in readings:
                values = {
                    one: value
                    for one in readings
                    if isinstance(
                        value := self.figures.indicator_value(self._id, {**chosen, name: one}, "strict"), Fraction
                    )
                }
                if not values:
                    continue
                best = max if reading == "higher" else min
                reading = best(values, key=lambda one: values[one])
            if reading != chosen.get(name):
                found[name] = reading
        return found

"""The hunt: every mutant of a ruler before the rule tests of that ruler, by the mechanism that `truezero rules test` runs.

A mutant whose lines, factors and amounts are those of the ruler for every row (the same routes) has the same ledger, so the
ledger of the ruler serves it; else the tests of which a row is routed otherwise are accounted again, and only they.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.ruler_mutants.edits import Mutant
from tests.ruler_mutants.of_formulas import of_formulas
from tests.ruler_mutants.of_lines import of_lines
from tests.ruler_mutants.of_rest import of_rest
from tests.ruler_mutants.of_values import of_numbers, of_values
from verify import resources
from verify.ledger import Changes
from verify.ledger.route import Router
from verify.road.rule_tests import Stage, read_cases
from verify.road.rule_tests.running import _without_rows, judged, results
from verify.road.rule_tests.stage import Accounted
from verify.road.world import with_sensitivities
from verify.ruler import Ruler, load_ruler
from verify.ruler.lint.reach import reached
from verify.submission.contract import carriers

_MANY = 60  # tests accounted again at once
Key = tuple[str, str, str]  # province, table, situation


@dataclass
class Hunt:
    """A ruler, its tests, and what the ruler makes of them."""

    ruler: Ruler
    stage: Stage
    accounted: dict[str, Accounted] = field(repr=False)
    routes: dict[Key, tuple[Any, ...]] = field(repr=False)
    tests_of: dict[Key, set[int]] = field(repr=False)

    @classmethod
    def of(cls, identifier: str) -> Hunt:
        """The hunt in a ruler of rules/. AssertionError where its tests do not pass."""
        ruler = load_ruler(identifier)
        stage = Stage.of(read_cases(Path(resources.rules() / identifier)))
        failed = [result.case.id for result in results(ruler, stage) if not result.passed]
        assert not failed, failed
        accounted = {province: stage.account(ruler, province, own) for province, own in stage.by_province.items()}
        hunt = cls(ruler, stage, accounted, {}, {})
        hunt._look()
        return hunt

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant of the ruler."""
        yield from of_values(self.ruler, reached(self.ruler, list(carriers())))
        yield from of_numbers(self.ruler)
        yield from of_formulas(self.ruler)
        yield from of_lines(self.ruler)
        yield from of_rest(self.ruler)

    def noticed(self, mutant: Mutant) -> str:
        """The test that notices a mutant, '' for none; ``loader`` where it does not even load."""
        try:
            ruler = mutant.make()
        except Exception:  # what does not load is noticed before any test
            return "loader"
        try:
            return self._noticed(ruler, mutant)
        except Exception as error:  # a ruler that makes the mechanism fall is noticed too
            return f"fell: {type(error).__name__}"

    def _noticed(self, ruler: Ruler, mutant: Mutant) -> str:
        for number, case in enumerate(self.stage.cases):
            if not case.tables and any(True for _ in _without_rows(case, ruler)):
                return self.stage.cases[number].id
        moved = self._moved(ruler)
        for province, own in self.stage.by_province.items():
            again = sorted(moved & set(own))
            for start in range(0, len(again), _MANY):
                part = again[start : start + _MANY]
                found = self._first(ruler, self.stage.account(ruler, province, part), part)
                if found:
                    return found
            if mutant.where.startswith("lines."):  # a row that is routed as before says what it said before
                continue
            found = self._first(ruler, self.accounted[province], [one for one in own if one not in moved])
            if found:
                return found
        return ""

    def _first(self, ruler: Ruler, accounted: Accounted, numbers: Sequence[int]) -> str:
        """The first test that is not as expected, those with checks last."""
        for number in sorted(numbers, key=lambda one: bool(self.stage.cases[one].test.findings)):
            if any(True for _ in judged(ruler, self.stage, accounted, number)):
                return self.stage.cases[number].id
        return ""

    def _look(self) -> None:
        for province, accounted in self.accounted.items():
            router = Router(self.ruler, with_sensitivities(self.ruler, Changes()))
            for table, facts in accounted.ledger.facts.items():
                for row in accounted.engine.rows(facts.select("boundary", "situation").distinct()):
                    key = (province, table, row["situation"])
                    self.tests_of.setdefault(key, set()).add(int(row["boundary"]))
                    if key not in self.routes:
                        self.routes[key] = self._routed(router, key)

    def _routed(self, router: Router, key: Key) -> tuple[Any, ...]:
        province, table, situation = key
        reader = self.accounted[province].ledger.situations
        assert reader is not None
        return tuple(_plain(route) for route in router.routes(table, reader.read(table, situation)))

    def _moved(self, ruler: Ruler) -> set[int]:
        """Tests of which a row is routed otherwise than under the ruler."""
        if (
            ruler.text.processes != self.ruler.text.processes
            or ruler.text.method.own_intensity != self.ruler.text.method.own_intensity
        ):
            return set(range(len(self.stage.cases)))
        if ruler.text.method.lines == self.ruler.text.method.lines and self._same_trees(ruler):
            return set()
        router = Router(ruler, with_sensitivities(ruler, Changes()))
        return {
            test
            for key, tests in self.tests_of.items()
            if self._routed(router, key) != self.routes[key]
            for test in tests
        }

    def _same_trees(self, ruler: Ruler) -> bool:
        """Whether nothing that a route rests on was changed: factors, open points, values, units of rows, sensitivities."""
        here, there = self.ruler, ruler
        return (
            here.values is there.values
            and here.text.method.factors is there.text.method.factors
            and here.text.parameters is there.text.parameters
            and here.text.method.row_units is there.text.method.row_units
            and here.text.sensitivities is there.text.sensitivities
            and here.text.bind is there.text.bind
        )


def _plain(route: Any) -> tuple[Any, ...]:
    """A route without the trace behind its factor."""
    return tuple(getattr(route, name) for name in route.__dataclass_fields__ if name != "effective")


def hunted(hunt: Hunt, mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with the test that notices it ('' for none)."""
    for mutant in mutants:
        yield mutant, hunt.noticed(mutant)

"""The hunt: every mutant of a ruler before the rule tests of that ruler, by the mechanism that `truezero rules test` runs.

A mutant whose lines, factors and amounts are those of the ruler for every row (the same routes) has the same ledger, so the
ledger of the ruler serves it; else the tests of which a row is routed otherwise are accounted again, and only they.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tests.ruler_mutants.edits import Mutant
from tests.ruler_mutants.foreseen import Told
from verify import resources
from verify.ledger import Changes
from verify.ledger.route import Route, Router
from verify.road.rule_tests import Case, Stage, read_cases
from verify.road.rule_tests.running import judged, results, without_rows
from verify.road.rule_tests.stage import Accounted
from verify.road.world import with_sensitivities
from verify.ruler import Ruler, load_ruler

_FEW, _MANY = 6, 60  # tests accounted again at once: at first, and then
LOADER, FELL = "loader", "fell"
Key = tuple[str, str, str]  # province, table, situation


@dataclass
class Hunt:
    """A ruler, its tests, and what the ruler makes of them."""

    ruler: Ruler
    stage: Stage
    accounted: dict[str, Accounted] = field(repr=False)
    routes: dict[Key, list[Route]] = field(repr=False, default_factory=dict)
    tests_of: dict[Key, set[int]] = field(repr=False, default_factory=dict)
    sure: dict[Key, list[Told]] = field(repr=False, default_factory=dict)

    @classmethod
    def of(cls, identifier: str) -> Hunt:
        """The hunt in a ruler of rules/. AssertionError where its tests do not pass."""
        return cls.over(load_ruler(identifier), read_cases(Path(resources.rules() / identifier)))

    @classmethod
    def over(cls, ruler: Ruler, cases: Sequence[Case]) -> Hunt:
        """The hunt in a ruler with these tests. AssertionError where one does not pass."""
        stage = Stage.of(cases)
        accounted = {province: stage.account(ruler, province, own) for province, own in stage.by_province.items()}
        hunt = cls(ruler, stage, accounted)
        hunt._look()
        failed = hunt._without_rows(ruler) or next(filter(None, map(partial(hunt._unmoved, ruler), accounted)), "")
        assert not failed, failed
        return hunt

    def noticed(self, mutant: Mutant) -> str:
        """The test that notices a mutant, '' for none; `LOADER` where it does not even load, `FELL` where nothing can be accounted."""
        try:
            ruler = mutant.make()
        except Exception:  # what does not load is noticed before any test
            return LOADER
        try:
            return self._noticed(ruler, mutant)
        except Exception:  # a ruler that makes the mechanism fall is noticed too
            return FELL

    def plainly(self, mutant: Mutant) -> str:
        """As `noticed`, without anything that is known beforehand: every test accounted anew under the mutant."""
        try:
            found = (result.case.id for result in results(mutant.make(), self.stage) if not result.passed)
            return next(found, "")
        except Exception:
            return FELL

    def _noticed(self, ruler: Ruler, mutant: Mutant) -> str:
        found = self._without_rows(ruler)
        if found:
            return found
        moved: set[int] = set()
        routed = dict(self._routed_otherwise(ruler))
        for key, routes in routed.items():
            for told in self.sure.get(key, ()):
                if not told.as_expected(ruler, routes):
                    return told.case.id
        for province, part in self._batches(ruler, routed):
            moved.update(part)
            found = self._first(ruler, self.stage.account(ruler, province, part), part)
            if found:
                return found
        if mutant.where.startswith("lines."):  # a row that is routed as before says what it said before
            return ""
        return next(filter(None, (self._unmoved(ruler, province, moved) for province in self.accounted)), "")

    def _without_rows(self, ruler: Ruler) -> str:
        """The first test without rows that is not as expected."""
        cases = (case for case in self.stage.cases if not case.tables)
        return next((case.id for case in cases if any(True for _ in without_rows(case, ruler))), "")

    def _unmoved(self, ruler: Ruler, province: str, moved: Collection[int] = ()) -> str:
        """The first test of a province that is not as expected on the ledger of the ruler itself, but for those `moved`."""
        own = [test for test in self.stage.by_province[province] if test not in moved]
        return self._first(ruler, self.accounted[province], own)

    def _first(self, ruler: Ruler, accounted: Accounted, numbers: Sequence[int]) -> str:
        """The first test that is not as expected, those with checks last."""
        for number in sorted(numbers, key=lambda one: bool(self.stage.cases[one].test.findings)):
            if any(True for _ in judged(ruler, self.stage, accounted, number)):
                return self.stage.cases[number].id
        return ""

    def _look(self) -> None:
        for province, accounted in self.accounted.items():
            router = Router(self.ruler, with_sensitivities(self.ruler, Changes()))
            rows = {row.row_id: row for many in self.stage.rows.values() for row in many if row.expected}
            for table, facts in accounted.ledger.facts.items():
                for fact in accounted.engine.rows(facts.select("boundary", "situation", "row_id", "quantity")):
                    key = (province, table, fact["situation"])
                    self.tests_of.setdefault(key, set()).add(int(fact["boundary"]))
                    if key not in self.routes:
                        self.routes[key] = self._routed(router, key)
                    row = rows.get(fact["row_id"])
                    if row is not None:
                        told = Told(self.stage.cases[row.case], row, fact["quantity"], accounted)
                        if told.as_expected(self.ruler, self.routes[key]):
                            self.sure.setdefault(key, []).append(told)

    def _routed(self, router: Router, key: Key) -> list[Route]:
        """The routes of a situation, without the trace behind their factors."""
        province, table, situation = key
        reader = self.accounted[province].ledger.situations
        assert reader is not None
        return [replace(route, effective=None) for route in router.routes(table, reader.read(table, situation))]

    def _routed_otherwise(self, ruler: Ruler) -> Iterator[tuple[Key, list[Route]]]:
        """The situations that are routed otherwise than under the ruler, and how."""
        if ruler.text.method.lines == self.ruler.text.method.lines and self._same_factors(ruler):
            return
        router = Router(ruler, with_sensitivities(ruler, Changes()))
        for key, routes in self.routes.items():
            found = self._routed(router, key)
            if found != routes:
                yield key, found

    def _batches(self, ruler: Ruler, routed: Collection[Key]) -> Iterator[tuple[str, list[int]]]:
        """The tests to be accounted again, by province: a few of them at first, which is mostly enough."""
        again = {test for key in routed for test in self.tests_of[key]}
        if self._facts_differ(ruler):
            again = set(range(len(self.stage.cases)))
        for province, tests in self.stage.by_province.items():
            own = [test for test in tests if test in again]
            for part in (own[:_FEW], *(own[start : start + _MANY] for start in range(_FEW, len(own), _MANY))):
                if part:
                    yield province, part

    def _facts_differ(self, ruler: Ruler) -> bool:
        """Whether rows may become other situations, or power and heat another credit: all is accounted again."""
        here, there = self.ruler.text, ruler.text
        own = here.method.own_intensity
        return (
            there.processes != here.processes
            or there.method.own_intensity != own
            or (own is not None and there.parameters.get(own.parameter) != here.parameters[own.parameter])
        )

    def _same_factors(self, ruler: Ruler) -> bool:
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

"""Run the tests of a ruler: one accounting query per province, then figures, indicators, checks and opinions per test."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from verify import resources
from verify.errors import Located, Problem
from verify.road.rule_tests.expected import Mismatch, of_figures, of_indicators, of_rows, of_values
from verify.road.rule_tests.findings import of_findings, of_incomplete, of_opinions
from verify.road.rule_tests.fitting import unfitting
from verify.road.rule_tests.read import Case, read_cases
from verify.road.rule_tests.stage import Accounted, Stage, assignment, figures
from verify.road.rule_tests.worlds import world
from verify.ruler import Ruler, load_ruler


@dataclass(frozen=True)
class Result:
    """One test and what was not as expected; none: it passed."""

    case: Case
    mismatches: tuple[Mismatch, ...]

    @property
    def passed(self) -> bool:
        """Everything was as expected."""
        return not self.mismatches

    @property
    def problems(self) -> list[Problem]:
        """The mismatches with file, line and column."""
        return [one.problem(self.case) for one in self.mismatches]


def rule_tests(ruler: str | Path) -> list[Result]:
    """The tests of a ruler by id or folder, run on it. [] where it has none. Raises `Located` for a file that does not load."""
    folder = Path(ruler) if isinstance(ruler, Path) or "/" in ruler or "\\" in ruler else resources.rules() / ruler
    loaded = load_ruler(ruler)
    cases = read_cases(folder)
    problems = list(unfitting(loaded, cases))
    if problems:
        raise Located("rule_tests.not_loaded", problems)
    return list(results(loaded, Stage.of(cases)))


def results(ruler: Ruler, stage: Stage, numbers: Collection[int] | None = None) -> Iterator[Result]:
    """The results of the tests `numbers` (all where None) under `ruler`, as they come."""
    wanted = range(len(stage.cases)) if numbers is None else sorted(numbers)
    for number in wanted:
        if not stage.cases[number].tables:
            yield Result(stage.cases[number], tuple(without_rows(stage.cases[number], ruler)))
    for province, own in stage.by_province.items():
        asked = [number for number in own if number in wanted]
        if asked:
            accounted = stage.account(ruler, province, asked)
            for number in asked:
                yield Result(stage.cases[number], tuple(judged(ruler, stage, accounted, number)))


def judged(ruler: Ruler, stage: Stage, accounted: Accounted, number: int) -> Iterator[Mismatch]:
    """What is not as expected in one test, the cheapest looks first."""
    case = stage.cases[number]
    chosen = assignment(ruler, case)
    yield from without_rows(case, ruler)
    yield from of_rows(case, stage.rows[number], accounted, chosen)
    own = figures(ruler, accounted, number, case.test.year)
    yield from of_figures(case, own, chosen)
    yield from of_indicators(case, own, chosen)
    if case.test.findings or case.test.incomplete is not None:
        here = world(stage, ruler, accounted, number)
        yield from of_incomplete(case, here)
        yield from of_findings(case, here)


def without_rows(case: Case, ruler: Ruler) -> Iterator[Mismatch]:
    """What is not as expected of the printed numbers and of the opinion table: no row is needed for it."""
    yield from of_values(case, ruler)
    yield from of_opinions(case, ruler)

"""The rule tests of a ruler's folder, read strictly; every error at once with file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.errors import Located, Problem
from verify.road.rule_tests.shape import ARROW, EXPECTED, RuleTest, RuleTests
from verify.ruler.marks import Marked, Path_, load_marked
from verify.ruler.refused import path_of, refused
from verify.submission.contract import Contract, contracts

FOLDER = "tests"
SURVIVORS = "survivors.yaml"  # what the mutation run leaves standing, argued; no file of tests
_NOT_LOADED = "rule_tests.not_loaded"


@dataclass(frozen=True)
class Case:
    """One test with its place. `id` is ``<file>.<test>``; `tables`: its rows, or those it takes from another test."""

    id: str
    test: RuleTest
    tables: Mapping[str, list[list[str]]] = field(repr=False)
    defaults: dict[str, dict[str, str]] = field(repr=False)
    marked: Marked = field(repr=False)
    path: Path_ = ()

    def problem(self, path: Path_, key: str, /, **arguments: object) -> Problem:
        """A problem at `path` of the test."""
        return self.marked.problem((*self.path, *path), key, **arguments)


def read_cases(folder: Path) -> list[Case]:
    """The tests of the ruler in `folder`, by id; [] where it has none. Raises `Located` (``rule_tests.not_loaded``)."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        if path.name == SURVIVORS:
            continue
        marked = load_marked(path, name=f"{folder.name}/{FOLDER}/{path.name}")
        found, wrong = _cases(marked, path.stem)
        cases += found
        problems += wrong
    if problems:
        raise Located(_NOT_LOADED, problems)
    return cases


def _cases(marked: Marked, stem: str) -> tuple[list[Case], list[Problem]]:
    from pydantic import ValidationError

    try:
        book = RuleTests.model_validate(marked.data)
    except ValidationError as error:
        return [], [_refused(marked, one) for one in error.errors()]
    cases = [
        Case(f"{stem}.{name}", test, _tables(book, test), book.defaults, marked, ("tests", name))
        for name, test in book.tests.items()
    ]
    return cases, [problem for case in cases for problem in _faults(case)]


def _tables(book: RuleTests, test: RuleTest) -> dict[str, list[list[str]]]:
    """The rows of a test; those of another one without the columns that say what is expected of them."""
    if test.rows_of not in book.tests:
        return test.tables
    borrowed = {}
    for name, sheet in book.tests[test.rows_of].tables.items():
        width = sheet[0].index(ARROW) if ARROW in sheet[0] else len(sheet[0])
        borrowed[name] = [row[:width] for row in sheet]
    return borrowed


def _refused(marked: Marked, error: Any) -> Problem:
    key, arguments = refused(error)
    return marked.problem(path_of(error), key, **arguments)


def _faults(case: Case) -> list[Problem]:
    """What the shape alone cannot see: unknown tables and columns, rows of another width, no origin, nothing expected."""
    test = case.test
    origin = test.origin
    found = []
    if not (origin.cite or origin.pack or origin.arithmetic):
        found.append(case.problem(("origin",), "rule_tests.no_origin"))
    if test.rows_of and not case.tables:
        found.append(case.problem(("rows_of",), "rule_tests.no_rows_of", test=test.rows_of))
    for table, sheet in test.tables.items():
        contract = contracts().get(table)
        if contract is None:
            found.append(case.problem(("tables", table), "rule_tests.no_table", table=table))
            continue
        found += _faults_of_sheet(case, table, contract, sheet)
    expects = (
        test.figures,
        test.proven,
        test.strict,
        test.indicators,
        test.findings,
        test.opinion,
        test.values,
        test.incomplete is not None,
    )
    if not any(expects) and not any(ARROW in sheet[0] for sheet in test.tables.values()):
        found.append(case.problem((), "rule_tests.nothing_expected"))
    return found


def _faults_of_sheet(case: Case, table: str, contract: Contract, sheet: list[list[str]]) -> list[Problem]:
    head = sheet[0]
    at = head.index(ARROW) if ARROW in head else len(head)
    found = []
    for number, name in enumerate(head):
        known = number == at or name in (contract.columns if number < at else EXPECTED)
        if not known:
            found.append(case.problem(("tables", table, 0, number), "rule_tests.no_column", column=name))
    for number, row in enumerate(sheet[1:], 1):
        if len(row) != len(head):
            words = {"cells": len(row), "columns": len(head)}
            found.append(case.problem(("tables", table, number), "rule_tests.row_width", **words))
    return found

"""The rule tests of a ruler's folder, read strictly; every error at once with file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify.errors import Located, Problem
from verify.road.rule_tests.shape import ARROW, RuleTest, RuleTests
from verify.ruler.marks import Marked, Path_, load_marked
from verify.ruler.refused import path_of, refused

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

    def of_file(self, path: Path_, key: str, /, **arguments: object) -> Problem:
        """A problem at `path` of the file that the test stands in."""
        return self.marked.problem(path, key, **arguments)


def read_cases(folder: Path) -> list[Case]:
    """The tests of the ruler in `folder`, by id; [] where it has none. Raises `Located` (``rule_tests.not_loaded``) with every
    problem of every file."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        if path.name == SURVIVORS:
            continue
        try:
            marked = load_marked(path, name=f"{folder.name}/{FOLDER}/{path.name}")
        except Located as error:  # no YAML at all
            problems += error.problems
            continue
        found, wrong = _cases(marked, path.stem)
        cases += found
        problems += wrong
    if problems:
        raise Located(_NOT_LOADED, problems)
    return cases


def _cases(marked: Marked, stem: str) -> tuple[list[Case], list[Problem]]:
    from pydantic import ValidationError

    from verify.road.rule_tests.faults import faults

    try:
        book = RuleTests.model_validate(marked.data)
    except ValidationError as error:
        return [], [_refused(marked, one) for one in error.errors()]
    cases = [
        Case(f"{stem}.{name}", test, _tables(book, test), book.defaults, marked, ("tests", name))
        for name, test in book.tests.items()
    ]
    return cases, [*{str(one): one for case in cases for one in faults(case)}.values()]


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

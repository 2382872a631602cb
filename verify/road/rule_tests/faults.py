"""What the shape alone cannot see in a file of rule tests: unknown tables and columns, rows of another width, no numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from verify.errors import Problem, WrongUsage
from verify.opinion import Grounds
from verify.road.rule_tests.arithmetic import readable
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.shape import ARROW, EXPECTED, NUMBERS
from verify.ruler.marks import Path_
from verify.ruler.refused import path_of, refused, shown
from verify.ruler.values import unit_scale
from verify.submission import Park
from verify.submission.contract import Contract, contracts

VALUES = ("id", "unit")  # the first columns of a sheet of printed numbers; years follow
_YEAR = re.compile(r"\d{4}")


def faults(case: Case) -> Iterator[Problem]:
    """Everything that is wrong with one test as it is written."""
    test = case.test
    if not (test.origin.cite or test.origin.pack or test.origin.arithmetic):
        yield case.problem(("origin",), "rule_tests.no_origin")
    for key in ("year", "base_year"):
        text = getattr(test, key)
        if not _YEAR.fullmatch(text) and (text or key == "year"):
            yield case.problem((key,), "rule_tests.no_year", value=text)
    if test.rows_of and not case.tables:
        yield case.problem(("rows_of",), "rule_tests.no_rows_of", test=test.rows_of)
    yield from _park(case)
    for table, cells in case.defaults.items():
        yield from _defaults(case, table, cells)
    for table, sheet in test.tables.items():
        contract = contracts().get(table)
        if contract is None:
            yield case.problem(("tables", table), "rule_tests.no_table", table=table)
        else:
            yield from _sheet(case, ("tables", table), sheet, contract)
    yield from _values(case)
    yield from _numbers(case)
    if not _expects(case):
        yield case.problem((), "rule_tests.nothing_expected")


def _expects(case: Case) -> bool:
    test = case.test
    asked = (test.figures, test.proven, test.strict, test.indicators, test.findings, test.opinion, test.values)
    rows = any(ARROW in sheet[0] for sheet in test.tables.values())
    return rows or any(asked) or test.incomplete is not None


def _park(case: Case) -> Iterator[Problem]:
    from pydantic import ValidationError

    try:
        Park.model_validate({"id": "0", "province": case.test.province, **case.test.park})
    except ValidationError as error:
        for one in error.errors():
            key, arguments = refused(one)
            yield case.problem(("park", *path_of(one)), key, **arguments)


def _defaults(case: Case, table: str, cells: Mapping[str, str]) -> Iterator[Problem]:
    contract = contracts().get(table)
    if contract is None:
        yield case.of_file(("defaults", table), "rule_tests.no_table", table=table)
        return
    for name in cells:
        if name not in contract.columns:
            yield case.of_file(("defaults", table, name), "rule_tests.no_column", column=name)


def _sheet(case: Case, root: Path_, sheet: list[list[str]], contract: Contract) -> Iterator[Problem]:
    head = sheet[0]
    at = head.index(ARROW) if ARROW in head else len(head)
    for place, name in enumerate(head):
        known = place == at or name in (contract.columns if place < at else EXPECTED)
        if not known:
            yield case.problem((*root, 0, place), "rule_tests.no_column", column=name)
    yield from _twice(case, root, head)
    for line, row in enumerate(sheet[1:], 1):
        if len(row) != len(head):
            yield case.problem((*root, line), "rule_tests.row_width", cells=len(row), columns=len(head))
            continue
        for place in range(at + 1, len(head)):
            if head[place] in NUMBERS and row[place]:
                yield from _number(case, (*root, line, place), row[place])


def _twice(case: Case, root: Path_, head: list[str]) -> Iterator[Problem]:
    for place, name in enumerate(head):
        if name in head[:place]:
            yield case.problem((*root, 0, place), "rule_tests.column_twice", column=name)


def _values(case: Case) -> Iterator[Problem]:
    sheet = case.test.values
    if not sheet:
        return
    head = sheet[0]
    for place, name in enumerate(head):
        if name != VALUES[place] if place < len(VALUES) else not _YEAR.fullmatch(name):
            yield case.problem(("values", 0, place), "rule_tests.no_column", column=name)
    if len(head) <= len(VALUES) or len(sheet) == 1:
        yield case.problem(("values",), "rule_tests.nothing_expected")
    yield from _twice(case, ("values",), head)
    for line, row in enumerate(sheet[1:], 1):
        if len(row) != len(head):
            yield case.problem(("values", line), "rule_tests.row_width", cells=len(row), columns=len(head))
            continue
        if tuple(head[: len(VALUES)]) == VALUES:
            yield from _unit(case, ("values", line, 1), row[1])
        for place in range(len(VALUES), len(row)):
            yield from _number(case, ("values", line, place), row[place], reasons=False)


def _unit(case: Case, path: Path_, unit: str) -> Iterator[Problem]:
    try:
        unit_scale(unit)
    except WrongUsage as error:
        yield case.problem(path, error.key, **error.arguments)


def _numbers(case: Case) -> Iterator[Problem]:
    """Expected figures, values, limits, effects and grounds that are no numbers."""
    test = case.test
    for section in ("figures", "proven", "strict"):
        for name, text in getattr(test, section).items():
            yield from _number(case, (section, name), text)
    for name, one in test.indicators.items():
        for key in ("value", "limit", "low", "high"):
            if getattr(one, key):
                yield from _number(case, ("indicators", name, key), getattr(one, key))
    for code, finding in test.findings.items():
        if finding.effect:
            yield from _number(case, ("findings", code, "effect"), finding.effect, reasons=False)
    known = {one.name for one in fields(Grounds)}
    for place, row in enumerate(test.opinion):
        for name, text in row.grounds.items():
            path: Path_ = ("opinion", place, "grounds", name)
            if name not in known:
                yield case.problem(path, "ruler.unknown_key", key=name)
            yield from _number(case, path, text, reasons=False)


def _number(case: Case, path: Path_, text: str, *, reasons: bool = True) -> Iterator[Problem]:
    if not readable(text, reasons=reasons):
        yield case.problem(path, "ruler.not_a_number", value=shown(text))

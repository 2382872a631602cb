"""Many tests in one accounting query: each test is a boundary of its own, so that no member of one is inside another.

`account` joins rows with the members of each boundary (ADR 0002); the members of a test carry its number, so its rows are
inside its own boundary alone, and one query answers all of them. The province is a fact of the whole query: tests of
different provinces are different queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from verify.engine import Engine
from verify.ledger import Boundary, Changes, Figures, Ledger, Spell, Vocabulary, account, defaults
from verify.ledger.basis import Assignment, consistent, read_reading
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.sheets import Given, Sheets, given, typed
from verify.road.side_cells import side_cells
from verify.road.world import with_sensitivities
from verify.ruler import Ruler

_LINE = (
    *("boundary", "reading", "row_id", "year", "measure", "rule", "term", "side", "quantity", "factor", "default_factor"),
    *("coefficient", "tco2", "default_tco2", "tce", "proved", "confidence", "factor_id"),
)  # fmt: skip


@dataclass(frozen=True)
class Accounted:
    """One query over some tests of one province."""

    ledger: Ledger
    tables: Sheets
    engine: Engine
    cells: Mapping[str, list[Mapping[str, Any]]] = field(repr=False)
    lines: Mapping[tuple[str, str], list[Mapping[str, Any]]] = field(repr=False)  # by row and measure
    gaps: Mapping[str, list[Mapping[str, Any]]] = field(repr=False)  # by row


@dataclass
class Stage:
    """The tests of a ruler as data, typed once; `account` sets them before a ruler."""

    cases: Sequence[Case]
    rows: Mapping[int, list[Given]] = field(repr=False)
    tables: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Stage:
        """The stage of these tests. Raises `Located` for rows that the door would refuse."""
        rows = {number: given(number, case) for number, case in enumerate(cases)}
        return cls(cases, rows, typed(cases, [row for many in rows.values() for row in many]))

    @cached_property
    def by_province(self) -> dict[str, list[int]]:
        """Numbers of the tests that have rows, by province."""
        found: dict[str, list[int]] = {}
        for number, case in enumerate(self.cases):
            if case.tables:
                found.setdefault(case.test.province, []).append(number)
        return found

    def account(self, ruler: Ruler, province: str, numbers: Sequence[int]) -> Accounted:
        """The ledger of the tests `numbers`, all of one province."""
        engine = Engine(threads=1)
        tables = Sheets(engine, self._only(numbers))
        boundaries = [Boundary(str(number), self._spells(number)) for number in numbers]
        changes = with_sensitivities(ruler, Changes())
        ledger = account(engine, ruler, tables, Vocabulary.standard(), boundaries, changes, {"province": province})
        cells: dict[str, list[Mapping[str, Any]]] = {}
        for cell in ledger.cells:
            cells.setdefault(cell["boundary"], []).append(cell)
        for cell in side_cells(tables, engine):
            cells.setdefault(cell["submission_id"], []).append({**cell, "boundary": cell["submission_id"]})
        lines: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for line in engine.rows(ledger.lines.select(*_LINE)):
            lines.setdefault((line["row_id"], line["measure"]), []).append(line)
        gaps: dict[str, list[Mapping[str, Any]]] = {}
        for gap in ledger.gaps:
            gaps.setdefault(gap["row_id"], []).append(gap)
        return Accounted(ledger, tables, engine, cells, lines, gaps)

    def _only(self, numbers: Sequence[int]) -> dict[str, Any]:
        """The rows of some of the tests."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if len(numbers) == len(self.cases):
            return dict(self.tables)
        wanted = pa.array([str(number) for number in numbers])
        return {name: table.filter(pc.is_in(table["submission_id"], wanted)) for name, table in self.tables.items()}

    def _spells(self, number: int) -> tuple[Spell, ...]:
        return tuple(
            Spell(f"{number}/{row.cells['enterprise_id']}", row.cells.get("from", "")[:7], row.cells.get("to", "")[:7])
            for row in self.rows[number]
            if row.table == "enterprises"
        )


def figures(ruler: Ruler, accounted: Accounted, number: int, year: str) -> Figures:
    """The figures of one test."""
    return Figures(ruler, accounted.cells.get(str(number), []), str(number), year)


def assignment(ruler: Ruler, case: Case) -> Assignment:
    """The readings of a test: the ruler's defaults, and what the test chooses."""
    return defaults(ruler, case.test.parameters)


def lines_of(accounted: Accounted, row: Given, measure: str, chosen: Assignment) -> list[Mapping[str, Any]]:
    """The ledger lines of a row in a measure, under these readings."""
    return [
        line
        for line in accounted.lines.get((row.row_id, measure), [])
        if consistent(read_reading(line["reading"]), chosen)
    ]

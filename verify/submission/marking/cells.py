"""From spots to cells: which column of which line a remark means, by the headings as the reader finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verify.submission.contract import Contract, contracts
from verify.submission.marking.values import Cell, Placed, Remark, Spot
from verify.submission.naming import column_named, table_named
from verify.submission.workbook.addresses import column_of
from verify.submission.workbook.own_sheets import PARK_COLUMNS, park_sheet
from verify.submission.workbook.reader import read_workbook

_NOTES = 200  # cells that one remark marks; the summary and the heading say how many there are


@dataclass(slots=True)
class _Known:
    """A sheet as read: column number of each heading and of each contract column, row of the headings, main column."""

    headings: dict[str, int]
    columns: dict[str, int] = field(default_factory=dict)
    line: int = 1
    main: int = 1
    table: bool = False


class Headings:
    """The headings of every sheet of a workbook that holds a table or the park."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self._sheets: dict[str, _Known] = {}
        for sheet in read_workbook(source, name):
            known = _Known({heading: column_of(letter) for heading, letter in sheet.letters.items()})
            known.line = max(sheet.heading_line, 1)
            table = table_named(sheet.table_hint)
            known.table = table is not None or park_sheet(sheet.table_hint)
            if table is None:
                known.main = known.headings.get(PARK_COLUMNS[1], 1)
            else:
                contract = contracts()[table]
                named = ((column_named(contract, heading), at) for heading, at in known.headings.items())
                known.columns = {column: at for column, at in named if column is not None}
                known.main = _main(contract, known)
            self._sheets[sheet.sheet] = known

    def column(self, spot: Spot) -> int:
        """The column that a spot means (from 1)."""
        known = self._sheets.get(spot.sheet)
        if known is None:
            return 1
        for one in spot.columns:
            at = known.headings.get(one) or known.columns.get(one)
            if at is not None:
                return at
        return known.main

    def table(self, sheet: str) -> bool:
        """Whether the sheet holds a table or the park."""
        known = self._sheets.get(sheet)
        return known is not None and known.table

    def line(self, sheet: str) -> int:
        """The row of the headings."""
        known = self._sheets.get(sheet)
        return known.line if known else 1


def _main(contract: Contract, known: _Known) -> int:
    """The column that stands for a whole row: its quantity, else the first that every row needs."""
    columns = contract.columns
    order = [name for name, one in columns.items() if one.type == "quantity"]
    order += [name for name, one in columns.items() if one.required]
    return next(
        (known.columns[name] for name in order if name in known.columns), min(known.headings.values(), default=1)
    )


def placed(remarks: Sequence[Remark], headings: Headings, sheets: Sequence[str]) -> list[Placed]:
    """Every remark with its cells, each once, at most `_NOTES`; spots of a sheet that is not there are left out."""
    found = []
    for remark in remarks:
        one = Placed(remark)
        for spot in remark.spots:
            if spot.sheet in sheets:
                at = sheets.index(spot.sheet)
                if not spot.line and not headings.table(spot.sheet):
                    one.linked.append(Cell(at, 1, 1))
                    continue
                cell = Cell(at, spot.line or headings.line(spot.sheet), headings.column(spot))
                if cell not in one.cells:
                    one.cells.append(cell)
                if one.heading is None and max(remark.rows, len(remark.spots)) > min(_NOTES, len(remark.spots)):
                    one.heading = Cell(at, headings.line(spot.sheet), cell.column)
        one.cells = sorted(one.cells)[:_NOTES]
        found.append(one)
    return found

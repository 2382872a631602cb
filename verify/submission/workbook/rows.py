"""The rows of one worksheet, streamed: line by line, with what could not be passed on and what was hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verify.errors import Unreadable
from verify.submission.workbook.addresses import COLUMNS, ROWS, Range, area, column_of
from verify.submission.workbook.archive import Archive
from verify.submission.workbook.cells import Cell, array_range, read_cell
from verify.submission.workbook.package import Package, SheetPart
from verify.submission.workbook.parts import elements, local, truth

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any


@dataclass(slots=True)
class SheetRow:
    """One row that holds anything: `cells` by 1-based column, blank cells left out."""

    line: int
    hidden: bool
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass(slots=True)
class Layout:
    """What a sheet says beside its cells; `hidden_columns` is complete once the first row was read."""

    merged: list[Range] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


def merged_ranges(archive: Archive, file: str, sheet: SheetPart) -> list[Range]:
    """All merged ranges, in order of their first row. They stand behind the rows in the part: hence a pass of its own,
    skipped where the bytes do not mention any."""
    if not _mentions(archive.pieces(sheet.part), b"mergeCell"):
        return []
    found = []
    for element in elements(archive.pieces(sheet.part), file, sheet.part, ["row", "mergeCell"]):
        if local(element) == "mergeCell":
            merged = area(str(element.get("ref", "")))
            if merged is not None and (merged.top, merged.left) != (merged.bottom, merged.right):
                found.append(merged)
    return sorted(found, key=lambda one: (one.top, one.left))


def sheet_rows(archive: Archive, file: str, package: Package, sheet: SheetPart, layout: Layout) -> Iterator[SheetRow]:
    """Every row with at least one cell that is not blank. Raises Unreadable where the part is not well-formed."""
    line = 0
    arrays: list[Range] = []
    for element in elements(archive.pieces(sheet.part), file, sheet.part, ["col", "row"]):
        if local(element) == "col":
            layout.hidden_columns.update(_hidden_columns(element))
            continue
        try:
            line = _line(element, line)
            cells = _cells(element, line, package, arrays)
        except ValueError:
            raise Unreadable("workbook.damaged_part", file=file, part=sheet.part) from None
        if cells:
            yield SheetRow(line, truth(element.get("hidden")) or element.get("ht") == "0", cells)


def _cells(row: Element, line: int, package: Package, arrays: list[Range]) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    column = 0
    suffix = str(line)
    for element in row:
        if local(element) != "c":
            continue
        column = _column(element, suffix, column)
        if not package.fresh and (held := area(array_range(element))) is not None:
            arrays.append(held)  # only its first cell names the formula; the others look like plain values
        computed = bool(arrays) and any(_inside(one, line, column) for one in arrays)
        cell = read_cell(element, package, computed=computed)
        if cell.text is not None or cell.kind:
            cells[column] = cell
    if arrays:
        arrays[:] = [one for one in arrays if one.bottom > line]
    return cells


def _inside(area_: Range, line: int, column: int) -> bool:
    return area_.top <= line <= area_.bottom and area_.left <= column <= area_.right


def _line(row: Element, before: int) -> int:
    """The number of a row; without an attribute it is the next one. Rows out of order are a broken sheet."""
    stated = row.get("r")
    line = before + 1 if stated is None else int(stated)
    if not before < line <= ROWS:
        raise ValueError(stated)
    return line


def _column(cell: Element, line: str, before: int) -> int:
    """The column of a cell in the row numbered `line`; without an address it is the next one."""
    stated = cell.get("r")
    if stated is None:
        column = before + 1
    else:
        letters_ = stated.removesuffix(line)
        if not letters_.isalpha() or not letters_.isascii() or len(letters_) > 3:
            raise ValueError(stated)
        column = column_of(letters_)
    if not before < column <= COLUMNS:
        raise ValueError(stated)
    return column


def _hidden_columns(col: Element) -> Iterable[int]:
    if not (truth(col.get("hidden")) or col.get("width") == "0"):
        return ()
    try:
        first, last = int(col.get("min", "1")), int(col.get("max", "1"))
    except ValueError:
        return ()
    return range(max(1, first), min(COLUMNS, last) + 1)


def _mentions(pieces: Iterable[bytes], word: bytes) -> bool:
    before = b""
    for piece in pieces:
        if not before and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16: the bytes cannot be searched like this
            return True
        if word in before + piece:
            return True
        before = piece[-len(word) :]
    return False

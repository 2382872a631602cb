""".xls and .ods through calamine: values only. Whether a value was computed cannot be seen there, and a note says so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from verify.errors import Unreadable
from verify.submission.workbook.addresses import Range
from verify.submission.workbook.cells import Cell
from verify.submission.workbook.rows import SheetRow
from verify.submission.workbook.serials import number_text

_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"})


class LegacyBook:
    """An .xls or .ods. `sheets` are (name, hidden) in order. Raises Unreadable where calamine cannot read it."""

    def __init__(self, source: Path | bytes, file: str) -> None:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        self._file = file
        content = source.read_bytes() if isinstance(source, Path) else source
        self._book: Any = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), file)
        self.sheets = [
            (str(sheet.name), sheet.visible != SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    def merged(self, sheet: str) -> list[Range]:
        """The merged ranges of one sheet, in order of their first row; an .ods does not tell them."""
        found = _guarded(lambda: self._book.get_sheet_by_name(sheet).merged_cell_ranges, self._file) or []
        ranges = [Range(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found]
        return sorted(ranges, key=lambda one: (one.top, one.left))

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """The rows of one sheet that hold anything."""
        values = _guarded(lambda: self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), self._file)
        for line, row in enumerate(values, start=1):
            cells = {column: cell for column, value in enumerate(row, start=1) if (cell := _cell(value)) is not None}
            if cells:
                yield SheetRow(line, False, cells)


def _guarded(act: Any, file: str) -> Any:
    """`act()`, with every way in which a hostile file can end a parser turned into Unreadable."""
    try:
        return act()
    except MemoryError:
        raise
    except BaseException as error:
        # a panic inside the Rust parser reaches Python beside Exception, not below it
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            key = "workbook.encrypted" if "assword" in f"{type(error).__name__} {error}" else "workbook.damaged"
            raise Unreadable(key, file=file) from None
        raise


def _cell(value: object) -> Cell | None:
    if isinstance(value, str):
        if value in _ERRORS:
            return Cell(None, "error_value", value)
        return Cell(value) if value else None
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        text = number_text(repr(value))
        return Cell(None, "error_value", repr(value)) if text is None else Cell(text)
    if isinstance(value, datetime):
        shown = value.isoformat(" ", "seconds")
        return Cell(shown.removesuffix(" 00:00:00"))
    if isinstance(value, date | time):
        return Cell(value.isoformat())
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return Cell(f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    return None if value is None else Cell(None, "not_text", repr(value))

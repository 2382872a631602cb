"""One sheet per table: headings, drop-downs, number formats, and the rows that a caller hands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from verify.submission.contract import Column, Contract, vocabulary
from verify.submission.template.dropdowns import dropdowns
from verify.submission.template.guide_sheets import table_sheet_name
from verify.submission.template.looks import FONT, pages_for, printable, put, style_heading, width_of
from verify.submission.template.tongues import Tongue, heading, mark, text
from verify.submission.template.values import CellValue, Row, as_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

TEXT, DAY, MOMENT = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_FORMATS = {
    "date": DAY,
    "datetime": MOMENT,
    "quantity": "#,##0.00####",
    "decimal": "General",
    "share": "General",
    "percent": "General",
}
_LEAST = {"id": 21, "text": 16, "enum": 14, "open_enum": 14, "quantity": 14, "date": 12, "datetime": 17, "period": 11}
_NOTE_WIDTH, _NOTE_LINE = 315, 20  # pixels


def table_sheet(
    book: Workbook, contract: Contract, rows: Iterable[Row], tongue: Tongue, tables: Sequence[Contract]
) -> None:
    """The sheet of one table. `tables` are all tables of the workbook: only their ids can be offered."""
    sheet = book.create_sheet(table_sheet_name(contract, tongue))
    for at, (name, column) in enumerate(contract.columns.items(), start=1):
        cell = put(sheet, 1, at, heading(column, tongue))
        style_heading(cell, required=column.required)
        cell.comment = _note(column, tongue)
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.number_format = number_format(column)
        dimension.font = _font()
        dimension.width = _width(column, tongue)
        for offered in dropdowns(contract, name, tables, tongue):
            sheet.add_data_validation(offered)
    for line, row in enumerate(rows, start=2):
        for at, (name, column) in enumerate(contract.columns.items(), start=1):
            value = as_cell(column, row.get(name), tongue)
            if value is not None:
                _fill(sheet, line, at, column, value)
    sheet.row_dimensions[1].height = 36 if tongue == "both" else 24
    sheet.freeze_panes = "B2"
    if contract.required != "optional":
        sheet.sheet_properties.tabColor = "FF3F7D58"
    breadth = sum(_width(column, tongue) for column in contract.columns.values())
    printable(sheet, heading_row=1, pages=pages_for(breadth))


def number_format(column: Column) -> str:
    """The format of a column's cells. What Excel would turn into something else is text: a period (2027-03 would become
    a date), an id (leading zeros), a serial number without a bound (the sixteenth digit would become a zero)."""
    if column.type == "integer":
        return TEXT if column.maximum is None else "0"
    return _FORMATS.get(column.type, TEXT)


def _fill(sheet: Any, line: int, at: int, column: Column, value: CellValue) -> None:
    if isinstance(value, str):
        put(sheet, line, at, value).number_format = TEXT
        return
    cell = sheet.cell(row=line, column=at, value=value)
    if isinstance(value, Decimal):
        cell.number_format = number_format(column) if column.type != "integer" else "0"
    elif isinstance(value, datetime):
        cell.number_format = MOMENT if value.second == 0 else f"{MOMENT}:ss"
    elif isinstance(value, date):
        cell.number_format = DAY


def _note(column: Column, tongue: Tongue) -> Any:
    """The meaning of the column, shown when the pointer rests on its heading."""
    from openpyxl.comments import Comment

    words = text(column.doc, tongue, "\n")
    unit = f"\n[{column.unit}]" if column.unit else ""
    lines = sum(-(-int(width_of(line)) // 38) or 1 for line in words.splitlines()) + bool(unit) + 1
    return Comment(f"{words}{unit}", "TrueZero", height=_NOTE_LINE * lines, width=_NOTE_WIDTH)


def _width(column: Column, tongue: Tongue) -> float:
    words = vocabulary(column.vocabulary).values() if column.vocabulary else ()
    longest = max((width_of(word.en if tongue == "en" else word.zh) for word in words), default=0)
    title = width_of(heading(column, tongue)) * 1.15
    return round(min(max(title, longest, _LEAST.get(column.type, 10)) + 2, 34), 1) + (2 if mark(column) else 0)


def _font() -> Any:
    from openpyxl.styles import Font

    return Font(name=FONT, size=11)

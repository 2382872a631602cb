"""The sheets that explain: how to fill the workbook, what every column means, which units count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify.submission.contract import Column, Contract, OneOf
from verify.submission.template.lists import List, vocabulary_of
from verify.submission.template.looks import lines_needed, printable, put, set_widths, style_heading, style_text, width_of
from verify.submission.template.tongues import Tongue, languages, mark, text, told
from verify.words import catalogue, say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_STEPS = "readme_step_"
_WIDE = 88.0


def sheet_name(key: str, tongue: Tongue) -> str:
    """The name of a sheet of the template's own: ``说明``, ``Read me`` or ``说明 Read me``."""
    return told(key, tongue)


def table_sheet_name(contract: Contract, tongue: Tongue) -> str:
    """The name of a table's sheet; at most the 31 characters that a workbook allows."""
    return text(contract.title, tongue)[:31].rstrip()


def readme(book: Workbook, tables: Sequence[Contract], tongue: Tongue) -> None:
    """The first sheet: what this is, how to fill it, which tables there are."""
    sheet = book.create_sheet(sheet_name("sheet_readme", tongue))
    row = 1
    for language in languages(tongue):
        style_text(put(sheet, row, 1, say("workbook.readme_title", language)), bold=True, size=16)
        row += 1
        for step in steps(language):
            style_text(put(sheet, row, 1, step))
            sheet.row_dimensions[row].height = 16.5 * lines_needed(step, _WIDE)
            row += 1
        row += 1
    heads = [told(f"readme_{column}", tongue, "\n") for column in ("table", "needed", "rows")]
    for at, head in enumerate(heads, start=1):
        style_heading(put(sheet, row, at, head))
    sheet.row_dimensions[row].height = 33
    for contract in tables:
        row += 1
        cells = (text(contract.title, tongue), need(contract, tongue), text(contract.doc, tongue, "\n"))
        for at, cell in enumerate(cells, start=1):
            style_text(put(sheet, row, at, cell), bold=at == 1)
        sheet.row_dimensions[row].height = 16.5 * lines_needed(cells[2], 78)
    set_widths(sheet, [_WIDE, 26, 78], most=_WIDE)
    sheet.sheet_view.showGridLines = False
    printable(sheet)


def steps(language: str) -> list[str]:
    """The lines of the guidance in one language, in their order."""
    keys = sorted(key for key in catalogue("workbook") if key.startswith(_STEPS))
    return [catalogue("workbook")[key][language] for key in keys]


def need(contract: Contract, tongue: Tongue) -> str:
    """Whether a table has to be handed in."""
    if contract.required == "always":
        return told("need_always", tongue)
    return told("need_one_of" if isinstance(contract.required, OneOf) else "need_optional", tongue)


def dictionary(book: Workbook, tables: Sequence[Contract], tongue: Tongue) -> None:
    """Every column of every table: name, kind, need, unit, words, meaning."""
    sheet = book.create_sheet(sheet_name("sheet_dictionary", tongue))
    heads = [told(f"dictionary_{column}", tongue, "\n") for column in DICTIONARY]
    for at, head in enumerate(heads, start=1):
        style_heading(put(sheet, 1, at, head))
    sheet.row_dimensions[1].height = 33
    row = 1
    for contract in tables:
        for name, column in contract.columns.items():
            row += 1
            cells = described(contract, name, column, tongue)
            for at, cell in enumerate(cells, start=1):
                style_text(put(sheet, row, at, cell))
            sheet.row_dimensions[row].height = 16.5 * max(lines_needed(cells[-1], 60), lines_needed(cells[1], 26))
    set_widths(sheet, [24, 26, 22, 22, 14, 18, 22, 60])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:H{row}"
    printable(sheet, heading_row=1)


DICTIONARY = ("table", "column", "id", "kind", "need", "unit", "words", "meaning")


def described(contract: Contract, name: str, column: Column, tongue: Tongue) -> tuple[str, ...]:
    """One row of the data dictionary, in the order of `DICTIONARY`."""
    marked = {"*": "need_column", "(*)": "need_sometimes"}.get(mark(column))
    vocabulary = vocabulary_of(column)
    words = told("dictionary_listed" if column.type != "open_enum" else "dictionary_open", tongue) if vocabulary else ""
    return (
        text(contract.title, tongue),
        text(column.title, tongue, "\n"),
        name,
        told(f"type_{column.type}", tongue),
        told(marked, tongue) if marked else "",
        column.unit or "",
        f"{words} {vocabulary}" if vocabulary else "",
        text(column.doc, tongue, "\n"),
    )


def list_sheet(book: Workbook, key: str, lists: Iterable[List], tongue: Tongue) -> None:
    """A sheet of lists side by side, the word first; each word column gets a defined name that drop-downs use."""
    sheet = book.create_sheet(sheet_name(key, tongue))
    column = 1
    widths: list[float] = []
    for one in lists:
        breadth = max(len(row) for row in one.rows)
        style_heading(put(sheet, 1, column, text(one.title, tongue, "\n")))
        for more in range(1, breadth):
            style_heading(put(sheet, 1, column + more, one.name))
        for at, row in enumerate(one.rows, start=2):
            for offset, cell in enumerate(row):
                style_text(put(sheet, at, column + offset, cell), grey=offset > 0, wrap=False)
        _define(book, sheet, one, column, breadth)
        widths += [max(width_of(row[offset]) for row in one.rows if offset < len(row)) for offset in range(breadth)]
        column += breadth
    sheet.row_dimensions[1].height = 33
    set_widths(sheet, widths, most=32)
    sheet.freeze_panes = "A2"
    printable(sheet, heading_row=1)


def _define(book: Workbook, sheet: Worksheet, one: List, column: int, breadth: int) -> None:
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    last = len(one.rows) + 1
    first, end = get_column_letter(column), get_column_letter(column + breadth - 1)
    for name, to in ((one.name, first), (f"{one.name}_table", end)):
        area = f"{quote_sheetname(sheet.title)}!${first}$2:${to}${last}"
        book.defined_names[name] = DefinedName(name, attr_text=area)

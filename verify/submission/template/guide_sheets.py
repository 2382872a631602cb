"""The sheets that explain: how to fill the workbook, what every column means, which units count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from verify.submission.contract import Column, Contract, OneOf, vocabulary
from verify.submission.template.lists import List, vocabulary_of
from verify.submission.template.looks import (
    lines_needed,
    pages_for,
    printable,
    put,
    set_widths,
    style_heading,
    style_text,
    width_of,
)
from verify.submission.template.tongues import Tongue, languages, mark, text, told
from verify.words import Language, catalogue, say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_README_WIDTHS = (26.0, 24.0, 74.0)
_DICTIONARY_WIDTHS = (24.0, 26.0, 22.0, 22.0, 14.0, 18.0, 34.0, 60.0)
_LINE = 16.5  # points
_FEW = 8


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
        style_text(put(sheet, row, 1, say("workbook.readme_title", language)), bold=True, size=16, wrap=False)
        sheet.row_dimensions[row].height = 30
        for number, step in enumerate(steps("workbook", language), start=1):
            row += 1
            _paragraph(sheet, row, f"{number}. {step}")
        row += 2
    heads = [told(f"readme_{column}", tongue, "\n") for column in ("table", "needed", "rows")]
    for at, head in enumerate(heads, start=1):
        style_heading(put(sheet, row, at, head))
    sheet.row_dimensions[row].height = 36
    for contract in tables:
        row += 1
        cells = (text(contract.title, tongue, "\n"), need(contract, tongue, "\n"), text(contract.doc, tongue, "\n"))
        for at, cell in enumerate(cells, start=1):
            style_text(put(sheet, row, at, cell), bold=at == 1)
        sheet.row_dimensions[row].height = _LINE * max(map(lines_needed, cells, _README_WIDTHS))
    set_widths(sheet, list(_README_WIDTHS), most=100)
    sheet.sheet_view.showGridLines = False
    printable(sheet, landscape=False)


def _paragraph(sheet: Worksheet, row: int, words: str) -> None:
    """Running text over the whole breadth of the sheet."""
    style_text(put(sheet, row, 1, words))
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_README_WIDTHS))
    sheet.row_dimensions[row].height = _LINE * lines_needed(words, sum(_README_WIDTHS))


def steps(kind: str, language: Language) -> list[str]:
    """The lines of guidance for a ``workbook`` or a ``folder`` in their order, then those for both."""
    keys = sorted(catalogue("workbook"))
    return [
        catalogue("workbook")[key][language]
        for what in (kind, "fill")
        for key in keys
        if key.startswith(f"{what}_step_")
    ]


def need(contract: Contract, tongue: Tongue, between: str = " ") -> str:
    """Whether a table has to be handed in."""
    if contract.required == "always":
        return told("need_always", tongue, between)
    return told("need_one_of" if isinstance(contract.required, OneOf) else "need_optional", tongue, between)


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
            sheet.row_dimensions[row].height = _LINE * max(map(lines_needed, cells, _DICTIONARY_WIDTHS))
    set_widths(sheet, list(_DICTIONARY_WIDTHS), most=70)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:H{row}"
    printable(sheet, heading_row=1)


DICTIONARY = ("table", "column", "id", "kind", "need", "unit", "words", "meaning")


def described(contract: Contract, name: str, column: Column, tongue: Tongue) -> tuple[str, ...]:
    """One row of the data dictionary, in the order of `DICTIONARY`."""
    marked = {"*": "need_column", "(*)": "need_sometimes"}.get(mark(column))
    return (
        text(contract.title, tongue),
        text(column.title, tongue, "\n"),
        name,
        told(f"type_{column.type}", tongue),
        told(marked, tongue) if marked else "",
        column.unit or "",
        _words(column, tongue),
        text(column.doc, tongue, "\n"),
    )


def _words(column: Column, tongue: Tongue) -> str:
    """The words of a short vocabulary; of a long one, where they are."""
    name = vocabulary_of(column)
    if name is None:
        return ""
    words = vocabulary(name).values()
    if len(words) <= _FEW:
        lists = {"zh": "、".join(one.zh for one in words), "en": ", ".join(one.en for one in words)}
        return "\n".join(lists[language] for language in languages(tongue))
    return "\n".join(
        say("workbook.dictionary_see", language, title=column.title.en if language == "en" else column.title.zh)
        for language in languages(tongue)
    )


def list_sheet(book: Workbook, key: str, lists: Iterable[List], tongue: Tongue) -> None:
    """A sheet of lists side by side, the word first; each word column gets a defined name that drop-downs use."""
    sheet = book.create_sheet(sheet_name(key, tongue))
    column = 1
    widths: list[float] = []
    for one in lists:
        breadth = max(len(row) for row in one.rows)
        for offset, head in enumerate(one.heads):
            style_heading(put(sheet, 1, column + offset, head))
        for at, row in enumerate(one.rows, start=2):
            for offset, cell in enumerate(row):
                style_text(put(sheet, at, column + offset, cell), grey=offset > 0, wrap=False)
        _define(book, sheet, one, column, breadth)
        columns = [[row[offset] for row in one.rows if offset < len(row)] for offset in range(breadth)]
        widths += [max(map(width_of, (head, *cells))) for head, cells in zip(one.heads, columns, strict=True)]
        column += breadth
    sheet.row_dimensions[1].height = 33
    set_widths(sheet, widths, most=32)
    sheet.freeze_panes = "A2"
    printable(sheet, heading_row=1, pages=pages_for(sum(widths)))


def _define(book: Workbook, sheet: Worksheet, one: List, column: int, breadth: int) -> None:
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    last = len(one.rows) + 1
    first, end = get_column_letter(column), get_column_letter(column + breadth - 1)
    for name, to in ((one.name, first), (f"{one.name}_table", end)):
        area = f"{quote_sheetname(sheet.title)}!${first}$2:${to}${last}"
        book.defined_names[name] = DefinedName(name, attr_text=area)

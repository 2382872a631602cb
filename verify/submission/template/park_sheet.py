"""The sheet that stands for park.yaml: what it is called, what is filled in, what is meant, and the key behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verify.submission.template.guide_sheets import sheet_name
from verify.submission.template.looks import (
    lines_needed,
    printable,
    put,
    set_widths,
    style_field,
    style_heading,
    style_text,
)
from verify.submission.template.park_keys import about, flattened, park_keys
from verify.submission.template.tongues import REQUIRED, Tongue, languages, text, told
from verify.words import say

if TYPE_CHECKING:
    from openpyxl import Workbook

_COLUMNS = ("park_item", "park_value", "park_note", "park_key")
_CHOICES = {"kind": '"whole,park_in_park"', "id_scheme": '"uscc,free"'}
_NOTE_WIDTH = 64


def park_sheet(book: Workbook, park: Mapping[str, Any] | None, tongue: Tongue) -> None:
    """Every key once, filled from `park` where it is given; what the template does not know stands at the end."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(sheet_name("sheet_park", tongue))
    for at, column in enumerate(_COLUMNS, start=1):
        style_heading(put(sheet, 1, at, told(column, tongue, "\n")), required=column == "park_value")
    filled = dict(flattened(park or {}))
    for row, key in enumerate([*park_keys(), *(key for key in filled if key not in park_keys())], start=2):
        known = about(key)
        title = text(known.title, tongue, "\n") if known else key
        note = text(known.doc, tongue, "\n") if known else ""
        if known and known.example:
            note += "\n" + say("workbook.park_example", languages(tongue)[0], example=known.example)
        style_text(put(sheet, row, 1, f"{title} {REQUIRED}" if known and known.required else title), bold=True)
        value = put(sheet, row, 2, filled.get(key, "")) if key in filled else sheet.cell(row=row, column=2)
        style_field(value)
        value.number_format = "@"
        style_text(put(sheet, row, 3, note), grey=True)
        style_text(put(sheet, row, 4, key), grey=True)
        sheet.row_dimensions[row].height = 16.5 * max(lines_needed(note, _NOTE_WIDTH), lines_needed(title, 26))
        if key in _CHOICES:
            choice = DataValidation(type="list", formula1=_CHOICES[key], allow_blank=True)
            choice.add(f"B{row}")
            sheet.add_data_validation(choice)
    sheet.row_dimensions[1].height = 33
    set_widths(sheet, [28, 44, _NOTE_WIDTH, 44], most=_NOTE_WIDTH + 2)
    sheet.freeze_panes = "A2"
    sheet.sheet_properties.tabColor = "FF3F7D58"
    printable(sheet, heading_row=1)

"""How the sheets of a template look: readable without colour, printable, calm."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "等线"  # the body font of a Chinese Excel; other systems put their own in its place
_HEADING_FILL, _REQUIRED_FILL = "FFE7ECEF", "FFCFE3D4"
_LINE = "FFB7C0C7"
_PAGE = 210  # columns of text on a landscape page of A4


def style_heading(cell: Cell, *, required: bool = False) -> None:
    """A heading: bold, wrapped, framed; a darker ground under what is required (the mark says it too)."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin", color=_LINE)
    cell.font = Font(name=FONT, size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor=_REQUIRED_FILL if required else _HEADING_FILL)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    cell.border = Border(bottom=side, right=side)


def style_text(cell: Cell, *, bold: bool = False, grey: bool = False, size: int = 11, wrap: bool = True) -> None:
    """Running text."""
    from openpyxl.styles import Alignment, Font

    cell.font = Font(name=FONT, size=size, bold=bold, color="FF5B6770" if grey else None)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def style_field(cell: Cell) -> None:
    """A cell to write into: framed, so that it is seen where the grid is not printed."""
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=_LINE)
    style_text(cell)
    cell.border = Border(left=side, right=side, top=side, bottom=side)


def width_of(text: str) -> float:
    """The width of the longest line of `text` in columns of a sheet: a Chinese character takes two."""
    lines = text.splitlines() or [""]
    return max(sum(2.1 if unicodedata.east_asian_width(one) in "WF" else 1.0 for one in line) for line in lines)


def set_widths(sheet: Worksheet, widths: list[float], *, least: float = 9, most: float = 60) -> None:
    """The widths of the columns from A on, within bounds."""
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = round(min(max(width + 2, least), most), 1)


def lines_needed(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width`."""
    return sum(max(1, -(-int(width_of(line)) // max(int(width) - 1, 1))) for line in text.splitlines() or [""])


def printable(sheet: Worksheet, *, heading_row: int | None = None, landscape: bool = True, pages: int = 1) -> None:
    """`pages` pages of A4 wide, the heading and the first column on every page."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = pages
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = _fit()
    if heading_row is not None:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    if pages > 1:
        sheet.print_title_cols = "A:A"


def pages_for(breadth: float) -> int:
    """How many pages of A4 side by side a sheet of this breadth takes so that it can still be read."""
    return max(1, round(breadth / _PAGE))


def put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Text in a cell as text, whatever it begins with (``=`` would be a formula); control characters escaped."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row=row, column=column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub(lambda found: f"_x{ord(found.group(0)):04X}_", escaped(text))
    cell.data_type = "s"
    return cell


def escaped(text: str) -> str:
    """``_x0041_`` would be read as an A: its underscore is written as an escape itself."""
    import re

    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _fit() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)

"""A workbook in, the same workbook out with marks, notes and a list of findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.submission.marking.cells import Headings, placed
from verify.submission.marking.comments import Notes
from verify.submission.marking.outline import Outline
from verify.submission.marking.package import MAIN, OFFICE, Book
from verify.submission.marking.said import note_texts
from verify.submission.marking.sheet import add_marks, held_formats, merged_in, runs, unselected, without_marks
from verify.submission.marking.styles import Styles
from verify.submission.marking.summary import summary
from verify.submission.marking.values import SEVERITIES, Cell, Cover, Placed, Remark
from verify.submission.workbook.addresses import Range
from verify.submission.workbook.own_sheets import marks_sheet
from verify.words import Language, say

Element = Any  # of lxml, whose stubs take every child for optional

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class Marked:
    """The new workbook, how many of its cells carry a note, and how many findings have no cell in it."""

    data: bytes
    cells: int
    elsewhere: int


def markable(source: Path | bytes, name: str) -> None:
    """Raises WrongUsage ``marking.…`` or Unreadable ``workbook.…`` where this workbook could not be marked."""
    Book(source, name)


def mark_workbook(
    source: Path | bytes, name: str, remarks: Sequence[Remark], cover: Cover, language: Language
) -> Marked:
    """The workbook `source` with `remarks` in its cells and a list of them as its last sheet, opened at that list.

    Marks of an earlier run go first. Raises as `markable`; Unreadable where a part is damaged.
    """
    book = Book(source, name)
    main = book.tree(book.main)
    tabs = _tabs(book, main)
    names = [tab for tab, _ in tabs]
    found = placed(remarks, Headings(source, name), names)
    styles = Styles(book)
    title = say("workbook.sheet_marks", language)
    own = next((at for at, tab in enumerate(names) if marks_sheet(tab)), len(tabs))
    formats = styles.marks()
    noted = note_texts(_merged(book, tabs, found), language, title)
    for at, (_, part) in enumerate(tabs):
        if at != own and part in book:
            _sheet(book, part, {cell: note for cell, note in noted.items() if cell.sheet == at}, formats)
    listed, head, last = summary(styles, cover, found, names, language)
    styles.save()
    _enter(book, main, tabs, own, title, listed, head, last)
    return Marked(book.packed(), len(noted), sum(not (one.cells or one.linked) for one in found))


def _tabs(book: Book, main: Element) -> list[tuple[str, str]]:
    """Name and part of every tab, chart sheets too."""
    targets = {one.id: one.target for one in book.relations(book.main)}
    sheets = main.find(f"{{{MAIN}}}sheets")
    return [(one.get("name", ""), targets.get(one.get(f"{{{OFFICE}}}id", ""), "")) for one in sheets]


def _merged(book: Book, tabs: Sequence[tuple[str, str]], found: list[Placed]) -> list[Placed]:
    """The remarks with cells inside a merged range moved to its first cell, which is the one that shows."""
    for at in {cell.sheet for one in found for cell in one.cells}:
        ranges = merged_in(Outline(book.read(tabs[at][1]), book.name, tabs[at][1]))
        if ranges:
            for one in found:
                moved = [_first(cell, ranges) if cell.sheet == at else cell for cell in one.cells]
                one.cells = list(dict.fromkeys(moved))
    return found


def _first(cell: Cell, ranges: Sequence[Range]) -> Cell:
    held = _holding(cell, ranges)
    return Cell(cell.sheet, held.top, held.left) if held else cell


def _holding(cell: Cell, ranges: Sequence[Range]) -> Range | None:
    return next(
        (one for one in ranges if one.top <= cell.row <= one.bottom and one.left <= cell.column <= one.right), None
    )


def _sheet(book: Book, part: str, noted: dict[Cell, Any], formats: dict[str, int]) -> None:
    """Marks and notes of one sheet; a sheet with neither, now or before, is only taken from the front."""
    data = book.read(part)
    notes = Notes(book, part) if b"legacyDrawing" in data or noted else None
    if not noted and b"ISTEXT(" not in data and (notes is None or not notes.ours):
        book.write(part, unselected(data))
        return
    outline = Outline(data, book.name, part)
    if held_formats(outline):
        without_marks(outline)
    ranges = merged_in(outline)
    marks: dict[str, list[Range]] = {}
    for severity in SEVERITIES:
        cells = [cell for cell, (worst, _) in noted.items() if worst == severity]
        wide = [held for cell in cells if (held := _holding(cell, ranges))]
        single = [(cell.row, cell.column) for cell in cells if _holding(cell, ranges) is None]
        marks[severity] = [*runs(single), *wide]
    if noted:
        add_marks(outline, marks, formats)
    if notes is not None:
        notes.update(outline, {(cell.row, cell.column): note for cell, (_, note) in noted.items()})
    book.write(part, unselected(outline.spliced()))


def _enter(
    book: Book, main: Element, tabs: Sequence[tuple[str, str]], own: int, title: str, data: bytes, head: int, last: int
) -> None:
    """Enter the list as the last sheet (or in place of an earlier one) and open the book there."""
    from lxml import etree

    sheets = main.find(f"{{{MAIN}}}sheets")
    if own < len(tabs):
        part, entry = tabs[own][1], sheets[own]
        entry.set("name", title)
        entry.attrib.pop("state", None)
        book.write(part, data)
    else:
        part = book.free("xl/worksheets/sheet{}.xml")
        book.write(part, data, _SHEET_TYPE)
        number = max((int(one.get("sheetId", "0")) for one in sheets), default=0) + 1
        relation = book.relate(book.main, f"{OFFICE}/worksheet", part)
        entry = etree.SubElement(sheets, f"{{{MAIN}}}sheet", {"name": title, "sheetId": str(number)})
        entry.set(f"{{{OFFICE}}}id", relation)
    views = main.find(f"{{{MAIN}}}bookViews")
    if views is None:
        views = etree.Element(f"{{{MAIN}}}bookViews")
        sheets.addprevious(views)
    if not len(views):
        etree.SubElement(views, f"{{{MAIN}}}workbookView")
    for view in views:
        view.set("activeTab", str(own))
    quoted = "'" + title.replace("'", "''") + "'"
    _name(main, "_xlnm._FilterDatabase", own, f"{quoted}!$A${head}:$F${last}", hidden=True)
    _name(main, "_xlnm.Print_Titles", own, f"{quoted}!${head}:${head}")
    book.put_tree(book.main, main)


def _name(main: Element, name: str, sheet: int, refers: str, *, hidden: bool = False) -> None:
    """A defined name of one sheet, new or moved."""
    from lxml import etree

    names = main.find(f"{{{MAIN}}}definedNames")
    if names is None:
        names = etree.Element(f"{{{MAIN}}}definedNames")
        before = ("sheets", "functionGroups", "externalReferences")
        [one for one in main if etree.QName(one).localname in before][-1].addnext(names)
    one = next((one for one in names if one.get("name") == name and one.get("localSheetId") == str(sheet)), None)
    if one is None:
        one = etree.SubElement(names, f"{{{MAIN}}}definedName", name=name, localSheetId=str(sheet))
    if hidden:
        one.set("hidden", "1")
    one.text = refers

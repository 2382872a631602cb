"""Notes in cells: a comment of ours each, or our words behind those of a note that is there already.

Threaded comments carry a plain twin that Excel writes anew from the thread: there we answer in the thread as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.submission.marking.outline import Outline
from verify.submission.marking.package import MAIN, OFFICE, Book
from verify.submission.marking.said import BEGINS, Note
from verify.submission.marking.sheet import add_drawing, drawing_of, widths
from verify.submission.marking.threads import Threads
from verify.submission.marking.values import AUTHOR, MAKER
from verify.submission.marking.vml import Shapes
from verify.submission.workbook.addresses import letters, place

Element = Any  # of lxml, whose stubs take every child for optional

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LINE = f"\n――― {MAKER} ―――\n"  # between the park's own note and ours
Cell = tuple[int, int]  # row, column


class Notes:
    """The notes of one sheet."""

    def __init__(self, book: Book, sheet: str) -> None:
        self._book, self._sheet = book, sheet
        related = book.relations(sheet)
        self._relation = next((one for one in related if one.kind == "comments"), None)
        part = self._relation.target if self._relation else ""
        self._part = part if part in book else ""
        self._root: Element = book.tree(self._part) if self._part else None
        self._threads = Threads(book, next((one.target for one in related if one.kind == "threadedComment"), ""))

    @property
    def ours(self) -> bool:
        """Whether an earlier run left notes here."""
        if self._root is None:
            return False
        text = "".join(self._root.itertext())
        return BEGINS in text or _LINE.strip() in text

    def update(self, outline: Outline, notes: Mapping[Cell, Note]) -> None:
        """Take our earlier notes away and put `notes` in; the park's own stay, word by word."""
        if self._root is None and not notes:
            return
        gone = self._forget() if self._root is not None else []
        if self._root is None:
            from lxml import etree

            self._root = etree.fromstring(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>')
        shapes = self._shapes(outline, needed=bool(notes))
        for cell in gone:
            shapes.remove(*cell)
        held = {place(one.get("ref", "")): one for one in self._list}
        for cell, note in sorted(notes.items()):
            known = held.get(cell)
            if known is None:
                self._add(cell, note)
                shapes.add(*cell, "".join(text for text, _ in note))
            else:
                self._extend(known, note)
                self._threads.answer(known.get("ref", ""), "".join(text for text, _ in note))
        self._save(shapes)

    @property
    def _list(self) -> Element:
        return self._root.find(f"{{{MAIN}}}commentList")

    def _author(self) -> int:
        from lxml import etree

        authors = self._root.find(f"{{{MAIN}}}authors")
        names = [one.text or "" for one in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{{{MAIN}}}author").text = AUTHOR
            names.append(AUTHOR)
        return names.index(AUTHOR)

    def _add(self, cell: Cell, note: Note) -> None:
        from lxml import etree

        ref = f"{letters(cell[1])}{cell[0]}"
        one = etree.SubElement(self._list, f"{{{MAIN}}}comment", ref=ref, authorId=str(self._author()), shapeId="0")
        _write(etree.SubElement(one, f"{{{MAIN}}}text"), note)

    def _extend(self, comment: Element, note: Note) -> None:
        from lxml import etree

        text = comment.find(f"{{{MAIN}}}text")
        for plain in text.findall(f"{{{MAIN}}}t"):  # a text without runs may hold one piece only
            run = etree.Element(f"{{{MAIN}}}r")
            text.replace(plain, run)
            run.append(plain)
        _write(text, [(_LINE, False), *note])

    def _forget(self) -> list[Cell]:
        """Our notes out, and our words out of the park's notes; the cells whose note is gone."""
        authors = [one.text or "" for one in self._root.find(f"{{{MAIN}}}authors")]
        gone = []
        for one in list(self._list):
            number = one.get("authorId", "")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            if author == AUTHOR or "".join(one.itertext()).startswith(BEGINS):
                self._list.remove(one)
                gone.append(place(one.get("ref", "")))
            else:
                _cut(one.find(f"{{{MAIN}}}text"))
        self._threads.forget()
        return [cell for cell in gone if cell is not None]

    def _shapes(self, outline: Outline, *, needed: bool) -> Shapes:
        relation = drawing_of(outline)
        part = (
            next((one.target for one in self._book.relations(self._sheet) if one.id == relation), "")
            if relation
            else ""
        )
        if part not in self._book and needed:
            part = self._book.free("xl/drawings/vmlDrawing{}.vml")
            if not relation:
                add_drawing(outline, self._book.relate(self._sheet, f"{OFFICE}/vmlDrawing", part))
        return Shapes(self._book, part, widths(outline))

    def _save(self, shapes: Shapes) -> None:
        if not len(self._list):  # a program may stumble over a list of nothing
            if self._part and self._relation:
                self._book.drop(self._part)
                self._book.unrelate(self._sheet, self._relation.id)
        else:
            if not self._part:
                self._part = self._book.free("xl/comments{}.xml")
                self._book.relate(self._sheet, f"{OFFICE}/comments", self._part)
            self._book.put_tree(self._part, self._root, _TYPE)
        shapes.save(_VML_TYPE)
        self._threads.save()


def _write(text: Element, note: Note) -> None:
    from lxml import etree

    from verify.submission.template.looks import FONT

    for words, bold in note:
        run = etree.SubElement(text, f"{{{MAIN}}}r")
        look = etree.SubElement(run, f"{{{MAIN}}}rPr")
        if bold:
            etree.SubElement(look, f"{{{MAIN}}}b")
        etree.SubElement(look, f"{{{MAIN}}}sz", val="10")
        etree.SubElement(look, f"{{{MAIN}}}rFont", val=FONT)
        piece = etree.SubElement(run, f"{{{MAIN}}}t")
        piece.text = words
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cut(text: Element | None) -> None:
    """What stands behind our line, and the line itself, out of a note of the park."""
    if text is None:
        return
    ours = False
    for run in list(text):
        if ours:
            text.remove(run)
            continue
        for piece in run.iter(f"{{{MAIN}}}t"):
            before, found, _ = (piece.text or "").partition(_LINE.strip("\n"))
            if found:
                ours, piece.text = True, before.removesuffix("\n")
        if ours and not "".join(run.itertext()):
            text.remove(run)

"""The part of styles: what a mark and the list of findings look like, appended behind everything that is there."""

from __future__ import annotations

from typing import Any

from verify.submission.marking.package import MAIN, OFFICE, Book
from verify.submission.template.looks import FONT

Element = Any  # of lxml, whose stubs take every child for optional

# ground, line, colour of the line: told apart without colour too (the line differs, and the note says it in words)
LOOKS = {
    "error": ("FFFBD5D0", "thin", "FFB3261E"),
    "warning": ("FFFDE7BF", "dashed", "FF9A5B00"),
    "question": ("FFD6E6F7", "dotted", "FF1F5C99"),
    "note": ("FFE8EAED", "hair", "FF5B6770"),
}
# CT_Stylesheet in order; a part that lacks one gets it at its place
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The styles of a book; everything asked for is found or appended, nothing that is there changes its number."""

    def __init__(self, book: Book) -> None:
        from lxml import etree

        self._book = book
        self._part = next((one.target for one in book.relations(book.main) if one.kind == "styles"), "")
        if self._part in book:
            self._root = book.tree(self._part)
        else:  # a book without styles: the first of each kind is the plain one
            self._part = book.free("xl/styles{}.xml")
            book.relate(book.main, f"{OFFICE}/styles", self._part)
            self._root = etree.fromstring(
                f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill '
                'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
                '<border/></borders><cellXfs count="1"><xf/></cellXfs></styleSheet>'
            )

    def marks(self) -> dict[str, int]:
        """The differential format of each severity."""
        return {severity: self._dxf(*look) for severity, look in LOOKS.items()}

    def cell(
        self, *, bold: bool = False, size: str = "10.5", colour: str = "", fill: str = "", line: str = "",
        line_colour: str = "", link: bool = False, wrap: bool = True, middle: bool = False,
    ) -> int:  # fmt: skip
        """The number of a cell format for the list of findings."""
        colour = "FF1F5C99" if link else colour
        font = self._put(
            "fonts",
            f"<font>{'<b/>' * bold}{'<u/>' * link}<sz val='{size}'/>"
            + (f"<color rgb='{colour}'/>" if colour else "")
            + f"<name val='{FONT}'/></font>",
        )
        ground = self._put("fills", _fill(fill, dxf=False)) if fill else 0
        edge = self._put("borders", _border(line, line_colour)) if line else 0
        align = f"<alignment vertical='{'center' if middle else 'top'}'{' wrapText=' + repr('1') if wrap else ''}/>"
        return self._put(
            "cellXfs",
            f"<xf numFmtId='49' fontId='{font}' fillId='{ground}' borderId='{edge}' xfId='0' applyNumberFormat='1' "
            f"applyFont='1' applyFill='1' applyBorder='1' applyAlignment='1'>{align}</xf>",
        )

    def save(self) -> None:
        """Write the part."""
        self._book.put_tree(self._part, self._root, _STYLES_TYPE)

    def _dxf(self, ground: str, line: str, colour: str) -> int:
        return self._put("dxfs", f"<dxf>{_fill(ground, dxf=True)}{_border(line, colour)}</dxf>")

    def _put(self, kind: str, text: str) -> int:
        from lxml import etree

        new = etree.fromstring(f'<x xmlns="{MAIN}">{text}</x>')[0]
        held = self._collection(kind)
        for at, one in enumerate(held):
            if _same(one, new):
                return at
        held.append(new)
        held.set("count", str(len(held)))
        return len(held) - 1

    def _collection(self, kind: str) -> Element:
        from lxml import etree

        found = self._root.find(f"{{{MAIN}}}{kind}")
        if found is None:
            found = etree.Element(f"{{{MAIN}}}{kind}")
            behind = {f"{{{MAIN}}}{one}" for one in _ORDER[_ORDER.index(kind) + 1 :]}
            place = next((at for at, one in enumerate(self._root) if one.tag in behind), len(self._root))
            self._root.insert(place, found)
        return found


def _same(one: Element, other: Element) -> bool:
    return (
        one.tag == other.tag
        and dict(one.attrib) == dict(other.attrib)
        and (one.text or "").strip() == (other.text or "").strip()
        and len(one) == len(other)
        and all(map(_same, one, other))
    )


def _fill(colour: str, *, dxf: bool) -> str:
    """A plain ground: a differential format names it as the background, a cell format as the foreground."""
    inside = f"<bgColor rgb='{colour}'/>" if dxf else f"<fgColor rgb='{colour}'/><bgColor indexed='64'/>"
    return f"<fill><patternFill patternType='solid'>{inside}</patternFill></fill>"


def _border(line: str, colour: str) -> str:
    sides = "".join(
        f"<{one} style='{line}'><color rgb='{colour}'/></{one}>" for one in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}</border>"

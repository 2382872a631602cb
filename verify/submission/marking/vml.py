"""The boxes of notes. Legacy drawings are not always XML (Excel writes a bare ``<br>``), so their bytes are spliced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.submission.marking.package import Book, utf8
from verify.submission.template.looks import lines_needed

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = "_x0000_t202"
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="{_KIND}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BLOCK = 1024  # shape ids of one block (o:idmap)
_WIDTH, _CHARACTERS = 324, 46  # of a box, in pixels and in columns of text at 10 points
_LINE, _MOST_LINES = 18, 24  # pixels
_ROW, _COLUMN = 20, 64  # pixels of a plain row and column
_PIXELS, _PADDING = 7, 5  # of a character of a column's width, and around it
_SHAPE = re.compile(
    rb"<(?:[^\s:<>]+:)?shape\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>.*?</(?:[^\s:<>]+:)?shape\s*>", re.DOTALL
)
_MAP = re.compile(rb"(<o:idmap\b[^>]*?\bdata=[\"'])([\d,\s]*)([\"'])")


class Shapes:
    """The drawing of one sheet's notes; `widths`: (first column, last column, width in characters)."""

    def __init__(self, book: Book, part: str, widths: Sequence[tuple[int, int, float]]) -> None:
        self._book, self._part, self._widths = book, part, widths
        self._data = utf8(book.read(part)) if part in book else b""
        self._added: list[str] = []
        self._ids: list[int] = []
        self._blocks: list[int] = []

    def remove(self, row: int, column: int) -> None:
        """Take the box of one cell away."""
        where = (b"Row>%d<" % (row - 1), b"Column>%d<" % (column - 1), b'ObjectType="Note"')

        def kept(found: re.Match[bytes]) -> bytes:
            return b"" if all(one in found[0] for one in where) else found[0]

        self._data = _SHAPE.sub(kept, self._data)

    def add(self, row: int, column: int, text: str) -> None:
        """A hidden box beside a cell, as large as its text needs."""
        lines = min(max(lines_needed(text, _CHARACTERS), 2), _MOST_LINES) + 1
        right, rest = self._across(column + 1, _WIDTH)
        bottom, below = divmod(lines * _LINE, _ROW)
        top = max(row - 2, 0)
        anchor = f"{column}, 12, {top}, 4, {right - 1}, {rest}, {top + bottom}, {below}"
        self._added.append(
            f'<v:shape {_SPACES} id="_x0000_s{self._id()}" type="#{_KIND}" style=\'position:absolute;'
            f"width:{_WIDTH * 3 // 4}pt;height:{lines * _LINE * 3 // 4}pt;z-index:1;visibility:hidden' "
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
            'obscured="t"/><v:path o:connecttype="none"/><v:textbox style=\'mso-direction-alt:auto\'><div '
            "style='text-align:left'></div></v:textbox>"
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
            f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
        )

    def save(self, content_type: str) -> None:
        """Write the part where it changed."""
        if not self._part:
            return
        data = self._data
        if not data:
            mapped = ",".join(map(str, self._blocks)) or "1"
            data = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{mapped}"/></o:shapelayout></xml>'.encode()
        elif self._blocks:
            more = ",".join(map(str, self._blocks)).encode()
            data = _MAP.sub(lambda found: found[1] + found[2] + b"," + more + found[3], data, count=1)
        if self._added:
            kind = "" if f'id="{_KIND}"'.encode() in data else _SHAPE_TYPE
            at = data.rfind(b"</")
            data = data[:at] + (kind + "".join(self._added)).encode() + data[at:]
        self._book.write(self._part, data, content_type)

    def _id(self) -> int:
        """A shape id of a block that no drawing of the book uses."""
        if not self._ids:
            block = max(self._taken(), default=0) + 1 if not self._blocks else self._blocks[-1] + 1
            self._blocks.append(block)
            self._ids = list(range(block * _BLOCK + _BLOCK - 1, block * _BLOCK, -1))
        return self._ids.pop()

    def _taken(self) -> list[int]:
        found = []
        for part in self._book.parts:
            if part.lower().endswith(".vml"):
                data = utf8(self._book.read(part))
                found += [
                    int(one) for _, held, _ in _MAP.findall(data) for one in held.split(b",") if one.strip().isdigit()
                ]
                found += [int(one) // _BLOCK for one in re.findall(rb"_x0000_s(\d{1,9})", data)]
        return found

    def _across(self, column: int, pixels: int) -> tuple[int, int]:
        """The column in which a box ends that begins with `column` (from 1), and how far into it."""
        while True:
            wide = next((width for first, last, width in self._widths if first <= column <= last), None)
            room = _COLUMN if wide is None else int(wide * _PIXELS) + _PADDING
            if pixels <= room or column >= 16_383:
                return column, min(pixels, room)
            pixels -= room
            column += 1

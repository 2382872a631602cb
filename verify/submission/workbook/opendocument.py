"""What must be known of an .ods before calamine unfolds it: that its repeats are not a bomb."""

from __future__ import annotations

from verify.errors import Unreadable
from verify.submission.workbook.archive import Archive
from verify.submission.workbook.parts import attribute, elements

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_MOST_CELLS = 1 << 24  # 50 columns for 300,000 rows, about 1 GiB once unfolded


def is_opendocument(archive: Archive) -> bool:
    """Whether the zip says that it is an OpenDocument spreadsheet (template and flat forms excepted)."""
    return "mimetype" in archive and archive.read("mimetype", 4096).decode("ascii", "replace").strip() == _MIMETYPE


def refuse_repeats(archive: Archive, file: str) -> None:
    """Raise Unreadable where ``number-rows-repeated`` and its like unfold to more cells than a reader can hold.

    Repeats of nothing at the end of a row, and empty rows, cost nothing and are in every .ods.
    """
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("workbook.encrypted", file=file)
    cells = 0
    for row in elements(archive.pieces(_CONTENT), file, _CONTENT, ["table-row"]):
        width = empty = 0
        for cell in row:
            repeated = _repeated(attribute(cell, "number-columns-repeated"))
            empty += repeated
            if len(cell) or attribute(cell, "value-type"):
                width, empty = width + empty, 0
        if width:
            cells += width * _repeated(attribute(row, "number-rows-repeated"))
        if cells > _MOST_CELLS:
            raise Unreadable("workbook.bomb", file=file, part=_CONTENT)


def _repeated(text: str) -> int:
    """A repeat attribute; absent it is 1, and what is no sane number is too many."""
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else _MOST_CELLS + 1

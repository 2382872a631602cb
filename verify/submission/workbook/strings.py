"""Texts of a workbook: shared strings, inline strings, and the escapes inside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from verify.submission.workbook.archive import Archive
from verify.submission.workbook.parts import elements, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shared_strings(archive: Archive, file: str, part: str) -> list[str]:
    """The shared string table, in order. A workbook without the part has none."""
    if part not in archive:
        return []
    return [rich_text(item) for item in elements(archive.pieces(part), file, part, ["si"])]


def rich_text(item: Element) -> str:
    """The text of an ``si`` or ``is``: its runs joined, without the phonetic guide (``rPh``)."""
    out = []
    for child in item:
        name = local(child)
        if name == "t":
            out.append(child.text or "")
        elif name == "r":
            out += [run.text or "" for run in child if local(run) == "t"]
    return unescaped("".join(out))


def unescaped(text: str) -> str:
    """``_x000D_`` and its like as the characters that they stand for (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text

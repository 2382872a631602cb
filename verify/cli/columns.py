"""Columns on a terminal, where a Chinese character is as wide as two letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, east_asian_width

import click

WIDEST = 100  # cells of a line that a person reads without wrapping


def width(text: str) -> int:
    """Cells that `text` takes; colour takes none."""
    return sum(_cells(one) for one in click.unstyle(text))


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """`text` with spaces up to `cells`, on its left if `right`."""
    space = " " * max(0, cells - width(text))
    return space + text if right else text + space


def aligned(rows: Sequence[Sequence[str]], *, right: Iterable[int] = (), gap: int = 2, most: int = 44) -> list[str]:
    """`rows` as lines. Columns in `right` (from 0) end together, the others begin together, the last is not padded.

    A cell wider than `most` does not widen its column; what follows it in that line moves on.
    """
    if not rows:
        return []
    numbers = frozenset(right)
    count = max(len(row) for row in rows)
    widths = [max((min(width(row[at]), most) for row in rows if at < len(row)), default=0) for at in range(count)]
    lines = []
    for row in rows:
        cells = [
            cell if at == len(row) - 1 and at not in numbers else padded(cell, widths[at], right=at in numbers)
            for at, cell in enumerate(row)
        ]
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def wrapped(text: str, cells: int, indent: str = "") -> Iterator[str]:
    """`text` in lines of at most `cells`: broken between words, and between any two Chinese characters."""
    line = ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > cells - width(indent):
            yield indent + line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield indent + line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Words with the space after them; a Chinese character stands alone, with the punctuation that follows it."""
    piece = ""
    for one in text:
        wide = _cells(one) == 2
        closes = one in "，。；：、）”》！？"
        if piece and not closes and (wide or piece[-1] == " " or _cells(piece[-1]) == 2) and piece[-1] not in "（“《":
            yield piece
            piece = ""
        piece += one
    if piece:
        yield piece


def _cells(one: str) -> int:
    return 0 if combining(one) else 2 if east_asian_width(one) in {"W", "F"} else 1

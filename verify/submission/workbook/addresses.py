"""Cell addresses: letters and numbers of columns, ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

COLUMNS = 16_384  # XFD, the last column of Excel
ROWS = 1_048_576
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@lru_cache(maxsize=COLUMNS)
def letters(column: int) -> str:
    """The letters of a 1-based column: 1 is A, 28 is AB."""
    out = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


@lru_cache(maxsize=COLUMNS)
def column_of(text: str) -> int:
    """The 1-based column of letters."""
    number = 0
    for character in text.upper():
        number = number * 26 + ord(character) - ord("A") + 1
    return number


def place(address: str) -> tuple[int, int] | None:
    """(row, column) of an address such as ``C5``, None where it is none or lies outside a sheet."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    row, column = int(found.group(2)), column_of(found.group(1))
    return (row, column) if 1 <= row <= ROWS and 1 <= column <= COLUMNS else None


def area(text: str) -> Range | None:
    """The range that ``A1:C3`` (or ``A1``) writes, None where it is none."""
    first, _, last = text.partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return None
    return Range(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))

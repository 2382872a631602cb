"""The children of a worksheet by their places in its bytes, so that the rest of the part keeps its bytes.

The cells are skipped unread: neither a mark nor a note needs one to be there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.errors import Unreadable
from verify.submission.marking.package import utf8

_ATTRIBUTES = rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<close>/?)(?P<name>[^\s/>!?]+)" + _ATTRIBUTES + rb"(?P<empty>/?)>",
    re.DOTALL,
)
_END_OF_CELLS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(?P<end></(?:[^\s:/>]+:)?sheetData\s*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Child:
    """One child of the root: local name, first byte, byte behind it."""

    name: str
    start: int
    end: int


class Outline:
    """The children of a worksheet part, and splices into it. Raises Unreadable where the part is not well-formed."""

    def __init__(self, data: bytes, file: str, part: str) -> None:
        self.data = utf8(data)
        self.children: list[Child] = []
        self.prefix = b""
        self.end = -1  # where the root closes
        self._edits: list[tuple[int, int, bytes]] = []
        try:
            self._read()
        except ValueError:
            raise Unreadable("workbook.damaged_part", file=file, part=part) from None

    def text(self, child: Child) -> bytes:
        """The bytes of a child."""
        return self.data[child.start : child.end]

    def first(self, name: str) -> Child | None:
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    def before(self, names: frozenset[str]) -> int:
        """The place before the first child of these names, else before the end of the root."""
        return next((one.start for one in self.children if one.name in names), self.end)

    def replace(self, start: int, end: int, data: bytes) -> None:
        """Put `data` in place of the bytes from `start` to `end`."""
        self._edits.append((start, end, data))

    def spliced(self) -> bytes:
        """The part with every edit; those at one place in the order in which they were asked for."""
        out, at = [], 0
        for start, end, data in sorted(self._edits, key=lambda one: one[0]):
            out += [self.data[at:start], data]
            at = end
        return b"".join([*out, self.data[at:]]) if out else self.data

    def _read(self) -> None:
        depth, at, opened = 0, 0, ("", 0)
        while self.end < 0:
            token = _TOKEN.search(self.data, at)
            if token is None:
                raise ValueError("no end")
            at = token.end()
            if token["name"] is None:
                continue
            prefix, _, local = token["name"].rpartition(b":")
            name = local.decode("utf-8", "replace")
            if token["close"]:
                depth -= 1
                if depth == 1:
                    self.children.append(Child(*opened, token.end()))
                elif depth == 0:
                    self.end = token.start()
            elif token["empty"]:
                if depth == 0:
                    raise ValueError("empty root")
                if depth == 1:
                    self.children.append(Child(name, token.start(), token.end()))
            else:
                if depth == 0:
                    self.prefix = prefix + b":" if prefix else b""
                if depth == 1:
                    opened = (name, token.start())
                if depth == 1 and name == "sheetData":
                    at = self._behind_cells(at, token.start())
                else:
                    depth += 1

    def _behind_cells(self, at: int, start: int) -> int:
        for found in _END_OF_CELLS.finditer(self.data, at):
            if found["end"]:
                self.children.append(Child("sheetData", start, found.end()))
                return found.end()
        raise ValueError("cells without end")

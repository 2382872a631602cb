"""Checkpoints: origin, size, root (C2SP tlog-checkpoint v1.0.0), the text that a log signs as a note."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from verify.attest import shape
from verify.attest.log import note as notes
from verify.attest.log.merkle import HASH
from verify.attest.log.note import Key, Note
from verify.errors import NotVerified

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of its tree: `size` leaves with this root of 32 octets. We write no extension lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text of the note."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode("ascii"), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read(text: str) -> Checkpoint:
    """The checkpoint of a note's text. Raises NotVerified `log.checkpoint`."""
    try:
        return _read(text)
    except ValueError as error:
        raise NotVerified("log.checkpoint", detail=str(error)) from None


def verified(note: Note, key: Key) -> Checkpoint:
    """The checkpoint that the log of this key signed. Raises NotVerified as `note.verify`, `log.checkpoint`, and
    `log.origin` where the origin is not the name of the key."""
    notes.verify(note, key)
    found = read(note.text)
    if found.origin != key.name:
        raise NotVerified("log.origin", origin=found.origin, key=key.name)
    return found


def _read(text: str) -> Checkpoint:
    *lines, end = text.split("\n")
    if end or len(lines) < 3 or not all(lines):
        raise ValueError("not at least three lines, none of them empty")
    if not _SIZE.fullmatch(lines[1]):
        raise ValueError("no size")
    root = shape.octets(lines[2], "root")
    if len(root) != HASH:
        raise ValueError("no root")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))

"""A proof that fits in a text file: index, path, checkpoint, and what opens the entry (C2SP tlog-proof v1)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.attest import shape
from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import merkle
from verify.attest.log import note as notes
from verify.attest.log.note import Note
from verify.errors import NotVerified

_HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)


@dataclass(frozen=True)
class Proof:
    """`extra` is signed by nobody: we put the opening of the entry there, which its digest vouches for."""

    index: int
    path: Sequence[bytes]
    note: Note
    extra: bytes = b""

    def data(self) -> bytes:
        """The octets of the file."""
        lines = [_HEAD]
        if self.extra:
            lines.append(f"extra {_text(self.extra)}")
        lines += [f"index {self.index}", *(_text(one) for one in self.path), "", ""]
        return "\n".join(lines).encode() + self.note.data()

    def verify(self, entry: bytes) -> None:
        """Whether the entry stands at its index under the checkpoint, whose signatures are for others to judge. Raises
        NotVerified as `merkle.verify_inclusion`, `log.checkpoint`."""
        found = checkpoints.read(self.note.text)
        merkle.verify_inclusion(merkle.leaf_hash(entry), self.index, found.size, self.path, found.root)


def read(data: bytes) -> Proof:
    """The proof of a file, not yet verified. Raises NotVerified `log.proof`, `log.note`."""
    head, _, note = data.partition(b"\n\n")
    try:
        found = _read(head, notes.read(note))
    except ValueError as error:
        raise NotVerified("log.proof", detail=str(error)) from None
    if found.data() != data:
        raise NotVerified("log.proof", detail="not in its one form")
    return found


def _read(head: bytes, note: Note) -> Proof:
    first, *lines = head.decode("ascii").split("\n")
    if first != _HEAD or not lines:
        raise ValueError("not the head of a proof")
    extra = shape.octets(lines.pop(0)[6:], "extra") if lines[0].startswith("extra ") else b""
    index = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if index is None:
        raise ValueError("no index")
    return Proof(int(index[1]), [shape.octets(one, "path") for one in lines], note, extra)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")

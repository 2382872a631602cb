"""Whom a reader believes: keys of logs and witnesses, and how many of these must have signed (C2SP tlog-policy).

The file comes from the accreditation body, as the trust root does, never from the bundle or the log.

    log log.example.org/truezero+1a2b3c4d+AR…
    witness regulator witness.gov.example+5e6f7a8b+BA…
    witness ngo watch.example.org+9c0d1e2f+BB…
    group both all regulator ngo
    quorum both
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import cosignature
from verify.attest.log import note as notes
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.note import COSIGNATURE, ED25519, Key, Note
from verify.errors import NotVerified

LEAST = 2  # L5: witnesses of a checkpoint, whatever the quorum of the file
NONE = "none"
_LARGEST = 100_000  # octets of a policy
_LETTERS = re.compile(r"[\t\n\x20-\x7e\x80-\xff]*")


@dataclass(frozen=True)
class Group:
    """So many of these names, witnesses or groups, must have signed."""

    least: int
    names: Sequence[str]


@dataclass(frozen=True)
class Trust:
    """`witnesses` and `groups` by the names of the file; `quorum` is one of them, or `none`."""

    logs: Sequence[Key]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, Group]
    quorum: str

    def log(self, origin: str) -> Key:
        """The key of the log of this origin. Raises NotVerified `log.unknown`."""
        for one in self.logs:
            if one.name == origin:
                return one
        raise NotVerified("log.unknown", origin=origin)

    def checkpoint(self, note: Note) -> Checkpoint:
        """The checkpoint, signed by the log that it names. Raises NotVerified `log.unknown` and as `checkpoint.verified`."""
        return checkpoints.verified(note, self.log(checkpoints.read(note.text).origin))

    def cosigned(self, note: Note) -> dict[str, int]:
        """When each witness cosigned, in seconds since 1970, by its name in the file. Raises NotVerified `log.cosignature`
        where a line of a known witness does not hold, `log.quorum` where too few signed (L5)."""
        times = {name: cosignature.time_of(note, key) for name, key in self.witnesses.items()}
        found = {name: at for name, at in times.items() if at is not None}
        if len(found) < LEAST or not self._signed(self.quorum, found):
            raise NotVerified("log.quorum", count=str(len(found)), known=str(len(times)), least=str(LEAST))
        return found

    def _signed(self, name: str, cosigned: Iterable[str]) -> bool:
        if name == NONE or name in self.witnesses:
            return name == NONE or name in cosigned
        group = self.groups[name]
        return sum(self._signed(one, cosigned) for one in group.names) >= group.least


@dataclass
class _Lines:
    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""
    members: set[str] = field(default_factory=set)


def read(data: bytes) -> Trust:
    """The policy of a file. Raises NotVerified `log.policy` with the line, `log.vkey`."""
    text = data.decode("latin-1")  # names are octets
    found = _Lines()
    if len(data) > _LARGEST or not _LETTERS.fullmatch(text):
        raise NotVerified("log.policy", line="0", detail="too large, or no text")
    for number, line in enumerate(text.split("\n"), 1):
        words = [one for one in re.split(r"[ \t]+", line) if one]
        if not words or words[0].startswith("#"):
            continue
        try:
            _line(found, words)
        except ValueError as error:
            raise NotVerified("log.policy", line=str(number), detail=str(error)) from None
    if not found.quorum:
        raise NotVerified("log.policy", line="0", detail="no quorum")
    return Trust(tuple(found.logs), found.witnesses, found.groups, found.quorum)


def _line(found: _Lines, words: list[str]) -> None:
    kind, *rest = words
    if kind == "log" and len(rest) in {1, 2}:
        found.logs.append(_key(found, rest[0], ED25519))
    elif kind == "witness" and len(rest) in {2, 3}:
        _new(found, rest[0])
        found.witnesses[rest[0]] = _key(found, rest[1], COSIGNATURE)
    elif kind == "group" and len(rest) >= 3:
        _new(found, rest[0])
        found.groups[rest[0]] = _group(found, rest[1], rest[2:])
    elif kind == "quorum" and len(rest) == 1 and not found.quorum:
        if rest[0] != NONE:
            _known(found, rest[0])
        found.quorum = rest[0]
    else:
        raise ValueError(f"{kind}: no line of a policy, or not there")


def _key(found: _Lines, text: str, kind: int) -> Key:
    key = notes.read_key(text.encode("latin-1").decode("utf-8"))
    if key.kind != kind:
        raise ValueError("a key of another type")
    if key.public in {one.public for one in (*found.logs, *found.witnesses.values())}:  # L6 too: no log is its witness
        raise ValueError("one key stands twice")
    return key


def _group(found: _Lines, least: str, names: list[str]) -> Group:
    for one in names:
        _known(found, one)
        if one in found.members:
            raise ValueError(f"{one}: stands in two groups, or twice")
        found.members.add(one)
    if least not in {"all", "any"} and not re.fullmatch(r"[1-9][0-9]{0,3}", least, re.ASCII):
        raise ValueError("no number of members")
    wanted = {"all": len(names), "any": 1}.get(least) or int(least)
    if wanted > len(names):
        raise ValueError("more than there are members")
    return Group(wanted, tuple(names))


def _new(found: _Lines, name: str) -> None:
    if name == NONE or name in found.witnesses or name in found.groups:
        raise ValueError(f"{name}: stands twice, or may not be a name")


def _known(found: _Lines, name: str) -> None:
    if name not in found.witnesses and name not in found.groups:
        raise ValueError(f"{name}: not named before")

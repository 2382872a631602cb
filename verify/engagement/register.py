"""The register of an engagement: events in the order in which they happened, each chained to the one before.

``register.jsonl``: one RFC 8785 object a line; `before` is the SHA-256 of the bytes of the line before, without its end.
Nothing is altered or taken out. The chain shows what was altered, left out or put between; that lines were taken off its
end shows only against the head, which `status` and the conclusion print. One writer at a time; a second one is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from verify.canonical import canonical_bytes
from verify.canonical.files import write_over
from verify.canonical.reading import read_canonical
from verify.errors import WrongUsage

NAME, LOCK = "register.jsonl", ".lock"
FORMAT = "truezero-engagement/1"
START = "0" * 64
_KEYS = {"at", "before", "by", "data", "event"}


@dataclass(frozen=True)
class Event:
    """Something that happened: when (RFC 3339, one offset throughout), who says so, what (`event`) and its data."""

    at: str
    by: str
    event: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Register:
    """What a register holds. `head` is the digest of its last line, 64 zeros where there is none."""

    events: tuple[Event, ...]
    head: str
    lines: bytes = b""


def read(folder: Path) -> Register:
    """The register of an engagement. Raises WrongUsage `engage.none`, `engage.line`, `engage.chain`."""
    path = folder / NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise WrongUsage("engage.none", folder=str(folder)) from None
    return parsed(data, str(path))


def parsed(data: bytes, name: str) -> Register:
    """The register of these bytes; `name` is the file's in errors. Raises as `read`."""
    lines = data.split(b"\n")
    if lines.pop() != b"":  # every line ends: a part of one was not written by us
        raise WrongUsage("engage.line", file=name, line=len(lines) + 1)
    head, events = START, []
    for number, line in enumerate(lines, 1):
        events.append(_event(line, head, name, number))
        head = sha256(line).hexdigest()
    return Register(tuple(events), head, data)


def extended(register: Register, events: Sequence[Event]) -> Register:
    """The register with `events` behind what is there. Pure."""
    head, lines = register.head, [register.lines]
    for one in events:
        line = canonical_bytes({"at": one.at, "before": head, "by": one.by, "data": dict(one.data), "event": one.event})
        head = sha256(line).hexdigest()
        lines.append(line + b"\n")
    return Register((*register.events, *events), head, b"".join(lines))


def write(folder: Path, register: Register) -> None:
    """Put the register on disk: under another name first, then by one rename. Only inside `alone`. Raises OSError."""
    write_over({folder / NAME: register.lines})


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else writes meanwhile; the lock goes with the process. Raises WrongUsage `engage.busy`, `engage.none`."""
    if not folder.is_dir():
        raise WrongUsage("engage.none", folder=str(folder))
    with (folder / LOCK).open("ab") as stream:
        try:
            _hold(stream)
        except OSError:
            raise WrongUsage("engage.busy", folder=str(folder)) from None
        yield


def _hold(stream: BinaryIO) -> None:
    if os.name == "nt":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _event(line: bytes, head: str, name: str, number: int) -> Event:
    try:
        found = read_canonical(line)
    except ValueError:
        raise WrongUsage("engage.line", file=name, line=number) from None
    if not isinstance(found, dict) or set(found) != _KEYS or not isinstance(found["data"], dict):
        raise WrongUsage("engage.line", file=name, line=number)
    if not all(isinstance(found[key], str) for key in ("at", "before", "by", "event")):
        raise WrongUsage("engage.line", file=name, line=number)
    if found["before"] != head:
        raise WrongUsage("engage.chain", file=name, line=number)
    return Event(found["at"], found["by"], found["event"], found["data"])

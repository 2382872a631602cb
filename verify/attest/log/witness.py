"""A witness: cosigns a checkpoint only where it continues the one that it saw last (C2SP tlog-witness), and remembers that first.

What it saw is kept in a file of its own, per log; a log that shows it an older or another tree is refused, for good.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.attest import shape
from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import cosignature, folder, merkle
from verify.attest.log import note as notes
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.note import Key, Signature
from verify.attest.log.reading import Log
from verify.canonical import canonical_bytes
from verify.canonical.files import write_over
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified, WrongUsage

_FORMAT = "truezero-witness/1"


def witness(
    log: Log, key: Key, state: Path, name: str, private: Ed25519PrivateKey, now: datetime
) -> tuple[Checkpoint | None, Signature]:
    """What the witness saw last (None: nothing of this log), and its line over the checkpoint.

    `state` is its memory. Raises NotVerified as `checkpoint.verified`; `log.rolled_back`, `log.consistency` where the log does
    not continue what was seen; `log.missing`, `log.tile`; WrongUsage `log.witness_state`, `log.bad_witness`.
    """
    try:
        notes.name(name)
    except ValueError:
        raise WrongUsage("log.bad_witness", name=name) from None
    now_there = checkpoints.verified(log.note, key)
    with folder.exclusively(state.with_name(f".{state.name}.lock")):
        seen = _read(state)
        before = seen.get(str(key))
        follows(before, now_there, log)
        seen[str(key)] = now_there
        write_over({state: _data(seen)})  # before anybody can have the line
    return before, cosignature.make(log.note.text, name, private, int(now.timestamp()))


def follows(before: Checkpoint | None, now: Checkpoint, log: Log) -> None:
    """Whether the log at `now` continues `before`, by its own tiles. Raises NotVerified `log.rolled_back`, `log.origin`,
    `log.consistency`, `log.missing`, `log.tile`."""
    if before is None:
        return
    if before.origin != now.origin:
        raise NotVerified("log.origin", origin=now.origin, key=before.origin)
    if now.size < before.size:
        raise NotVerified("log.rolled_back", old=str(before.size), new=str(now.size))
    path = merkle.consistency(before.size, now.size, log.whole())
    merkle.verify_consistency(before.size, now.size, path, before.root, now.root)


def _read(state: Path) -> dict[str, Checkpoint]:
    try:
        data = state.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        held = shape.members(read_canonical(data), "format", "logs")
        shape.one_of(held["format"], (_FORMAT,), "format")
        return {vkey: _seen(one) for vkey, one in shape.members(held["logs"], optional=held["logs"]).items()}
    except (ValueError, NotVerified):
        raise WrongUsage("log.witness_state", path=str(state)) from None


def _seen(value: object) -> Checkpoint:
    held: Mapping[str, Any] = shape.members(value, "origin", "root", "size")
    return checkpoints.read(f"{shape.text(held['origin'], 'origin')}\n{held['size']}\n{held['root']}\n")


def _data(seen: Mapping[str, Checkpoint]) -> bytes:
    logs = {
        vkey: {"origin": one.origin, "root": base64.b64encode(one.root).decode("ascii"), "size": str(one.size)}
        for vkey, one in seen.items()
    }
    return canonical_bytes({"format": _FORMAT, "logs": logs})

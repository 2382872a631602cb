"""Appending: numbers are given and rules are held under the lock; entries and hashes are on disk before the checkpoint names them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.attest import shape
from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import ed25519, entries, folder, merkle, numbering, reading, rules, tiles
from verify.attest.log import note as notes
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.entries import Entry, Opening
from verify.attest.log.note import ED25519, Key, Signature
from verify.attest.log.numbering import Numbers
from verify.attest.log.reading import Log
from verify.errors import NotVerified, WrongUsage

Seen = dict[tuple[str, int], Entry]  # entries by body and number
Standing = dict[tuple[str, int], int]  # of each engagement, the number of the verdict in force


@dataclass(frozen=True)
class Draft:
    """An entry before it has number and date; the links are numbers of the same body."""

    opening: Opening
    deadline: str | None = None
    engagement: int | None = None
    about: int | None = None


def create(path: Path, origin: str, private: Ed25519PrivateKey) -> Key:
    """A new, empty log in a new folder, and the key that it is verified by. Raises WrongUsage `log.exists`, `log.bad_origin`."""
    try:
        key = Key(notes.name(origin), ED25519, ed25519.public_of(private))
    except ValueError:
        raise WrongUsage("log.bad_origin", origin=origin) from None
    path.mkdir(exist_ok=True)
    if any(
        not one.name.endswith(".part") for one in path.iterdir()
    ):  # a part: a run that was killed before it was a log
        raise WrongUsage("log.exists", path=str(path))
    empty = Checkpoint(origin, 0, merkle.EMPTY)
    folder.write(path, folder.CHECKPOINT, notes.sign(empty.text(), origin, private).data())
    return key


def append(path: Path, private: Ed25519PrivateKey, drafts: Sequence[Draft], now: datetime) -> list[tuple[int, Entry]]:
    """The entries of these drafts at their indices, under one new checkpoint; all of them, or none.

    `now` is the log's clock; a date never goes below that of the entry before. Raises WrongUsage `log.no_log`, `log.link`
    where an entry does not follow from those before (L1, L4), `log.entry_wrong`; NotVerified where the folder is not what the
    last checkpoint says: nothing is signed over it.
    """
    with folder.locked(path):
        log = reading.open_log(path)
        checkpoints.verified(log.note, Key(log.checkpoint.origin, ED25519, ed25519.public_of(private)))
        edge, last = _edge(log)
        with numbering.opened(log) as numbers:
            made = _numbered(log, numbers, last, drafts, shape.stamp(now))
            data = [one.data() for one in made]
            files, size = _grown(log.size, edge, last, data)
            for name, content in files.items():
                folder.write(path, name, content)
            head = Checkpoint(log.checkpoint.origin, size, tiles.root_of_edge(edge))
            folder.write(path, folder.CHECKPOINT, notes.sign(head.text(), head.origin, private).data())
            with suppress(sqlite3.Error):  # the entries are logged; the cache catches up at the next append
                numbers.take(log.size, data, head.root)
        _tidy(path, log.size, size)
    return list(enumerate(made, log.size))


def release(path: Path, opening: Opening) -> int:
    """Publish what opens an entry; the index of the entry. Raises WrongUsage `log.opens_nothing`."""
    with folder.locked(path):
        log = reading.open_log(path)
        mark = opening.digest.encode()
        for index, data in enumerate(log.entries()):
            if mark in data and entries.read(data).digest == opening.digest:
                opened = opening.data()
                reading.opens(entries.read(data), opened, index)
                folder.write(path, f"{folder.RELEASED}/{index}.json", opened)
                return index
    raise WrongUsage("log.opens_nothing")


def cosign(path: Path, text: str, line: Signature) -> None:
    """Put the line of a witness under the checkpoint of this text, in place of an earlier one of the same key. Raises
    WrongUsage `log.moved_on` where the log has another checkpoint by now."""
    with folder.locked(path):
        log = reading.open_log(path)
        if log.note.text != text:
            raise WrongUsage("log.moved_on", size=str(log.size))
        others = [one for one in log.note.signatures if (one.name, one.id) != (line.name, line.id)]
        folder.write(path, folder.CHECKPOINT, replace(log.note, signatures=(*others, line)).data())


def _edge(log: Log) -> tuple[list[list[bytes]], list[bytes]]:
    """The hashes of the last, partial tiles and the entries under the lowest, both as the checkpoint says."""
    edge = [
        tiles.split(log.tile(level, log.size >> tiles.HEIGHT * (level + 1), width), width) if width else []
        for level, width in enumerate(tiles.widths(log.size))
    ]
    last = list(log.entries(log.size // tiles.WIDTH * tiles.WIDTH)) if log.size % tiles.WIDTH else []
    if tiles.root_of_edge(edge) != log.checkpoint.root or [merkle.leaf_hash(one) for one in last] != (edge or [[]])[0]:
        raise NotVerified("log.altered")
    return edge, last


def _numbered(log: Log, numbers: Numbers, last: Sequence[bytes], drafts: Sequence[Draft], now: str) -> list[Entry]:
    """The drafts with numbers and dates, each held against what its body logged before (L1, L2, L4)."""
    count = {body: numbers.last(body) for body in {one.opening.body for one in drafts}}
    newest = last[-1] if last else log.entry(log.size - 1) if log.size else None
    date = max(now, entries.read(newest).date) if newest is not None else now
    made: list[Entry] = []
    for one in drafts:
        opening = one.opening
        entry = Entry(
            opening.body,
            count[opening.body] + 1,
            opening.kind,
            date,
            opening.digest,
            one.deadline,
            one.engagement,
            one.about,
        )
        try:
            entry.data()
            entries.read_opening(opening.data())
        except NotVerified as error:
            raise WrongUsage("log.entry_wrong", detail=str(error.arguments.get("detail", ""))) from None
        wrong = [key for _, key, fails in rules.faults(entry, *_before(numbers, made, entry)) if fails]
        if wrong:
            raise WrongUsage(wrong[0], index=str(log.size + len(made)))
        count[entry.body] = entry.seq
        made.append(entry)
    return made


def _before(numbers: Numbers, made: Sequence[Entry], entry: Entry) -> tuple[Seen, Standing]:
    """What an entry is judged by: those of its body that it names, and the verdicts of their engagements."""
    seen: Seen = {}
    standing: Standing = {}
    if entry.engagement is None and entry.about is None:
        return seen, standing
    logged = numbers.related(entry.body, entry.engagement, entry.about)
    for one in (*logged, *(one for one in made if one.body == entry.body)):
        seen[one.body, one.seq] = one
        rules.note(one, standing, seen)
    return seen, standing


def _grown(
    size: int, edge: list[list[bytes]], last: Sequence[bytes], new: Sequence[bytes]
) -> tuple[Mapping[str, bytes], int]:
    """The files of a tree that grew, each under its name, and its size; `edge` becomes that of the grown tree."""
    files: dict[str, bytes] = {}
    held = list(last)
    for one in new:
        held.append(one)
        _push(files, edge, 0, size, merkle.leaf_hash(one))
        size += 1
        if size % tiles.WIDTH == 0:
            files[tiles.path(tiles.ENTRIES, size // tiles.WIDTH - 1)] = tiles.bundle(held)
            held = []
    if held:
        files[tiles.path(tiles.ENTRIES, size // tiles.WIDTH, len(held))] = tiles.bundle(held)
    for level, hashes in enumerate(edge):
        if hashes:
            files[tiles.path(level, size >> tiles.HEIGHT * (level + 1), len(hashes))] = b"".join(hashes)
    return files, size


def _push(files: dict[str, bytes], edge: list[list[bytes]], level: int, index: int, one: bytes) -> None:
    """One more hash, the `index`-th of its level; a tile that is full goes to the files, and its root one level up."""
    while len(edge) <= level:
        edge.append([])
    edge[level].append(one)
    if len(edge[level]) == tiles.WIDTH:
        hashes, edge[level] = edge[level], []
        files[tiles.path(level, index // tiles.WIDTH)] = b"".join(hashes)
        while len(hashes) > 1:
            hashes = merkle.above(hashes)
        _push(files, edge, level + 1, index // tiles.WIDTH, hashes[0])


def _tidy(path: Path, before: int, after: int) -> None:
    """Partial tiles that a full one has taken the place of; tlog-tiles lets a log delete them."""
    for level in (tiles.ENTRIES, *range(len(tiles.widths(before)))):
        height = 1 if level == tiles.ENTRIES else int(level) + 1
        first, beyond = before >> tiles.HEIGHT * height, after >> tiles.HEIGHT * height
        if first < beyond:
            shutil.rmtree(path / f"{tiles.path(level, first)}.p", ignore_errors=True)

"""What each body logged so far, kept beside the log so that an append need not read all of it: numbers, kinds and links.

A cache in one SQLite file that is no part of the log: it says of which tree it is, catches up with entries that it lacks, and is
made again where it is of another tree or unreadable. Whoever deletes it loses time and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from verify.attest.log import entries, kinds, merkle
from verify.attest.log.entries import Entry
from verify.attest.log.reading import Log

FILE = ".numbers.sqlite"  # beside the lock; neither is served
_TABLES = """
BEGIN;
CREATE TABLE entry (body TEXT, seq INTEGER, data BLOB, task INTEGER, about INTEGER, PRIMARY KEY (body, seq)) WITHOUT ROWID;
CREATE INDEX by_task ON entry (body, task);
CREATE INDEX by_about ON entry (body, about);
CREATE TABLE tree (size INTEGER, root BLOB);
COMMIT;
"""
_RELATED = """
WITH tasks AS (SELECT coalesce(task, seq) AS task FROM entry WHERE body = :body AND seq IN (:engagement, :about))
SELECT data FROM entry WHERE body = :body AND (seq IN (:engagement, :about) OR task IN (SELECT task FROM tasks)
OR about IN (SELECT seq FROM entry WHERE body = :body AND task IN (SELECT task FROM tasks))) ORDER BY seq
"""


class Numbers:
    """The bodies of a log under its lock. Use `opened`."""

    def __init__(self, held: sqlite3.Connection) -> None:
        self._held = held

    def last(self, body: str) -> int:
        """The number of the last entry of a body; 0 where it logged nothing."""
        (found,) = self._held.execute("SELECT max(seq) FROM entry WHERE body = ?", (body,)).fetchone()
        return int(found or 0)

    def related(self, body: str, engagement: int | None, about: int | None) -> list[Entry]:
        """Of a body, the entries that a new one with these links is judged by, in their order: those that it names, and the
        verdicts and replies of their engagements."""
        asked = {"body": body, "engagement": engagement or 0, "about": about or 0}
        return [entries.read(data) for (data,) in self._held.execute(_RELATED, asked)]

    def take(self, first: int, new: Iterable[bytes], root: bytes) -> None:
        """The leaves from index `first` on, up to the tree of this root. Raises sqlite3.Error and keeps what was there."""
        size = first
        with self._held:
            for data in new:
                one = entries.read(data)
                size += 1
                of_task = one.kind in kinds.ENDS  # nothing else of an engagement decides what may follow
                row = (one.body, one.seq, data, one.engagement if of_task else None, one.about)
                self._held.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", row)
            self._held.execute("DELETE FROM tree")
            self._held.execute("INSERT INTO tree VALUES (?, ?)", (size, root))

    def catch_up(self, log: Log) -> bool:
        """Take what the log has and this lacks. False where this is of another tree."""
        found = self._held.execute("SELECT size, root FROM tree").fetchone() or (0, merkle.EMPTY)
        size, root = int(found[0]), bytes(found[1])
        if size > log.size or merkle.root(size, log.whole()) != root:
            return False
        if size < log.size:
            self.take(size, log.entries(size), log.checkpoint.root)
        return True


@contextmanager
def opened(log: Log) -> Iterator[Numbers]:
    """The numbers of a log whose lock is held; in memory, from the whole log, where they cannot be kept. Raises as
    `Log.entries` does."""
    path = log.folder / FILE
    held = _kept(path, log)
    if held is None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        held = _kept(path, log) or _made(":memory:")
    try:
        numbers = Numbers(held)
        numbers.catch_up(log)
        yield numbers
    finally:
        held.close()


def _kept(path: Path, log: Log) -> sqlite3.Connection | None:
    """The file, up to the tree of the log; None where it is of another tree, damaged, or cannot be written."""
    try:
        held = _made(path)
    except sqlite3.Error:
        return None
    with suppress(sqlite3.Error):
        if Numbers(held).catch_up(log):
            return held
    held.close()
    return None


def _made(path: Path | str) -> sqlite3.Connection:
    held = sqlite3.connect(path)
    try:
        held.execute("PRAGMA synchronous = NORMAL")
        if not held.execute("SELECT name FROM sqlite_master WHERE name = 'tree'").fetchone():
            held.executescript(_TABLES)
    except sqlite3.Error:
        held.close()
        raise
    return held

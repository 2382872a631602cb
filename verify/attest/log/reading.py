"""Reading a log of static files: checkpoint, hashes, entries, what was released; nothing is trusted until it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import entries, folder, merkle, proof, tiles
from verify.attest.log import note as notes
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.merkle import Whole
from verify.attest.log.note import Note
from verify.attest.log.proof import Proof
from verify.errors import NotVerified, WrongUsage

_KEPT = 256  # tiles in memory


@dataclass(frozen=True)
class Log:
    """A log at the size of one checkpoint: later appends change nothing of what is read."""

    folder: Path
    note: Note
    checkpoint: Checkpoint

    @property
    def size(self) -> int:
        """Number of entries."""
        return self.checkpoint.size

    def whole(self) -> Whole:
        """The tree, by its tiles. Raises NotVerified `log.missing`, `log.tile` when it is asked."""
        read = lru_cache(_KEPT)(self.tile)
        return tiles.whole_of(self.size, read)

    def tile(self, level: int | str, index: int, width: int) -> bytes:
        """A tile; of a partial one that is gone, the full one that begins alike. Raises NotVerified `log.missing`."""
        name = tiles.path(level, index, width)
        for one in dict.fromkeys((name, tiles.path(level, index))):
            data = folder.read(self.folder, one)
            if data is not None:
                return data
        raise NotVerified("log.missing", file=name)

    def entries(self, first: int = 0) -> Iterator[bytes]:
        """The entries from `first` on, as they lie there. Raises NotVerified `log.missing`, `log.tile`."""
        for index in range(first // tiles.WIDTH, -(-self.size // tiles.WIDTH)):
            start = index * tiles.WIDTH
            held = min(tiles.WIDTH, self.size - start)
            found = tiles.unbundle(self.tile(tiles.ENTRIES, index, held))[:held]
            if len(found) != held:
                raise NotVerified("log.tile", detail="not as many entries as belong there")
            yield from found[max(first - start, 0) :]

    def entry(self, index: int) -> bytes:
        """One entry. Raises NotVerified `log.index`, and as `entries`."""
        if not 0 <= index < self.size:
            raise NotVerified("log.index", index=str(index), size=str(self.size))
        return next(self.entries(index))

    def prove(self, index: int) -> Proof:
        """Entry, path and checkpoint as a proof that holds; what opens the entry is in it where it is released. Raises
        NotVerified where tiles, entries and checkpoint do not fit each other."""
        entry = self.entry(index)
        found = proof.Proof(
            index, merkle.inclusion(index, self.size, self.whole()), self.note, self.released(index) or b""
        )
        found.verify(entry)
        return found

    def released(self, index: int) -> bytes | None:
        """What opens the entry, where the engagement allowed its release. Raises NotVerified `log.opening`, `log.not_of_entry`."""
        data = folder.read(self.folder, f"{folder.RELEASED}/{index}.json")
        if data is not None:
            opens(entries.read(self.entry(index)), data, index)
        return data


def opens(entry: entries.Entry, data: bytes, index: int) -> entries.Opening:
    """What opens the entry. Raises NotVerified `log.opening`, and `log.not_of_entry` where it is of another."""
    found = entries.read_opening(data)
    if (found.body, found.kind, found.digest) != (entry.body, entry.kind, entry.digest):
        raise NotVerified("log.not_of_entry", index=str(index))
    return found


def open_log(path: Path) -> Log:
    """The log of a folder at its newest checkpoint, no signature of which is verified yet. Raises WrongUsage `log.no_log`,
    NotVerified `log.note`, `log.checkpoint`."""
    data = folder.read(path, folder.CHECKPOINT) if path.is_dir() else None
    if data is None:
        raise WrongUsage("log.no_log", path=str(path))
    note = notes.read(data)
    return Log(path, note, checkpoints.read(note.text))

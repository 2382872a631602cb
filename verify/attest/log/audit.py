"""A whole log held against itself: tiles, entries, root, released texts, the rules, whoever signed, and an earlier checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from verify.attest.log import checkpoint as checkpoints
from verify.attest.log import entries, folder, merkle, reading, rules, tiles
from verify.attest.log import note as notes
from verify.attest.log.entries import Opening
from verify.attest.log.note import Note
from verify.attest.log.reading import Log
from verify.attest.log.rules import Engagement, Logged, Remark
from verify.attest.log.trust import Trust
from verify.attest.log.witness import follows
from verify.attest.outcome import Check, Record
from verify.errors import NotVerified


@dataclass(frozen=True)
class Audited:
    """The checks, what a reader is to be told beside them, the engagements, the day that the log shows (YYYY-MM-DD), and its
    entries where they can be read."""

    checks: Sequence[Check]
    remarks: Sequence[Remark]
    engagements: Sequence[Engagement]
    on: str
    entries: Sequence[Logged] = ()


def audit(log: Log, trust: Trust | None, earlier: bytes | None = None) -> Audited:
    """Everything that the folder shows. `trust`: whose signatures count; without it these are not checked. `earlier`: a
    checkpoint of before, as a note, that the log must continue. Nothing in the folder raises."""
    record = Record()
    times = signed(record, log.note, trust)
    raw = record.run("log", lambda: _tree(log))
    if earlier is not None:
        record.run("log_earlier", lambda: _earlier(log, trust, earlier))
    logged = None
    if raw is not None:
        released = record.run("log_released", lambda: _released(log)) or {}
        logged = record.run("log_entries", lambda: read_entries(raw, released))
    if logged is None:
        record.skip("log_rules", "attest.rests_on_failed")
        return Audited(record.checks, (), (), "")
    on = day_of(logged, times)
    told = list(rules.remarks(logged, on))
    held(record, told)
    return Audited(record.checks, [one for one in told if not one.fails], rules.engagements(logged), on, tuple(logged))


def signed(record: Record, note: Note, trust: Trust | None) -> dict[str, int]:
    """The checks log_checkpoint and log_witnesses of a note, and when each witness cosigned."""
    if trust is None:
        for name in ("log_checkpoint", "log_witnesses"):
            record.skip(name, "log.no_policy")
        return {}
    record.run("log_checkpoint", lambda: trust.checkpoint(note))
    return record.run("log_witnesses", lambda: trust.cosigned(note)) or {}


def held(record: Record, told: Sequence[Remark]) -> None:
    """The check log_rules: once for each rule that is broken, or verified."""
    wrong = [one for one in told if one.fails]
    record.checks += [Check("log_rules", "failed", one.key, one.arguments) for one in wrong]
    if not wrong:
        record.checks.append(Check("log_rules", "verified"))


def read_entries(raw: Sequence[bytes], released: Mapping[int, Opening]) -> list[Logged]:
    """The entries of these leaves, each with what opens it. Raises NotVerified `log.entry`."""
    contents = {index: one.content for index, one in released.items()}
    return [Logged(index, entries.read(data), contents.get(index)) for index, data in enumerate(raw)]


def day_of(log: Sequence[Logged], times: Mapping[str, int]) -> str:
    """The latest day that log and witnesses vouch for: the last entry's, or the first cosignature's where that is later."""
    last = max((one.entry.date for one in log), default="")[:10]
    first = min(times.values(), default=0)
    return max(last, datetime.fromtimestamp(first, UTC).strftime("%Y-%m-%d") if first else "")


def _tree(log: Log) -> list[bytes]:
    """The entries, where every tile and the root follow from them. Raises NotVerified `log.altered_tile`, `log.altered`."""
    raw = list(log.entries())
    hashes = [merkle.leaf_hash(one) for one in raw]
    whole = merkle.whole_of(hashes)
    level = 0
    while hashes:
        for index in range(-(-len(hashes) // tiles.WIDTH)):
            here = hashes[index * tiles.WIDTH : (index + 1) * tiles.WIDTH]
            if tiles.split(log.tile(level, index, len(here)), len(here)) != here:
                raise NotVerified("log.altered_tile", file=tiles.path(level, index, len(here)))
        level += 1
        hashes = [whole(tiles.HEIGHT * level, index) for index in range(len(raw) >> tiles.HEIGHT * level)]
    if merkle.root(len(raw), whole) != log.checkpoint.root:
        raise NotVerified("log.altered")
    return raw


def _released(log: Log) -> dict[int, Opening]:
    """What was released, by index. Raises NotVerified `log.opening`, `log.not_of_entry`."""
    names = {one.stem for one in (log.folder / folder.RELEASED).glob("[0-9]*.json")}
    wanted = {index for index in map(int, filter(str.isdigit, names)) if index < log.size}
    found = {}
    for index, data in enumerate(log.entries()):
        if index in wanted:
            opened = folder.read(log.folder, f"{folder.RELEASED}/{index}.json") or b""
            found[index] = reading.opens(entries.read(data), opened, index)
    return found


def _earlier(log: Log, trust: Trust | None, earlier: bytes) -> None:
    """Raises NotVerified where the log does not continue a checkpoint that it signed before."""
    note = notes.read(earlier)
    before = trust.checkpoint(note) if trust is not None else checkpoints.read(note.text)
    follows(before, log.checkpoint, log)

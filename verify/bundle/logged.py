"""What a bundle says of the log: that its verdict and the opening of its engagement stand there, and what else does (L1 to L9).

`log/entries` are all entries up to the checkpoint, so their root can be worked out and nothing of this place is left out of
them; `log/released.jsonl` holds the texts that were released, each vouched for by the digest in its entry.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verify.attest import dsse
from verify.attest.log import audit, checkpoint, entries, kinds, merkle, proof, reading, rules, tiles
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.entries import Opening
from verify.attest.log.proof import Proof
from verify.attest.log.reading import Log
from verify.attest.log.rules import Engagement, Logged
from verify.attest.log.trust import Trust
from verify.attest.outcome import Record
from verify.attest.shape import stamp
from verify.attest.statement import Statement
from verify.bundle.canonical_members import read_json_lines
from verify.bundle.places import same_place, shares_of
from verify.bundle.refused import Refused
from verify.bundle.verdict import RESTS, Note
from verify.canonical import canonical_bytes
from verify.errors import NotVerified

VERDICT, OPENED = "log/verdict.tlog-proof", "log/engagement.tlog-proof"
ENTRIES, TEXTS = "log/entries", "log/released.jsonl"
FILES = (VERDICT, OPENED, ENTRIES, TEXTS)
_ENVELOPE = "attest/verification.dsse.json"
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_BOUND = ("log_verdict", "log_rules")


@dataclass(frozen=True)
class History:
    """What a reader is told of the log: `first` on the first screen, `notes` beside the verdict."""

    first: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class _Read:
    """The log files of a bundle, each of its own form and all of one checkpoint."""

    head: Checkpoint
    verdict: Proof
    log: Sequence[Logged]
    own: Logged
    task: Engagement


def files(log: Log, payload: bytes) -> dict[str, bytes]:
    """The log members of a bundle over this signed payload. Raises NotVerified `log.not_released`,
    `log.opening_not_released`, and where the log's own files do not fit each other."""
    signed = hashlib.sha256(payload).hexdigest()
    raw = list(log.entries())
    texts = {index: text for index in range(len(raw)) if (text := log.released(index)) is not None}
    held = audit.read_entries(raw, {index: entries.read_opening(text) for index, text in texts.items()})
    own = next((one for one in held if _of(one, kinds.VERDICT).get("statement_sha256") == signed), None)
    if own is None:
        raise NotVerified("log.not_released")
    opened = next(one for one in rules.engagements(held) if own in (*one.verdicts, *one.gone)).opening
    if opened.content is None:
        raise NotVerified("log.opening_not_released")
    return {
        VERDICT: log.prove(own.index).data(),
        OPENED: log.prove(opened.index).data(),
        ENTRIES: tiles.bundle(raw),
        TEXTS: b"".join(canonical_bytes(_line(index, text)) + b"\n" for index, text in sorted(texts.items())),
    }


def logged(
    record: Record,
    members: Mapping[str, bytes],
    statement: Statement | None,
    ruler: Mapping[str, Any] | None,
    trust: Trust | None,
    times: Sequence[datetime],
) -> History:
    """The checks log, log_checkpoint, log_witnesses, log_verdict, log_rules. `times`: when lead and reviewer signed (I7)."""
    there = sorted(name for name in members if name.startswith("log/"))
    origin = statement.log_origin if statement is not None else None
    if statement is None or origin is None:
        if there:
            record.run("log", lambda: _missing(there[0], "bundle.log_unnamed"))
        else:
            record.skip("log", "bundle.no_log", required=False)
        return History()
    if not there:
        record.skip("log", "bundle.log_not_checked", origin=origin)
        return History()
    read = record.run("log", lambda: _read(members, origin))
    if read is None:
        for name in ("log_checkpoint", "log_witnesses", *_BOUND):
            record.skip(name, RESTS)
        return History()
    cosigned = audit.signed(record, read.verdict.note, trust)
    payload = dsse.read(members[_ENVELOPE]).payload
    record.run("log_verdict", lambda: _bound(read, statement, payload, times))
    return _told(record, read, ruler, audit.day_of(read.log, cosigned))


def _read(members: Mapping[str, bytes], origin: str) -> _Read:
    for name in FILES:
        if name not in members:
            _missing(name)
    raw = tiles.unbundle(members[ENTRIES])
    proofs = [proof.read(members[name]) for name in (VERDICT, OPENED)]
    head = checkpoint.read(proofs[0].note.text)
    if proofs[0].note != proofs[1].note:
        raise NotVerified("bundle.log_two_checkpoints")
    if head.origin != origin:
        raise NotVerified("log.origin", origin=head.origin, key=origin)
    whole = merkle.whole_of(map(merkle.leaf_hash, raw))
    if len(raw) != head.size or merkle.root(len(raw), whole) != head.root:
        raise NotVerified("bundle.log_other_entries", size=str(head.size), found=str(len(raw)))
    for one in proofs:
        if one.index >= len(raw):
            raise NotVerified("log.index", index=str(one.index), size=str(head.size))
        one.verify(raw[one.index])
    texts = _texts(members[TEXTS], raw)
    if any(one.index not in texts or one.extra != texts[one.index].data() for one in proofs):
        raise NotVerified("log.not_released")
    log = audit.read_entries(raw, texts)
    own, opened = (log[one.index] for one in proofs)
    task = next((one for one in rules.engagements(log) if one.opening is opened), None)
    if task is None or own not in (*task.verdicts, *task.gone):
        raise NotVerified("bundle.log_other_engagement")
    return _Read(head, proofs[0], log, own, task)


def _texts(data: bytes, raw: Sequence[bytes]) -> dict[int, Opening]:
    """The released texts by index, each the one of its entry. Raises NotVerified `log.opening`, `log.not_of_entry`, `log.index`."""
    found: dict[int, Opening] = {}
    for line in read_json_lines(data, TEXTS):
        if (
            not isinstance(line, dict)
            or line.keys() != {"index", "opening"}
            or not _INDEX.fullmatch(str(line["index"]))
        ):
            raise Refused("not_canonical", "Z9", member=TEXTS)
        index = int(line["index"])
        if not max(found, default=-1) < index < len(raw):
            raise NotVerified("log.index", index=str(index), size=str(len(raw)))
        found[index] = reading.opens(entries.read(raw[index]), canonical_bytes(line["opening"]), index)
    return found


def _bound(read: _Read, statement: Statement, payload: bytes, times: Sequence[datetime]) -> None:
    """Is what was logged what was signed, of this engagement, and after it was signed (I7)? A withdrawn report is none."""
    content, opened = _of(read.own, kinds.VERDICT), _of(read.task.opening, kinds.OPENED)
    found = hashlib.sha256(payload).hexdigest()
    said = (content.get("statement_sha256"), content.get("opinion"), content.get("verdicts"))
    if said != (found, statement.opinion, dict(statement.verdicts)):
        raise NotVerified("bundle.log_other_verdict")
    task = (opened.get("engagement_id"), opened.get("park"))
    if task != (statement.engagement_id, statement.park):
        raise NotVerified("bundle.log_other_engagement")
    late = [one for one in times if stamp(one) > read.own.entry.date]
    if late:
        raise NotVerified("bundle.log_before_signing", logged=read.own.entry.date, signed=stamp(max(late)))
    reply = _reply(read)
    if reply is not None and reply.entry.kind == kinds.WITHDRAWN:
        raise NotVerified("bundle.log_withdrawn", date=reply.entry.date[:10])


def _told(record: Record, read: _Read, ruler: Mapping[str, Any] | None, on: str) -> History:
    """The check log_rules, and what there is to be said of this place (L3, L8, L9)."""
    shares, here = shares_of(ruler), read.task.opening.content or {}
    tasks = rules.engagements(read.log)
    alike = {
        one.name: one is read.task or same_place(here, one.opening.content, shares)
        for one in tasks
        if one.opening.content is not None
    }

    def concerns(one: Engagement) -> bool:
        content = one.opening.content or {}
        return alike.get(one.name, False) and content.get("period") == here.get("period")

    told = list(rules.remarks(read.log, on, concerns))
    audit.held(record, told)
    first = [_of_place(one, on) for one in tasks if alike.get(one.name) and (one.end is None or one.adverse)]
    reply = _reply(read)
    if reply is not None:
        first.insert(0, Note(f"bundle.log_{reply.entry.kind}", {"date": reply.entry.date[:10]}))
    sealed = sum(one.opening.content is None for one in tasks)
    notes = [Note("bundle.log_as_of", {"origin": read.head.origin, "size": str(read.head.size), "date": on})]
    if sealed:
        notes.append(Note("bundle.log_sealed", {"count": str(sealed), "all": str(len(tasks))}))
    notes += [Note(one.key, one.arguments) for one in told if not one.fails]
    return History(tuple(first), tuple(notes))


def _of_place(one: Engagement, on: str) -> Note:
    """An engagement of this place that is open, overdue, or ended in an adverse opinion."""
    state = "adverse" if one.adverse else one.state(on)
    arguments = {"engagement": one.name, "deadline": one.opening.entry.deadline or "–"}
    return Note(f"bundle.log_{state}", arguments | {"date": (one.end or one.opening).entry.date[:10]})


def _reply(read: _Read) -> Logged | None:
    """What superseded or withdrew the verdict of this bundle."""
    own = read.own.entry
    return next(
        (
            one
            for one in read.log
            if one.entry.kind in kinds.REPLIES and (one.entry.body, one.entry.about) == (own.body, own.seq)
        ),
        None,
    )


def _of(one: Logged, kind: str) -> Mapping[str, Any]:
    """The content of an entry of this kind; nothing of any other."""
    return one.content or {} if one.entry.kind == kind else {}


def _line(index: int, text: bytes) -> dict[str, Any]:
    (opening,) = read_json_lines(text + b"\n", TEXTS)
    return {"index": str(index), "opening": opening}


def _missing(member: str, key: str = "bundle.member_missing") -> None:
    raise NotVerified(key, member=member)

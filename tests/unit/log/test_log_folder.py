"""The folder of a log: tiles, numbers, the lock, and what a kill at any moment leaves."""

from __future__ import annotations

import os
import random
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select
from typing import BinaryIO

import pytest

from tests.unit.log.logs import BODY, KEY, LOG, ORIGIN, START, TRUST, cosigned, draft, new, opened, private
from verify.attest.log import appending, audit, checkpoint, entries, kinds, reading
from verify.attest.outcome import overall
from verify.errors import NotVerified, TrueZeroError, WrongUsage


def refused(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    with pytest.raises(TrueZeroError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.key


def appender(folder: Path, body: str, count: int) -> tuple[int, BinaryIO]:
    """Another process that appends one entry after another, and what it says: the number of each that it has appended."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        return child, os.fdopen(ours, "rb")
    code = 1
    try:
        for number in range(count):
            appending.append(folder, LOG, [opened(number, body)], datetime.now(UTC))
            os.write(theirs, b"%d\n" % number)
        code = 0
    finally:
        os._exit(code)


def sound(folder: Path) -> list[entries.Entry]:
    """The entries of a log that is whole: signed, its tiles and root as its entries say, every number there."""
    log = reading.open_log(folder)
    checkpoint.verified(log.note, KEY)
    found = audit.audit(log, None)
    assert [one for one in found.checks if one.state == "failed"] == []
    return [one.entry for one in found.entries]


def test_an_empty_log(tmp_path: Path) -> None:
    log = new(tmp_path / "log")
    assert log.note.text == f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert sound(tmp_path / "log") == []
    assert refused(log.prove, 0) == "log.index"
    assert refused(appending.create, tmp_path / "log", ORIGIN, LOG) == "log.exists"
    assert refused(appending.create, tmp_path / "other", "a b", LOG) == "log.bad_origin"
    assert refused(reading.open_log, tmp_path) == "log.no_log"
    assert refused(appending.append, tmp_path, LOG, [opened(1)], START) == "log.no_log"


def test_entries_get_numbers_and_dates(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = new(folder, [opened(1), opened(1, "body-2")], [draft(kinds.TERMINATED, engagement=1)])
    assert [(one.body, one.seq, one.kind) for one in sound(folder)] == [
        (BODY, 1, kinds.OPENED),
        ("body-2", 1, kinds.OPENED),
        (BODY, 2, kinds.TERMINATED),
    ]
    assert sound(folder)[2].date == "2027-01-11T09:00:00Z"
    before = appending.append(folder, LOG, [opened(2)], START)  # a clock that was put back
    assert [(index, entry.date) for index, entry in before] == [(3, "2027-01-11T09:00:00Z")]
    assert log.size == 3
    assert [entries.read(one).seq for one in log.entries()] == [1, 1, 2]  # what was read stays as it was


@pytest.mark.parametrize("batches", [[255], [256], [257], [1, 255], [255, 1, 1], [200, 400], [512], [300, 212, 1]])
def test_tiles_across_their_borders(tmp_path: Path, batches: list[int]) -> None:
    folder = tmp_path / "log"
    log = new(folder, *([opened(at, f"b{number}") for at in range(count)] for number, count in enumerate(batches)))
    assert log.size == len(sound(folder)) == sum(batches)
    for index in (0, log.size // 2, log.size - 1):
        log.prove(index).verify(log.entry(index))
    partial = {path.name for path in folder.rglob("*.p")}
    assert partial <= {f"{log.size // 256:03d}.p", "000.p"}
    if log.size >= 256:
        assert (folder / "tile/0/000").stat().st_size == 8192
        assert not (folder / "tile/entries/000.p").exists()


def test_an_older_checkpoint_is_still_read(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    early = new(folder, [opened(at) for at in range(200)])
    appending.append(folder, LOG, [opened(at) for at in range(200, 400)], START + timedelta(days=1))
    early.prove(100).verify(early.entry(100))
    assert len(list(early.entries())) == 200


@pytest.mark.parametrize(
    ("drafts", "key"),
    [
        ([draft(kinds.VERDICT, engagement=1)], "log.entry_wrong"),
        ([opened(1), draft(kinds.TERMINATED, engagement=1), draft(kinds.VERDICT, engagement=2)], "log.not_opened"),
        ([opened(1, "other"), draft(kinds.CHOICE), draft(kinds.VERDICT, engagement=1)], "log.entry_wrong"),
        ([draft(kinds.VERDICT)], "log.entry_wrong"),
        ([draft(kinds.OPENED, deadline=None)], "log.entry_wrong"),
        ([draft(kinds.OPENED, deadline="2027-6-30")], "log.entry_wrong"),
        (
            [opened(1), draft(kinds.VERDICT, engagement=1), draft(kinds.VERDICT, engagement=1, salt="x")],
            "log.second_verdict",
        ),
        ([opened(1), draft(kinds.SUPERSEDED, about=1)], "log.no_verdict"),
        ([opened(1), draft(kinds.OPENED, about=1)], "log.no_submission"),
        ([draft(kinds.SUPERSEDED, about=1)], "log.entry_wrong"),
        ([draft(kinds.RELEASE, engagement=1)], "log.entry_wrong"),
        ([draft(kinds.SUBMISSION, facts_sha256="x")], "log.entry_wrong"),
        ([draft(kinds.SUPERSEDED, reason="")], "log.entry_wrong"),
    ],
)
def test_what_does_not_follow_is_not_appended(tmp_path: Path, drafts: list[appending.Draft], key: str) -> None:
    folder = tmp_path / "log"
    new(folder)
    assert refused(appending.append, folder, LOG, drafts, START) == key
    assert sound(folder) == []


def test_every_kind(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    drafts = [
        opened(1),
        draft(kinds.HISTORY, engagement=1),
        draft(kinds.CHOICE, engagement=1),
        draft(kinds.SUBMISSION, engagement=1),
        draft(kinds.VERDICT, engagement=1),
        draft(kinds.SUPERSEDED, about=5),
        draft(kinds.VERDICT, engagement=1, opinion="modified"),
        draft(kinds.WITHDRAWN, about=7),
        draft(kinds.RELEASE),
        draft(kinds.KEY),
        opened(2),
        draft(kinds.TERMINATED, engagement=11),
    ]
    new(folder, drafts)
    assert [one.kind for one in sound(folder)] == [one.opening.kind for one in drafts]
    for one in drafts:
        appending.release(folder, one.opening)
    found = audit.audit(reading.open_log(folder), None)
    assert all(one.content is not None for one in found.entries)
    assert all(entries.read_opening(one.opening.data()) == one.opening for one in drafts)


def test_a_text_is_released_only_by_what_opens_it(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    one = opened(1)
    new(folder, [one])
    assert b"PX-1" not in reading.open_log(folder).entry(0)
    changed = draft(kinds.OPENED, park="PX-2").opening
    assert refused(appending.release, folder, changed) == "log.opens_nothing"
    assert appending.release(folder, one.opening) == 0
    assert reading.open_log(folder).prove(0).extra == one.opening.data()
    (folder / "released/0.json").write_bytes(changed.data())
    assert refused(reading.open_log(folder).prove, 0) == "log.not_of_entry"


def test_nothing_is_signed_over_an_altered_folder(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    new(folder, [opened(1), opened(2)])
    for name in ("tile/0/000.p/2", "tile/entries/000.p/2"):
        path = folder / name
        kept = path.read_bytes()
        path.write_bytes(kept[:-3] + bytes(3))
        assert refused(appending.append, folder, LOG, [opened(3)], START) in {"log.altered", "log.entry"}
        path.write_bytes(kept)
    assert refused(appending.append, folder, private("another"), [opened(3)], START) == "log.unsigned"
    assert len(sound(folder)) == 2


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    folder, chance, own = tmp_path / "log", random.Random(6962), 0
    new(folder, [opened(at, "first") for at in range(250)])
    for _ in range(20):  # make accept does it 200 times
        child, told = appender(folder, BODY, 1000)
        with told:
            for _ in range(chance.randrange(1, 4)):
                last = int(told.readline())
            select([], [], [], chance.random() / 50)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            last = max([last, *map(int, told.read().split())])
        numbers = [one.seq for one in sound(folder) if one.body == BODY]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) in {own + last + 1, own + last + 2}  # what was said is there, and one more at most
        own = len(numbers)
    appending.append(folder, LOG, [opened(9)], datetime.now(UTC))
    assert len(sound(folder)) == 251 + own


@pytest.mark.skipif(os.name == "nt", reason="fork is of POSIX")
def test_two_appenders(tmp_path: Path) -> None:
    folder, count = tmp_path / "log", 50  # make accept: 1,000
    new(folder)
    for child, told in [appender(folder, body, count) for body in ("one", "two")]:
        with told:
            assert len(told.read().split()) == count
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    found = [(one.body, one.seq) for one in sound(folder)]
    assert sorted(found) == [(body, seq) for body in ("one", "two") for seq in range(1, count + 1)]


def test_the_audit_of_a_log_with_witnesses_is_all_verified(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    new(folder, [opened(1)])
    found = audit.audit(cosigned(folder, "ngo", "campus"), TRUST)
    assert overall(list(found.checks)) == "verified"
    assert found.on == "2027-02-09"


def test_a_tile_that_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = new(folder, [opened(at) for at in range(3)])
    (folder / "tile/0/000.p/3").unlink()
    with pytest.raises(NotVerified, match=r"log\.missing"):
        log.prove(0)
    with pytest.raises(WrongUsage, match=r"log\.no_log"):
        reading.open_log(folder / "tile")

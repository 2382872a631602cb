"""The rules L1 to L4, the witness, and broken twins of a log: each is told by its own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.log.logs import BODY, KEY, LOG, ORIGIN, START, TRUST, WITNESSES, cosigned, draft, new, opened, private
from verify.attest.log import appending, audit, cosignature, kinds, merkle, note, reading, rules, tiles, witness
from verify.attest.log.appending import Draft
from verify.attest.log.checkpoint import Checkpoint
from verify.attest.log.entries import Entry
from verify.attest.log.rules import Logged
from verify.errors import NotVerified, TrueZeroError, WrongUsage

NOW = START + timedelta(days=30)


def logged(*entries: Entry) -> list[Logged]:
    """Entries at their indices, none released."""
    return [Logged(index, one) for index, one in enumerate(entries)]


def entry(seq: int, kind: str, **changes: object) -> Entry:
    """An entry of BODY."""
    made = Entry(BODY, seq, kind, "2027-01-10T09:00:00Z", "0a" * 32)
    if kind == kinds.OPENED:
        made = replace(made, deadline="2027-06-30")
    return replace(made, **changes)  # type: ignore[arg-type]


def said(*entries: Entry, on: str = "2027-01-11") -> list[tuple[str, bool]]:
    """What the rules say: keys, and whether they fail."""
    return [(one.key, one.fails) for one in rules.remarks(logged(*entries), on)]


OPEN = entry(1, kinds.OPENED)
VERDICT = entry(2, kinds.VERDICT, engagement=1)


def test_a_log_in_order() -> None:
    assert said(OPEN, VERDICT, entry(3, kinds.SUPERSEDED, about=2), entry(4, kinds.VERDICT, engagement=1)) == []
    assert said() == []


def test_l1_a_verdict_without_an_opening() -> None:
    assert said(entry(1, kinds.SUBMISSION), VERDICT) == [("log.not_opened", True)]
    assert said(replace(OPEN, body="other"), replace(VERDICT, seq=1, engagement=1))[0] == ("log.not_opened", True)


def test_l1_an_opening_after_the_submission_is_told_and_does_not_fail() -> None:
    assert said(entry(1, kinds.SUBMISSION), entry(2, kinds.OPENED, about=1)) == [("log.opened_late", False)]


def test_l2_gaps_by_number_and_repeats() -> None:
    gap = list(rules.remarks(logged(OPEN, entry(5, kinds.RELEASE)), "2027-01-11"))
    assert [(one.rule, one.key, one.arguments["missing"]) for one in gap] == [("L2", "log.gap", "2-4")]
    assert said(OPEN, entry(3, kinds.RELEASE), entry(2, kinds.RELEASE)) == [("log.gap", True), ("log.repeated", True)]
    assert said(entry(2, kinds.RELEASE))[0] == ("log.gap", True)
    assert said(OPEN, OPEN) == [("log.repeated", True)]


@pytest.mark.parametrize(
    ("end", "on", "told"),
    [
        (None, "2027-06-30", []),
        (None, "2027-07-01", [("log.overdue", True)]),
        ("2027-06-30T23:59:59Z", "2027-12-31", []),
        ("2027-07-01T00:00:00Z", "2027-12-31", [("log.late", False)]),
    ],
)
def test_l3_deadlines(end: str | None, on: str, told: list[tuple[str, bool]]) -> None:
    ends = [entry(2, kinds.TERMINATED, engagement=1, date=end)] if end else []
    assert said(OPEN, *ends, on=on) == told


def test_l3_only_engagements_that_concern_the_reader() -> None:
    assert list(rules.remarks(logged(OPEN), "2028-01-01", lambda _: False)) == []


def test_l4_one_verdict_stands_and_the_old_one_stays_visible() -> None:
    assert said(OPEN, VERDICT, entry(3, kinds.VERDICT, engagement=1)) == [("log.second_verdict", True)]
    assert said(OPEN, VERDICT, entry(3, kinds.WITHDRAWN, about=1)) == [("log.no_verdict", True)]
    again = [entry(3, kinds.WITHDRAWN, about=2), entry(4, kinds.WITHDRAWN, about=2)]
    assert said(OPEN, VERDICT, *again) == [("log.replied", True)]
    adverse = Logged(1, VERDICT, {"opinion": "adverse"})
    (held,) = rules.engagements([Logged(0, OPEN), adverse, Logged(2, entry(3, kinds.SUPERSEDED, about=2))])
    assert (held.adverse, held.verdicts, held.gone) == (True, [], [adverse])


def test_dates_that_go_back() -> None:
    assert said(OPEN, entry(2, kinds.RELEASE, date="2026-12-31T00:00:00Z")) == [("log.dates", True)]


# the witness ---------------------------------------------------------------------------------------------------------


def cosign(folder: Path, state: Path) -> Checkpoint | None:
    """The witness `ngo` looks at the log and cosigns; what it had seen before."""
    log = reading.open_log(folder)
    before, line = witness.witness(log, KEY, state, WITNESSES["ngo"], private("ngo"), NOW)
    appending.cosign(folder, log.note.text, line)
    return before


def forged(folder: Path, *drafts: Draft) -> None:
    """Another history under the same key: what an operator would do who rewrites the log."""
    new(folder, list(drafts))


def refused(call: object, *arguments: object) -> str:
    """The key of the refusal."""
    with pytest.raises(TrueZeroError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.key


def test_a_witness_follows_a_log_that_grows(tmp_path: Path) -> None:
    folder, state = tmp_path / "log", tmp_path / "seen.json"
    new(folder, [opened(1)])
    assert cosign(folder, state) is None
    appending.append(folder, LOG, [opened(at) for at in range(2, 300)], NOW)
    before = cosign(folder, state)
    assert before is not None
    assert before.size == 1
    assert cosign(folder, state) == reading.open_log(folder).checkpoint
    assert len(reading.open_log(folder).note.signatures) == 2  # the later line takes the place of the earlier


def test_a_witness_refuses_what_does_not_continue(tmp_path: Path) -> None:
    folder, state = tmp_path / "log", tmp_path / "seen.json"
    new(folder, [opened(1), opened(2), opened(3)])
    cosign(folder, state)
    for name, drafts, key in (
        ("shorter", [opened(1), opened(2)], "log.rolled_back"),
        ("other", [opened(1), opened(2), opened(4)], "log.consistency"),
        ("longer", [opened(1), opened(9), opened(3), opened(4)], "log.consistency"),
    ):
        forged(tmp_path / name, *drafts)
        assert refused(cosign, tmp_path / name, state) == key
    cosign(folder, state)


def test_a_witness_knows_its_log_and_its_own_memory(tmp_path: Path) -> None:
    folder, state = tmp_path / "log", tmp_path / "seen.json"
    log = new(folder, [opened(1)])
    other = note.Key(ORIGIN, note.ED25519, private("x").public_key().public_bytes_raw())
    assert refused(witness.witness, log, other, state, "w.example", private("w"), NOW) == "log.unsigned"
    assert refused(witness.witness, log, KEY, state, "w example", private("w"), NOW) == "log.bad_witness"
    state.write_text("{}")
    assert refused(witness.witness, log, KEY, state, "w.example", private("w"), NOW) == "log.witness_state"


def test_a_line_for_another_checkpoint_is_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = new(folder, [opened(1)])
    line = cosignature.make(log.note.text, "w.example", private("w"), 1)
    appending.append(folder, LOG, [opened(2)], NOW)
    with pytest.raises(WrongUsage, match=r"log\.moved_on"):
        appending.cosign(folder, log.note.text, line)


# broken twins --------------------------------------------------------------------------------------------------------


def failed(folder: Path, earlier: bytes | None = None) -> set[tuple[str, str | None]]:
    """Checks that fail, with their reasons."""
    found = audit.audit(reading.open_log(folder), TRUST, earlier)
    return {(one.name, one.key) for one in found.checks if one.state == "failed"}


def test_broken_twins_of_a_log(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    new(folder, [opened(1), draft(kinds.VERDICT, engagement=1)])
    held = cosigned(folder, "ngo", "campus")
    early = held.note.data()
    assert failed(folder, early) == set()

    bundle = folder / "tile/entries/000.p/2"
    good = bundle.read_bytes()
    raw = tiles.unbundle(good)
    bundle.write_bytes(tiles.bundle([raw[0], raw[1].replace(b'"verdict"', b'"verdicT"')]))
    assert failed(folder) == {("log", "log.altered_tile")}  # an altered entry
    bundle.write_bytes(good)

    swapped = tiles.bundle([raw[0], raw[0]])
    bundle.write_bytes(swapped)
    hashes = b"".join(map(merkle.leaf_hash, tiles.unbundle(swapped)))
    tile = folder / "tile/0/000.p/2"
    good_tile = tile.read_bytes()
    tile.write_bytes(hashes)
    assert failed(folder) == {("log", "log.altered")}  # entry and tile altered together
    bundle.write_bytes(good)
    tile.write_bytes(good_tile)

    path = folder / "checkpoint"
    path.write_bytes(replace(held.note, signatures=held.note.signatures[:2]).data())
    assert failed(folder) == {("log_witnesses", "log.quorum")}  # a witness is missing
    path.write_bytes(early.replace(b"\n2\n", b"\n1\n"))
    assert ("log_checkpoint", "log.signature") in failed(folder)
    path.write_bytes(early)

    forged(tmp_path / "back", opened(1))
    cosigned(tmp_path / "back", "ngo", "campus")
    assert failed(tmp_path / "back", early) == {("log_earlier", "log.rolled_back")}
    forged(tmp_path / "fork", opened(1), opened(2), opened(3))
    cosigned(tmp_path / "fork", "ngo", "campus")
    assert failed(tmp_path / "fork", early) == {("log_earlier", "log.consistency")}


def test_without_keys_the_signatures_are_not_checked(tmp_path: Path) -> None:
    found = audit.audit(new(tmp_path / "log", [opened(1)]), None)
    left = {one.name: one.key for one in found.checks if one.state != "verified"}
    assert left == dict.fromkeys(("log_checkpoint", "log_witnesses"), "log.no_policy")


def test_an_overdue_engagement_fails_the_audit(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    new(folder, [draft(kinds.OPENED)])
    appending.append(folder, LOG, [draft(kinds.RELEASE)], START + timedelta(days=365))
    cosigned(folder, at=START + timedelta(days=365))
    assert failed(folder) == {("log_rules", "log.overdue")}
    with pytest.raises(NotVerified, match=r"log\.index"):
        reading.open_log(folder).prove(2)

"""A bundle with log proofs: verified with the keys of log and witnesses, and each broken twin refused by its own check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.unit.attest.attested import REVIEWED
from tests.unit.bundle.signed_bundle import ENVELOPE, RULER, bundle, judged, root_file
from tests.unit.log.logs import LOG, ORIGIN, PLACE, TRUST, cosigned, draft, new, policy
from verify.attest import dsse, statement
from verify.attest.log import appending, kinds, proof, reading, tiles, trust
from verify.attest.log.appending import Draft
from verify.attest.log.note import ED25519, Key
from verify.bundle import logged
from verify.bundle.places import Shares, same_place, shares_of
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict
from verify.errors import NotVerified
from verify.ruler import load_ruler

NOW = REVIEWED + timedelta(days=1)
SIGNED = bundle(log_origin=ORIGIN)
PAYLOAD = dsse.read(SIGNED[ENVELOPE]).payload
DUE = (NOW + timedelta(days=90)).date().isoformat()
PERIOD = "2027-01-01/2027-12-31"
Checks = dict[str, str | None]


def opening(number: int = 42, **changes: Any) -> Draft:
    """An engagement of the park of the bundle."""
    told = {"engagement_id": f"body-017/2026-{number:04d}", "park": "PX-1", "period": PERIOD, "deadline": DUE}
    return draft(kinds.OPENED, **(told | changes))


def verdict(payload: bytes = PAYLOAD, **changes: Any) -> Draft:
    """The verdict of the bundle."""
    held = statement.read(payload)
    told = {
        "opinion": held.opinion,
        "statement_sha256": hashlib.sha256(payload).hexdigest(),
        "verdicts": dict(held.verdicts),
        "engagement": 1,
    }
    return draft(kinds.VERDICT, **(told | changes))


def files(
    folder: Path,
    drafts: list[Draft],
    *,
    sealed: tuple[int, ...] = (),
    witnesses: tuple[str, ...] = (),
    payload: bytes = PAYLOAD,
) -> Mapping[str, bytes]:
    """The log members of the bundle, over a log of these entries, all of which but the sealed are released."""
    new(folder)
    appending.append(folder, LOG, drafts, NOW)
    for index, one in enumerate(drafts):
        if index not in sealed:
            appending.release(folder, one.opening)
    return logged.files(cosigned(folder, *witnesses, at=NOW + timedelta(days=1)), payload)


def of(verdict: Verdict, state: str) -> Checks:
    """The checks of the log in this state, with their reasons."""
    return {one.name: one.key for one in verdict.checks if one.name.startswith("log") and one.state == state}


def told(verdict: Verdict) -> list[str]:
    """What stands on the first screen."""
    return [one.key for one in verdict.first]


def test_a_bundle_with_its_log_is_verified(tmp_path: Path) -> None:
    found = judged({**SIGNED, **files(tmp_path / "log", [opening(), verdict()])}, trust=TRUST)
    assert found.state == "verified"
    assert set(of(found, "verified")) == {"log", "log_checkpoint", "log_witnesses", "log_verdict", "log_rules"}
    assert told(found) == []
    (as_of,) = (one for one in found.notes if one.key == "bundle.log_as_of")
    assert as_of.arguments["size"] == "2"


def test_without_keys_or_without_proofs_it_is_not(tmp_path: Path) -> None:
    found = judged({**SIGNED, **files(tmp_path / "log", [opening(), verdict()])})
    assert found.state == "not_checked"
    assert of(found, "not_checked") == dict.fromkeys(("log_checkpoint", "log_witnesses"), "log.no_policy")
    assert of(judged(SIGNED, trust=TRUST), "not_checked") == {"log": "bundle.log_not_checked"}


def test_the_keys_of_log_and_witnesses_may_stand_in_the_trust_root(tmp_path: Path) -> None:
    roots = {1: root_file(log_policy=policy().decode("ascii"))}
    members = bundle(log_origin=ORIGIN, roots=roots)
    payload = dsse.read(members[ENVELOPE]).payload
    log = files(tmp_path / "log", [opening(), verdict(payload)], payload=payload)
    found = judged({**members, **log}, Held(roots[1]))
    assert (found.state, of(found, "not_checked")) == ("verified", {})
    other = judged({**members, **log}, Held(roots[1]), trust=trust.read(policy(log=Key(ORIGIN, ED25519, bytes(32)))))
    assert set(of(other, "failed")) == {"log_checkpoint"}  # what the reader brought goes before
    with pytest.raises(NotVerified, match=r"attest\.root"):
        root_file(log_policy="quorum nobody\n")


def broken(members: Mapping[str, bytes], **changes: bytes | None) -> Verdict:
    """The verdict with some log members replaced or, where None, taken away."""
    names = dict(zip(("verdict", "opened", "entries", "texts"), logged.FILES, strict=True))
    whole = {**SIGNED, **members, **{names[name]: data for name, data in changes.items() if data is not None}}
    return judged(
        {name: data for name, data in whole.items() if name not in {names[k] for k, v in changes.items() if v is None}},
        trust=TRUST,
    )


def test_broken_twins(tmp_path: Path) -> None:
    good = files(tmp_path / "log", [opening(), verdict()])
    raw = tiles.unbundle(good[logged.ENTRIES])
    held = proof.read(good[logged.VERDICT])
    altered = tiles.bundle([raw[0], raw[1].replace(b"2028", b"2029")])
    cases: list[tuple[str, Verdict]] = [
        ("bundle.log_other_entries", broken(good, entries=altered)),
        ("bundle.log_other_entries", broken(good, entries=tiles.bundle(raw[:1]))),
        ("log.tile", broken(good, entries=good[logged.ENTRIES][:-1])),
        ("bundle.member_missing", broken(good, opened=None)),
        ("bundle.member_missing", broken(good, texts=None)),
        ("log.not_released", broken(good, texts=b"")),
        ("log.inclusion", broken(good, verdict=replace(held, index=0).data())),
        ("log.index", broken(good, verdict=replace(held, index=2).data())),
        ("log.inclusion", broken(good, verdict=replace(held, path=[bytes(32)]).data())),
        ("bundle.log_other_engagement", broken(good, opened=good[logged.VERDICT])),
        ("log.proof", broken(good, verdict=good[logged.VERDICT].replace(b"index 1", b"index 01"))),
    ]
    for key, found in cases:
        assert found.state == "failed"
        assert of(found, "failed") == {"log": key}


def test_a_checkpoint_that_nobody_signed_or_too_few_witnesses(tmp_path: Path) -> None:
    good = files(tmp_path / "log", [opening(), verdict()], witnesses=("ngo",))
    assert of(judged({**SIGNED, **good}, trust=TRUST), "failed") == {"log_witnesses": "log.quorum"}
    bent = {}
    for name in (logged.VERDICT, logged.OPENED):
        held = proof.read(good[name])
        first = held.note.signatures[0]
        note = replace(held.note, signatures=(replace(first, value=bytes(64)), *held.note.signatures[1:]))
        bent[name] = replace(held, note=note).data()
    assert of(judged({**SIGNED, **good, **bent}, trust=TRUST), "failed") == {
        "log_checkpoint": "log.signature",
        "log_witnesses": "log.quorum",
    }


@pytest.mark.parametrize(
    ("drafts", "check"),
    [
        ([opening(), verdict(opinion="unmodified")], {"log_verdict": "bundle.log_other_verdict"}),
        ([opening(43), verdict()], {"log_verdict": "bundle.log_other_engagement"}),
        ([opening(), verdict(), draft(kinds.WITHDRAWN, about=2)], {"log_verdict": "bundle.log_withdrawn"}),
    ],
)
def test_what_was_logged_is_not_what_was_signed(tmp_path: Path, drafts: list[Draft], check: Checks) -> None:
    assert of(judged({**SIGNED, **files(tmp_path / "log", drafts)}, trust=TRUST), "failed") == check


def test_a_verdict_logged_before_it_was_signed(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    new(folder)
    drafts = [opening(), verdict()]
    appending.append(folder, LOG, drafts, REVIEWED - timedelta(seconds=1))
    for one in drafts:
        appending.release(folder, one.opening)
    found = judged({**SIGNED, **logged.files(cosigned(folder, at=NOW), PAYLOAD)}, trust=TRUST)
    assert of(found, "failed") == {"log_verdict": "bundle.log_before_signing"}


def test_other_engagements_of_the_place_stand_on_the_first_screen(tmp_path: Path) -> None:
    here = dict.fromkeys(("place",), PLACE)
    drafts = [
        opening(**here),
        verdict(),
        opening(43, body="body-2", park="NEW-NAME", **here),  # the same members under another id
        opening(44, body="body-3", park="NEW-NAME", place=PLACE | {"codes": ["91150000000000009Z"]}),
        opening(45, body="body-4", park="PX-1"),
        draft(kinds.VERDICT, body="body-4", engagement=1, opinion="adverse"),
        opening(46, body="body-5"),
    ]
    found = judged({**SIGNED, **files(tmp_path / "log", drafts, sealed=(6,))}, trust=TRUST)
    assert found.state == "verified"
    assert [(one.key, one.arguments["engagement"]) for one in found.first] == [
        ("bundle.log_open", "body-2 #1"),
        ("bundle.log_adverse", "body-4 #1"),
    ]
    (sealed,) = (one for one in found.notes if one.key == "bundle.log_sealed")
    assert sealed.arguments == {"count": "1", "all": "5"}


def test_an_engagement_of_the_place_that_nobody_ended_fails(tmp_path: Path) -> None:
    gone = (NOW - timedelta(days=1)).date().isoformat()
    other = opening(43, body="body-2", deadline=gone)
    found = judged({**SIGNED, **files(tmp_path / "a", [opening(), verdict(), other])}, trust=TRUST)
    assert of(found, "failed") == {"log_rules": "log.overdue"}
    assert told(found) == ["bundle.log_overdue"]
    elsewhere = opening(43, body="body-2", deadline=gone, park="PX-9")
    assert (
        judged({**SIGNED, **files(tmp_path / "b", [opening(), verdict(), elsewhere])}, trust=TRUST).state == "verified"
    )


def test_a_superseded_report_says_so(tmp_path: Path) -> None:
    found = judged(
        {**SIGNED, **files(tmp_path / "log", [opening(), verdict(), draft(kinds.SUPERSEDED, about=2)])}, trust=TRUST
    )
    assert (found.state, told(found)) == ("verified", ["bundle.log_superseded"])


def test_nothing_is_published_that_is_not_released(tmp_path: Path) -> None:
    for index, key in ((0, "log.opening_not_released"), (1, "log.not_released")):
        with pytest.raises(NotVerified) as caught:
            files(tmp_path / str(index), [opening(), verdict()], sealed=(index,))
        assert caught.value.key == key
    with pytest.raises(NotVerified, match=r"log\.not_released"):
        logged.files(reading.open_log(tmp_path / "0"), b"another payload")


def square(west: str, east: str) -> dict[str, Any]:
    """A place of a square degree or so."""
    ring = [[west, "0"], [east, "0"], [east, "1"], [west, "1"], [west, "0"]]
    return {"codes": [], "polygons": [{"coordinates": [ring], "type": "Polygon"}], "sources": []}


def test_one_place_by_fence_sources_and_codes() -> None:
    shares = shares_of(RULER)
    assert (shares.place, shares.members, shares.decimals) == (Shares().place, None, None)
    shares = shares_of(load_ruler("cn-national-2025").plain())
    assert shares == Shares(Fraction(1, 10), Fraction(1, 2), 3)
    one = {"park": "A", "place": square("0", "1")}
    for east, same in (("1.9", True), ("1.91", False)):
        other = {"park": "B", "place": square(str(round(float(east) - 1, 2)), east)}
        assert same_place(one, other, shares) is same
        assert same_place(one, other, Shares())  # no share is stated: any overlap
    assert not same_place(one, {"park": "B"}, shares)
    assert same_place(one, {"park": "A"}, shares)
    spots = [
        {"park": park, "place": PLACE | {"codes": [], "sources": [[lon, "40"]]}}
        for park, lon in (("A", "110.0001"), ("B", "110"))
    ]
    assert same_place(spots[0], spots[1], shares)
    assert not same_place(spots[0], spots[1], Shares())

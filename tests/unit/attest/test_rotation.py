"""Rotation of a local authority's trust root: what `root.successor` takes, and nothing added where it would not."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.attest.local import DAY, ENROLLED, MADE, SECRET, authority, enrolled, files
from tests.unit.attest.people import KEYS, START, World
from tests.unit.attest.people import root as foreign
from verify.attest import anchors, authority_files, dsse, keys, profiles, root
from verify.attest.anchors import Anchor
from verify.attest.authority import Authority
from verify.attest.rotation import Rotation
from verify.errors import NotVerified, TrueZeroError

OTHER = foreign("Another accreditation root", KEYS[5]).certificate
FROM = MADE.replace(microsecond=0)


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(TrueZeroError) as error:
        call()
    assert SECRET.decode() not in str(error.value)
    return error.value.key


def who(data: bytes, held: Authority) -> set[int]:
    """The numbers of those who signed a root file."""
    by = {spki: number for number, spki in authority_files.signers(held.folder).items()}
    return {by[one.keyid] for one in dsse.read(data).signatures}


def test_signers_come_and_go(tmp_path: Path) -> None:
    held = authority(tmp_path)
    first = held.root
    data = held.rotate(Rotation(add=2, retire=(1,), threshold=3))
    second = root.successor(first, data)
    assert (second.version, second.threshold, len(second.keys)) == (2, 3, 4)
    assert who(data, held) == {1, 2, 3, 4, 5}
    assert authority_files.signers(held.folder)[1] not in second.keys
    assert (held.folder / "trust" / "root.2.dsse.json").read_bytes() == data
    for number in (4, 5):
        path = authority_files.signer_key(held.folder, number)
        assert path.stat().st_mode & 0o777 == 0o600
        key = keys.read(path, SECRET)
        assert profiles.spki_sha256(key.public_key()) == authority_files.signers(held.folder)[number]
    third = held.rotate(Rotation(threshold=2), signing=(2, 3, 5))
    assert root.latest(first, [data, third]) == held.root
    assert held.root.version == 3


def test_the_old_threshold_and_the_new(tmp_path: Path) -> None:
    """R2: short of either, no version is added, and no key."""
    held = authority(tmp_path)
    before = files(held.folder)
    cases: dict[str, Callable[[], object]] = {
        "one of the old": lambda: held.rotate(Rotation(threshold=1), signing=(1,)),
        "one of the old and a new one": lambda: held.rotate(Rotation(add=1), signing=(3,)),
        "the old quorum, short of the new": lambda: held.rotate(Rotation(threshold=3), signing=(1, 2)),
        "nobody of the old": lambda: held.rotate(Rotation(add=3, retire=(1, 2, 3)), signing=()),
    }
    for name, call in cases.items():
        assert reason(call) == "attest.root_threshold", name
    assert files(held.folder) == before
    held.rotate(Rotation(add=1, retire=(1, 2, 3), threshold=1))  # all old ones go, and sign that they go
    assert list(held.root.keys) == [authority_files.signers(held.folder)[4]]


@pytest.mark.parametrize(
    ("asked", "signing", "key"),
    [
        (Rotation(), None, "attest.rotation_nothing"),
        (Rotation(threshold=2), None, "attest.rotation_nothing"),
        (Rotation(retire=(4,)), None, "attest.root_signer_unknown"),
        (Rotation(add=1), (1, 2, 4), "attest.root_signer_unknown"),
        (Rotation(threshold=4), None, "attest.root"),
        (Rotation(retire=(1, 2)), None, "attest.root"),
        (Rotation(close=[(OTHER, ENROLLED)]), None, "attest.anchor_unknown"),
        (Rotation(people=[Anchor(World().body.certificate, START)]), None, "attest.anchor_no_root"),
        (Rotation(clocks=[Anchor(World().lead, START)]), None, "attest.anchor_no_root"),
    ],
)
def test_what_is_no_rotation(asked: Rotation, signing: tuple[int, ...] | None, key: str, tmp_path: Path) -> None:
    held = authority(tmp_path)
    before = files(held.folder)
    assert reason(lambda: held.rotate(asked, signing)) == key
    assert reason(lambda: Authority(held.folder, b"wrong").rotate(Rotation(add=1))) == "attest.key_unreadable"
    assert files(held.folder) == before


def test_an_anchor_is_added_and_another_closed(tmp_path: Path) -> None:
    """R3: the closed one keeps its place with the end of its window; what was signed within it stays verifiable."""
    held = authority(tmp_path)
    own = held.state.of("root").certificate
    end = ENROLLED.replace(microsecond=0) + DAY
    people = [Anchor(OTHER, START), Anchor(OTHER, START, START + DAY)]
    held.rotate(Rotation(people=people, clocks=people[:1], close=[(own, end)]))
    found = held.root.anchors
    assert list(found.people) == [Anchor(own, FROM, end), *people]
    assert list(found.clocks) == [Anchor(own, FROM, end), people[0]]
    anchors.within(found.people, own, end)
    with pytest.raises(NotVerified):
        anchors.within(found.people, own, end + timedelta(seconds=1))
    assert reason(lambda: held.rotate(Rotation(close=[(own, end + DAY)]))) == "attest.anchor_unknown"
    assert reason(lambda: held.rotate(Rotation(close=[(own, MADE - DAY)]))) == "attest.anchor_window_wrong"
    held.rotate(Rotation(close=[(own, end - DAY)]))  # an earlier end, for a root that was lost
    assert held.root.anchors.people[0].end == end - DAY
    enrolled(held)


@pytest.mark.parametrize("failing", ["root.signer.5.key.pem", "root.signer.5.pem", "root.2.dsse.json"])
def test_a_full_disk_adds_neither_key_nor_version(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = authority(tmp_path)
    before = files(held.folder)
    from verify.canonical.files import write_new

    def full(path: Path, *rest: Any) -> None:
        if path.name == failing:
            raise OSError(errno.ENOSPC, "full")
        write_new(path, *rest)

    with monkeypatch.context() as broken:
        broken.setattr(authority_files, "write_new", full)
        broken.setattr(keys, "write_new", full)
        with pytest.raises(OSError, match="full"):
            held.rotate(Rotation(add=2))
    assert files(held.folder) == before
    assert held.rotate(Rotation(add=2))


def test_what_a_killed_rotation_leaves_is_named_by_no_root(tmp_path: Path) -> None:
    held = authority(tmp_path)
    keys.write(authority_files.signer_key(held.folder, 4), keys.generate(), SECRET)
    assert held.root.version == 1
    held.rotate(Rotation(add=1))
    assert set(authority_files.signers(held.folder)) == {1, 2, 3, 5}
    assert len(held.root.keys) == 4


def test_a_version_that_somebody_else_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = authority(tmp_path)
    first = held.roots
    theirs = held.rotate(Rotation(threshold=1))
    before = files(held.folder)
    monkeypatch.setattr(Authority, "roots", property(lambda _: first))
    assert reason(lambda: held.rotate(Rotation(add=1))) == "attest.root_taken"
    assert files(held.folder) == before
    assert (held.folder / "trust" / "root.2.dsse.json").read_bytes() == theirs


def test_a_chain_of_versions_with_a_gap_or_a_stranger(tmp_path: Path) -> None:
    held = authority(tmp_path)
    first = held.roots[0]
    for threshold in (1, 2):
        held.rotate(Rotation(threshold=threshold))
    second = held.folder / "trust" / "root.2.dsse.json"
    data = second.read_bytes()
    second.write_bytes(first)
    assert reason(lambda: held.root) == "attest.root_version"
    second.write_bytes(data[:-10] + b"A" + data[-9:])
    assert reason(lambda: held.rotate(Rotation(add=1))).startswith("attest.")
    second.unlink()
    assert reason(lambda: held.root) == "attest.authority_unreadable"
    second.write_bytes(data)
    assert held.root.version == 3
    (held.folder / "root.signer.2.pem").write_text("no key")
    assert reason(lambda: held.rotate(Rotation(add=1))) == "attest.authority_unreadable"

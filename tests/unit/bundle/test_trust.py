"""Which trust root a bundle is judged by: the reader's, or a later one that it leads to (R1 to R4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.attest.attested import ANCHORS
from tests.unit.attest.people import KEYS, SIGNED, START
from tests.unit.bundle.signed_bundle import (
    HELD,
    ROOT,
    ROOT_KEYS,
    bundle,
    failed,
    judged,
    root_file,
    shaped,
    spki_of_key,
)
from verify.attest import dsse, root
from verify.attest.anchors import Anchor, Anchors
from verify.bundle.trust import Held, trusted
from verify.canonical import canonical_bytes
from verify.errors import NotVerified

NEW_KEYS = KEYS[4:6]
SECOND = root_file(2, NEW_KEYS, also=ROOT_KEYS)
THIRD = root_file(3, NEW_KEYS)
GOOD = bundle()
BOTH = bundle(roots={1: ROOT, 2: SECOND})
SHA256 = root.payload_sha256(ROOT)


def key(members: dict[str, bytes], held: Held = HELD) -> str:
    """The reason why the check `root` failed, and that nothing else did."""
    verdict = judged(members, held)
    assert failed(verdict) == {"root"}
    return next(str(one.key) for one in verdict.checks if one.name == "root")


def test_a_root_is_recognised_by_its_digest_or_accepted_as_held() -> None:
    for held, expected in (
        (HELD, "bundle.root_as_held"),
        (Held(ROOT, SHA256), "bundle.root_recognised"),
        (Held(None, SHA256), "bundle.root_recognised"),
    ):
        verdict = judged(GOOD, held)
        assert verdict.state == "verified"
        (check,) = (one for one in verdict.checks if one.name == "root")
        assert (check.key, check.arguments["sha256"], check.arguments["version"]) == (expected, SHA256, "1")


def test_another_root_than_the_readers() -> None:
    assert key(GOOD, Held(ROOT, "00" * 32)) == "attest.root_unknown"
    assert key(GOOD, Held(None, "00" * 32)) == "bundle.root_not_here"
    assert key(GOOD, Held(root_file(1, NEW_KEYS))) == "bundle.root_other"
    assert key(GOOD, Held(b"x")) == "attest.envelope_unreadable"


def test_the_publishers_own_root_is_no_anchor() -> None:
    """A root that names the forger's authorities, shipped in the bundle, signed by the forger's keys."""
    forged = bundle(roots={1: ROOT, 2: root_file(2, NEW_KEYS)})
    assert key(forged) == "attest.root_threshold"
    assert key(bundle(roots={1: root_file(1, NEW_KEYS)})) == "bundle.root_other"


def test_a_later_root_counts_when_it_is_chained() -> None:
    assert judged(BOTH).state == "verified"
    assert trusted(HELD, BOTH).root.version == 2
    assert judged(BOTH, Held(SECOND)).state == "verified"
    assert judged(bundle(roots={1: ROOT, 2: SECOND, 3: THIRD}), Held(SECOND)).state == "verified"


def test_a_version_that_is_left_out() -> None:
    assert key(bundle(roots={3: THIRD})) == "attest.root_version"
    assert key(bundle(roots={2: SECOND})) == "attest.root_signature"  # by keys of a version that is not there
    assert key(bundle(roots={1: ROOT, 3: THIRD})) == "attest.root_version"
    assert key(BOTH | {"trust/root.4.dsse.json": root_file(4, NEW_KEYS)}) == "attest.root_version"


def test_a_reader_who_is_ahead_judges_by_the_own_root() -> None:
    """An old bundle stays checkable: by the anchors of the newer root, not by those that lie in it."""
    assert judged(GOOD, Held(SECOND)).state == "verified"
    assert judged(GOOD, Held(THIRD)).state == "verified"
    assert trusted(Held(THIRD), GOOD).root.version == 3
    rotated = root_file(3, KEYS[3:4], also=NEW_KEYS)  # signed by keys that a reader of this one does not know
    assert trusted(Held(rotated), GOOD).root.version == 3
    envelope = dsse.read(rotated)
    bare = tuple(one for one in envelope.signatures if one.keyid != spki_of_key(KEYS[3]))
    assert key(GOOD, Held(dsse.write(replace(envelope, signatures=bare)))) == "attest.root_threshold"
    ended = Anchors([Anchor(ANCHORS.people[0].certificate, START, SIGNED - timedelta(days=1))], ANCHORS.clocks)
    late = judged(GOOD, Held(root_file(3, NEW_KEYS, anchors=ended)))
    assert {"chain.lead", "chain.reviewer"} <= failed(late)


def test_an_older_root_that_does_not_lead_to_the_readers() -> None:
    stranger = root_file(1, [KEYS[3]])
    assert key(bundle(roots={1: stranger}), Held(SECOND)) == "attest.root_signature"


@pytest.mark.parametrize("member", ["trust/root.1.dsse.json", "trust/trusted_root.json"])
def test_no_part_of_the_root_can_be_left_out(member: str) -> None:
    reason = key({name: data for name, data in GOOD.items() if name != member})
    assert reason == ("bundle.root_absent" if "dsse" in member else "bundle.root_shape")


def test_a_shaped_copy_of_other_anchors() -> None:
    later = Anchors([Anchor(ANCHORS.people[0].certificate, SIGNED)], ANCHORS.clocks)
    assert key(GOOD | {"trust/trusted_root.json": canonical_bytes(shaped(later))}) == "bundle.root_shape"


def test_a_root_under_the_name_of_another_version() -> None:
    renamed = {name: data for name, data in GOOD.items() if not name.startswith("trust/root.")}
    assert key(renamed | {"trust/root.2.dsse.json": ROOT}) == "bundle.root_name"


def test_nothing_is_trusted_where_nothing_is_held() -> None:
    with pytest.raises(NotVerified, match="root_not_here"):
        trusted(Held(None, None), GOOD)

"""Trust roots: of another authority, short of their threshold, with a version skipped, older than the reader's, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import GOOD, HOME, SEAL, STRANGERS
from tests.unit.attest.people import KEYS, START
from tests.unit.bundle.signed_bundle import ENVELOPE, HELD, root_file, shaped, spki_of_key
from verify.attest import der, dsse, keys, root, signing
from verify.attest.anchors import Anchor, Anchors
from verify.bundle.trust import Held
from verify.canonical import canonical_bytes

OLD, NEW = HOME.signers, tuple(KEYS[4:6])
FIRST = HOME.first
SECOND = root_file(2, NEW, also=OLD)
THIRD = root_file(3, NEW)
TWO_OF_TWO = root_file(1, OLD, threshold=2)
FILE = "trust/root.{}.dsse.json"


def _bundle(roots: Mapping[int, bytes]) -> dict[str, bytes]:
    return replace(SEAL, roots=roots).members()


def signed_by(data: bytes, *signers: Any) -> bytes:
    """The payload of a root file with the signatures of these keys."""
    made = root.sign(dsse.read(data).payload, {spki_of_key(one): signing.with_key(one) for one in signers})
    return dsse.write(made)


@group("a root of somebody else")
def foreign() -> Iterator[Mutant]:
    theirs = STRANGERS.first
    fits = _bundle({1: theirs})
    yield Mutant("the bundle's", fits, {"root"}, alone=True)
    yield Mutant("the reader's", GOOD, {"root"}, STRANGERS.held, alone=True)
    yield Mutant("the reader's, by digest", GOOD, {"root"}, Held(None, root.payload_sha256(theirs)), alone=True)
    yield Mutant("the reader's file and another digest", GOOD, {"root"}, Held(FIRST, "00" * 32), alone=True)
    yield Mutant("none of the reader's", GOOD, {"root"}, None, unmade=True)
    for what, held in {"no file": b"", "a report": GOOD["report.json"], "the envelope": GOOD[ENVELOPE]}.items():
        yield Mutant(f"the reader's is {what}", GOOD, {"root"}, Held(held), alone=True)
    named = {"chain.lead", "chain.reviewer", "time.lead", "time.reviewer"}
    anchors = Anchors([Anchor(STRANGERS.root.certificate, START)], [Anchor(STRANGERS.root.certificate, START)])
    other = root_file(1, OLD, anchors=anchors)
    yield Mutant("signed here, names others", _bundle({1: other}), named, Held(other), alone=True)
    newer = root_file(2, OLD, anchors=anchors)
    yield Mutant("a newer version names others", _bundle({1: FIRST, 2: newer}), named, alone=True)
    yield Mutant("the reader's newer version names others", GOOD, named, Held(newer), alone=True)


@group("a root short of its signatures")
def thresholds() -> Iterator[Mutant]:
    strange = keys.generate()
    short = signed_by(TWO_OF_TWO, OLD[0])
    for what, roots, held in (
        ("one of two", {1: short}, Held(short)),
        ("one of two, by digest", {1: short}, Held(None, root.payload_sha256(short))),
        ("a key twice", {1: _twice(TWO_OF_TWO)}, Held(TWO_OF_TWO)),
        ("of nobody beside", {1: signed_by(FIRST, *OLD, strange)}, HELD),
        ("of nobody beside, by digest", {1: signed_by(FIRST, *OLD, strange)}, Held(None, root.payload_sha256(FIRST))),
        ("in another order, by digest", {1: _turned(FIRST)}, Held(None, root.payload_sha256(FIRST))),
        ("of nobody at all", {1: signed_by(FIRST, strange)}, Held(None, root.payload_sha256(FIRST))),
        ("the next, by its own keys alone", {1: FIRST, 2: signed_by(SECOND, *NEW)}, HELD),
        ("the next, by the old keys alone", {1: FIRST, 2: signed_by(SECOND, *OLD)}, HELD),
        ("the next, by nobody", {1: FIRST, 2: signed_by(SECOND, strange)}, HELD),
        ("the next, by one of the two that held", _two(signed_by(SECOND, *NEW, OLD[0])), Held(TWO_OF_TWO)),
        ("the next, a stranger's", {1: FIRST, 2: STRANGERS.root_file(2)}, HELD),
        ("r and n-s", {1: malleated(FIRST)}, HELD),
        ("r and n-s, by digest", {1: malleated(FIRST)}, Held(None, root.payload_sha256(FIRST))),
        ("the next, r and n-s", {1: FIRST, 2: malleated(SECOND)}, HELD),
        ("signed again", {1: signed_by(FIRST, *OLD)}, HELD),
    ):
        yield Mutant(what, _bundle(roots), {"root"}, held, alone=True)


def _two(second: bytes) -> dict[int, bytes]:
    return {1: TWO_OF_TWO, 2: second}


def _twice(data: bytes) -> bytes:
    envelope = dsse.read(data)
    first = envelope.signatures[0]
    return dsse.write(replace(envelope, signatures=(first, first)))


def _turned(data: bytes) -> bytes:
    envelope = dsse.read(data)
    return dsse.write(replace(envelope, signatures=envelope.signatures[::-1]))


def malleated(data: bytes) -> bytes:
    """The root file with (r, n-s) for the (r, s) of its first signature."""
    envelope = dsse.read(data)
    first, *rest = envelope.signatures
    r, s = der.integers(first.sig)
    other = replace(first, sig=der.from_integers(r, der.P256_ORDER - s))
    return dsse.write(replace(envelope, signatures=(other, *rest)))


@group("versions of a root")
def versions() -> Iterator[Mutant]:
    for what, roots, held in (
        ("one skipped", {1: FIRST, 3: THIRD}, HELD),
        ("the first missing", {2: SECOND}, HELD),
        ("the first missing, the reader holds the second", {2: SECOND}, Held(SECOND)),
        ("the first two missing", {3: THIRD}, HELD),
        ("the second under the name of the first", {1: SECOND}, HELD),
        ("the first under the name of the second", {2: FIRST}, HELD),
        ("the first twice", {1: FIRST, 2: FIRST}, HELD),
        ("exchanged", {1: SECOND, 2: FIRST}, HELD),
        ("the third under the name of the second", {1: FIRST, 2: THIRD}, HELD),
        ("another second than the reader's", {1: FIRST, 2: SECOND}, Held(root_file(2, NEW, also=OLD))),
        ("another first than the reader's second continues", {1: STRANGERS.first}, Held(SECOND)),
        ("version 0", {1: _changed(version="0")}, HELD),
        ("a threshold of nobody", {1: _changed(threshold="0")}, HELD),
        ("a threshold beyond its keys", {1: _changed(threshold="3")}, HELD),
        ("another format", {1: _changed(format="truezero-root/2")}, HELD),
        ("a member more", {1: _changed(expires="2030-01-01")}, HELD),
        ("no anchor", {1: _changed(trusted_root=shaped(Anchors([], [])))}, HELD),
    ):
        files = _bundle({1: FIRST}) | {FILE.format(version): data for version, data in roots.items()}
        if 1 not in roots:
            del files[FILE.format(1)]
        files["trust/trusted_root.json"] = _shape(roots)
        yield Mutant(what, files, {"root"}, held, alone=True)


def _changed(**changes: Any) -> bytes:
    """The first version with other members, signed by its keys."""
    payload = canonical_bytes(json.loads(dsse.read(FIRST).payload) | changes)
    signers = {spki_of_key(one): signing.with_key(one) for one in OLD}
    return dsse.write(root.sign(payload, signers))


def _shape(roots: Mapping[int, bytes]) -> bytes:
    return canonical_bytes(json.loads(dsse.read(roots[max(roots)]).payload)["trusted_root"])


@group("the shape of the root for other programs")
def shapes() -> Iterator[Mutant]:
    anchors = Anchors([Anchor(STRANGERS.root.certificate, START)], [Anchor(STRANGERS.root.certificate, START)])
    both = _bundle({1: FIRST, 2: root_file(2, OLD, anchors=Anchors([_here(), _there()], [_here()]))})
    for what, files, data in (
        ("of another authority", GOOD, canonical_bytes(shaped(anchors))),
        ("with an authority more", GOOD, canonical_bytes(shaped(Anchors([_here(), _there()], [_here()])))),
        ("with no authority", GOOD, canonical_bytes(shaped(Anchors([], [])))),
        ("of the version before", both, GOOD["trust/trusted_root.json"]),
        ("an empty object", GOOD, b"{}"),
    ):
        yield Mutant(what, files | {"trust/trusted_root.json": data}, {"root"}, alone=True)


def _here() -> Anchor:
    return Anchor(HOME.root.certificate, START)


def _there() -> Anchor:
    return Anchor(STRANGERS.root.certificate, START)

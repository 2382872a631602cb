"""The trust root: k of n by key, and every rotation by the old and the new threshold (R1-R4)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.attest import people
from tests.unit.attest.attested import ANCHORS
from tests.unit.attest.attested import WORLD as HELD
from tests.unit.attest.people import SIGNED, START, World
from verify.attest import der, dsse, root, trusted_root
from verify.attest.anchors import Anchor, Anchors
from verify.attest.profiles import spki_sha256
from verify.attest.root import Root
from verify.attest.signing import with_key
from verify.errors import NotVerified

WORLD = World()
KEYS = [ec.generate_private_key(ec.SECP256R1()) for _ in range(6)]
TRUSTED = trusted_root.write(ANCHORS)


def version(number: int, keys: Iterable[int], threshold: int = 2) -> Root:
    return Root(number, threshold, root.keyed(KEYS[one].public_key() for one in keys), TRUSTED)


def file(held: Root, signers: Iterable[int]) -> bytes:
    """The file of a root with the signatures of these keys."""
    by = {spki_sha256(KEYS[one].public_key()): with_key(KEYS[one]) for one in signers}
    return dsse.write(root.sign(root.write(held), by))


ONE = version(1, (0, 1, 2))


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(NotVerified) as error:
        call()
    return error.value.key


def digest(held: Root) -> str:
    return hashlib.sha256(root.write(held)).hexdigest()


def test_a_first_root_by_its_digest_and_its_own_threshold() -> None:
    found = root.first(file(ONE, (0, 2)), digest(ONE))
    assert (found.version, found.threshold, set(found.keys)) == (1, 2, set(ONE.keys))
    assert reason(lambda: root.first(file(ONE, (0, 2)), "00" * 32)) == "attest.root_unknown"
    assert reason(lambda: root.first(file(ONE, (0,)), digest(ONE))) == "attest.root_threshold"


@pytest.mark.parametrize(
    ("keys", "threshold", "signers", "key"),
    [
        ((0, 1, 2), 2, (0, 1), None),  # the same keys
        ((1, 2, 3), 2, (1, 2), None),  # one shared quorum, as python-tuf accepts it
        ((3, 4, 5), 2, (0, 1, 3, 4), None),  # all keys replaced, both quorums
        ((0, 1, 2), 3, (0, 1, 2), None),  # a higher threshold
        ((0, 1, 2), 1, (0, 1), None),  # a lower one still needs the old
        ((0, 1, 2), 1, (0,), "attest.root_threshold"),
        ((0, 1, 2), 3, (0, 1), "attest.root_threshold"),
        ((3, 4, 5), 2, (0, 1), "attest.root_threshold"),  # the old quorum only
        ((3, 4, 5), 2, (3, 4), "attest.root_threshold"),  # the new quorum only
        ((3, 4, 5), 2, (0, 3, 4), "attest.root_threshold"),  # short of the old one
        ((3, 4, 5), 2, (0, 1, 3), "attest.root_threshold"),  # short of the new one
        ((0, 1, 2), 2, (0, 1, 5), "attest.root_signature"),  # a signature of nobody
    ],
)
def test_rotation(keys: tuple[int, ...], threshold: int, signers: tuple[int, ...], key: str | None) -> None:
    data = file(version(2, keys, threshold), signers)
    if key is None:
        assert root.successor(ONE, data).version == 2
    else:
        assert reason(lambda: root.successor(ONE, data)) == key


@pytest.mark.parametrize("number", [1, 3, 12])
def test_no_version_is_skipped_or_repeated(number: int) -> None:
    assert reason(lambda: root.successor(ONE, file(version(number, (0, 1, 2)), (0, 1)))) == "attest.root_version"


def test_a_chain_of_versions() -> None:
    """R4: from the one that the reader holds, one by one."""
    two, three = version(2, (1, 2, 3)), version(3, (3, 4, 5))
    files = [file(two, (1, 2)), file(three, (1, 2, 3, 4))]
    assert set(root.latest(ONE, files).keys) == set(three.keys)
    assert root.latest(ONE, []) == ONE
    assert reason(lambda: root.latest(ONE, files[1:])) == "attest.root_version"
    assert reason(lambda: root.latest(ONE, files[::-1])) == "attest.root_version"


def test_one_key_under_two_names_is_one_signer() -> None:
    """Other libraries count it twice."""
    envelope = dsse.read(file(version(2, (0, 1, 2)), (0,)))
    (only,) = envelope.signatures
    for names in (("", only.keyid), (only.keyid, only.keyid), (only.keyid, "z")):
        twice = replace(envelope, signatures=tuple(replace(only, keyid=name) for name in names))
        assert reason(lambda twice=twice: root.successor(ONE, dsse.write(twice))) == "attest.root_signature"


def test_every_octet_counts() -> None:
    data = file(version(2, (0, 1, 2)), (0, 1))
    assert root.successor(ONE, data)
    for at in range(len(data)):
        altered = data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :]
        assert reason(lambda altered=altered: root.successor(ONE, altered)).startswith("attest.")


def test_another_envelope() -> None:
    envelope = dsse.read(file(version(2, (0, 1, 2)), (0, 1)))
    other = replace(envelope, payload_type="application/vnd.in-toto+json")
    assert reason(lambda: root.successor(ONE, dsse.write(other))) == "attest.payload_type"


def authority(**changes: Any) -> dict[str, Any]:
    """A TrustedRoot whose first authority is changed."""
    held = trusted_root.write(ANCHORS)
    held["certificateAuthorities"][0] |= changes
    return held


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 4},
        {"threshold": 0},
        {"version": 0},
        {"keys": {}},
        {"keys": root.keyed([ec.generate_private_key(ec.SECP384R1()).public_key()]), "threshold": 1},
        {"trusted": {}},
        {"trusted": TRUSTED | {"mediaType": "application/json"}},
        {"trusted": TRUSTED | {"certificateAuthorities": []}},
        {"trusted": TRUSTED | {"extra": []}},
        {"trusted": authority(validFor={"start": "2028-01-01"})},
        {"trusted": authority(validFor={"start": "2028-01-01T00:00:00Z", "end": "2027-01-01T00:00:00Z"})},
        {"trusted": authority(certChain={"certificates": []})},
        {"trusted": authority(certChain={"certificates": [{"rawBytes": "AAAA"}]})},
        {"trusted": authority(certChain={"certificates": [{"rawBytes": "AAA"}]})},
    ],
)
def test_a_root_that_may_not_stand_there(changes: dict[str, Any]) -> None:
    assert reason(lambda: root.write(replace(ONE, **changes))) == "attest.root"


def test_anchors_keep_their_windows() -> None:
    """R3: `validFor`, in whole seconds."""
    given = Anchors(
        [Anchor(WORLD.root.certificate, START, SIGNED)],
        [Anchor(WORLD.root.certificate, START), Anchor(WORLD.root.certificate, START, SIGNED + timedelta(days=1))],
    )
    assert replace(ONE, trusted=trusted_root.write(given)).anchors == given
    assert reason(lambda: root.write(replace(ONE, trusted=trusted_root.write(Anchors([], []))))) == "attest.root"


def test_what_stands_below_an_anchor_is_no_anchor() -> None:
    """sigstore-js takes the path from there: body below the persons' root, time-stamp authority below the clocks'."""
    held = trusted_root.write(ANCHORS, below=[HELD.clock, HELD.body.certificate])
    for name, first in (("certificateAuthorities", HELD.body.certificate), ("timestampAuthorities", HELD.clock)):
        (entry,) = held[name]
        ders = [base64.b64decode(one["rawBytes"]) for one in entry["certChain"]["certificates"]]
        assert ders == [one.public_bytes(Encoding.DER) for one in (first, HELD.root.certificate)]
    assert replace(ONE, trusted=held).anchors == ANCHORS
    stranger = people.root("Another root", KEYS[5]).certificate
    assert trusted_root.write(ANCHORS, below=[stranger]) == trusted_root.write(ANCHORS)


def test_a_body_is_no_anchor() -> None:
    held = trusted_root.write(Anchors([Anchor(WORLD.body.certificate, START)], ANCHORS.clocks))
    assert reason(lambda: root.write(replace(ONE, trusted=held))) == "attest.root"


def test_a_root_signature_stands_in_one_of_its_two_forms() -> None:
    data = file(ONE, (0, 1))
    envelope = dsse.read(data)
    r, s = der.integers(envelope.signatures[0].sig)
    other = dsse.Signature(envelope.signatures[0].keyid, der.from_integers(r, der.P256_ORDER - s))
    changed = dsse.write(replace(envelope, signatures=(other, *envelope.signatures[1:])))
    assert root.own(data).version == 1
    assert reason(lambda: root.own(changed)) == "attest.root_signature"

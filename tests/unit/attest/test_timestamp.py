"""RFC 3161: a token is for one signature, by one authority, and no octet of it can change unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import rfc3161_client
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.attest import openssl
from tests.unit.attest.people import END, KEYS, SIGNED, START, World, root
from verify.attest import algorithms, asn1, cms, profiles, timestamp
from verify.attest.clock import POLICY, Clock
from verify.errors import NotVerified, WrongUsage

WORLD = World()
CLOCK = Clock(WORLD.clock, WORLD.clock_key)
ANCHORS = [WORLD.root.certificate]
SIGNATURE = b"\x30\x06\x02\x01\x05\x02\x01\x07"
REQUEST = timestamp.request(SIGNATURE)
TOKEN = CLOCK.answer(REQUEST, SIGNED)


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(NotVerified) as error:
        call()
    return error.value.key


def refused(token: bytes, signature: bytes = SIGNATURE) -> str:
    return reason(lambda: timestamp.verify(token, signature, ANCHORS))


def resealed(**parts: bytes) -> bytes:
    """A response whose CMS signature is right over a TSTInfo with other parts."""
    held = {
        "version": asn1.encode_integer(1),
        "policy": POLICY,
        "imprint": asn1.encode(
            asn1.SEQUENCE,
            asn1.encode(asn1.SEQUENCE, algorithms.SHA256),
            asn1.encode(asn1.OCTET_STRING, hashlib.sha256(SIGNATURE).digest()),
        ),
        "serial": asn1.encode_integer(1),
        "time": asn1.encode_time(SIGNED),
    } | parts
    signing_time = cms.attribute(asn1.encode_oid("1.2.840.113549.1.9.5"), asn1.encode(0x17, b"280331090000Z"))
    token = cms.encode(asn1.encode(asn1.SEQUENCE, *held.values()), [CLOCK.certificate], CLOCK.key, signing_time)
    return asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0)), token)


def test_a_token_holds() -> None:
    stamp = timestamp.verify(TOKEN, SIGNATURE, ANCHORS)
    assert stamp.at == SIGNED
    assert stamp.chain == (WORLD.clock, WORLD.root.certificate)


def test_the_token_of_another_signature() -> None:
    assert refused(TOKEN, SIGNATURE[:-1] + b"\x08") == "attest.time_wrong_message"
    assert refused(CLOCK.answer(timestamp.request(b"other"), SIGNED)) == "attest.time_wrong_message"


def test_the_request_asks_for_digest_nonce_and_certificate() -> None:
    """RFC 3161 2.4.1; two requests never share a nonce."""
    version, imprint, nonce, wanted = asn1.element(REQUEST).children()
    assert version.integer() == 1
    assert imprint.children()[1].body == hashlib.sha256(SIGNATURE).digest()
    assert wanted.body == b"\xff"
    assert nonce.integer() != asn1.element(timestamp.request(SIGNATURE)).children()[2].integer()
    assert rfc3161_client.decode_timestamp_response(TOKEN).tst_info.nonce == nonce.integer()


def test_every_flipped_bit_is_seen() -> None:
    """7.7 thousand mutants of one token: status, certificates, names of algorithms, attributes and all."""
    unseen = []
    for place in range(len(TOKEN)):
        for bit in range(8):
            altered = bytearray(TOKEN)
            altered[place] ^= 1 << bit
            try:
                timestamp.verify(bytes(altered), SIGNATURE, ANCHORS)
            except NotVerified:
                continue
            unseen.append((place, bit))
    assert unseen == []


@given(st.binary(max_size=200))
def test_any_octets_are_refused(data: bytes) -> None:
    assert refused(data) == "attest.time_unreadable"
    assert refused(TOKEN + data if data else TOKEN[:-1]) == "attest.time_unreadable"


def test_another_authority() -> None:
    stranger = World(root("Accreditation root", KEYS[5]))
    token = Clock(stranger.clock, stranger.clock_key).answer(REQUEST, SIGNED)
    assert refused(token) == "attest.chain_refused"
    assert reason(lambda: timestamp.verify(TOKEN, SIGNATURE, [])) == "attest.no_anchor"


def test_a_person_stamps_no_time() -> None:
    token = Clock(WORLD.lead, WORLD.lead_key).answer(REQUEST, SIGNED)
    assert refused(token) in {"attest.key_usage", "attest.time_role"}


def test_another_key_than_that_of_the_certificate() -> None:
    assert refused(Clock(WORLD.clock, KEYS[5]).answer(REQUEST, SIGNED)) == "attest.time_signature"


@pytest.mark.parametrize("at", [START - timedelta(days=1), END + timedelta(days=1)])
def test_the_authority_is_judged_at_its_own_time(at: datetime) -> None:
    assert refused(CLOCK.answer(REQUEST, at)) == "attest.not_valid_then"


@pytest.mark.parametrize(
    "parts",
    [
        {"version": asn1.encode_integer(2)},
        {"serial": asn1.encode_integer(-1)},
        {"time": asn1.encode(asn1.GENERALIZED_TIME, b"20280331090000.500Z")},
        {"time": asn1.encode(asn1.GENERALIZED_TIME, b"20280331090000+0800")},
        {"time": asn1.encode(asn1.GENERALIZED_TIME, b"202803310900Z")},
        {"time": asn1.encode(asn1.GENERALIZED_TIME, b"20280230090000Z")},
        {"time": asn1.encode(0x17, b"280331090000Z")},
        {"policy": asn1.encode_integer(1)},
        {"imprint": asn1.encode_integer(1)},
    ],
)
def test_a_signed_information_of_another_shape(parts: dict[str, bytes]) -> None:
    assert refused(resealed(**parts)) == "attest.time_unreadable"


def test_a_fraction_of_a_second() -> None:
    token = resealed(time=asn1.encode(asn1.GENERALIZED_TIME, b"20280331090000.25Z"))
    assert timestamp.verify(token, SIGNATURE, ANCHORS).at == SIGNED + timedelta(milliseconds=250)


def test_a_refusal_of_the_authority() -> None:
    status = asn1.encode(asn1.SEQUENCE, asn1.encode_integer(2))
    assert refused(asn1.encode(asn1.SEQUENCE, status)) == "attest.time_unreadable"
    held = asn1.element(TOKEN).children()[1].raw
    assert refused(asn1.encode(asn1.SEQUENCE, status, held)) == "attest.time_unreadable"
    said = asn1.encode(asn1.SEQUENCE, asn1.encode(0x0C, b"granted"))
    noisy = asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0), said)
    assert refused(asn1.encode(asn1.SEQUENCE, noisy, held)) == "attest.time_unreadable"


def test_a_certificate_of_somebody_else_inside() -> None:
    signing_time = cms.attribute(asn1.encode_oid("1.2.840.113549.1.9.5"), asn1.encode(0x17, b"280331090000Z"))
    content = cms.read(asn1.element(TOKEN).children()[1]).content
    for extra in (WORLD.lead, WORLD.body.certificate):
        token = cms.encode(content, [CLOCK.certificate, extra], CLOCK.key, signing_time)
        status = asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0))
        assert refused(asn1.encode(asn1.SEQUENCE, status, token)) == "attest.time_unreadable"


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        REQUEST + b"\x00",
        asn1.encode(asn1.SEQUENCE, asn1.encode_integer(2), asn1.element(REQUEST).children()[1].raw),
        asn1.encode(
            asn1.SEQUENCE,
            asn1.encode_integer(1),
            asn1.element(REQUEST).children()[1].raw,
            asn1.encode_oid("1.3.6.1.4.1.99999.2.9"),
        ),
        asn1.encode(
            asn1.SEQUENCE,
            asn1.encode_integer(1),
            asn1.encode(
                asn1.SEQUENCE,
                asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.3.14.3.2.26")),
                asn1.encode(asn1.OCTET_STRING, b"\0" * 20),
            ),
        ),
    ],
    ids=lambda _: "request",  # the bytes hold a fresh nonce: no name for a test
)
def test_requests_that_the_clock_does_not_answer(request_: bytes) -> None:
    with pytest.raises(WrongUsage) as error:
        CLOCK.answer(request_, SIGNED)
    assert error.value.key == "attest.time_request"


@openssl.needed
def test_openssl_takes_our_token_and_refuses_another_message(tmp_path: Path) -> None:
    (tmp_path / "token.tsr").write_bytes(TOKEN)
    for data, expected in ((SIGNATURE, 0), (b"other", 1)):
        (tmp_path / "data").write_bytes(data)
        done = openssl.run(
            *("ts", "-verify", "-data", tmp_path / "data", "-in", tmp_path / "token.tsr"),
            *("-CAfile", openssl.pem(tmp_path / "root.pem", *ANCHORS), "-attime", int(SIGNED.timestamp())),
        )
        assert done.returncode == expected, done.stderr.decode()


@openssl.needed
def test_we_take_a_token_of_openssl(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP384R1())
    clock = profiles.time_authority(
        profiles.name("Clock 2"), key.public_key(), WORLD.root, now - timedelta(days=1), now + timedelta(days=1)
    )
    token = openssl.reply(tmp_path, REQUEST, clock, key)
    stamp = timestamp.verify(token, SIGNATURE, [WORLD.root.certificate])
    assert abs(stamp.at - now) < timedelta(minutes=5)
    assert stamp.chain[0] == clock
    assert x509.load_der_x509_certificate(clock.public_bytes(Encoding.DER)) == clock
    assert reason(lambda: timestamp.verify(token, b"other", ANCHORS)) == "attest.time_wrong_message"

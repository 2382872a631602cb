"""Two persons over one payload (I6): lead first, an independent reviewer after, nobody else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest import openssl
from tests.unit.attest.people import KEYS, World
from tests.unit.attest.statements import statement
from verify.attest import dsse, signing
from verify.attest.profiles import spki_of, spki_sha256
from verify.attest.statement import Signatory, write
from verify.errors import TrueZeroError

WORLD = World()


def payload(lead: x509.Certificate = WORLD.lead, reviewer: x509.Certificate = WORLD.reviewer) -> bytes:
    """A statement that lists these two."""
    return write(statement(signatories=[Signatory("lead", spki_of(lead)), Signatory("reviewer", spki_of(reviewer))]))


def by(key: ec.EllipticCurvePrivateKey) -> signing.Signer:
    return signing.with_key(key)


LEAD, REVIEWER = by(WORLD.lead_key), by(WORLD.reviewer_key)
FIRST = signing.sign(payload(), LEAD, WORLD.lead)


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(TrueZeroError) as error:
        call()
    return error.value.key


def test_both_sign_the_same_bytes() -> None:
    both = signing.countersign(FIRST, REVIEWER, WORLD.reviewer, WORLD.lead)
    assert both.payload == FIRST.payload
    assert both.signatures[0] == FIRST.signatures[0]
    assert [one.keyid for one in both.signatures] == [spki_of(WORLD.lead), spki_of(WORLD.reviewer)]
    assert dsse.read(dsse.write(both)) == both


def test_the_digest_of_a_key_is_that_of_its_certificate() -> None:
    assert spki_of(WORLD.lead) == spki_sha256(WORLD.lead_key.public_key())


def test_the_order_is_that_of_the_payload() -> None:
    listed = [Signatory("reviewer", spki_of(WORLD.reviewer)), Signatory("lead", spki_of(WORLD.lead))]
    first = signing.sign(write(statement(signatories=listed)), LEAD, WORLD.lead)
    both = signing.countersign(first, REVIEWER, WORLD.reviewer, WORLD.lead)
    assert [one.keyid for one in both.signatures] == [one.spki_sha256 for one in listed]


def test_a_role_is_kept() -> None:
    assert reason(lambda: signing.sign(payload(), REVIEWER, WORLD.reviewer)) == "attest.signer_role"
    second = WORLD.person("lead", "Zhao Min", KEYS[5])
    held = payload(reviewer=second)
    first = signing.sign(held, LEAD, WORLD.lead)
    assert reason(lambda: signing.countersign(first, by(KEYS[5]), second, WORLD.lead)) == "attest.signer_role"


def test_only_the_listed_sign() -> None:
    other = WORLD.person("lead", "Zhao Min", KEYS[5])
    assert reason(lambda: signing.sign(payload(), by(KEYS[5]), other)) == "attest.signer_unlisted"
    other = WORLD.person("reviewer", "Zhao Min", KEYS[5])
    call = lambda: signing.countersign(FIRST, by(KEYS[5]), other, WORLD.lead)  # noqa: E731 - the call under test
    assert reason(call) == "attest.signer_unlisted"


def test_a_key_belongs_to_its_certificate() -> None:
    assert reason(lambda: signing.sign(payload(), REVIEWER, WORLD.lead)) == "attest.signer_key"


def test_one_person_does_not_sign_twice() -> None:
    again = WORLD.person("reviewer", "Wang Fang", KEYS[5])
    first = signing.sign(payload(reviewer=again), LEAD, WORLD.lead)
    assert reason(lambda: signing.countersign(first, by(KEYS[5]), again, WORLD.lead)) == "attest.one_person"
    both = signing.countersign(FIRST, REVIEWER, WORLD.reviewer, WORLD.lead)
    call = lambda: signing.countersign(both, REVIEWER, WORLD.reviewer, WORLD.lead)  # noqa: E731 - the call under test
    assert reason(call) == "attest.already_signed"


def test_the_lead_signs_first_and_rightly() -> None:
    unsigned = dataclasses.replace(FIRST, signatures=())
    call = lambda held: signing.countersign(held, REVIEWER, WORLD.reviewer, WORLD.lead)  # noqa: E731 - the call under test
    assert reason(lambda: call(unsigned)) == "attest.signature_missing"
    other = write(
        dataclasses.replace(
            statement(),
            opinion="adverse",
            signatories=[Signatory("lead", spki_of(WORLD.lead)), Signatory("reviewer", spki_of(WORLD.reviewer))],
        )
    )
    assert reason(lambda: call(dataclasses.replace(FIRST, payload=other))) == "attest.signature_wrong"
    assert reason(lambda: call(dataclasses.replace(FIRST, payload_type="text/plain"))) in {
        "attest.signature_wrong",
        "attest.payload_type",
    }


@openssl.needed
def test_openssl_verifies_both_and_refuses_an_altered_payload(tmp_path: Path) -> None:
    both = signing.countersign(FIRST, REVIEWER, WORLD.reviewer, WORLD.lead)
    for one, person in zip(both.signatures, (WORLD.lead, WORLD.reviewer), strict=True):
        certificate = openssl.pem(tmp_path / "person.pem", person)
        (tmp_path / "key.pem").write_bytes(openssl.run("x509", "-in", certificate, "-pubkey", "-noout").stdout)
        (tmp_path / "sig").write_bytes(one.sig)
        arguments = ("dgst", "-sha256", "-verify", tmp_path / "key.pem", "-signature", tmp_path / "sig")
        assert openssl.run(*arguments, feed=both.signed_bytes()).returncode == 0
        assert openssl.run(*arguments, feed=both.signed_bytes()[:-1] + b" ").returncode != 0

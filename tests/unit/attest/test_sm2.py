"""A further signatory whose algorithm is not known here (E8): said, and neither needed nor counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509

from tests.unit.attest import openssl
from tests.unit.attest.attested import LEAD, REVIEWER, WORLD, failed, judged, payload, signed, stamps
from verify.attest import certificates, dsse
from verify.attest.policy import Material
from verify.attest.profiles import spki_of
from verify.attest.statement import Signatory

pytestmark = openssl.needed
BOTH = [Signatory("lead", spki_of(WORLD.lead)), Signatory("reviewer", spki_of(WORLD.reviewer))]


@pytest.fixture
def national(tmp_path: Path) -> x509.Certificate:
    """A certificate of an SM2 key, by openssl."""
    key, made = tmp_path / "sm2.key", tmp_path / "sm2.pem"
    assert openssl.run("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", key).returncode == 0
    done = openssl.run("req", "-new", "-x509", "-key", key, "-sm3", "-subj", "/CN=Wang Fang SM2", "-out", made)
    assert done.returncode == 0, done.stderr.decode()
    (found,) = certificates.read_pem(made.read_bytes())
    return found


def material(national: x509.Certificate, listed: list[Signatory]) -> Material:
    held = signed(payload(signatories=listed), LEAD, REVIEWER)
    third = dsse.Signature(spki_of(national), b"\x30\x06\x02\x01\x05\x02\x01\x07")
    envelope = replace(held, signatures=(*held.signatures, third))
    people = [WORLD.lead, WORLD.reviewer, WORLD.body.certificate, national]
    return Material(dsse.write(envelope), stamps(held), people, WORLD.lists())


def test_a_third_signature_is_said_and_not_counted(national: x509.Certificate) -> None:
    third = Signatory("lead", spki_of(national))
    outcome = judged(material(national, [*BOTH, third]))
    assert outcome.state == "verified"
    (unknown,) = [one for one in outcome.checks if one.state == "not_checked"]
    assert (unknown.name, unknown.key) == (f"signature.lead.{third.spki_sha256[:8]}", "attest.algorithm_unknown")


def test_it_is_listed_or_it_fails(national: x509.Certificate) -> None:
    assert failed(judged(material(national, BOTH))) == {
        "signatories": "attest.signature_unlisted",
        "unused": "attest.unused",
    }


def test_it_replaces_nobody(national: x509.Certificate) -> None:
    """SM2 alone never satisfies the default policy."""
    listed = [Signatory("lead", spki_of(national)), BOTH[1]]
    held = signed(payload(signatories=listed), REVIEWER)
    first = dsse.Signature(spki_of(national), b"\x30\x06\x02\x01\x05\x02\x01\x07")
    envelope = replace(held, signatures=(first, *held.signatures))
    tokens = {"reviewer": stamps(held)["lead"]}
    people = [WORLD.reviewer, WORLD.body.certificate, national]
    outcome = judged(Material(dsse.write(envelope), tokens, people, WORLD.lists()))
    assert failed(outcome) == {}
    assert outcome.state == "not_checked"

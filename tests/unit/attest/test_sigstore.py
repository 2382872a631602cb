"""Sigstore bundle v0.3: one signature each, the same octets, and derived."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest

from tests.unit.attest.attested import LEAD, WORLD, material
from verify.attest import dsse, sigstore, timestamp
from verify.errors import NotVerified

GOOD = material()
ENVELOPE = dsse.read(GOOD.envelope)
FILE = sigstore.write(ENVELOPE, WORLD.lead, GOOD.tokens["lead"])


def test_the_bundle_of_one_signer() -> None:
    value = json.loads(FILE)
    assert value["mediaType"] == "application/vnd.dev.sigstore.bundle.v0.3+json"
    assert value["dsseEnvelope"]["payload"] == base64.b64encode(ENVELOPE.payload).decode()
    (only,) = value["dsseEnvelope"]["signatures"]
    assert base64.b64decode(only["sig"]) == ENVELOPE.signatures[0].sig
    material_ = value["verificationMaterial"]
    assert set(material_) == {"certificate", "timestampVerificationData", "tlogEntries"}
    (stamped,) = material_["timestampVerificationData"]["rfc3161Timestamps"]
    token = base64.b64decode(stamped["signedTimestamp"])
    assert timestamp.verify(token, ENVELOPE.signatures[0].sig, [WORLD.root.certificate]).chain[0] == WORLD.clock


def test_another_octet_is_another_file() -> None:
    sigstore.derived(FILE, ENVELOPE, WORLD.lead, GOOD.tokens["lead"])
    for at in range(0, len(FILE), 11):  # a comparison of octets: every eleventh will do
        with pytest.raises(NotVerified):
            sigstore.derived(
                FILE[:at] + bytes((FILE[at] ^ 1,)) + FILE[at + 1 :], ENVELOPE, LEAD[0], GOOD.tokens["lead"]
            )


def test_of_somebody_else() -> None:
    with pytest.raises(NotVerified):
        sigstore.derived(FILE, ENVELOPE, WORLD.reviewer, GOOD.tokens["reviewer"])
    for nobody in (replace(ENVELOPE, signatures=()), replace(ENVELOPE, signatures=ENVELOPE.signatures[1:])):
        with pytest.raises(NotVerified):
            sigstore.write(nobody, WORLD.lead, GOOD.tokens["lead"])

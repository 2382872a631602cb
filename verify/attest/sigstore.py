"""The signature of one person re-wrapped as a Sigstore bundle v0.3, for programs that read nothing else.

Specification: github.com/sigstore/protobuf-specs, protos/sigstore_bundle.proto. Such a bundle takes exactly one signature,
so there is one for each signer. It is derived, never the source: a reader of ours compares it with what it would write.
"""

from __future__ import annotations

import base64
from dataclasses import replace

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verify.attest import dsse
from verify.attest.profiles import spki_of
from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"


def write(envelope: dsse.Envelope, person: x509.Certificate, token: bytes) -> bytes:
    """The bundle of one signer: RFC 8785 bytes. `token` is the DER TimeStampResp over that signature.

    Raises NotVerified `attest.signature_missing` where the person has not signed the envelope exactly once.
    """
    held = [one for one in envelope.signatures if one.keyid == spki_of(person)]
    if len(held) != 1:
        raise NotVerified("attest.signature_missing", role=person.subject.rfc4514_string())
    raw = person.public_bytes(Encoding.DER)
    return canonical_bytes(
        {
            "dsseEnvelope": read_canonical(dsse.write(replace(envelope, signatures=tuple(held)))),
            "mediaType": MEDIA_TYPE,
            "verificationMaterial": {
                "certificate": {"rawBytes": base64.b64encode(raw).decode("ascii")},
                "timestampVerificationData": {
                    "rfc3161Timestamps": [{"signedTimestamp": base64.b64encode(token).decode("ascii")}]
                },
                "tlogEntries": [],
            },
        }
    )


def derived(data: bytes, envelope: dsse.Envelope, person: x509.Certificate, token: bytes) -> None:
    """Is a re-wrapped file what we would write? Raises NotVerified `attest.sigstore_other`."""
    if write(envelope, person, token) != data:
        raise NotVerified("attest.sigstore_other")

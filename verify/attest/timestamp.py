"""RFC 3161 time-stamp tokens over signature bytes (T1): who says that a signature existed, and when.

`rfc3161-client` verifies a token once; beside it this module reads the token itself, strictly, because a token has places
that no signature covers (status text, further certificates, unsigned attributes, algorithm names). Here each of them is
empty or bound to something that is covered, so no octet of a token can change unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import rfc3161_client
from cryptography import x509

from verify.attest import algorithms, asn1, cms, identity
from verify.attest.asn1 import Element
from verify.attest.profiles import spki_of
from verify.errors import NotVerified


@dataclass(frozen=True)
class Stamp:
    """A token that holds: the authority's word for the time (T5), in UTC, and the authority's chain, leaf first."""

    at: datetime
    chain: tuple[x509.Certificate, ...]

    def same_authority(self, other: Stamp) -> bool:
        """Do both come from one authority (T2): one key, one subject, or units of one issuer that is no anchor?"""
        here, there = self.chain[0], other.chain[0]
        if spki_of(here) == spki_of(there) or identity.same_subject(here, there):
            return True
        return len(self.chain) > 2 and len(other.chain) > 2 and spki_of(self.chain[1]) == spki_of(other.chain[1])


def request(signature: bytes) -> bytes:
    """The DER TimeStampReq for these signature bytes: SHA-256, a nonce, and the authority's certificate asked for (T3)."""
    builder = rfc3161_client.TimestampRequestBuilder(cert_req=True, nonce=True)
    return builder.data(signature).hash_algorithm(rfc3161_client.HashAlgorithm.SHA256).build().as_bytes()


def verify(
    token: bytes,
    signature: bytes,
    anchors: Sequence[x509.Certificate],
    intermediates: Sequence[x509.Certificate] = (),
) -> Stamp:
    """The stamp that a DER TimeStampResp is for exactly these signature bytes, under one of the anchors.

    The message is always the signature itself, never a request file lying beside it. Raises NotVerified:
    `attest.time_unreadable`, `attest.time_wrong_message`, `attest.time_signature`, and those of
    `identity.verify_time_authority`. The authority's chain is judged at the time that the token says.
    """
    try:
        signed = cms.read(_token(token))
        at, imprint = _information(signed.content)
    except (ValueError, OverflowError) as error:
        raise NotVerified("attest.time_unreadable", detail=str(error)) from None
    _message(imprint, signature)
    cms.verify(signed)
    chain = identity.verify_time_authority(signed.signer, [*intermediates, *signed.certificates], anchors, at)
    if not set(signed.certificates) <= set(chain):
        raise NotVerified("attest.time_unreadable", detail="a certificate that is not of the authority's chain")
    _second_opinion(token, signature, chain)
    return Stamp(at, tuple(chain))


def said(token: bytes) -> datetime:
    """The time that a token says, in UTC; whether it holds is for `verify`. Raises NotVerified `attest.time_unreadable`."""
    try:
        return _information(cms.read(_token(token)).content)[0]
    except (ValueError, OverflowError) as error:
        raise NotVerified("attest.time_unreadable", detail=str(error)) from None


def _token(response: bytes) -> Element:
    """RFC 3161 2.4.2: TimeStampResp; granted, without a text that nobody signed."""
    status, token = asn1.element(response).expect(asn1.SEQUENCE).children()
    if status.raw != asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0)):
        raise ValueError("the status is not granted, or says more than that")
    return token


def _information(content: bytes) -> tuple[datetime, Element]:
    """RFC 3161 2.4.2: genTime and messageImprint of a TSTInfo."""
    version, policy, imprint, serial, moment, *_ = asn1.element(content).expect(asn1.SEQUENCE).children()
    policy.expect(asn1.OID)
    if version.integer() != 1 or serial.integer() < 0:
        raise ValueError("no TSTInfo of version 1")
    return moment_of(moment), imprint


def moment_of(element: Element) -> datetime:
    """A GeneralizedTime in the form of RFC 3161 2.4.2: UTC, a fraction without trailing zeros. Raises ValueError."""
    text = element.expect(asn1.GENERALIZED_TIME).body.decode("ascii")
    found = re.fullmatch(r"([0-9]{14})(?:\.([0-9]{0,5}[1-9]))?Z", text)
    if not found:
        raise ValueError("genTime is not in its form")
    whole = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return whole + timedelta(microseconds=int((found[2] or "").ljust(6, "0")))


def _message(imprint: Element, signature: bytes) -> None:
    try:
        algorithm, digest = imprint.expect(asn1.SEQUENCE).children()
        name = algorithms.hash_of(algorithm)
        held = digest.expect(asn1.OCTET_STRING).body
    except ValueError as error:
        raise NotVerified("attest.time_unreadable", detail=str(error)) from None
    if algorithms.DIGESTS[name](signature).digest() != held:
        raise NotVerified("attest.time_wrong_message")


def _second_opinion(token: bytes, signature: bytes, chain: Sequence[x509.Certificate]) -> None:
    builder = rfc3161_client.VerifierBuilder(
        tsa_certificate=chain[0], intermediates=list(chain[1:-1]), roots=list(chain[-1:])
    )
    try:
        builder.build().verify_message(rfc3161_client.decode_timestamp_response(token), signature)
    except (rfc3161_client.VerificationError, ValueError) as error:
        raise NotVerified("attest.time_signature", detail=str(error)) from None

"""A local time-stamp authority (RFC 3161): for tests, and for bodies without another one.

It is only as good as the clock of its machine and the separation of its key from the signers': production asks two
unrelated authorities (T2).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import algorithms, asn1, cms
from verify.attest.profiles import PEN
from verify.errors import WrongUsage

POLICY = asn1.encode_oid(f"1.3.6.1.4.1.{PEN}.2.1")
_SIGNING_TIME = asn1.encode_oid("1.2.840.113549.1.9.5")


@dataclass(frozen=True)
class Clock:
    """An authority that can stamp: its certificate (profile `time_authority`) and its P-256 key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def answer(self, request: bytes, at: datetime) -> bytes:
        """The DER TimeStampResp to a DER TimeStampReq, its time `at` in whole seconds of UTC.

        The authority's certificate always travels in the token (T3). Raises WrongUsage `attest.time_request` for a
        request that cannot be read, or asks for another policy or digest.
        """
        try:
            imprint, nonce = _asked(request)
        except ValueError as error:
            raise WrongUsage("attest.time_request", detail=str(error)) from None
        information = asn1.encode(  # RFC 3161 2.4.2, TSTInfo
            asn1.SEQUENCE,
            asn1.encode_integer(1),
            POLICY,
            imprint,
            asn1.encode_integer(secrets.randbits(127)),
            asn1.encode_time(at),
            nonce,
        )
        said = at.astimezone(UTC).strftime("%y%m%d%H%M%SZ").encode("ascii")  # UTCTime, RFC 5652 11.3, until 2049
        token = cms.encode(
            information, [self.certificate], self.key, cms.attribute(_SIGNING_TIME, asn1.encode(0x17, said))
        )
        return asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE, asn1.encode_integer(0)), token)


def _asked(request: bytes) -> tuple[bytes, bytes]:
    """RFC 3161 2.4.1: the encoded messageImprint and nonce (empty without one) of a request."""
    version, imprint, *rest = asn1.element(request).expect(asn1.SEQUENCE).children()
    algorithm, digest = imprint.expect(asn1.SEQUENCE).children()
    length = algorithms.HASHES[algorithms.hash_of(algorithm)].digest_size
    if version.integer() != 1 or len(digest.expect(asn1.OCTET_STRING).body) != length:
        raise ValueError("no request of version 1 with a digest of its length")
    nonce = b""
    for one in rest:
        if one.tag == asn1.INTEGER:
            nonce = one.raw
        elif one.tag == asn1.OID and one.raw != POLICY:
            raise ValueError("another policy")
        elif one.tag not in {asn1.OID, asn1.BOOLEAN}:
            raise ValueError("an extension that is not known")
    return imprint.raw, nonce

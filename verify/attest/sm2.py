"""SM2 keys and signatures, as far as they can be read without an SM2 library (GB/T 32918, GB/T 35276, GM/T 0015).

The arithmetic is left to OpenSSL (openssl.py); `cryptography` has none. Here: which certificate holds an SM2 key, which
is signed with one, and the strict form of a signature.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509

from verify.attest import asn1, der
from verify.attest.profiles import spki_octets

WORD = "sm2"  # the word of a ruler for this algorithm
DISTID = "1234567812345678"  # the identity of the signer that GB/T 35276 fixes; part of what is hashed
SIGNED_WITH_SM3 = asn1.encode_oid("1.2.156.10197.1.501")
# GB/T 32918.5: the order n of the base point.
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_KEY = asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.10045.2.1"), asn1.encode_oid("1.2.156.10197.1.301"))


@dataclass(frozen=True)
class Signed:
    """A key as DER SubjectPublicKeyInfo, a message, and the signature of the one over the other."""

    spki: bytes
    message: bytes
    signature: bytes


def is_key(certificate: x509.Certificate) -> bool:
    """Is the key of a certificate one on the SM2 curve?"""
    try:
        return asn1.element(spki_octets(certificate)).children()[0].raw == _KEY
    except (ValueError, IndexError):
        return False


def signed_with(held: x509.Certificate | x509.CertificateRevocationList) -> bool:
    """Has the issuer signed with SM2 and SM3?"""
    return asn1.encode_oid(held.signature_algorithm_oid.dotted_string) == SIGNED_WITH_SM3


def formed(signature: bytes) -> None:
    """Strict DER with r and s in range (GB/T 35276 7.3). Raises NotVerified `attest.signature_encoding`."""
    der.integers(signature, ORDER)


def _example() -> Signed:
    point = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    r = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
    s = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
    spki = asn1.encode(asn1.SEQUENCE, _KEY, asn1.encode(asn1.BIT_STRING, b"\x00", bytes.fromhex(point)))
    return Signed(spki, b"message digest", der.from_integers(r, s, ORDER))


EXAMPLE = _example()  # GB/T 32918.5 annex A: key, message, r and s, under DISTID

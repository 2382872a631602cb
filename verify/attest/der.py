"""ECDSA signatures in strict DER (E2; SEC 1 appendix C.8, RFC 3279 2.2.3) and the fixed form r‖s of IEEE P1363.

Strict: outer SEQUENCE tag, shortest lengths, shortest and positive integers, exactly two of them, nothing behind;
r and s in 1 … n-1. Libraries differ in what else they let pass, so this runs before any of them.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import asn1
from verify.errors import NotVerified

# SEC 2 version 2, 2.4.2 and 2.5.1: the order n of the base point.
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P384_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973


def integers(signature: bytes, order: int = P256_ORDER) -> tuple[int, int]:
    """r and s of a DER signature under a curve of this order. Raises NotVerified `attest.signature_encoding`."""
    try:
        first, second = asn1.element(signature).expect(asn1.SEQUENCE).children()
        r, s = first.integer(), second.integer()
    except ValueError as error:
        raise NotVerified("attest.signature_encoding", detail=str(error)) from None
    return _in_range(r, s, order)


def from_integers(r: int, s: int, order: int = P256_ORDER) -> bytes:
    """The DER signature of r and s. Raises NotVerified where one is out of range."""
    _in_range(r, s, order)
    return asn1.encode(asn1.SEQUENCE, asn1.encode_integer(r), asn1.encode_integer(s))


def to_p1363(signature: bytes, order: int = P256_ORDER) -> bytes:
    """A DER signature as r‖s, each padded to the width of the order (32 octets for P-256): what WebCrypto takes."""
    width = (order.bit_length() + 7) // 8
    return b"".join(part.to_bytes(width, "big") for part in integers(signature, order))


def from_p1363(signature: bytes, order: int = P256_ORDER) -> bytes:
    """r‖s as DER. Raises NotVerified unless both halves have the width of the order and are in range."""
    width = (order.bit_length() + 7) // 8
    if len(signature) != 2 * width:
        raise NotVerified("attest.signature_encoding", detail=f"{len(signature)} octets, not {2 * width}")
    r, s = int.from_bytes(signature[:width], "big"), int.from_bytes(signature[width:], "big")
    return from_integers(r, s, order)


def lowest(signature: bytes, order: int = P256_ORDER) -> bytes:
    """Of the two signatures (r, s) and (r, n-s), which hold alike, the one with the smaller s."""
    r, s = integers(signature, order)
    return from_integers(r, min(s, order - s), order)


def verify_p256(public_key: object, signature: bytes, message: bytes) -> None:
    """ECDSA P-256 with SHA-256 over `message`, signature in strict DER (E2).

    Raises NotVerified: `attest.key_type` for another key, `attest.signature_encoding`, `attest.signature_wrong`.
    """
    if not isinstance(public_key, ec.EllipticCurvePublicKey) or not isinstance(public_key.curve, ec.SECP256R1):
        raise NotVerified("attest.key_type", wanted="P-256")
    integers(signature)
    try:
        public_key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise NotVerified("attest.signature_wrong") from None


def _in_range(r: int, s: int, order: int) -> tuple[int, int]:
    if not (0 < r < order and 0 < s < order):
        raise NotVerified("attest.signature_encoding", detail="r or s is out of range")
    return r, s

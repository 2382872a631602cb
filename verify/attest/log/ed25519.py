"""Ed25519 (RFC 8032) as notes use it: our own length and range checks first, since libraries differ (V4, V5)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = 32  # octets of a public key, RFC 8032 5.1.5
SIGNATURE = 64  # octets of R and s, RFC 8032 5.1.6
ORDER = 2**252 + 27742317777372353535851937790883648493  # L, RFC 8032 5.1


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` (64 octets, s below L) over `message` is of the key of these 32 octets."""
    if len(public) != KEY or len(signature) != SIGNATURE:
        return False
    if int.from_bytes(signature[KEY:], "little") >= ORDER:  # RFC 8032 5.1.7 step 1
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(key: Ed25519PrivateKey) -> bytes:
    """The 32 octets of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

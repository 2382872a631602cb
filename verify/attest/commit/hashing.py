"""Hashing to P-256 after RFC 9380: suite P256_XMD:SHA-256_SSWU_RO_ (section 8.2).

Nobody knows the logarithm of a point that comes out. Everything that goes in here is public.
"""

from __future__ import annotations

import hashlib

from verify.attest.commit.curve import B, P, Point, added, right_side, root_of

_Z = P - 10  # RFC 9380 8.2
_L = 48  # octets of one field element: ceil((256 + 128) / 8), RFC 9380 5.1
_HASH, _BLOCK = 32, 64  # octets of SHA-256 and of its block
_MINUS_B_OVER_A = B * pow(3, -1, P) % P  # A is -3


def expand_message(message: bytes, dst: bytes, size: int) -> bytes:
    """expand_message_xmd of RFC 9380 5.3.1. Raises ValueError for a tag or a size that it does not admit."""
    blocks = -(-size // _HASH)
    if not 0 < len(dst) <= 255 or blocks > 255:
        raise ValueError("expand_message_xmd: a tag of 1 to 255 octets, at most 255 blocks")
    tag = dst + bytes((len(dst),))
    first = hashlib.sha256(bytes(_BLOCK) + message + size.to_bytes(2, "big") + b"\x00" + tag).digest()
    found = [hashlib.sha256(first + b"\x01" + tag).digest()]
    for at in range(2, blocks + 1):
        mixed = bytes(one ^ other for one, other in zip(first, found[-1], strict=True))
        found.append(hashlib.sha256(mixed + bytes((at,)) + tag).digest())
    return b"".join(found)[:size]


def hash_to_field(message: bytes, dst: bytes, count: int) -> list[int]:
    """RFC 9380 5.2, for a field of prime order."""
    data = expand_message(message, dst, count * _L)
    return [int.from_bytes(data[at : at + _L], "big") % P for at in range(0, count * _L, _L)]


def map_to_curve(element: int) -> Point:
    """Simplified Shallue-van de Woestijne-Ulas (RFC 9380 6.6.2)."""
    shifted = _Z * element * element % P
    denominator = (shifted * shifted + shifted) % P
    inner = 1 + pow(denominator, -1, P) if denominator else pow(-_Z, -1, P)
    x = _MINUS_B_OVER_A * inner % P
    y = root_of(right_side(x))
    if y is None:
        x = shifted * x % P
        y = root_of(right_side(x))
        assert y is not None  # one of both is a square
    return x, y if y & 1 == element & 1 else P - y


def hash_to_curve(message: bytes, dst: bytes) -> Point:
    """RFC 9380 section 3, the random oracle. Raises ValueError for the neutral element, which nobody can aim at."""
    found = added(map_to_curve(one) for one in hash_to_field(message, dst, 2))
    if found is None:
        raise ValueError("the neutral element")
    return found

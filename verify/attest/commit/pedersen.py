"""Pedersen commitments to integers over P-256: C = v·G + r·H (attestation.md section 8).

Hiding is unconditional; binding rests on the discrete logarithm: nobody knows that of H. A number is committed to as the
integer that the ledger holds: millionths of the base unit.
"""

from __future__ import annotations

import secrets
from functools import cache

from verify.attest.commit.curve import G, N, Point, weighted
from verify.attest.commit.hashing import hash_to_curve

SUITE = "P256_XMD:SHA-256_SSWU_RO_"
DST = b"TrueZero-V01-CS01-with-" + SUITE.encode("ascii")
H_MESSAGE = b"https://truezero.example/attestation/pedersen/H/v1"
BITS = 40  # attestation.md section 8: the verifier attests 0 <= v < 2**40 of each row, for the sums are modulo N


@cache
def second_generator() -> Point:
    """H. Its logarithm to G is known to nobody, since it is a hash."""
    return hash_to_curve(H_MESSAGE, DST)


def committed(value: int, blinding: int) -> Point | None:
    """value·G + blinding·H in plain integers; `value` may be negative. None where both come to nothing."""
    return weighted([(value, G), (blinding, second_generator())])


def fresh_blinding() -> int:
    """A random number from 1 to N - 1."""
    return 1 + secrets.randbelow(N - 1)


def in_range(value: int) -> bool:
    """Whether a row may hold this value."""
    return 0 <= value < 1 << BITS

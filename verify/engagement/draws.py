"""Draws that anyone can repeat from the seed: SHA-256 in counter mode, a stream for each purpose (attestation.md, L10)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from verify.errors import WrongUsage

T = TypeVar("T")
SEED_BYTES = 32
_WORD = 1 << 256


def seed_of(text: str) -> bytes:
    """The seed from 64 hexadecimal digits. Raises WrongUsage `sample.seed`."""
    try:
        seed = bytes.fromhex(text)
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise WrongUsage("sample.seed")
    return seed


class Draws:
    """Numbers of one purpose. The `at`-th word is SHA-256(seed, 0, purpose, 0, at as 8 octets)."""

    def __init__(self, seed: bytes, purpose: str) -> None:
        self._head = seed + b"\0" + purpose.encode() + b"\0"
        self._at = 0

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1, each as likely: words beyond the last whole multiple are passed over."""
        limit = _WORD - _WORD % bound
        while True:
            word = int.from_bytes(sha256(self._head + self._at.to_bytes(8, "big")).digest(), "big")
            self._at += 1
            if word < limit:
                return word % bound

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """`count` of them, each set as likely, in the order in which they stand."""
        left = list(range(len(of)))
        for at in range(count):
            other = at + self.below(len(left) - at)
            left[at], left[other] = left[other], left[at]
        return [of[at] for at in sorted(left[:count])]

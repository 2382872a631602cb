"""The Merkle tree of RFC 6962 section 2.1: hashes, proofs, and their verification after RFC 9162 2.1.3.2 and 2.1.4.2.

A tree is asked by `Whole`: the hash of the complete subtree of 2**height leaves that starts at index * 2**height. So a list
in memory and tiles on disk give the same proofs. Every hash is 32 octets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from verify.errors import NotVerified

HASH = 32  # octets of SHA-256
EMPTY = hashlib.sha256(b"").digest()  # RFC 6962 2.1: the root of no leaves
Whole = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256 of 0x01, left and right."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def above(hashes: Sequence[bytes]) -> list[bytes]:
    """The hashes one level up; a last one without a neighbour is not yet there."""
    return [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes) - 1, 2)]


def whole_of(leaves: Iterable[bytes]) -> Whole:
    """A tree in memory over these leaf hashes."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        levels.append(above(levels[-1]))
    return lambda height, index: levels[height][index]


def root(size: int, whole: Whole) -> bytes:
    """The root over the first `size` leaves (RFC 6962 2.1)."""
    return _over(0, size, whole) if size else EMPTY


def inclusion(index: int, size: int, whole: Whole) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 2.1.1, from the leaf's neighbour up. Raises NotVerified `log.index`."""
    if not 0 <= index < size:
        raise NotVerified("log.index", index=str(index), size=str(size))
    found: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            found.append(_over(middle, high, whole))
            high = middle
        else:
            found.append(_over(low, middle, whole))
            low = middle
    return found[::-1]


def consistency(old: int, new: int, whole: Whole) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 6962 2.1.2; empty from size 0 and between equal sizes. Raises NotVerified `log.index`."""
    if not 0 <= old <= new:
        raise NotVerified("log.index", index=str(old), size=str(new))
    if old in {0, new}:
        return []
    found: list[bytes] = []
    low, high = 0, new
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            found.append(_over(middle, high, whole))
            high = middle
        else:
            found.append(_over(low, middle, whole))
            low = middle
    if low:  # the old tree is not itself a complete subtree of the new one
        found.append(_over(low, high, whole))
    return found[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], wanted: bytes) -> None:
    """RFC 9162 2.1.3.2. Raises NotVerified `log.index`, `log.hash_length`, `log.inclusion`."""
    _lengths(leaf, wanted, *path)
    if not 0 <= index < size:
        raise NotVerified("log.index", index=str(index), size=str(size))
    place, last, found = index, size - 1, leaf
    for one in path:
        if not last:
            raise NotVerified("log.inclusion", index=str(index))
        if place & 1 or place == last:
            found = node_hash(one, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    if last or found != wanted:
        raise NotVerified("log.inclusion", index=str(index))


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """RFC 9162 2.1.4.2, with sizes 0 and equal said explicitly (L7). Raises NotVerified `log.index`, `log.hash_length`,
    `log.consistency`."""
    _lengths(old_root, new_root, *path)
    if not 0 <= old <= new:
        raise NotVerified("log.index", index=str(old), size=str(new))
    wrong = NotVerified("log.consistency", old=str(old), new=str(new))
    if old in {0, new}:
        expected = EMPTY if not old else new_root
        if path or old_root != expected or (not new and new_root != EMPTY):
            raise wrong
        return
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        raise wrong
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for one in steps[1:]:
        if not last:
            raise wrong
        if place & 1 or place == last:
            before, after = node_hash(one, before), node_hash(one, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, one)
        place, last = place >> 1, last >> 1
    if last or before != old_root or after != new_root:
        raise wrong


def _split(size: int) -> int:
    """The largest power of two below `size` (RFC 6962 2.1)."""
    return 1 << (size - 1).bit_length() - 1


def _over(low: int, high: int, whole: Whole) -> bytes:
    """The hash of D[low:high]; `low` is where a subtree of RFC 6962 starts, so all but its right edge is complete."""
    size = high - low
    if not size & (size - 1):
        height = size.bit_length() - 1
        return whole(height, low >> height)
    middle = low + _split(size)
    return node_hash(_over(low, middle, whole), _over(middle, high, whole))


def _lengths(*hashes: bytes) -> None:
    if any(len(one) != HASH for one in hashes):
        raise NotVerified("log.hash_length", wanted=str(HASH))

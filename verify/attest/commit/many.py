"""Many commitments by a maintained curve library, which multiplies by secrets in constant time (extra `commit`, ADR 0035).

Without the extra the same points come from plain integers: the same bytes, for the verifier's own machine only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from itertools import starmap

from verify.attest.commit.curve import G, Point
from verify.attest.commit.pedersen import committed, second_generator


def by_library() -> bool:
    """Whether the extra is installed."""
    return find_spec("Crypto") is not None and find_spec("Crypto.PublicKey.ECC") is not None


def commit_all(pairs: Iterable[tuple[int, int]]) -> list[Point]:
    """C of every (value, blinding), values not negative. Raises ValueError for the neutral element: no blinding, no value."""
    one = _library() if by_library() else committed
    found = list(starmap(one, pairs))
    if None in found:
        raise ValueError("a commitment to nothing by nothing")
    return [point for point in found if point is not None]


def _library() -> Callable[[int, int], Point | None]:
    from Crypto.PublicKey.ECC import EccPoint

    first, second = (EccPoint(*one, curve="P-256") for one in (G, second_generator()))

    def commit(value: int, blinding: int) -> Point | None:
        found = first * value + second * blinding
        return None if found.is_point_at_infinity() else (int(found.x), int(found.y))

    return commit

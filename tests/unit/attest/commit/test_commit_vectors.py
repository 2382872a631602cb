"""tests/vectors/commitments.json, which @noble/curves made: H, single commitments, their sum, a sum with factors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verify.attest.commit import many
from verify.attest.commit.curve import N, added, decode, encode, weighted
from verify.attest.commit.pedersen import DST, H_MESSAGE, committed, fresh_blinding, in_range, second_generator

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "vectors" / "commitments.json").read_text(encoding="utf-8")
)
ROWS = [(int(one["value"]), int(one["blinding"], 16), one["point"]) for one in VECTORS["commitments"]]


def hexed(point: tuple[int, int] | None) -> str:
    assert point is not None
    return encode(point).hex()


def test_the_second_generator() -> None:
    held = VECTORS["h"]
    assert (held["message"].encode(), held["dst"].encode()) == (H_MESSAGE, DST)
    assert hexed(second_generator()) == held["point"]


def test_every_commitment_in_plain_integers() -> None:
    assert [hexed(committed(value, blinding)) for value, blinding, _ in ROWS] == [point for _, _, point in ROWS]


@pytest.mark.skipif(not many.by_library(), reason="the extra commit (pycryptodome) is not installed")
def test_every_commitment_by_the_library() -> None:
    assert [hexed(one) for one in many.commit_all((v, r) for v, r, _ in ROWS)] == [point for _, _, point in ROWS]


def test_without_the_library_the_same_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "by_library", lambda: False)
    assert [hexed(one) for one in many.commit_all((v, r) for v, r, _ in ROWS)] == [point for _, _, point in ROWS]
    with pytest.raises(ValueError, match="nothing"):
        many.commit_all([(0, 0)])


def test_the_sum_opens_to_the_sum() -> None:
    points = [decode(bytes.fromhex(point)) for _, _, point in ROWS]
    total = VECTORS["sum"]
    assert hexed(added(points)) == total["point"]
    assert int(total["value"]) == sum(value for value, _, _ in ROWS)
    assert hexed(committed(int(total["value"]), int(total["blinding"], 16))) == total["point"]
    assert hexed(committed(int(total["value"]) + 1, int(total["blinding"], 16))) != total["point"]


def test_a_weighted_sum_opens_to_the_weighted_sum() -> None:
    factors = [int(one["factor"]) for one in VECTORS["commitments"]]
    held = VECTORS["weighted"]
    found = weighted(
        (factor, decode(bytes.fromhex(point))) for factor, (_, _, point) in zip(factors, ROWS, strict=True)
    )
    assert hexed(found) == held["point"]
    assert int(held["value"]) == sum(factor * row[0] for factor, row in zip(factors, ROWS, strict=True))
    assert hexed(committed(int(held["value"]), int(held["blinding"], 16))) == held["point"]


def test_blindings_are_scalars_and_fresh() -> None:
    found = [fresh_blinding() for _ in range(50)]
    assert all(0 < one < N for one in found)
    assert len(set(found)) == 50


def test_the_range_of_a_row() -> None:
    assert [in_range(one) for one in (-1, 0, 2**40 - 1, 2**40)] == [False, True, True, False]

"""The algebra of ranges against sets of numbers written out, over random ranges; and against implementations that are wrong."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest

from verify.ledger import spans
from verify.ledger.serials import folded, series, written
from verify.ledger.spans import Span, SpanMap, common, merged, repeated, size, without

CASES = 400


def numbers(ranges: Iterable[Span]) -> set[int]:
    return {number for first, last in ranges for number in range(first, last + 1)}


def drawn(draw: random.Random) -> list[Span]:
    starts = [draw.randrange(60) for _ in range(draw.randrange(9))]
    return [(start, start + draw.choice([0, 0, 1, 3, 12])) for start in starts]


def plain(ranges: list[Span]) -> bool:
    """Sorted, not empty and not touching."""
    return all(first <= last for first, last in ranges) and all(
        one[1] + 1 < other[0] for one, other in pairwise(ranges)
    )


def brute_force(algebra: Any, cases: int = CASES, seed: int = 5) -> list[str]:
    """The operations that a set of numbers contradicts."""
    draw, wrong = random.Random(seed), []
    for _ in range(cases):
        one, other = drawn(draw), drawn(draw)
        expected = {
            "merged": (algebra.merged(one), numbers(one)),
            "common": (algebra.common(one, other), numbers(one) & numbers(other)),
            "without": (algebra.without(one, other), numbers(one) - numbers(other)),
        }
        wrong += [name for name, (got, due) in expected.items() if numbers(got) != due or not plain(got)]
        if algebra.size(one) != len(numbers(one)):
            wrong.append("size")
    return wrong


def test_the_algebra_is_that_of_sets() -> None:
    assert brute_force(spans) == []


class _Touching:
    merged = staticmethod(lambda one: sorted(set(one)))
    common, without, size = staticmethod(common), staticmethod(without), staticmethod(size)


class _OneShort:
    """Takes the last number of a range as the first that is not in it."""

    merged, size = staticmethod(merged), staticmethod(lambda one: sum(last - first for first, last in merged(one)))
    common = staticmethod(lambda one, other: [s for s in common(one, other) if s[0] < s[1]])
    without = staticmethod(lambda one, other: without(one, [(a, b - 1) for a, b in other]))


@pytest.mark.parametrize("broken", [_Touching, _OneShort])
def test_a_wrong_algebra_is_seen(broken: Any) -> None:
    assert brute_force(broken)


def test_repeated_is_a_count_of_owners() -> None:
    draw = random.Random(6)
    for _ in range(CASES):
        owned = [(span, f"k{at}") for at, span in enumerate(drawn(draw))]
        got: dict[int, tuple[str, ...]] = {}
        for (first, last), keys in repeated(owned):
            for number in range(first, last + 1):
                assert number not in got
                got[number] = keys
        due = {n: tuple(key for (a, b), key in owned if a <= n <= b) for n in numbers(span for span, _ in owned)}
        assert got == {number: keys for number, keys in due.items() if len(keys) > 1}


def test_a_map_of_ranges_is_a_map_of_numbers() -> None:
    draw = random.Random(7)
    for _ in range(CASES):
        ranges: SpanMap[int] = SpanMap()
        model: dict[int, int] = {}
        for value, (first, last) in enumerate(drawn(draw)):
            ranges.put(first, last, value)
            model |= dict.fromkeys(range(first, last + 1), value)
        assert {n: v for a, b, v in ranges for n in range(a, b + 1)} == model
        first = draw.randrange(60)
        last = first + draw.randrange(20)
        pieces = ranges.pieces(first, last)
        assert [n for a, b, _ in pieces for n in range(a, b + 1)] == list(range(first, last + 1))
        assert {n: v for a, b, v in pieces for n in range(a, b + 1)} == {
            n: model.get(n) for n in range(first, last + 1)
        }


def test_billions_of_numbers_are_two_integers() -> None:
    whole = [(1, 10**15)]
    assert size(without(whole, [(10**14, 10**14)])) == 10**15 - 1
    assert common(whole, [(0, 3), (10**15, 10**15 + 9)]) == [(1, 3), (10**15, 10**15)]


@pytest.mark.parametrize(
    "other",
    [
        "GEC-2027-",
        "ＧＥＣ-2027-",
        " gec-2027- ",
        "GEC–2027—",
        "GEC-02027-",
        "GEC-2027-000",
        "G EC-2027-",
        "GEC\u200b-2027-",
    ],
)
def test_one_prefix_written_in_many_ways(other: str) -> None:
    assert written(other) == written("GEC-2027-")


@pytest.mark.parametrize("other", ["GEC-2026-", "GEC-2027-1", "GEC2027-", "GEC-20270-", ""])
def test_other_prefixes_stay_others(other: str) -> None:
    assert written(other) != written("GEC-2027-")


def test_a_series_is_registry_and_prefix() -> None:
    assert series({"registry": " 国家 平台", "prefix": "A01-"}) == series({"registry": "国家平台", "prefix": "a1-"})
    assert folded("Ｔest  Park") == "testpark"

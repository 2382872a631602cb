"""Ranges of serial numbers: integers, both ends included. A set of numbers is a sorted list of spans that do not touch.

No number is ever written out one by one: a range may hold billions. Shapes: ``Span`` = (first, last), first <= last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

Span = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same numbers as spans that do not touch, in order; spans that run backwards hold nothing."""
    result: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The numbers that are in both."""
    left, right, found = merged(one), merged(other), []
    at = beside = 0
    while at < len(left) and beside < len(right):
        first, last = max(left[at][0], right[beside][0]), min(left[at][1], right[beside][1])
        if first <= last:
            found.append((first, last))
        if left[at][1] < right[beside][1]:
            at += 1
        else:
            beside += 1
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The numbers of `spans` that are not in `taken`."""
    found: list[Span] = []
    gone, at = merged(taken), 0
    for first, last in merged(spans):
        while at < len(gone) and gone[at][1] < first:
            at += 1
        here, start = at, first
        while here < len(gone) and gone[here][0] <= last:
            if start < gone[here][0]:
                found.append((start, gone[here][0] - 1))
            start = gone[here][1] + 1
            here += 1
        if start <= last:
            found.append((start, last))
    return found


def size(spans: Iterable[Span]) -> int:
    """How many numbers there are."""
    return sum(last - first + 1 for first, last in merged(spans))


def repeated(owned: Iterable[tuple[Span, Key]]) -> Iterator[tuple[Span, tuple[Key, ...]]]:
    """Each stretch that more than one entry covers, with all their keys in the order of entry. One sweep over the ends."""
    entries = [(span, key) for span, key in owned if span[0] <= span[1]]
    ends = sorted(
        [(span[0], 1, at) for at, (span, _) in enumerate(entries)]
        + [(span[1] + 1, 0, at) for at, (span, _) in enumerate(entries)]
    )
    here: dict[int, None] = {}
    for place, (number, opens, at) in enumerate(ends):
        if opens:
            here[at] = None
        else:
            del here[at]
        following = ends[place + 1][0] if place + 1 < len(ends) else number
        if len(here) > 1 and following > number:
            yield (number, following - 1), tuple(entries[one][1] for one in sorted(here))


class SpanMap(Generic[Value]):
    """What holds of each number, where anything was said; a later word replaces an earlier one."""

    def __init__(self) -> None:
        """Nothing said of any number."""
        self._firsts: list[int] = []
        self._pieces: list[tuple[int, int, Value]] = []

    def pieces(self, first: int, last: int) -> list[tuple[int, int, Value | None]]:
        """The stretches of first..last, in order and without gaps; None where nothing was said."""
        found: list[tuple[int, int, Value | None]] = []
        start = first
        for a, b, value in self._pieces[self._touching(first) : bisect_right(self._firsts, last)]:
            if start < a:
                found.append((start, a - 1, None))
            found.append((max(a, first), min(b, last), value))
            start = b + 1
        if start <= last:
            found.append((start, last, None))
        return found

    def put(self, first: int, last: int, value: Value) -> None:
        """Let `value` hold of first..last."""
        low, high = self._touching(first), bisect_right(self._firsts, last)
        kept = [(first, last, value)]
        if low < high:
            a, _, before = self._pieces[low]
            _, b, after = self._pieces[high - 1]
            kept = [
                *([(a, first - 1, before)] if a < first else []),
                (first, last, value),
                *([(last + 1, b, after)] if b > last else []),
            ]
        self._pieces[low:high] = kept
        self._firsts[low:high] = [one[0] for one in kept]

    def free(self, first: int, last: int) -> list[Span]:
        """The stretches of first..last of which nothing was said."""
        return [(a, b) for a, b, value in self.pieces(first, last) if value is None]

    def __iter__(self) -> Iterator[tuple[int, int, Value]]:
        """The stretches of which something was said, in order."""
        return iter(self._pieces)

    def _touching(self, first: int) -> int:
        """The place of the first piece that ends at `first` or behind it."""
        at = bisect_left(self._firsts, first)
        return at - 1 if at and self._pieces[at - 1][1] >= first else at

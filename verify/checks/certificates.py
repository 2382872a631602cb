"""Retired certificates of a park and year, each serial once (green-power.md 1 and 6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.checks.members import inside, known_names
from verify.checks.world import World

Span = tuple[int, int]  # first and last serial, both included


@dataclass(frozen=True)
class Retired:
    """Certificates of one generator that were retired for the park in one year."""

    generator_id: str
    count: int
    row_ids: tuple[str, ...]


def retired(world: World, year: str) -> list[Retired]:
    """By generator: serials that stand in `certificates` and were retired for the park's use of the year, without duplicates."""
    names = _names(world)
    gone: dict[tuple[str, str], list[Span]] = {}
    for event in world.rows("certificate_events"):
        if event["event"] == "retire" and event["used_for_period"][:4] == year and _for_park(world, event, names, year):
            gone.setdefault((event["registry"], event["prefix"]), []).append((event["first"], event["last"]))
    counted: dict[tuple[str, str], list[Span]] = {}
    found: dict[str, list[tuple[int, str]]] = {}
    for row in world.rows("certificates"):
        series = (row["registry"], row["prefix"])
        fresh = _without([(row["first"], row["last"])], counted.get(series, []))
        used = _common(fresh, merged(gone.get(series, [])))
        counted[series] = merged([*counted.get(series, []), (row["first"], row["last"])])
        if used:
            found.setdefault(row["generator_id"], []).append(
                (sum(last - first + 1 for first, last in used), row["row_id"])
            )
    return [
        Retired(key, sum(n for n, _ in rows), tuple(row_id for _, row_id in rows))
        for key, rows in sorted(found.items())
    ]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same serials as spans that do not touch, in order."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def folded(text: str) -> str:
    """A name as names are compared: NFKC, without case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _common(spans: list[Span], others: list[Span]) -> list[Span]:
    pairs = ((max(a, c), min(b, d)) for a, b in spans for c, d in others)
    return [(first, last) for first, last in pairs if first <= last]


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    """The serials of `spans` that are not in `taken`."""
    for first, last in taken:
        spans = [
            part for a, b in spans for part in ((a, min(b, first - 1)), (max(a, last + 1), b)) if part[0] <= part[1]
        ]
    return spans


def _names(world: World) -> frozenset[str]:
    park = world.submission.park
    return frozenset(folded(name) for name in known_names(world, (park.id, park.names.zh, park.names.en, park.manager)))


def _for_park(world: World, event: Mapping[str, Any], names: frozenset[str], year: str) -> bool:
    """Whether the cancellation names the park or one of its members as the one who used the power."""
    if event["beneficiary"]:
        return folded(event["beneficiary"]) in names
    return bool(event["used_by"]) and inside(world, event["used_by"], year)

"""Certificates of a park as stretches of serials: which prove its use of a year, each once (green-power.md 1 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.checks.members import inside, known_names
from verify.checks.world import World
from verify.ledger.serials import Series, folded, series
from verify.ledger.spans import Span, SpanMap, size

Row = Mapping[str, Any]
RETIRE = "retire"


@dataclass(frozen=True)
class Proof:
    """Serials that stand in `certificates` and were retired for the park's use of one year, and the rows that say so."""

    series: Series
    span: Span
    certificate: Row
    event: Row

    @property
    def count(self) -> int:
        """How many certificates."""
        return size([self.span])


@dataclass(frozen=True)
class Retired:
    """Certificates of one generator that were retired for the park in one year."""

    generator_id: str
    count: int
    row_ids: tuple[str, ...]


def proofs(world: World, year: str) -> list[Proof]:
    """The proofs of a year, no serial twice: the first row that lists a serial and the first cancellation of it count."""
    key = f"proofs:{year}"
    if key not in world.cache:
        world.cache[key] = _proofs(world, year)
    return world.cache[key]  # type: ignore[no-any-return]


def retired(world: World, year: str) -> list[Retired]:
    """The proofs of a year by generator."""
    found: dict[str, list[Proof]] = {}
    for one in proofs(world, year):
        found.setdefault(one.certificate["generator_id"], []).append(one)
    return [
        Retired(key, sum(one.count for one in many), tuple(dict.fromkeys(one.certificate["row_id"] for one in many)))
        for key, many in sorted(found.items())
    ]


def listed(world: World) -> dict[Series, list[Row]]:
    """The rows of `certificates` by series, in order of their ids."""
    return _by_series(world, "certificates")


def events(world: World, *kinds: str) -> dict[Series, list[Row]]:
    """The rows of `certificate_events` of these kinds (all, where none is named) by series, oldest first."""
    found = _by_series(world, "certificate_events")
    kept = {key: [row for row in rows if not kinds or row["event"] in kinds] for key, rows in found.items()}
    return {key: sorted(rows, key=lambda row: (row["at"], row["row_id"])) for key, rows in kept.items() if rows}


def span(row: Row) -> Span:
    """The serials of a row, both ends included."""
    return row["first"], row["last"]


def names(world: World) -> frozenset[str]:
    """The park and its members, as names are compared."""
    about = world.submission.park
    known = known_names(world, (about.id, about.names.zh, about.names.en, about.manager))
    return frozenset(folded(name) for name in known)


def for_park(world: World, event: Row, year: str) -> bool:
    """Whether the cancellation names the park or one of its members as the one who used the power."""
    if event["beneficiary"]:
        return folded(event["beneficiary"]) in names(world)
    return bool(event["used_by"]) and inside(world, event["used_by"], year)


def _proofs(world: World, year: str) -> list[Proof]:
    found: list[Proof] = []
    cancelled = events(world, RETIRE)
    for key, rows in listed(world).items():
        gone: SpanMap[Row] = SpanMap()
        for event in reversed(cancelled.get(key, [])):  # the oldest is put last and stays
            if event["used_for_period"][:4] == year and for_park(world, event, year):
                gone.put(*span(event), event)
        counted: SpanMap[bool] = SpanMap()
        for row in rows:
            for fresh in counted.free(*span(row)):
                found += [Proof(key, (a, b), row, event) for a, b, event in gone.pieces(*fresh) if event is not None]
            counted.put(*span(row), True)
    return found


def _by_series(world: World, table: str) -> dict[Series, list[Row]]:
    key = f"series:{table}"
    if key not in world.cache:
        found: dict[Series, list[Row]] = {}
        for row in world.rows(table):
            if row["first"] is not None and row["last"] is not None:
                found.setdefault(series(row), []).append(row)
        world.cache[key] = found
    return world.cache[key]  # type: ignore[no-any-return]

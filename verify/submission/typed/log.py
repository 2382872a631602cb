"""Faults as they are met, with complete counts and a bounded listing (a cut listing says so)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LISTED = 5_000  # per code and column; the counts stay complete


@dataclass(frozen=True, slots=True)
class Logged:
    """One fault of one row (`line` 0: of the sheet or the table), before row ids exist."""

    code: str
    table: str
    column: str
    raw: str
    arguments: Mapping[str, str]
    sheet: int
    line: int


@dataclass(slots=True)
class FaultLog:
    """The faults of one submission."""

    counts: Counter[str] = field(default_factory=Counter)
    listed: list[Logged] = field(default_factory=list)
    _room: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, one: Logged) -> None:
        """Count `one` and list it where there is room."""
        self.counts[one.code] += 1
        where = (one.code, one.table, one.column)
        if self._room[where] < LISTED:
            self._room[where] += 1
            self.listed.append(one)

    def room(self, code: str, table: str, column: str) -> int:
        """How many more of this kind would be listed."""
        return LISTED - self._room[code, table, column]

    def add_many(self, code: str, count: int, shown: Iterable[Logged]) -> None:
        """Count `count` faults of `code` of which `shown` may be listed."""
        before = self.counts[code]
        for one in shown:
            self.add(one)
        self.counts[code] = before + count

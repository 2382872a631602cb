"""Faults as they are met, with complete counts and a bounded listing (a cut listing says so)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    """The faults of one submission. `counts` is complete by code, table and column."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    listed: list[Logged] = field(default_factory=list)

    def add(self, one: Logged) -> None:
        """Count `one` and list it where there is room."""
        where = (one.code, one.table, one.column)
        if self.counts[where] < LISTED:
            self.listed.append(one)
        self.counts[where] += 1

    def room(self, code: str, table: str, column: str) -> int:
        """How many more of this kind would be listed."""
        return max(0, LISTED - self.counts[code, table, column])

    def add_many(self, count: int, shown: Sequence[Logged]) -> None:
        """Count `count` faults of one kind, of which `shown` (at least one, where there is room) are listed."""
        if shown:
            where = (shown[0].code, shown[0].table, shown[0].column)
            self.listed.extend(shown[: self.room(*where)])
            self.counts[where] += count

    def by_code(self) -> Counter[str]:
        """Complete counts by code."""
        found: Counter[str] = Counter()
        for (code, _, _), count in self.counts.items():
            found[code] += count
        return found

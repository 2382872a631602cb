"""What a trick touched: the rows in which a park with it differs from the same park without it, and whom they name.

A kind counts as caught by mechanism: a finding names a row, member, source, carrier or product that the trick touched. No
list of codes is held against it, so a check that is written later can answer an old kind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from benchmarks.greenwash.checked import Checked, Found
from fixtures.simulator.park import Park, Row

_NAMES = (
    "enterprise_id",
    "source_id",
    "carrier",
    "product",
    "generator_id",
    "party_code",
    "counterparty",
    "group_id",
    "item",
)
_TOO_WIDE = frozenset({"", "outside", "electricity"})  # every park's rows name them
_FILED = frozenset({"reported", "claims"})  # move with every trick; a finding on them counts, their words do not


@dataclass(frozen=True)
class Touched:
    """Rows (table, index) of the tricked park, and the names on all rows that were added, changed or taken away."""

    rows: frozenset[tuple[str, int]]
    names: frozenset[str]
    park_wide: str  # the park's id where the trick is one of the park as a whole, else ''

    def answered_by(self, one: Found) -> bool:
        """Whether a finding is about what was touched."""
        return (
            bool(one.rows & self.rows)
            or one.subject in self.names
            or bool(one.words & self.names)
            or one.subject == self.park_wide
        )


def touched(without: Park, tricked: Park, *, park_wide: bool) -> Touched:
    """What differs between a park without the trick and with it."""
    rows: set[tuple[str, int]] = set()
    names: set[str] = set()
    for table in without.tables.keys() | tricked.tables.keys():
        before, after = without.rows(table), tricked.rows(table)
        gone, new = Counter(map(_key, before)), Counter(map(_key, after))
        for index, row in enumerate(after):
            if new[_key(row)] > gone[_key(row)]:
                rows.add((table, index))
                names |= _named(table, row)
        for row in before:
            if gone[_key(row)] > new[_key(row)]:
                names |= _named(table, row)
    return Touched(frozenset(rows), frozenset(names - _TOO_WIDE), tricked.meta["id"] if park_wide else "")


def answers(result: Checked, mark: Touched) -> list[Found]:
    """The findings about what was touched, of any severity."""
    return [one for one in result.findings if mark.answered_by(one)]


def _key(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if value))


def _named(table: str, row: Row) -> set[str]:
    return set() if table in _FILED else {row[name] for name in _NAMES if row.get(name)}

"""Who is inside which boundary, as tables to join: each boundary by itself, or rows that are the same in many shared.

What one row of an enterprise becomes depends on the spells of its enterprise and, across a fence, on those of its
counterparty, and on nothing else of the boundary. So the rows of a *pair* (enterprise, counterparty or '') are accounted
once for all boundaries in which both have the same spells, under the first of them: their *representative* (ADR 0020).
Ten thousand boundaries then cost the rows that differ, not ten thousand times the park.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.engine import Engine, Table
from verify.ledger.basis import Boundary, Spell

if TYPE_CHECKING:
    import pyarrow as pa

Pair = tuple[str, str]  # enterprise, and the counterparty across a fence that may be a member too ('' for all others)


@dataclass(frozen=True)
class Membership:
    """Each boundary by itself."""

    boundaries: Sequence[Boundary]

    shared = False
    keys = ("enterprise_id", "period")

    def tables(self, engine: Engine, periods: Sequence[str]) -> tuple[Table, Table]:
        """(boundary, enterprise_id, period) of the rows that count, and (boundary, counterparty, period) of who is inside."""
        found = [(one.id, *pair) for one in self.boundaries for pair in one.members(periods)]
        visible = _stored(engine, "members", ("boundary", "enterprise_id", "period"), found)
        return visible, visible.select("boundary", "period", counterparty="enterprise_id")

    def rows_of(self, boundary: str, enterprise: str) -> list[tuple[str, str]]:
        """(boundary that carries them, partner) of all rows of an enterprise in a boundary."""
        return [(boundary, "")]


class SharedMembership:
    """Every pair under its representatives.

    `trades`: (enterprise, counterparty) of every row across a fence. `apart`: enterprises of which something depends on the
    whole boundary, so that nothing of theirs is shared.
    """

    shared = True
    keys = ("enterprise_id", "partner", "period")

    def __init__(self, boundaries: Sequence[Boundary], trades: Iterable[Pair], apart: Collection[str] = ()) -> None:
        import numpy as np

        known = {spell.enterprise_id for one in boundaries for spell in one.spells}
        self.boundaries = boundaries
        self._places = {enterprise: place for place, enterprise in enumerate(sorted(known))}
        spells: dict[tuple[Spell, ...], int] = {(): 0}  # 0 is outside
        codes = np.zeros((len(boundaries), len(known)), dtype=np.int64)
        for row, one in enumerate(boundaries):
            for enterprise, mine in _by_enterprise(one).items():
                codes[row, self._places[enterprise]] = spells.setdefault(mine, len(spells))
        crossed = {pair for pair in trades if pair[0] in known and pair[1] in known}
        self.pairs = tuple(sorted({(one, "") for one in known} | crossed))
        first = np.full((len(boundaries), len(self.pairs)), -1, dtype=np.int64)
        for column, (enterprise, partner) in enumerate(self.pairs):
            member = codes[:, self._places[enterprise]]
            both = member * len(spells) + (codes[:, self._places[partner]] if partner else 0)
            if enterprise in apart:
                both = np.arange(len(boundaries))
            _, index, inverse = np.unique(both, return_index=True, return_inverse=True)
            first[:, column] = np.where(member > 0, index[inverse.reshape(-1)], -1)
        self._first, self._codes, self._spells = first, codes, tuple(spells)
        self._rows = {one.id: row for row, one in enumerate(boundaries)}
        self._columns: dict[str, list[int]] = {}
        for column, (enterprise, _) in enumerate(self.pairs):
            self._columns.setdefault(enterprise, []).append(column)

    def tables(self, engine: Engine, periods: Sequence[str]) -> tuple[Table, Table]:
        """As `Membership.tables`, with the column `partner`, for representatives alone."""
        import numpy as np

        lasting = [[one for one in periods if any(spell.holds(one) for spell in mine)] for mine in self._spells]
        visible: list[tuple[str, ...]] = []
        inside: set[tuple[str, ...]] = set()
        for column, (enterprise, partner) in enumerate(self.pairs):
            for row in np.unique(self._first[:, column]):
                if row < 0:
                    continue
                boundary = self.boundaries[row].id
                mine = lasting[self._codes[row, self._places[enterprise]]]
                visible += [(boundary, enterprise, partner, period) for period in mine]
                theirs = lasting[self._codes[row, self._places[partner]]] if partner else []
                inside.update((boundary, partner, period) for period in theirs)
        columns = ("boundary", "enterprise_id", "partner", "period")
        return (
            _stored(engine, "members", columns, visible),
            _stored(engine, "partners", ("boundary", "counterparty", "period"), sorted(inside)),
        )

    def rows_of(self, boundary: str, enterprise: str) -> list[tuple[str, str]]:
        """(representative, partner) of all rows of an enterprise in a boundary."""
        row = self._rows[boundary]
        found = [(self._first[row, column], self.pairs[column][1]) for column in self._columns.get(enterprise, ())]
        return [(self.boundaries[place].id, partner) for place, partner in found if place >= 0]

    def representatives(self) -> pa.Table:
        """(boundary, enterprise_id, partner, carried): which boundary's lines stand for a pair in each boundary."""
        import numpy as np
        import pyarrow as pa

        rows, columns = np.nonzero(self._first >= 0)
        ids = pa.array([one.id for one in self.boundaries])
        enterprises, partners = (pa.array([pair[side] for pair in self.pairs], pa.string()) for side in (0, 1))
        return pa.table(
            {
                "boundary": ids.take(pa.array(rows)),
                "enterprise_id": enterprises.take(pa.array(columns)),
                "partner": partners.take(pa.array(columns)),
                "carried": ids.take(pa.array(self._first[rows, columns])),
            }
        )

    @property
    def partners(self) -> list[str]:
        """Every counterparty that may be a member."""
        return sorted({partner for _, partner in self.pairs if partner})


def _by_enterprise(boundary: Boundary) -> dict[str, tuple[Spell, ...]]:
    """The spells of each member without its name, so that equal spells of two members are one."""
    found: dict[str, list[Spell]] = {}
    for spell in boundary.spells:
        found.setdefault(spell.enterprise_id, []).append(Spell("", spell.since, spell.until))
    return {
        enterprise: tuple(sorted(mine, key=lambda one: (one.since, one.until))) for enterprise, mine in found.items()
    }


def _stored(engine: Engine, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    import pyarrow as pa

    schema = pa.schema([(column, pa.string()) for column in columns])
    return engine.table(
        name, pa.table({column: [row[i] for row in rows] for i, column in enumerate(columns)}, schema=schema)
    )

"""The tables of a registry as a check sees them: rows that stand, and which of them are new since the last check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from verify.engine import Engine, Table
from verify.registry.facts import FILING, PARK, TABLES, schema
from verify.registry.state import Registry


class View:
    """`since`: filings over which findings are kept; None asks everything anew. A filing that was replaced counts as moved too."""

    def __init__(self, registry: Registry, engine: Engine, since: frozenset[int] | None) -> None:
        self.engine = engine
        self.heads: Mapping[str, Mapping[str, Any]] = {park: one["head"] for park, one in registry.parks.items()}
        self.partial = since is not None
        self.fresh = registry.filings - (since or frozenset())
        self._moved = self.fresh | ((since or frozenset()) - registry.filings)
        self._stored = {table: self._read(registry, table) for table in TABLES}
        self._standing = self._numbers(registry.filings)
        self._moving = self._numbers(self._moved)
        self._live: dict[str, Table] = {}

    def live(self, table: str) -> Table:
        """The rows of the filings that stand."""
        if table not in self._live:
            self._live[table] = self._stored[table].semi_join(self._standing, FILING)
        return self._live[table]

    def moved(self, table: str) -> Table:
        """The rows of filings that came or went since the last check."""
        return self._stored[table].semi_join(self._moving, FILING)

    def shared(self, table: str, keys: Sequence[str]) -> Table:
        """Rows whose keys stand in more than one park; of a partial view only those under a key that moved."""
        rows = self.live(table)
        if self.partial:  # first: whole keys stay or go, and few of them moved
            rows = self.touched(rows, table, keys)
        counted = rows.group_by(list(keys)).aggregate(parks_=rows[PARK].nunique())
        return rows.semi_join(counted.filter(counted.parks_ > 1), list(keys))

    def touched(self, rows: Table, table: str, keys: Sequence[str]) -> Table:
        """Those of `rows` whose keys stand in a filing that moved."""
        return rows.semi_join(self.moved(table).select(*keys).distinct(), list(keys))

    def keys(self, table: str, keys: Sequence[str]) -> frozenset[str] | None:
        """The keys that are asked again, as texts; None for all of them."""
        if not self.partial:
            return None
        rows = self.engine.rows(self.moved(table).select(*keys).distinct())
        return frozenset(key_of(row[name] for name in keys) for row in rows)

    def rows(self, expression: Table) -> list[dict[str, Any]]:
        """Rows as dictionaries, in an order that no thread decides."""
        found = self.engine.rows(expression)
        return sorted(found, key=lambda row: [str(one) for one in row.values()])

    def count(self, table: str) -> int:
        """How many rows of a table stand."""
        return int(self.engine.rows(self.live(table).aggregate(rows_=self.live(table).count()))[0]["rows_"])

    def moved_parks(self) -> frozenset[str]:
        """The parks that filed, filed again or left since the last check."""
        return frozenset(row[PARK] for row in self.engine.rows(self.moved("names").select(PARK).distinct()))

    def nested(self, one: str, other: str) -> bool:
        """Whether one of two parks says that it lies in the other."""
        return other in self.mothers.get(one, ()) or one in self.mothers.get(other, ())

    @cached_property
    def mothers(self) -> dict[str, frozenset[str]]:
        """Park in a park -> what it says it lies in: the ids of the parks of that name, and the name as written."""
        mothers, names = self.live("mothers"), self.live("names")
        wanted = mothers.select(name=mothers["mother"]).distinct()
        ids: dict[str, set[str]] = {}
        for row in self.engine.rows(names.semi_join(wanted, "name").select("name", PARK)):
            ids.setdefault(row["name"], set()).add(row["park"])
        found = self.engine.rows(mothers.select(PARK, "mother"))
        return {row[PARK]: frozenset({row["mother"], *(ids.get(row["mother"], ()))}) for row in found}

    def _read(self, registry: Registry, table: str) -> Table:
        files = registry.files(table)
        if files:
            return self.engine.parquet(table, files)
        return self.engine.table(table, schema(table).empty_table())

    def _numbers(self, filings: Iterable[int]) -> Table:
        import pyarrow as pa

        return self.engine.table("filings", pa.table({FILING: pa.array(sorted(filings), pa.int64())}))


def key_of(parts: Iterable[Any]) -> str:
    """A key as one text."""
    return "|".join(str(part) for part in parts)

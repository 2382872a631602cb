"""Ids that name a row of another table which is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from verify.submission.contract import Contract
from verify.submission.door.ingest import Ingest, TableStore

NO_MEMBER = "TZ-SUB-16"
NO_ROW = "TZ-SUB-17"
NO_EVIDENCE = "TZ-SUB-21"


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows of a table that a check objects to: an SQL predicate over its typed rows, and what to say of them."""

    code: str
    column: str
    predicate: str
    reason: str
    excludes: bool


class Known:
    """The ids that other tables may refer to, one relation per referred column."""

    def __init__(self, stores: Mapping[str, TableStore], handed_in: Collection[str], ingest: Ingest) -> None:
        self._stores = stores
        self._handed_in = handed_in
        self._ingest = ingest
        self._made: dict[str, str] = {}

    def relation(self, reference: str) -> str | None:
        """The relation of the ids of ``table.column``; None where that table was not handed in and its lack is no fault here."""
        table, _, column = reference.partition(".")
        if table not in self._handed_in and table not in {"enterprises", "evidence"}:
            return None
        if reference not in self._made:
            name = f"known_{table}"
            self._ingest.run(
                f'create temp table {name} as select distinct "{column}" as id from {self._stores[table].name}'
            )
            self._made[reference] = name
        return self._made[reference]


def dangling(contract: Contract, known: Known) -> Iterator[Condition]:
    """One condition per referring column. Every id that was handed in counts, also that of an excluded row."""
    for name, column in contract.columns.items():
        if column.references is None:
            continue
        relation = known.relation(column.references)
        if relation is None:
            continue
        outside = f" and \"{name}\" <> 'outside'" if column.vocabulary == "counterparty" else ""
        predicate = f'"{name}" <> \'\'{outside} and "{name}" not in (select id from {relation})'
        table = column.references.partition(".")[0]
        code = {"enterprises": NO_MEMBER, "evidence": NO_EVIDENCE}.get(table, NO_ROW)
        yield Condition(code, name, predicate, f"no_{table}", excludes=code == NO_MEMBER and not column.keeps_row)

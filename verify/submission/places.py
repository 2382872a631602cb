"""Where a row stands in what was handed in. Kept apart from the facts: no figure and no digest depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from verify.submission.door.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet or file as read: `headings` gives the heading typed for a column, `letters` its letter in a workbook."""

    file: str
    sheet: str
    table: str
    headings: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """File, sheet ('' where the file has none), physical line or sheet row (0: the whole sheet), and the column as typed."""

    file: str
    sheet: str
    line: int
    column: str = ""
    cell: str = ""

    def as_dict(self) -> dict[str, str]:
        """For the `places` of a report: text only."""
        found = {"file": self.file, "sheet": self.sheet, "line": str(self.line), "column": self.column, "cell": self.cell}
        return {name: value for name, value in found.items() if value}


class PlaceIndex:
    """row_id -> place. Small tables are looked up in memory, large ones in their Parquet file, which is sorted by row id."""

    def __init__(self, sheets: list[Sheet], tables: Mapping[str, Resolved]) -> None:
        self.sheets = sheets
        self._tables = tables
        self._small: dict[str, dict[str, int]] = {}

    def find(self, row_ids: Iterable[str]) -> dict[str, Place]:
        """The places of `row_ids`; an unknown id is left out."""
        wanted: dict[str, list[str]] = {}
        for row_id in row_ids:
            wanted.setdefault(row_id.partition(":")[0], []).append(row_id)
        found: dict[str, Place] = {}
        for table, ids in wanted.items():
            resolved = self._tables.get(table)
            if resolved is None:
                continue
            rows = _from_file(resolved, ids) if resolved.file is not None else self._from_memory(table, resolved.data, ids)
            found |= {row_id: self.place(sheet, line) for row_id, sheet, line in rows}
        return found

    def place(self, sheet: int, line: int, column: str = "") -> Place:
        """The place of a line of a sheet; `column` is a column of the contract."""
        one = self.sheets[sheet]
        heading = one.headings.get(column, column)
        letter = one.letters.get(heading, "")
        return Place(one.file, one.sheet, line, heading, f"{letter}{line}" if letter and line else "")

    def _from_memory(self, table: str, data: Any, ids: list[str]) -> list[tuple[str, int, int]]:
        if table not in self._small:
            self._small[table] = {row_id: at for at, row_id in enumerate(data["row_id"].to_pylist())}
        known = self._small[table]
        at = {row_id: known[row_id] for row_id in ids if row_id in known}
        return [(row_id, data["_sheet"][position].as_py(), data["_line"][position].as_py()) for row_id, position in at.items()]


def _from_file(resolved: Resolved, ids: list[str]) -> list[tuple[str, int, int]]:
    import duckdb
    import pyarrow as pa

    wanted: pa.Table = pa.table({"row_id": ids})
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as connection:
        connection.register("wanted", wanted)
        return list(
            connection.execute(
                "select row_id, _sheet, _line from read_parquet(?) where row_id in (select row_id from wanted)"
                " and row_id between ? and ?",
                [str(resolved.file), min(ids), max(ids)],
            ).fetchall()
        )

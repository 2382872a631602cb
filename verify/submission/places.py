"""Where a row stands in what was handed in. Kept apart from the facts: no figure and no digest depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verify.engine.faults import translated

if TYPE_CHECKING:
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
    """File, sheet ('' where the file has none), physical line or sheet row (0: the whole sheet), the column as typed."""

    file: str
    sheet: str = ""
    line: int = 0
    column: str = ""
    cell: str = ""


class PlaceIndex:
    """row_id -> place. Small tables are looked up in memory, large ones in one pass over their Parquet file."""

    def __init__(self, sheets: list[Sheet], tables: Mapping[str, Resolved]) -> None:
        self.sheets = sheets
        self._tables = tables
        self._small: dict[str, dict[str, int]] = {}
        self._columns: dict[str, list[str]] = {}

    def remember(self, row_id: str, column: str) -> None:
        """A finding speaks of this column of the row."""
        columns = self._columns.setdefault(row_id, [])
        if column and column not in columns:
            columns.append(column)

    def settle(self) -> None:
        """Let go of everything but the places: the canonical tables are in the engine by now."""
        for one in self._tables.values():
            if one.data is not None:
                one.data = one.data.select(["row_id", "_sheet", "_line"]).combine_chunks()

    def find(self, row_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The `places` of a report: ``{row_id: {file, sheet, line, columns}}``; an unknown id is left out."""
        found = {}
        for row_id, (sheet, line) in self._lines(row_ids).items():
            place = self.place(sheet, line)
            columns = [self.sheets[sheet].headings.get(column, column) for column in self._columns.get(row_id, ())]
            found[row_id] = {"file": place.file, "sheet": place.sheet, "line": line, "columns": columns}
        return found

    def locate(self, row_id: str, column: str = "") -> Place | None:
        """The place of one row, and of one of its columns."""
        found = self._lines([row_id]).get(row_id)
        return None if found is None else self.place(*found, column)

    def place(self, sheet: int, line: int, column: str = "") -> Place:
        """The place of a line of a sheet; `column` is a column of the contract."""
        one = self.sheets[sheet]
        heading = one.headings.get(column, column)
        letter = one.letters.get(heading, "")
        return Place(one.file, one.sheet, line, heading, f"{letter}{line}" if letter and line else "")

    def _lines(self, row_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        wanted: dict[str, list[str]] = {}
        for row_id in row_ids:
            wanted.setdefault(row_id.partition(":")[0], []).append(row_id)
        found: dict[str, tuple[int, int]] = {}
        for table, ids in wanted.items():
            resolved = self._tables.get(table)
            if resolved is not None:
                found |= (
                    _from_file(resolved, ids) if resolved.file is not None else self._from_memory(table, resolved, ids)
                )
        return found

    def _from_memory(self, table: str, resolved: Resolved, ids: list[str]) -> dict[str, tuple[int, int]]:
        assert resolved.data is not None
        if table not in self._small:
            self._small[table] = {row_id: at for at, row_id in enumerate(resolved.data["row_id"].to_pylist())}
        known = self._small[table]
        sheets, lines = resolved.data["_sheet"], resolved.data["_line"]
        at = {row_id: known[row_id] for row_id in ids if row_id in known}
        return {row_id: (sheets[position].as_py(), lines[position].as_py()) for row_id, position in at.items()}


def _from_file(resolved: Resolved, ids: list[str]) -> dict[str, tuple[int, int]]:
    import duckdb
    import pyarrow as pa

    wanted = pa.table({"row_id": ids})
    settings: dict[str, Any] = {"autoinstall_known_extensions": False, "memory_limit": "128MB"}
    with translated(), duckdb.connect(":memory:", config=settings) as connection:
        connection.register("wanted", wanted)
        rows = connection.execute(
            "select row_id, _sheet, _line from read_parquet(?) where row_id in (select row_id from wanted)",
            [str(resolved.file)],
        ).fetchall()
    return {row_id: (sheet, line) for row_id, sheet, line in rows}

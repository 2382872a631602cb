"""The published tables, from the public facts and nothing else: whoever holds report.json makes the same bytes again.

A section without rows has no table: an empty one would say that there is nothing, where the report may keep it back. A number
is the decimal text of the facts, unchanged; a list or an object is RFC 8785 text in one cell; what has no value is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from verify.bundle.cells import write_table
from verify.bundle.table_schema import BY_NAME, CELLS, OPTIONAL, TABLES, Column, Table, path_of
from verify.canonical import canonical_bytes

Facts = Mapping[str, Any]
Rows = Iterable[Mapping[str, Any]]


def public_tables(facts: Facts) -> dict[str, bytes]:
    """``data/<table>.csv`` to its bytes, for every section of the public facts that has rows; without ``data/cells.csv``.

    Raises KeyError or TypeError for facts of another shape than that of the report.
    """
    found = {}
    for table in TABLES:
        rows = [] if table.name == CELLS else list(_rows(table, facts))
        if rows:
            found[path_of(table.name)] = table_bytes(table, rows)
    return found


def cells_table(cells: Iterable[Mapping[str, object]]) -> dict[str, bytes]:
    """``data/cells.csv``: the accounting cells that may be published, also where there are none."""
    return {path_of(CELLS): write_table([column.name for column in BY_NAME[CELLS].columns], cells)}


def table_bytes(table: Table, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The CSV of `rows` in the columns of `table`."""
    plain = []
    for number, row in enumerate(rows, 1):
        cells = {column.name: _cell(column, row) for column in table.columns}
        plain.append({"number": str(number), **cells} if table.numbered else cells)
    return write_table([column.name for column in table.all_columns], plain)


def _rows(table: Table, facts: Facts) -> Rows:
    made = _MADE.get(table.name)
    if made is not None:
        return made(facts)
    found: Any = facts
    for step in table.rows.split("."):
        found = found.get(step, []) if step in OPTIONAL else found[step]
    return list(found)


def _cell(column: Column, row: Mapping[str, Any]) -> str | bool | None:
    value: Any = row
    for step in (column.path or column.name).split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if value is None:
        return None
    if column.kind in {"list", "object", "json"}:
        return canonical_bytes(value).decode("utf-8")
    if not isinstance(value, str | bool):
        raise TypeError(f"{column.name}: {type(value).__name__} is no text")
    return value


def _flips(facts: Facts) -> Iterator[dict[str, Any]]:
    for row in facts["indicators"]:
        for flip in row["flips"]:
            yield {"indicator": row["id"], "unit": row["unit"], **flip}


def _readings(facts: Facts) -> Iterator[dict[str, Any]]:
    for row in facts["parameters"]:
        for reading in row["readings"]:
            yield {"parameter": row["id"], **reading}


def _by_enterprise(facts: Facts) -> Iterator[dict[str, Any]]:
    for row in facts["terms"]:
        for part in row["by_enterprise"]:
            yield {"term": row["term"], **part}


def _level(facts: Facts) -> Iterator[dict[str, Any]]:
    level = facts["level"]
    if any(level[name] is not None for name in ("strict", "proven", "claimed")):
        yield {"year": facts["year"], **level}


_MADE: dict[str, Callable[[Facts], Rows]] = {
    "flips": _flips,
    "readings": _readings,
    "terms_by_enterprise": _by_enterprise,
    "level": _level,
}

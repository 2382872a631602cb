"""Findings that stand on many rows, and the rows behind ledger lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verify.checks.rows import Found
from verify.checks.world import World


def on_rows(found: Found, table: str, row_ids: Iterable[str]) -> list[Found]:
    """One finding on many rows; its effect stands on the first of them, because the runner adds the effects of a finding."""
    ids = sorted(set(row_ids))
    if not ids:
        return [found]
    first = replace(found, table=table, row_id=ids[0])
    return [first, *(replace(found, table=table, row_id=one, effect=None) for one in ids[1:])]


def line_rows(world: World, **only: str | Iterable[str]) -> list[str]:
    """Ids of the rows behind the ledger lines that hold under the chosen readings, filtered by equality or membership."""
    lines = world.lines()
    for column, words in only.items():
        lines = lines.filter(lines[column].isin([words] if isinstance(words, str) else sorted(words)))
    return sorted(row["row_id"] for row in world.engine.rows(lines.select("row_id").distinct()))


def table_rows(world: World, table: str, **only: str | Iterable[str]) -> list[str]:
    """Ids of the rows of a canonical table, filtered by equality or membership of text columns."""
    rows = world.table(table)
    for column, words in only.items():
        rows = rows.filter(rows[column].isin([words] if isinstance(words, str) else sorted(words)))
    return sorted(row["row_id"] for row in world.engine.rows(rows.select("row_id")))

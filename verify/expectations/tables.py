"""Result tables for a suite: the facts of a report as flat rows, columns as rules/suites/tables.yaml names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from verify import resources

Row = dict[str, Any]
_TOTALS = ("total.tco2", "energy.tce")


@dataclass(frozen=True)
class Table:
    """One result table: `rows` with every column (None where a fact is null), `key` the columns that name a row; `held` is
    False where the report has no such section or withholds it, which is not the same as an empty one."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    held: bool


@cache
def written() -> Mapping[str, Mapping[str, Any]]:
    """The tables that there are, as rules/suites/tables.yaml writes them."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((resources.rules() / "suites" / "tables.yaml").read_text(encoding="utf-8"))
    return loaded


def table(facts: Mapping[str, Any], name: str) -> Table:
    """A result table of these facts. KeyError for a name that is not in tables.yaml."""
    entry = written()[name]
    only: Mapping[str, str] = entry.get("only", {})
    section = _rows(facts, entry["rows"])
    found = [row for row in section or () if all(row.get(key) == word for key, word in only.items())]
    columns: Mapping[str, str] = entry["columns"]
    rows = tuple({column: _cell(row.get(column), kind) for column, kind in columns.items()} for row in found)
    return Table(name, tuple(entry["key"]), columns, rows, section is not None)


def _rows(facts: Mapping[str, Any], path: str) -> list[Mapping[str, Any]] | None:
    """The rows at a path; None where the report has no such section."""
    if path == "year_on_year":
        return list(_year_on_year(facts))
    held: Any = facts
    for name in path.split("."):
        held = held.get(name) if isinstance(held, Mapping) else None
    return None if held is None else list(held)


def _year_on_year(facts: Mapping[str, Any]) -> Iterator[Row]:
    """The totals of the reporting year beside those of the base year; their change, and its share of the base year."""
    values = {
        (row["item"], row["year"]): row
        for row in facts["items"]
        if row["item"] in _TOTALS and row["claimed"] is not None
    }
    for item in _TOTALS:
        before, after = values.get((item, facts["base_year"])), values.get((item, facts["year"]))
        if before is None or after is None or facts["base_year"] == facts["year"]:
            continue
        base, change = Fraction(before["claimed"]), Fraction(after["claimed"]) - Fraction(before["claimed"])
        yield {
            "item": item,
            "unit": after["unit"],
            "base_year": facts["base_year"],
            "year": facts["year"],
            "before": before["claimed"],
            "after": after["claimed"],
            "change": change,
            "change_share": change / base if base else None,
        }


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "number":
        return float(Fraction(value))
    return bool(value) if kind == "flag" else str(value)

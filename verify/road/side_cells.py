"""Cells of tables that carry no tonnes and still feed indicators: resources, products with an energy limit, the economy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.engine import Engine, Table


def side_cells(tables: Mapping[str, Table], engine: Engine) -> list[dict[str, Any]]:
    """One cell per row, with the amounts that the formulas of a ruler may sum."""
    resources, made, economy = (tables[name] for name in ("resources", "production", "economy"))
    return [*_resources(resources, engine), *_limits(made, engine), *_economy(economy, engine)]


def _resources(table: Table, engine: Engine) -> list[dict[str, Any]]:
    return [
        {
            "table": "resources",
            **{key: row[key] for key in ("submission_id", "year", "enterprise_id", "stream")},
            "hazardous": "yes" if row["hazardous"] else "no",
            "streams": 1,
            **{key: row[key] or 0 for key in ("total", "utilised", "from_stock")},
        }
        for row in engine.rows(table.order_by("row_id"))
    ]


def _limits(table: Table, engine: Engine) -> list[dict[str, Any]]:
    limited = table.filter(lambda t: t.unit_energy.notnull() & t.unit_energy_limit.notnull())
    return [
        {
            "table": "production",
            **{key: row[key] for key in ("submission_id", "year", "enterprise_id", "product", "limit_grade")},
            "listed": 1,
            "at_limit": int(row["unit_energy"] <= row["unit_energy_limit"]),
        }
        for row in engine.rows(limited.order_by("row_id"))
    ]


def _economy(table: Table, engine: Engine) -> list[dict[str, Any]]:
    return [
        {
            "table": "economy",
            **{key: row[key] for key in ("submission_id", "year", "enterprise_id", "item", "unit", "value")},
        }
        for row in engine.rows(table.filter(table.value.notnull()).order_by("row_id"))
    ]

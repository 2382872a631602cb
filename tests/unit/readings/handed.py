"""Small tables of meters and readings for the tests of `verify.readings`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.unit.checks.world import _arrow
from verify.submission.contract import contracts

if TYPE_CHECKING:
    from verify.engine import Engine, Table


def meter(meter_id: str = "M", **more: Any) -> dict[str, Any]:
    """One meter of electricity: interval amounts in kWh every hour, stamped at the start, multiplier 1."""
    return {
        "meter_id": meter_id, "carrier": "electricity", "unit": "kWh", "multiplier": Decimal(1), "reading_kind": "interval",
        "interval_minutes": 60, "stamp": "start", **more,
    }  # fmt: skip


def read(
    values: Iterable[str], meter_id: str = "M", begin: str = "2027-01-01 00:00", minutes: int = 60
) -> list[dict[str, Any]]:
    """Readings one after the other."""
    first = datetime.fromisoformat(begin)
    return [
        {
            "meter_id": meter_id,
            "at": first + timedelta(minutes=minutes * n),
            "value": Decimal(value),
            "quality": "valid",
        }
        for n, value in enumerate(values)
    ]


def held(engine: Engine, table: str, rows: list[dict[str, Any]]) -> Table:
    """Rows as the canonical table."""
    return engine.table(table, _arrow(contracts()[table], rows))

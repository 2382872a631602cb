"""Fuel burned in a unit whose product factor does not say whether it holds that carbon (factors.md 8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from verify.canonical import decimal_text
from verify.checks.undone import source_or_member
from verify.checks.world import FILED, World
from verify.engine import AMOUNT, Table
from verify.ledger.basis import consistent, read_reading

_PLACE = ("enterprise_id", "source_id", "year")


def beside_unknown(world: World, params: Mapping[str, Any]) -> Table | None:
    """Rows of such fuel; None where there are none.

    Columns: table, row_id, subject (source), period (year), product and made (what the unit makes most of, t), carrier,
    counted (tCO2 when counted beside the factor), effect (tCO2 under the other reading minus as chosen).
    """
    import ibis

    parameter, beside = params["parameter"], params["beside"]
    readings = {cell["reading"] for cell in world.ledger.cells if cell["boundary"] == FILED}
    assignment = {**world.chosen, parameter: beside}
    held = [one for one in readings if parameter in read_reading(one) and consistent(read_reading(one), assignment)]
    if not held:
        return None
    lines = world.ledger.lines
    lines = lines.filter((lines.boundary == FILED) & (lines.measure == "carbon") & lines.reading.isin(sorted(held)))
    rows = lines.join(_products(world), list(_PLACE))
    sign = -1 if world.chosen[parameter] == beside else 1
    return rows.select(
        "row_id", "carrier", "product", "made",
        table=ibis.literal("activity"),
        subject=source_or_member(rows),
        period=rows.year,
        counted=rows.tco2,
        effect=(rows.tco2 * ibis.literal(sign)).cast(AMOUNT),
    )  # fmt: skip


def _products(world: World) -> Table:
    """(enterprise, source, year) and the product of unknown coverage that it makes most of, with its tonnes as text."""
    import pyarrow as pa

    unknown = [name for name, rule in world.ruler.text.processes.items() if not rule.known]
    made = world.table("production").filter(lambda t: (t.flow == "made") & t["product"].isin(unknown or [""]))
    sums = made.group_by([*_PLACE, "product"]).aggregate(quantity=made.quantity.sum().cast("decimal(38, 6)"))
    largest: dict[tuple[str, ...], tuple[Decimal, str]] = {}
    for row in world.engine.rows(sums):
        place = tuple(row[key] for key in _PLACE)
        largest[place] = max(largest.get(place, (Decimal(-1), "")), (row["quantity"] or Decimal(0), row["product"]))
    columns: dict[str, list[str]] = {key: [place[at] for place in largest] for at, key in enumerate(_PLACE)}
    columns |= {
        "product": [name for _, name in largest.values()],
        "made": [decimal_text(amount) for amount, _ in largest.values()],
    }
    schema = pa.schema([(key, pa.string()) for key in columns])
    return world.engine.table("unknown_coverage", pa.table(columns, schema=schema))

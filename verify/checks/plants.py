"""Which plant stands behind how much power at zero (TZ-GRN-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.certificates import retired
from verify.checks.closure import RECEIVED
from verify.checks.world import World


@dataclass(frozen=True)
class Behind:
    """MWh that one plant proves, as which kind of proof (``certificates`` or ``direct``), and the rows that say so."""

    generator_id: str
    proof: str
    quantity: Fraction
    table: str
    row_ids: tuple[str, ...]


def certified(world: World, year: str, unit: Fraction) -> Iterator[Behind]:
    """Per generator: certificates retired for the year, each `unit` MWh."""
    for one in retired(world, year):
        yield Behind(one.generator_id, "certificates", one.count * unit, "certificates", one.row_ids)


def direct(
    world: World, year: str, supplies: Sequence[str], connections: Sequence[str], claimed: Fraction
) -> Iterator[Behind]:
    """Per plant on a direct line: the rows of its meter; else its yearly output for the park; else, if it is alone, all direct supply."""
    plants = [row for row in world.rows("generators") if row["connection"] in connections]
    for plant in plants if claimed else ():
        rows = [row for row in rows_of_meter(world, plant["receiving_meter_id"], supplies) if row["year"] == year]
        if rows:
            amount = Fraction(sum((row["quantity"] for row in rows), Decimal(0)))
        elif plant["total_mwh"] is not None and plant["share"] is not None and year == world.year:
            amount = Fraction(plant["total_mwh"]) * Fraction(plant["share"])
        else:
            amount = claimed if len(plants) == 1 else Fraction(0)
        table, ids = ("activity", [row["row_id"] for row in rows]) if rows else ("generators", [plant["row_id"]])
        yield Behind(plant["generator_id"], "direct", amount, table, tuple(ids))


def rows_of_meter(world: World, meter: str, supplies: Sequence[str]) -> list[Mapping[str, Any]]:
    """Rows of power received under `supplies` that rest on a meter: row_id, year, period, quantity (MWh), oldest first."""
    if not meter:
        return []
    rows = world.table("activity").filter(
        lambda t: (
            (t.meter_id == meter)
            & (t.carrier == "electricity")
            & t.flow.isin(list(RECEIVED))
            & t.supply.isin(list(supplies))
        )
    )
    rows = rows.filter(rows.quantity.notnull()).select("row_id", "year", "period", "quantity")
    return list(world.engine.rows(rows.order_by(["period", "row_id"])))

"""Feedstock rows against what mass balances take in (TZ-CAR-05): one carrier, one member, one year.

A balance weighs its feed, and `activity` books it as feedstock. They may differ in tonnes where one is dry, or in carbon
where one is at default values; where neither agrees, carbon is missing or counted twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.rows import CouldNotRun
from verify.checks.undone import facts, fuels, product, rerouted
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger.factor import Situation

_KEYS = ("year", "enterprise_id", "carrier", "unit")


@dataclass(frozen=True)
class Side:
    """A quantity in base units and its carbon as tCO2 (None: no carbon is known)."""

    quantity: Fraction
    tco2: Fraction | None


@dataclass(frozen=True)
class Tie:
    """What balances take in of a carrier against its feedstock rows: of the member, and of the balanced units alone."""

    key: Mapping[str, str]
    charged: Side
    of_member: Side
    of_units: Side

    def fed(self, tolerance: Fraction) -> Side | None:
        """The side that disagrees with the balances; None where they agree.

        Other units of the member may feed without a balance, so that only more than a balance takes at its own unit is too much.
        """
        if _beyond(self.charged, self.of_member, tolerance):
            return self.of_member
        return self.of_units if _beyond(self.of_units, self.charged, tolerance) else None


def ties(world: World, carbon_type: str) -> list[Tie]:
    """Every carrier that a balance takes in. `carbon_type`: the activity type whose factor is all the carbon of a row.

    Raises CouldNotRun where balances take in carriers and no activity was handed in.
    """
    charged = _charged(world)
    if not charged:
        return []
    if not world.handed_in("activity"):
        raise CouldNotRun("table_not_handed_in", tables="activity")
    units = {(row["year"], row["enterprise_id"], row["carrier"], row["source_id"]) for row in charged}
    fed = _fed(world, carbon_type)
    at_units = [row for row in fed if (row["year"], row["enterprise_id"], row["carrier"], row["source_id"]) in units]
    sides = [_sums(rows) for rows in (charged, fed, at_units)]
    nothing = Side(Fraction(0), Fraction(0))
    return [
        Tie(dict(zip(_KEYS, key, strict=True)), *(side.get(key, nothing) for side in sides)) for key in sorted(sides[0])
    ]


def _beyond(more: Side, less: Side, tolerance: Fraction) -> bool:
    if more.quantity - less.quantity <= tolerance * more.quantity:
        return False
    if more.tco2 is None or less.tco2 is None:
        return True
    return more.tco2 - less.tco2 > tolerance * more.tco2


def _charged(world: World) -> list[dict[str, Any]]:
    lines = world.lines()
    lines = lines.filter((lines.table == "process_balances") & (lines.gate == "carbon_balance_in"))
    rows = world.table("process_balances").filter(lambda t: t.carrier.isin(fuels()))
    rows = rows.select("row_id", of_carrier="carrier", weighed="unit")
    joined = lines.join(rows, "row_id")
    joined = joined.select(
        "year", "enterprise_id", "source_id", "quantity", "tco2", carrier=joined.of_carrier, unit=joined.weighed
    )
    return _grouped(world, joined)


def _fed(world: World, carbon_type: str) -> list[dict[str, Any]]:
    def all_carbon(situation: Situation) -> Situation:
        return replace(situation, texts={**situation.texts, "flow": "transformation_in", "activity_type": carbon_type})

    rows = facts(world, "activity")
    rows = rerouted(world, rows.filter((rows.flow == "feedstock") & rows.carrier.isin(fuels())), all_carbon)
    return _grouped(world, rows.mutate(tco2=product(rows.quantity, rows.due)))


def _grouped(world: World, rows: Table) -> list[dict[str, Any]]:
    keys = [*_KEYS, "source_id"]
    known = rows.tco2.notnull().all()
    sums = rows.group_by(keys).aggregate(
        quantity=rows.quantity.sum().cast("decimal(38, 6)"), tco2=rows.tco2.sum().cast(AMOUNT), known=known
    )
    return world.engine.rows(sums.order_by(keys))


def _sums(rows: list[dict[str, Any]]) -> dict[tuple[str, ...], Side]:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in _KEYS), []).append(row)
    return {
        key: Side(
            Fraction(sum((row["quantity"] for row in found), Decimal(0))),
            Fraction(sum((row["tco2"] for row in found), Decimal(0))) if all(row["known"] for row in found) else None,
        )
        for key, found in groups.items()
    }

"""Who is inside the fence and when, what crosses it, and what a member emits: read once per world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from verify.checks.closure import GIVEN, RECEIVED
from verify.checks.world import World, total
from verify.ledger import Spell

_TRADED = (*RECEIVED, *GIVEN)


def spells(world: World) -> dict[str, list[Spell]]:
    """The spells of every member, months inclusive."""
    if "spells" not in world.cache:
        found: dict[str, list[Spell]] = {}
        for row in world.spells():
            found.setdefault(row["enterprise_id"], []).append(
                Spell(row["enterprise_id"], _month(row["from"]), _month(row["to"]))
            )
        world.cache["spells"] = found
    return world.cache["spells"]  # type: ignore[no-any-return]


def inside(world: World, enterprise: str, period: str) -> bool:
    """Whether the enterprise is a member in any part of a period (``YYYY`` or ``YYYY-MM``)."""
    return any(spell.holds(period) for spell in spells(world).get(enterprise, []))


def members(world: World, year: str) -> frozenset[str]:
    """The members of a year."""
    return frozenset(one for one in spells(world) if inside(world, one, year))


def tonnes(world: World, enterprise: str, year: str) -> Decimal:
    """tCO2 of a member in a year, as filed, in the terms that the method counts."""
    return total(world.cells(year, enterprise_id=enterprise, term=world.ruler.text.method.core_terms), "tco2")


def trades(world: World) -> list[dict[str, Any]]:
    """Rows of members that name another party, added up by period, parties, carrier, kind, flow and basis.

    `where` is inside, outside or unknown, as the ledger sees it (situations: the counterparty is a member at the time).
    """
    if "trades" not in world.cache:
        rows = world.table("activity").filter(lambda t: t.flow.isin(list(_TRADED)))
        keys = ["year", "period", "enterprise_id", "counterparty", "carrier", "supply", "flow", "basis", "unit"]
        found = world.engine.rows(rows.group_by(keys).aggregate(quantity=rows.quantity.sum().cast("decimal(38, 6)")))
        found.sort(key=lambda row: tuple(str(row[key]) for key in keys))
        world.cache["trades"] = [
            {**row, "where": _where(world, row)}
            for row in found
            if row["quantity"] is not None and inside(world, row["enterprise_id"], row["period"])
        ]
    return world.cache["trades"]  # type: ignore[no-any-return]


def known_names(world: World, park_names: Iterable[str]) -> frozenset[str]:
    """Names and codes under which the park and its members may stand in a paper."""
    return frozenset(
        {*park_names, *(row["name"] for row in world.spells()), *(row["enterprise_id"] for row in world.spells())}
        - {""}
    )


def _where(world: World, row: Mapping[str, Any]) -> str:
    if not row["counterparty"]:
        return "unknown"
    return "inside" if inside(world, row["counterparty"], row["period"]) else "outside"


def _month(day: object) -> str:
    return "" if day is None else str(day)[:7]

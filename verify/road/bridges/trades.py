"""Who sold power and heat to whom inside the fence: rows of `activity` that name a member as their counterparty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from verify.bridge.routed import Trade
from verify.checks.world import World
from verify.ruler.bridging import BridgeRules

_BOUGHT, _SOLD = "purchased", "sold"


def trades(world: World, rules: BridgeRules, names: Mapping[str, str]) -> dict[str, list[Trade]]:
    """By year, under first ids (`names`). Both books may hold a trade: the larger amount of the two stands, for the supply of the
    buyer is bounded by its use and by what the seller has."""
    member = {row["enterprise_id"] for row in world.spells()}
    table = world.table("activity")
    table = table.mutate(year=table.period[:4])
    table = table.filter(
        lambda t: (
            t.year.isin([world.base_year, world.year])
            & t.carrier.isin(sorted(rules.utilities))
            & t.flow.isin([_BOUGHT, _SOLD])
            & t.counterparty.isin(sorted(member))
        )
    )
    keys = ["year", "carrier", "flow", "enterprise_id", "counterparty"]
    summed = table.group_by(keys).aggregate(quantity=table.quantity.sum().cast("decimal(38, 6)"))
    found: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for row in world.engine.rows(summed.order_by(keys)):
        one, other = (names.get(row[key], row[key]) for key in ("enterprise_id", "counterparty"))
        seller, buyer = (other, one) if row["flow"] == _BOUGHT else (one, other)
        key = row["year"], row["carrier"], seller, buyer
        found[key] = max(found[key], float(row["quantity"] or 0))
    years: dict[str, list[Trade]] = defaultdict(list)
    for (year, carrier, seller, buyer), quantity in sorted(found.items()):
        if quantity > 0 and seller != buyer:
            years[year].append(Trade(carrier, seller, buyer, quantity))
    return years

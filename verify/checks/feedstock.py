"""Feedstock: what is left out of the fuel burned comes back through its mass balance, all of it and once (TZ-CAR-05)."""

from __future__ import annotations

from verify.checks.balance_due import require_balances
from verify.checks.cells import every
from verify.checks.feedstock_ties import ties
from verify.checks.listing import on_rows, table_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.world import World


@check("TZ-CAR-05")
def feedstock_is_charged(world: World, params: Params) -> Rows:
    """What a mass balance takes in of a carrier is its feedstock (annex 4 二（一）2, 三（三）2; 6a, each carbon atom once).

    Undone: the balance takes in what the feedstock rows bring, no more and no less.
    """
    require_balances(world)
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    tied = ties(world, params["carbon_type"])
    for tie in tied:
        fed = tie.fed(tolerance)
        if fed is None:
            continue
        key, charged = tie.key, tie.charged
        factor = None if charged.tco2 is None or not charged.quantity else charged.tco2 / charged.quantity
        arguments = {
            "carrier": key["carrier"],
            "fed": text(fed.quantity),
            "charged": text(charged.quantity),
            "unit": key["unit"],
        }
        effect = None if factor is None else tonnes((fed.quantity - charged.quantity) * factor)
        about = {name: key[name] for name in ("year", "enterprise_id", "carrier")}
        ids = table_rows(world, "process_balances", flow="carbon_in", **about)
        found += on_rows(Found(key["enterprise_id"], key["year"], arguments, effect), "process_balances", ids)
    cells = every(world, measure="carbon", table="process_balances")
    return Rows(found, Scope.of(cells) if tied else Scope())

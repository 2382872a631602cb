"""Stores give back what was put in, less their losses, and make nothing new (TZ-CER-20, 21).

CK-G6 and general rule 10 of green-power.md 6: storage discharge <= charge x efficiency, with source inheritance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World

CHARGED, DISCHARGED = "charged", "discharged"


@dataclass(frozen=True)
class Sums:
    """What a store took in and gave back in a year, base units of its carrier, and the rows that say so."""

    charged: Fraction
    discharged: Fraction
    rows: tuple[str, ...]


@check("TZ-CER-20")
def discharge_is_no_generation(world: World, params: Params) -> Rows:
    """What the meter out of a store measures is booked as discharge, not as green power made or received.

    `params.green`: supplies that count at zero. Undone: that power came from elsewhere and counts at `params.default`.
    """
    stores = _stores(world)
    meters = {row["meter_out"]: row for row in stores if row["meter_out"] and row["meter_out"] != row["meter_in"]}
    if not meters:  # a store without a meter of its own way out: its rows are those of nobody
        return Rows([], Scope.count(0, len(stores)))
    rows = world.table("activity").filter(
        lambda t: t.meter_id.isin(sorted(meters)) & (t.carrier == "electricity") & (t.flow != DISCHARGED)
    )
    rows = rows.filter(rows.supply.isin(list(params["green"])) & rows.quantity.notnull())
    groups: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    columns = ["row_id", "year", "flow", "supply", "meter_id", "quantity"]
    for row in world.engine.rows(rows.select(*columns).order_by("row_id")):
        groups.setdefault((row["meter_id"], row["year"], row["flow"], row["supply"]), []).append(row)
    found: list[Found] = []
    for (meter, year, flow, supply), many in groups.items():
        amount = sum((Fraction(row["quantity"]) for row in many), Fraction(0))
        arguments = {"flow": flow, "supply": supply, "quantity": text(amount)}
        effect = tonnes(amount * world.ruler.number(params["default"], year))
        store = meters[meter]["storage_id"]
        found += on_rows(Found(store, year, arguments, effect), "activity", [row["row_id"] for row in many])
    return Rows(found, Scope.count(len(meters), len(stores)))


@check("TZ-CER-21")
def no_more_out_than_in(world: World, params: Params) -> Rows:
    """Per store and year: given back <= taken in x efficiency + what it can hold; the same of the green part alone.

    A blank efficiency is one. `params.green`: supplies whose charge a green discharge inherits. Undone: the excess is power
    from elsewhere at `params.default`; other carriers go without tonnes.
    """
    found: list[Found] = []
    tested = 0
    stores = _stores(world)
    for store in stores:
        efficiency = Fraction(1) if store["efficiency"] is None else Fraction(store["efficiency"])
        room = Fraction(store["capacity"] or 0)
        alone = sum(_kin(store) == _kin(other) for other in stores) == 1
        for year in world.years:
            whole = _sums(world, store, year, None, alone=alone)
            if not whole.rows:
                continue
            tested += 1
            green = _sums(world, store, year, params["green"], alone=alone)
            of_green = green.discharged - green.charged * efficiency - room
            excess = max(whole.discharged - whole.charged * efficiency - room, of_green)
            if excess <= 0:
                continue
            told = green if of_green == excess else whole
            power = store["carrier"] == "electricity"
            arguments = {
                "carrier": store["carrier"],
                "unit": store["unit"],
                "charged": text(told.charged),
                "discharged": text(told.discharged),
                "efficiency": text(efficiency),
                "excess": text(excess),
            }
            effect = tonnes(excess * world.ruler.number(params["default"], year)) if power else None
            found += on_rows(Found(store["storage_id"], year, arguments, effect), "activity", told.rows)
    return Rows(found, Scope.count(tested, len(stores)))


def _stores(world: World) -> list[dict[str, Any]]:
    stores = world.rows("storages")
    if not stores:
        raise NotApplicable("no_store")
    return stores


def _kin(store: Mapping[str, Any]) -> tuple[str, str]:
    return store["enterprise_id"], store["carrier"]


def _sums(world: World, store: Mapping[str, Any], year: str, supplies: list[str] | None, *, alone: bool) -> Sums:
    """By the meters of the store; without meters, the rows of its operator and carrier where it is the only such store."""
    rows = world.table("activity").filter(
        lambda t: (
            (t.year == year)
            & (t.carrier == store["carrier"])
            & t.flow.isin([CHARGED, DISCHARGED])
            & t.quantity.notnull()
        )
    )
    meters = [store[name] for name in ("meter_in", "meter_out") if store[name]]
    if meters:
        rows = rows.filter(rows.meter_id.isin(meters))
    elif alone and store["enterprise_id"]:
        rows = rows.filter(rows.enterprise_id == store["enterprise_id"])
    else:
        return Sums(Fraction(0), Fraction(0), ())
    if supplies is not None:
        rows = rows.filter(rows.supply.isin(list(supplies)))
    here = world.engine.rows(rows.select("row_id", "flow", "quantity").order_by("row_id"))
    amounts = {
        flow: sum((Fraction(row["quantity"]) for row in here if row["flow"] == flow), Fraction(0))
        for flow in (CHARGED, DISCHARGED)
    }
    return Sums(amounts[CHARGED], amounts[DISCHARGED], tuple(row["row_id"] for row in here))

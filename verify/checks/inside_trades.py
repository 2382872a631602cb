"""Trades between two members: the seller's rows against the buyer's (TZ-BAL-03)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from verify.checks.closure import GIVEN, IN, OUT, RECEIVED, Residual, close
from verify.checks.listing import table_rows
from verify.checks.members import trades
from verify.checks.world import World, total

_SIGNS = {**dict.fromkeys(GIVEN, IN), **dict.fromkeys(RECEIVED, OUT)}
_KEYS = ("year", "seller", "buyer", "carrier", "supply", "unit")


def balances(world: World) -> list[Residual]:
    """Sold (in) against bought (out) of every pair of members, year, carrier and kind."""
    rows = []
    for row in trades(world):
        if row["where"] != "inside" or row["counterparty"] == row["enterprise_id"]:
            continue
        here, there = row["enterprise_id"], row["counterparty"]
        seller, buyer = (here, there) if row["flow"] in GIVEN else (there, here)
        rows.append({**row, "seller": seller, "buyer": buyer})
    return close(rows, _KEYS, _SIGNS)


def agree(world: World, balance: Residual, tolerance: Fraction) -> bool:
    """Whether both ends book one quantity, the buyer's less the loss that one of the two books."""
    if not balance.beyond(tolerance):
        return True
    both = balance.inflow > 0 and balance.outflow > 0
    return both and 0 < balance.difference <= _lost(world, balance) + tolerance * balance.inflow


def mirrored(world: World, balance: Residual, tolerance: Fraction) -> Fraction | None:
    """tCO2 of booking the silent end inside, where that end has the same quantity across the fence; None: no such rows.

    A buyer that books the trade as received emits it once too often, a seller that books it as sent out takes a credit.
    """
    if balance.inflow and balance.outflow:
        return None
    silent, flows = (balance.key["buyer"], RECEIVED) if balance.inflow else (balance.key["seller"], GIVEN)
    amount = max(balance.inflow, balance.outflow)
    cells = world.cells(
        balance.key["year"],
        measure="carbon",
        enterprise_id=silent,
        carrier=balance.key["carrier"],
        flow=flows,
        where="outside",
    )
    for kind in sorted({cell["supply"] for cell in cells}):
        booked = [cell for cell in cells if cell["supply"] == kind]
        if abs(abs(Fraction(total(booked, "quantity"))) - amount) <= tolerance * amount:
            return -Fraction(total(booked, "tco2"))
    return None


def row_ids(world: World, balance: Residual) -> list[str]:
    """The rows of both ends."""
    key = balance.key
    about = {"year": key["year"], "carrier": key["carrier"], "supply": key["supply"]}
    sold = table_rows(world, "activity", flow=GIVEN, enterprise_id=key["seller"], counterparty=key["buyer"], **about)
    bought = table_rows(
        world, "activity", flow=RECEIVED, enterprise_id=key["buyer"], counterparty=key["seller"], **about
    )
    return [*sold, *bought]


def _lost(world: World, balance: Residual) -> Fraction:
    """Losses of the carrier that seller or buyer books in the year."""
    key = balance.key
    losses = world.cells(
        key["year"], measure="energy", carrier=key["carrier"], flow="loss", enterprise_id=(key["seller"], key["buyer"])
    )
    return abs(Fraction(sum((cell["quantity"] for cell in losses), Decimal(0))))

"""The proofs of power at zero: metered direct supply, retired certificates, settled green trade (TZ-GRN-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.closure import RECEIVED
from verify.checks.members import inside, trades
from verify.checks.world import World
from verify.ledger.serials import folded

Kinds = Mapping[str, list[str]]  # proof (direct, certificates, green_trade) -> the supplies that it proves


def zeros(world: World, year: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Power received at factor zero although its class default is not zero."""
    cells = world.cells(year, measure="carbon", term=params["terms"], carrier="electricity", flow=RECEIVED)
    return [cell for cell in cells if cell["quantity"] > 0 and not cell["factor"] and cell["default_factor"]]


def comparable(world: World, kinds: Kinds) -> Kinds:
    """The kinds whose proof was handed in: direct supply is in the rows themselves."""
    there = {
        "direct": True,
        "certificates": world.handed_in("certificates"),
        "green_trade": world.handed_in("statements"),
    }
    return {proof: supplies if there[proof] else [] for proof, supplies in kinds.items()}


def flat(kinds: Kinds) -> set[str]:
    """All supplies of the kinds."""
    return {supply for supplies in kinds.values() for supply in supplies}


def metered(world: World, year: str, supplies: Iterable[str], bases: list[str]) -> Fraction:
    """Directly supplied MWh whose rows rest on a meter."""
    rows = [
        row
        for row in trades(world)
        if row["year"] == year
        and row["carrier"] == "electricity"
        and row["flow"] in RECEIVED
        and row["where"] != "inside"
        and row["supply"] in supplies
        and row["basis"] in bases
    ]
    return Fraction(sum((row["quantity"] for row in rows), Decimal(0)))


def settled(world: World, year: str, params: Mapping[str, Any]) -> Fraction:
    """MWh that the power exchange settled as green trade for the park or a member."""
    words = [folded(word) for word in params["settlement_words"]]
    rows = [
        row
        for row in world.rows("statements")
        if row["authority"] in params["settlement"]
        and row["year"] == year
        and row["unit"] == "MWh"
        and row["quantity"] is not None
        and any(word in folded(row["item"]) for word in words)
        and (
            not row["party_code"]
            or inside(world, row["party_code"], row["period"])
            or row["party_code"] == world.submission.park.id
        )
    ]
    return Fraction(sum((row["quantity"] for row in rows), Decimal(0)))

"""Something shared across the fence (TZ-SCP-09): its shares add up, and the part outside does not grow by a new key (GW-02)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.defaults import default_factor
from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.two_years import emitted
from verify.checks.world import World

_OUTSIDE = "outside"


@check("TZ-SCP-09")
def shares_hold(world: World, params: Params) -> Rows:
    """Annex 4, 二（三）1: shares of a shared thing make a whole, and the share outside grows by no new key and on paper only.

    `params.whole`: by how much a sum may miss 1; `params.growth`: points that the share outside may gain. Undone: what the
    gain took out counts again, at what the thing emits as filed, else at its total by `params.units` (unit: carrier).
    """
    if not world.rows("allocations"):
        raise NotApplicable("nothing_shared")
    missed, growth = world.number(params["whole"]), world.number(params["growth"])
    papers = world.evidence_kinds()
    found: list[Found] = []
    shared = _by_year(world)
    for thing in sorted({thing for thing, _ in shared}):
        now, then = shared.get((thing, world.year), []), shared.get((thing, world.base_year), [])
        ids = [row["row_id"] for row in now]
        outside = [sum((row["share"] for row in rows if _out(row)), Decimal(0)) for rows in (then, now)]
        keys = [sorted({row["key_basis"] for row in rows}) for rows in (then, now)]
        arguments = {"base_share": text(outside[0]), "claim_share": text(outside[1]), "base_year": world.base_year}
        whole = sum((row["share"] for row in now), Decimal(0))
        if now and abs(Fraction(whole) - 1) > missed:
            arguments = {**arguments, "fault": "sum"}
            found += on_rows(
                Found(thing, world.year, arguments, _tonnes(world, now, 1 - Fraction(whole), outside[1], params)),
                "allocations",
                ids,
            )
            continue
        gained = Fraction(outside[1] - outside[0])
        if not then or gained <= growth:
            continue
        fault = "key" if keys[0] != keys[1] else "" if all(row["evidence_id"] in papers for row in now) else "growth"
        if fault:
            effect = _tonnes(world, now, gained, outside[1], params)
            found += on_rows(Found(thing, world.year, {**arguments, "fault": fault}, effect), "allocations", ids)
    return Rows(found, Scope.count(len({thing for thing, _ in shared})))


def _by_year(world: World) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The rows in force at the end of base year and reporting year, by shared thing and year."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in world.rows("allocations"):
        for year in {world.base_year, world.year} - {""}:
            if (row["from"] or date.min) <= date(int(year), 12, 31) <= (row["to"] or date.max):
                found[row["shared"], year].append(row)
    return found


def _out(row: dict[str, Any]) -> bool:
    return row["side"] == _OUTSIDE or (not row["side"] and row["party"] == _OUTSIDE)


def _tonnes(
    world: World, rows: list[dict[str, Any]], part: Fraction, outside: Decimal, params: Params
) -> Decimal | None:
    """tCO2 of `part` of the shared thing: by its own rows, which hold the share inside, else by its total."""
    thing, left = rows[0]["shared"], 1 - Fraction(outside)
    counted = sum((one for key, one in emitted(world, world.year).items() if key[1] == thing), Decimal(0))
    if counted > 0 and left > 0:
        return tonnes(Fraction(counted) / left * part)
    total, unit = rows[0]["total"], rows[0]["unit"]
    if total is None:
        return None
    carrier = params["units"].get(unit, "")
    factor = (
        Fraction(1) if unit in params["tonnes"] else default_factor(world, carrier, world.year) if carrier else None
    )
    return None if factor is None else tonnes(Fraction(total) * part * factor)

"""A place in the fence that nobody answers for (TZ-SCP-05, 06): who is stated there and is on no list (GW-01, GW-02, GW-05).

The list is the park's own word; suppliers, registers and meters say who is there. A party outside the drawn fence is none
of the park's; one in a hole of it is asked for, because a hole around a works is drawn by the park as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import ground, parties
from verify.checks.closure import RECEIVED
from verify.checks.defaults import default_factor
from verify.checks.listing import on_rows
from verify.checks.members import inside, spells, trades
from verify.checks.members import tonnes as member_tonnes
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World

_MIDNIGHT = "-01-01 00:00:00"  # the stamp that ends the last interval of the year before


@check("TZ-SCP-05", needs={"statements"})
def energy_of_nobody(world: World, params: Params) -> Rows:
    """Annex 2, 一（一）: energy that a supplier delivers inside the fence belongs to a member of that time.

    Found where the stated party has its place inside the fence, or was a member until it was struck from the list, and no
    member answers for it. Undone: the stated quantity at the class default. `params.users`: authorities whose quantities
    are energy used by the party; `params.tolerance`: what the members' purchases may lack to hold it all the same.
    """
    stated: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    looked = 0
    for row, party, where in _named(world):
        if (
            row["authority"] not in params["users"]
            or not row["carrier"]
            or row["item"]
            or not (row["quantity"] or 0) > 0
        ):
            continue
        looked += 1
        late = where == ground.UNKNOWN and parties.past(world, party, row["period"])
        if (where == ground.INSIDE or late) and not parties.answered(world, party, row["period"]):
            stated[party.label, row["year"], row["authority"], row["carrier"], row["unit"]].append(row)
    if not looked:
        raise NotApplicable("no_party_stated")
    found: list[Found] = []
    for (label, year, authority, carrier, unit), rows in sorted(stated.items()):
        if _booked(world, authority, carrier, year, world.number(params["tolerance"])):
            continue
        quantity = sum((row["quantity"] for row in rows), Decimal(0))
        factor = default_factor(world, carrier, year)
        arguments = {"authority": authority, "carrier": carrier, "stated": text(quantity), "unit": unit}
        effect = None if factor is None else tonnes(Fraction(quantity) * factor)
        found += on_rows(Found(label, year, arguments, effect), "statements", (row["row_id"] for row in rows))
    return Rows(found, Scope.count(looked))


@check("TZ-SCP-06")
def named_there_and_not_listed(world: World, params: Params) -> Rows:
    """Annex 2, 一（一）: whoever a register, an authority or a meter of its own shows inside the fence is on the list.

    A name in a register is no emission: a question. A member that was struck off is worth its last year inside.
    `params.ended`: reasons of leaving after which nobody is left of whom a quantity could be stated, wherever it stands.
    """
    found: list[Found] = []
    looked = 0
    rows_of: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    former: dict[str, str] = {}
    for row, party, where in _named(world):
        looked += 1
        energy = row["carrier"] and (row["quantity"] or 0) > 0
        alive = (row["quantity"] or 0) > 0 and where == ground.UNKNOWN and _ended(world, party, row, params["ended"])
        there = where == ground.HOLE or (not energy and (where == ground.INSIDE or alive))
        if there and not parties.answered(world, party, row["period"]):
            rows_of[party.label, row["year"], row["authority"]].append(row["row_id"])
            former[party.label] = party.id
    for (label, year, authority), ids in sorted(rows_of.items()):
        arguments = {"authority": authority, "shown_by": "statement"}
        one = Found(label, year, arguments, _last_year(world, former[label], year))
        found += on_rows(one, "statements", ids)
    for enterprise, year, ids in _metered_after(world):
        looked += 1
        one = Found(enterprise, year, {"authority": "", "shown_by": "meter"}, _last_year(world, enterprise, year))
        found += on_rows(one, "meters", ids)
    if not looked:
        raise NotApplicable("no_party_stated")
    return Rows(found, Scope.count(looked))


def _named(world: World) -> Iterator[tuple[dict[str, Any], parties.Party, str]]:
    """Statements of the years with data that name one party, the party, and where it stands."""
    for row in world.rows("statements"):
        party = parties.party(world, row)
        if party is not None and row["year"] in world.years:
            yield row, party, ground.standing(world, ground.place(row), row["period"])


def _ended(world: World, party: parties.Party, row: Mapping[str, Any], reasons: list[str]) -> bool:
    """Whether the party left the list before the period for a reason after which nothing of it remains."""
    last = [one["reason"] for one in world.spells() if one["enterprise_id"] == party.id and one["to"] is not None]
    return parties.past(world, party, row["period"]) and last[-1:] != [] and last[-1] in reasons


def _booked(world: World, authority: str, carrier: str, year: str, tolerance: Fraction) -> bool:
    """Whether the members book all that the authority states of the carrier, so that somebody answers for this too."""
    whole = sum(
        (
            Fraction(row["quantity"])
            for row in world.rows("statements")
            if (row["authority"], row["carrier"], row["year"]) == (authority, carrier, year) and row["quantity"]
        ),
        Fraction(0),
    )
    booked = sum(
        (
            Fraction(row["quantity"])
            for row in trades(world)
            if row["year"] == year
            and row["carrier"] == carrier
            and row["flow"] in RECEIVED
            and row["where"] != "inside"
        ),
        Fraction(0),
    )
    return whole - booked <= tolerance * whole


def _last_year(world: World, enterprise: str, year: str) -> Decimal | None:
    """tCO2 of a former member in its last year inside before `year`; None where it never had any."""
    lived = [one for one in world.years if one < year and inside(world, enterprise, one)]
    amounts = [member_tonnes(world, enterprise, one) for one in lived]
    return tonnes(amounts[-1]) if amounts and amounts[-1] else None


def _metered_after(world: World) -> Iterator[tuple[str, str, list[str]]]:
    """Former members whose meters still read a quantity in the reporting year: (enterprise, year, rows of meters)."""
    ended = {one for one in spells(world) if parties.past(world, parties.Party(one, one), world.year)}
    meters: Mapping[str, dict[str, Any]] = {
        row["meter_id"]: row for row in world.rows("meters") if row["enterprise_id"] in ended
    }
    if not meters or not world.handed_in("readings"):
        return
    readings = world.table("readings").filter(lambda t: t.meter_id.isin(sorted(meters)))
    of_year = readings.filter(lambda t: t["at"].cast("string")[:4] == world.year)
    of_year = of_year.filter(lambda t: t["at"].cast("string") > world.year + _MIDNIGHT)
    spans = of_year.group_by("meter_id").aggregate(least=of_year["value"].min(), most=of_year["value"].max())
    read = sorted(
        row["meter_id"]
        for row in world.engine.rows(spans)
        if row["most"] > (row["least"] if meters[row["meter_id"]]["reading_kind"] == "register" else 0)
    )
    by_owner: dict[str, list[str]] = defaultdict(list)
    for meter in read:
        by_owner[meters[meter]["enterprise_id"]].append(meters[meter]["row_id"])
    for enterprise, ids in sorted(by_owner.items()):
        if not parties.answered(world, parties.Party(enterprise, enterprise), world.year):
            yield enterprise, world.year, ids

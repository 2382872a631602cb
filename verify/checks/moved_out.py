"""Plants that moved with a paper, and capacity that closed here and opened there (TZ-REL-09 to 11; GW-14).

A move by policy to a place that can carry it is no fault and no abatement: the tonnes are somewhere else now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks import structure
from verify.checks.listing import on_rows
from verify.checks.members import tonnes as of_member
from verify.checks.registry import Params, check
from verify.checks.relocation import two_years
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.unit_flows import unit_flows
from verify.checks.unit_tonnes import direct_tonnes
from verify.checks.world import World

OWN, RECEIVER = "own", "receiver"
_NOTHING = Fraction(0)


@dataclass(frozen=True)
class Moved:
    """A member (source '') or a plant that moved out, its tonnes of the base year, and the row with the paper."""

    member: str
    source: str
    tonnes: Fraction
    table: str
    row_id: str


@check("TZ-REL-09", needs={"enterprises"})
def moved_by_policy(world: World, params: Params) -> Rows:
    """What moved out with its paper is shown as moved, with the tonnes that the receiving place carries now; never as a fault.

    `params.reasons`: reasons of a spell; `params.events`: kinds of event of a plant. Tonnes of the receiver where affiliates
    file output and emissions of the same goods, else those of the base year.
    """
    two_years(world)
    moved = moved_out(world, params)
    found = []
    for one in moved:
        displaced, whose = _displaced(world, one)
        arguments = {
            "source": one.source or next(row["name"] for row in world.spells() if row["enterprise_id"] == one.member),
            "base_year": world.base_year,
            "moved": text(one.tonnes),
            "displaced": text(displaced),
            "whose": whose,
        }
        found += on_rows(Found(one.member, world.year, arguments), one.table, [one.row_id])
    return Rows(found, Scope.count(len(world.spells())))


@check("TZ-REL-10", needs={"claims"})
def move_claimed_as_reduction(world: World, params: Params) -> Rows:
    """A claimed reduction leaves out what moved out with its paper (decomposition 3.4: relocation is no abatement).

    `params.total`: the figure; `params.kinds`: kinds of claim; `params.materiality`: of what moved. Undone: the claim on the
    members and plants that stayed.
    """
    two_years(world)
    moved = sum((one.tonnes for one in moved_out(world, params)), _NOTHING)
    before, after = (world.item(params["total"], year) for year in (world.base_year, world.year))
    if moved <= 0 or not isinstance(before, Fraction) or not isinstance(after, Fraction):
        raise NotApplicable("nothing_to_test")
    found = []
    for row in world.rows("claims"):
        years = (row["base_year"] or world.base_year, row["year"] or world.year)
        told = row["kind"] in params["kinds"] and row["item"].strip() == params["total"] and row["value"] is not None
        if not told or years != (world.base_year, world.year):
            continue
        claimed = Fraction(row["value"]) * (before if row["unit"] == "1" else 1)
        stayed = before - moved - after
        over = claimed - stayed
        if over <= world.number(params["materiality"]) * moved:
            continue
        arguments = {
            "claim": row["claim_id"],
            "claimed": text(claimed),
            "moved": text(moved),
            "stayed": text(stayed),
        }
        found.append(
            Found(park(world), world.year, arguments, rounded(min(over, moved)), "tCO2", "claims", row["row_id"])
        )
    return Rows(found, Scope.count(len(world.rows("claims"))))


@check("TZ-REL-11", needs={"sources"})
def closed_here_opened_there(world: World, params: Params) -> Rows:
    """Capacity that closed inside does not open with the same group outside (group test by plants; TZ-REL-03 by output).

    `params.events`: events that take capacity out; `params.fall`: share of its tonnes that must be gone. Undone: the tonnes
    of the base year that are gone, no more than what the group emits more outside where it says so. A question.
    """
    two_years(world)
    fall = world.number(params["fall"])
    groups = {row["enterprise_id"]: row["group_id"] for row in world.spells() if row["group_id"]}
    closed = [one for one in _closed(world, params) if one.member in groups and one.tonnes > fall * _before(world, one)]
    if not closed:
        raise NotApplicable("nothing_to_test")
    if not world.handed_in("affiliates"):
        raise CouldNotRun("table_not_handed_in", tables="affiliates")
    found = []
    for one in closed:
        gained = _gained(world, groups[one.member], _goods(world, one))
        if not gained:
            continue
        more = [emissions for _, emissions in gained.values()]
        known = [emissions for emissions in more if emissions is not None]
        effect = min(one.tonnes, sum(known, _NOTHING)) if len(known) == len(more) else one.tonnes
        if effect <= 0:
            continue
        arguments = {
            "source": one.source,
            "group": groups[one.member],
            "product": ", ".join(sorted(gained)),
            "base_year": world.base_year,
        }
        found += on_rows(Found(one.member, world.year, arguments, rounded(effect)), one.table, [one.row_id])
    return Rows(found, Scope.count(len(closed)))


def moved_out(world: World, params: Mapping[str, Any]) -> list[Moved]:
    """Members that left and plants that moved, with the ruler's reason and a paper on file, and with tonnes in the base year."""
    papers = world.evidence_kinds()
    found = []
    rows = {row["row_id"]: row for row in world.spells()}
    for one in structure.changes(world, {}):
        if one.change == structure.LEFT and one.reason in params["reasons"]:
            row = rows[one.row_ids[0]]
            tonnes = Fraction(of_member(world, one.enterprise_id, world.base_year))
            if row["evidence_id"] in papers and tonnes > 0:
                found.append(Moved(one.enterprise_id, "", tonnes, "enterprises", row["row_id"]))
    gone = {one.member for one in found}
    for row in world.rows("events"):
        if (
            row["kind"] in params["events"]
            and row["evidence_id"] in papers
            and row["source_id"]
            and _within(world, row["from"])
        ):
            tonnes = _lost(world, row["enterprise_id"], row["source_id"])
            if tonnes > 0 and row["enterprise_id"] not in gone:
                found.append(Moved(row["enterprise_id"], row["source_id"], tonnes, "events", row["row_id"]))
    return found


def _closed(world: World, params: Params) -> list[Moved]:
    """Plants that a date or an event takes out between the two years."""
    out = {
        (row["enterprise_id"], row["source_id"])
        for row in world.rows("events")
        if row["kind"] in params["events"] and _within(world, row["from"])
    }
    found = []
    for row in world.rows("sources"):
        unit = (row["enterprise_id"], row["source_id"])
        tonnes = _lost(world, *unit)
        if tonnes > 0 and (unit in out or (row["retired"] is not None and _within(world, row["retired"]))):
            found.append(Moved(*unit, tonnes, "sources", row["row_id"]))
    return found


def _within(world: World, day: object) -> bool:
    return day is not None and world.base_year <= str(day)[:4] <= world.year


def _before(world: World, one: Moved) -> Fraction:
    return direct_tonnes(world, world.base_year).get((one.member, one.source), _NOTHING)


def _lost(world: World, member: str, source: str) -> Fraction:
    before, after = (
        direct_tonnes(world, year).get((member, source), _NOTHING) for year in (world.base_year, world.year)
    )
    return before - after


def _goods(world: World, one: Moved) -> set[str]:
    """What the plant, else its member, made in the base year."""
    made = [two for two in unit_flows(world, world.base_year) if two.flow == "made" and two.enterprise_id == one.member]
    return {two.thing for two in made if two.source_id == one.source} or {two.thing for two in made}


def _gained(world: World, group: str, goods: set[str]) -> dict[str, tuple[Fraction, Fraction | None]]:
    """By good what a group makes more outside, and emits more with it (None where it does not say); any good where none is known."""
    sums: dict[tuple[str, str], tuple[Fraction, Fraction | None]] = {}
    for row in world.rows("affiliates"):
        if row["group_id"] == group and row["quantity"] is not None and (not goods or row["product"] in goods):
            key = (row["product"], row["period"][:4])
            quantity, emissions = sums.get(key, (_NOTHING, _NOTHING))
            more = None if emissions is None or row["emissions"] is None else emissions + Fraction(row["emissions"])
            sums[key] = quantity + Fraction(row["quantity"]), more
    found = {}
    for product in {product for product, _ in sums}:
        then, now = (sums.get((product, year), (_NOTHING, _NOTHING)) for year in (world.base_year, world.year))
        if now[0] > then[0]:
            found[product] = now[0] - then[0], None if now[1] is None or then[1] is None else now[1] - then[1]
    return found


def _displaced(world: World, one: Moved) -> tuple[Fraction, str]:
    """Tonnes that the goods of the base year take where they are made now, and whose they are."""
    group = next((row["group_id"] for row in world.spells() if row["enterprise_id"] == one.member), "")
    made: dict[str, Fraction] = {}
    for two in unit_flows(world, world.base_year):
        if two.flow == "made" and two.enterprise_id == one.member and one.source in {"", two.source_id}:
            made[two.thing] = made.get(two.thing, _NOTHING) + two.quantity
    whole = _NOTHING
    for product, quantity in made.items():
        rows = [
            row
            for row in world.rows("affiliates")
            if group and row["group_id"] == group and row["product"] == product and row["period"][:4] == world.year
        ]
        output = sum((Fraction(row["quantity"]) for row in rows if row["quantity"] is not None), _NOTHING)
        if output <= 0 or any(row["emissions"] is None for row in rows):
            return one.tonnes, OWN
        whole += quantity * sum((Fraction(row["emissions"]) for row in rows), _NOTHING) / output
    return (whole, RECEIVER) if made else (one.tonnes, OWN)

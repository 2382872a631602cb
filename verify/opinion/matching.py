"""The matching part of the facts: scores by year, month and hour, by member and plant, and the pictures of the reporting year."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.match_plants import WH
from verify.checks.match_sums import RESOLUTIONS, best_share, score, unmatched
from verify.checks.matched import RULE, Match, Missing, match, rule
from verify.checks.world import World, total
from verify.matching import duration, grid
from verify.matching.series import total as sum_of
from verify.opinion.accounts import FACTOR, TONNES, Facts, cite, number

_POINTS, _POINT_PLACES = 100, 4  # of the duration curve: places along it, and decimals of a share


def facts(world: World) -> Facts:
    """The section `matching` of the reporting year; every part is null or empty where the hours are not there, for the reason
    under `absent`. Amounts are MWh."""
    found = match(world, world.year)
    if isinstance(found, Missing):
        return {**_nothing(), "absent": {"key": f"checks.{found.reason}", "arguments": {}}}
    params = rule(world) or {}
    hourly = score(found, "hourly")
    return {
        "absent": None,
        "basis": found.load.basis,
        "hours": str(found.year.hours),
        "hours_read": str(int(found.known.sum())),
        "load": _mwh(hourly.load),
        "clean": _mwh(hourly.clean),
        "scores": [_score(found, one) for one in RESOLUTIONS],
        "most": number(best_share(found), FACTOR),
        "much_excess": hourly.excess > world.number(params["excess"]) * hourly.load,
        "claimed": _claimed(world, found),
        "store": _store(found),
        "enterprises": _enterprises(world, found),
        "generators": _generators(world, found),
        "days": grid(found.whole, found.known, found.year),
        "duration": [number(one, _POINT_PLACES) for one in duration(found.whole, found.known, _POINTS)],
        "cite": cite(world.ruler.text.checks[RULE].cite),
    }


def _nothing() -> Facts:
    alone = ("basis", "hours", "hours_read", "load", "clean", "most", "much_excess", "claimed", "store", "cite")
    return {
        **dict.fromkeys(alone),
        **{name: [] for name in ("scores", "enterprises", "generators", "days", "duration")},
    }


def _mwh(wh: int) -> str | None:
    return number(Fraction(wh, WH))


def _score(one: Match, resolution: str) -> Facts:
    found = score(one, resolution)
    return {
        "resolution": resolution,
        "share": number(found.contracted, FACTOR),
        "matched": _mwh(found.matched),
        "imported": _mwh(found.imported),
        "excess": _mwh(found.excess),
    }


def _claimed(world: World, one: Match) -> Facts | None:
    """Power at zero in the inventory, what of it no hour matches, and that at default; None where nothing is claimed at zero."""
    zeros = green_proof.zeros(world, world.year, rule(world) or {})
    if not zeros:
        return None
    left, at_default = unmatched(world, one, world.year)
    return {
        "quantity": number(total(zeros, "quantity")),
        "unmatched": number(left),
        "at_default": number(at_default, TONNES),
    }


def _store(one: Match) -> Facts | None:
    flow = one.flow
    if not flow.stores:
        return None
    return {
        "charged": _mwh(flow.charged),
        "clean_charged": _mwh(sum_of(flow.clean_charge)),
        "discharged": _mwh(flow.discharged),
        "clean_discharged": _mwh(sum_of(flow.clean)),
        "unexplained": _mwh(flow.beyond),
    }


def _enterprises(world: World, one: Match) -> list[Facts]:
    """By member, without the store, whose discharge is nobody's alone; none where the gateways tell the load of the park only."""
    names = {row["enterprise_id"]: row["name"] for row in world.spells()}
    found = []
    for member, got in sorted(one.owned.users.items()):
        load, held = sum_of(one.load.by_enterprise[member][one.known]), sum_of(got)
        if member:
            share = Fraction(held, load) if load else None
            row: dict[str, Any] = {"enterprise_id": member, "name": names.get(member, "")}
            found.append(row | {"load": _mwh(load), "matched": _mwh(held), "share": number(share, FACTOR)})
    return found


def _generators(world: World, one: Match) -> list[Facts]:
    """By clean plant: what its meter tells, what of it counts and what was matched; `left_out`: why nothing counts."""
    found = []
    for plant in one.plants:
        counted = 0 if plant.left_out else sum_of(plant.clean[one.known])
        found.append(
            {
                "generator_id": plant.generator_id,
                "name": plant.name,
                "technology": plant.technology,
                "metered": _mwh(plant.metered),
                "counted": _mwh(counted),
                "matched": _mwh(sum_of(one.owned.plants[plant.generator_id])) if not plant.left_out else _mwh(0),
                "left_out": plant.left_out or None,
            }
        )
    plants = {row["generator_id"]: row for row in world.rows("generators")}
    for other in one.unread:
        row = plants[other.generator_id]
        found.append(
            {
                "generator_id": other.generator_id,
                "name": row["name"] or other.generator_id,
                "technology": row["technology"],
                **dict.fromkeys(("metered", "counted", "matched")),
                "left_out": "not_read",
            }
        )
    return found

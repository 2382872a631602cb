"""A plant that stands where it stood and belongs to somebody else now, while what it made is bought (TZ-REL-06; GW-11, GW-12).

Selling the plant moves no chimney: what burns inside the fence counts, whoever owns it (annex 4, 一). The plant is known by its
own row (owner, kind of operation), by another plant at the same place, or by a transfer in the table of lineage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.relocation import two_years
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.rows import tonnes as rounded
from verify.checks.unit_flows import BOUGHT, MADE, Rises, Unit, UnitFlow, summed, unit_flows
from verify.checks.unit_tonnes import direct_tonnes
from verify.checks.world import World

_NOTHING = Fraction(0)
OWNER, PLACE, LINEAGE = "owner", "place", "lineage"


@check("TZ-REL-06", needs={"sources"})
def plant_of_another(world: World, params: Params) -> Rows:
    """A plant handed to another owner does not leave the total while its steam, power or gas comes back as a purchase.

    `params.fall`: share of its tonnes that must be gone; `params.operators`: kinds of operation by somebody else;
    `params.makes`: what a kind of plant makes where no row says; `params.near`: degrees within which two plants stand at one
    place; `params.transfers`: lineage of a sale. Undone: the plant's own tonnes of the base year, for what is bought instead
    of made, and no longer the tonnes of the purchase.
    """
    two_years(world)
    fall = world.number(params["fall"])
    before, after = (direct_tonnes(world, year) for year in (world.base_year, world.year))
    plants = [one for one in world.rows("sources") if one["kind"] in params["makes"] and _placed(one)]
    found: list[Found] = []
    tested = 0
    for row in sorted(world.rows("sources"), key=lambda one: (one["enterprise_id"], one["source_id"])):
        unit = (row["enterprise_id"], row["source_id"])
        then, now = before.get(unit, _NOTHING), after.get(unit, _NOTHING)
        if then <= 0:
            continue
        tested += 1
        if then - now <= fall * then:
            continue
        how, owner = _passed_on(world, row, plants, params)
        if not how:
            continue
        effect, carriers = _hidden(world, unit, row, then - now, params)
        if effect <= 0:
            continue
        arguments = {
            "source": row["source_id"],
            "owner": owner,
            "how": how,
            "carrier": carriers[0],
            "base_year": world.base_year,
        }
        found += on_rows(
            Found(row["enterprise_id"], world.year, arguments, rounded(effect)), "sources", [row["row_id"]]
        )
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(tested))


def _passed_on(
    world: World, row: Mapping[str, Any], plants: Iterable[Mapping[str, Any]], params: Params
) -> tuple[str, str]:
    """By what the plant is known to go on for somebody else, and for whom; '' where nothing says so.

    `plants`: the sources that can burn or convert and whose place is known.
    """
    neighbour = next((one for one in plants if _placed(row) and _in_its_place(one, row, params)), None)
    if neighbour is not None:
        return PLACE, neighbour["owner_id"] or neighbour["enterprise_id"]
    if _ended(world, row):
        return "", ""
    if row["owner_id"] not in {"", row["enterprise_id"]} or row["operator_kind"] in params["operators"]:
        return OWNER, row["owner_id"] or row["operator_kind"]
    year = int(world.year)
    for one in world.rows("lineage"):
        if (
            one["predecessor"] == row["enterprise_id"]
            and one["kind"] in params["transfers"]
            and (one["at"] is None or int(world.base_year) <= one["at"].year <= year)
        ):
            return LINEAGE, one["successor"]
    return "", ""


def _in_its_place(one: Mapping[str, Any], row: Mapping[str, Any], params: Params) -> bool:
    """Whether the plant `one` is at the place of `row`, and another owner's."""
    if one["row_id"] == row["row_id"]:
        return False
    near = Decimal(params["near"])
    there = all(abs(one[axis] - row[axis]) <= near for axis in ("longitude", "latitude"))
    owners = [two["owner_id"] or two["enterprise_id"] for two in (one, row)]
    return there and (owners[0] != owners[1] or one["operator_kind"] in params["operators"])


def _placed(row: Mapping[str, Any]) -> bool:
    return None not in (row["longitude"], row["latitude"])


def _ended(world: World, row: Mapping[str, Any]) -> bool:
    """Whether a paper says that the plant stopped for good by the end of the claim year."""
    gone = row["retired"] is not None and str(row["retired"])[:4] <= world.year
    return gone and row["evidence_id"] in world.evidence_kinds()


def _hidden(
    world: World, unit: Unit, row: Mapping[str, Any], gone: Fraction, params: Params
) -> tuple[Fraction, list[str]]:
    """Tonnes of the plant less those of what is bought instead, and what that is; 0 where nothing more is bought."""
    then, now = (unit_flows(world, year) for year in (world.base_year, world.year))
    made = {one.thing for one in then if one.of == unit and one.flow in MADE}
    hidden, carriers = _NOTHING, []
    for carrier in sorted(made or params["makes"].get(row["kind"], ())):
        sides = [[one for one in flows if one.thing == carrier] for flows in (then, now)]
        rises = Rises(_received(sides[0]), _received(sides[1]))
        more = rises.total
        if more <= 0:
            continue
        own = [summed(one for one in some if one.of == unit and one.flow in MADE) for some in sides]
        less = own[0] - own[1]
        moved = min(more, less) if less > 0 else more
        carriers.append(carrier)
        hidden -= rises.tonnes(moved, [unit[0]])
        if len(made) == 1 and less > 0:
            gone *= moved / less
    return (gone + hidden, carriers) if carriers else (_NOTHING, [])


def _received(flows: Sequence[UnitFlow]) -> list[UnitFlow]:
    return [one for one in flows if one.flow in BOUGHT and one.where != "inside"]

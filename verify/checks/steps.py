"""A step that is gone while what it was for goes on: the recipe and the energy of the same output (TZ-REL-08; GW-10).

Nothing need be booked as bought: less of an intermediate per unit of the final good, or much less energy for it, with no measure
on file, is a question. Another product is another recipe and no question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from verify.checks.at_rest import retired_units
from verify.checks.listing import on_rows, table_rows
from verify.checks.product_balance import tonnes_of
from verify.checks.registry import Params, check
from verify.checks.relocation import two_years
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.unit_flows import PRODUCTION, Unit, UnitFlow, by_member, summed, unit_flows
from verify.checks.unit_tonnes import direct_tonnes, received_factor
from verify.checks.world import World

RECIPE, ENERGY = "recipe", "energy"
_ENERGY_FLOWS = ("final_use", "transformation_in", "transformation_out", "recovered")
_NOTHING, _WHOLE = Fraction(0), Fraction(1)


@check("TZ-REL-08", needs={"production"})
def step_gone(world: World, params: Params) -> Rows:
    """By member: less of an intermediate, or much less energy, for the same goods, and no measure behind it.

    `params.recipe`: share by which an intermediate per unit of output may fall; `params.energy`: the same of energy. Growth
    alone is no fall: what is used must be less than in the base year too. A plant retired by a paper takes its energy with it. Undone:
    the intermediate of the base year's recipe is made inside; or energy and process are those of the base year per unit.
    """
    two_years(world)
    bounds = {name: world.number(params[name]) for name in (RECIPE, ENERGY)}
    found: list[Found] = []
    tested = 0
    then, now = (unit_flows(world, year) for year in (world.base_year, world.year))
    explained, ended = _with_measure(world), retired_units(world)
    asked: set[str] = set()
    before, after = by_member(then), by_member(now)
    members = sorted(before.keys() & after.keys())
    grown = {member: _growth(before[member], after[member]) for member in members}
    for member in members:
        growth = grown[member]
        if growth is None or growth <= 0:
            continue
        tested += 1
        for product, was, used in _recipes((before[member], after[member])):
            makers = {one.enterprise_id for one in then if one.thing == product and one.flow == "made"}
            if not makers or used >= was * min(growth, _WHOLE) * (1 - bounds[RECIPE]) or explained & {member, *makers}:
                continue
            asked |= {member, *makers}
            arguments = _arguments(world, RECIPE, product, was, used)
            effect = tonnes_of(world, product, was * growth - used)
            rows = table_rows(world, PRODUCTION, enterprise_id=member, product=product)
            found += on_rows(Found(member, world.year, arguments, effect), PRODUCTION, rows)
    for member in sorted(set(members) - asked - explained):
        growth = grown[member]
        if growth is None or growth <= 0:
            continue
        mine = [[one for one in before[member] if one.of not in ended], after[member]]
        energy = [summed((one for one in flows if one.flow in _ENERGY_FLOWS), "tce") for flows in mine]
        if energy[0] <= 0 or energy[1] >= energy[0] * min(growth, _WHOLE) * (1 - bounds[ENERGY]):
            continue
        effect = _like_for_like(world, member, mine, growth, ended)
        if effect <= 0:
            continue
        arguments = _arguments(world, ENERGY, "", energy[0], energy[1])
        rows = table_rows(world, PRODUCTION, enterprise_id=member, flow="made", year=world.year)
        found += on_rows(Found(member, world.year, arguments, effect), PRODUCTION, rows)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(tested))


def _growth(then: Sequence[UnitFlow], now: Sequence[UnitFlow]) -> Fraction | None:
    """Output of the claim year over that of the base year; None where the member does not make the same goods in both.

    What the member itself uses up is no output of its own.
    """
    between = {name for flows in (then, now) for name in _sums(flows, "consumed")}
    made = [_sums(flows, "made") for flows in (then, now)]
    made = [{name: amount for name, amount in one.items() if amount > 0 and name not in between} for one in made]
    if not made[0] or made[0].keys() != made[1].keys():
        return None
    return sum((made[1][name] / amount for name, amount in made[0].items()), _NOTHING) / len(made[0])


def _recipes(mine: Sequence[Sequence[UnitFlow]]) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Of each intermediate what was used in the base year, and what in the claim year; none whose use is booked as energy now."""
    before, after = (_sums(flows, "consumed") for flows in mine)
    energy = {one.thing for one in mine[1] if one.table != PRODUCTION}
    for product, was in sorted(before.items()):
        if was > 0 and product not in energy:
            yield product, was, after.get(product, _NOTHING)


def _sums(flows: Sequence[UnitFlow], flow: str) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for one in flows:
        if one.table == PRODUCTION and one.flow == flow:
            found[one.thing] = found.get(one.thing, _NOTHING) + one.quantity
    return found


def _with_measure(world: World) -> set[str]:
    """Members with a measure between the two years that has its paper."""
    papers = world.evidence_kinds()
    return {
        row["enterprise_id"]
        for row in world.rows("measures")
        if row["evidence_id"] in papers
        and (row["effective_from"] is None or world.base_year <= str(row["effective_from"])[:4] <= world.year)
    }


def _like_for_like(
    world: World, member: str, mine: Sequence[Sequence[UnitFlow]], growth: Fraction, ended: Collection[Unit]
) -> Decimal:
    """Tonnes of the base year's own emissions and power per unit, beyond those of the claim year."""
    own = [
        sum(
            (amount for unit, amount in direct_tonnes(world, year).items() if unit[0] == member and unit not in left),
            _NOTHING,
        )
        for year, left in ((world.base_year, ended), (world.year, ()))
    ]
    power = [
        summed(one for one in flows if one.thing == "electricity" and one.flow in _ENERGY_FLOWS[:2]) for flows in mine
    ]
    factor = received_factor(world, world.year, "electricity")
    return rounded(own[0] * growth - own[1] + (power[0] * growth - power[1]) * factor)


def _arguments(world: World, how: str, product: str, before: Fraction, after: Fraction) -> dict[str, str]:
    return {"how": how, "product": product, "base_year": world.base_year, "before": text(before), "after": text(after)}

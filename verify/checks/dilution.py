"""Energy that nothing is made with, at hardly any emission: it thins the intensity out (TZ-IND-03; GW-18).

By member, not by source: a unit that is renewed has another id and no more energy than the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from verify.checks.counted_twice import again
from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.relocation import two_years
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.unit_flows import BOUGHT, PRODUCTION, UnitFlow, by_member, summed, unit_flows
from verify.checks.unit_tonnes import direct_tonnes
from verify.checks.world import World

USE = (
    "final_use", "transformation_in", "charged", "flared", "feedstock", "loss", "bunker", "transformation_out", "recovered",
    "discharged",
)  # fmt: skip
_NETWORK = ("electricity", "heat")
_NOTHING, _WHOLE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Addition:
    """What a member uses beyond the energy of the base year for the same goods: tce, and the tonnes that come with it."""

    member: str
    tce: Fraction
    tonnes: Fraction


@check("TZ-IND-03", needs={"activity"})
def thinned_out(world: World, params: Params) -> Rows:
    """The intensity did not fall because somebody uses more energy at zero and makes no more (decomposition 3a, dilution).

    `params.share`: share of the energy of the park from which it is asked about; `params.low`: tonnes per tce of the addition
    over those of the rest, below which it thins out. No tonne moved: the arguments print the indicator without the addition.
    """
    two_years(world)
    indicator = world.ruler.text.indicators[params["indicator"]]
    items = [world.item(name) for name in (indicator.numerator, indicator.denominator)]
    if not all(isinstance(item, Fraction) and item > 0 for item in items):
        raise CouldNotRun("not_filed", item=indicator.denominator)
    tonnes, tce = (Fraction(item) for item in items if isinstance(item, Fraction))
    found: list[Found] = []
    for one in additions(world, params):
        without = (tonnes - one.tonnes) / (tce - one.tce)
        arguments = {
            "base_year": world.base_year,
            "added": text(one.tce),
            "share": text(one.tce / tce),
            "value": text(tonnes / tce),
            "without": text(without),
        }
        rows = line_rows(world, measure="energy", side="use", year=world.year, enterprise_id=one.member)
        found += on_rows(Found(one.member, world.year, arguments, Decimal(0)), "activity", rows)
    members = {flow.enterprise_id for flow in unit_flows(world, world.year)}
    if not members:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.of(world.cells(measure="energy", side="fence")))


def additions(world: World, params: Params) -> list[Addition]:
    """Members whose energy rose beyond their output, by enough, with far fewer tonnes per tce than the rest of the park."""
    indicator = world.ruler.text.indicators[params["indicator"]]
    items = [world.item(name) for name in (indicator.numerator, indicator.denominator)]
    tonnes, tce = (Fraction(item) if isinstance(item, Fraction) else _NOTHING for item in items)
    least, low = world.number(params["share"]), world.number(params["low"])
    then, now = (unit_flows(world, year) for year in (world.base_year, world.year))
    twice = _twice(world)
    found = []
    before, after = by_member(then), by_member(now)
    for member in sorted(after):
        mine = [before.get(member, []), after[member]]
        growth = _growth(*mine)
        if growth is None:
            continue  # new goods: energy of a new factory
        used = [_use(flows) for flows in mine]
        more = used[1] - used[0] * max(growth, _WHOLE) - twice.get(member, _NOTHING)
        if more <= least * tce or more >= tce:
            continue
        one = Addition(member, more, _tonnes(world, member, mine, (then, now), max(growth, _WHOLE)))
        if one.tonnes * (tce - more) < low * (tonnes - one.tonnes) * more:
            found.append(one)
    return found


def _twice(world: World) -> dict[str, Fraction]:
    """tce that each member counts again in the claim year (TZ-IND-05): another finding's."""
    entry = world.ruler.text.checks.get("TZ-IND-05")
    found: dict[str, Fraction] = {}
    for (member, _, _), flows in again(world, world.year, entry.params).items() if entry else ():
        found[member] = found.get(member, _NOTHING) + summed(flows, "tce")
    return found


def _use(flows: Iterable[UnitFlow]) -> Fraction:
    return summed((one for one in flows if one.table != PRODUCTION and one.flow in USE), "tce")


def _growth(then: Sequence[UnitFlow], now: Sequence[UnitFlow]) -> Fraction | None:
    """Output over that of the base year; 1 where the member makes no goods, None where it makes goods that are new."""
    made: list[dict[str, Fraction]] = [{}, {}]
    for side, flows in enumerate((then, now)):
        for one in flows:
            if one.table == PRODUCTION and one.flow == "made" and one.quantity > 0:
                made[side][one.thing] = made[side].get(one.thing, _NOTHING) + one.quantity
    if not made[1]:
        return _WHOLE
    if made[1].keys() - made[0].keys():
        return None
    return sum((made[1].get(name, _NOTHING) / amount for name, amount in made[0].items()), _NOTHING) / len(made[0])


def _tonnes(
    world: World, member: str, mine: Sequence[Sequence[UnitFlow]], park: Sequence[Sequence[UnitFlow]], growth: Fraction
) -> Fraction:
    """Tonnes of the addition: own lines beyond growth, and of power and heat what it buys itself or what the park bought for it.

    More that the park received at zero since the base year is taken to be for the addition, the rest at the default factor.
    """
    own = [
        sum((amount for unit, amount in direct_tonnes(world, year).items() if unit[0] == member), _NOTHING)
        for year in (world.base_year, world.year)
    ]
    found = max(own[1] - own[0] * growth, _NOTHING)
    for carrier in _NETWORK:
        used = [summed(one for one in flows if one.thing == carrier and one.flow in USE[:3]) for flows in mine]
        rest = used[1] - used[0] * growth
        sides = [_received(flows, carrier) for flows in mine]
        bought = summed(sides[1]) - summed(sides[0]) * growth
        if bought > 0:
            found += max(summed(sides[1], "tco2") - summed(sides[0], "tco2") * growth, _NOTHING)
        made = [
            summed(one for one in flows if one.thing == carrier and one.flow == "primary_production") for flows in mine
        ]
        rest -= max(bought, _NOTHING) + max(made[1] - made[0], _NOTHING)
        if rest <= 0:
            continue
        others = [[one for one in _received(flows, carrier) if one.enterprise_id != member] for flows in park]
        zero = [summed(one for one in some if not one.tco2) for some in others]
        rest -= min(rest, max(zero[1] - zero[0], _NOTHING))
        quantity = summed(others[1])
        found += rest * summed(others[1], "default") / quantity if quantity > 0 else _NOTHING
    return found


def _received(flows: Iterable[UnitFlow], carrier: str) -> list[UnitFlow]:
    return [one for one in flows if one.thing == carrier and one.flow in BOUGHT and one.where != "inside"]

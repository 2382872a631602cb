"""What can be made or bought and is no heat or power: hydrogen, syngas, coke, oxygen, compressed air … (TZ-REL-04, TZ-REL-05; GW-13).

Bought goods carry no tonnes of their own making. Making may stand in the table of energy or of production, and the purchase in
the other one. Where nothing was made before, what is bought may still stand for the fuel of a process (TZ-REL-05).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.checks.listing import on_rows, table_rows
from verify.checks.readings import reading_number
from verify.checks.registry import Params, check
from verify.checks.relocation import two_years
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.unit_flows import (
    ACTIVITY,
    BOUGHT,
    MADE,
    PRODUCTION,
    SENT,
    Unit,
    UnitFlow,
    by_member,
    by_thing,
    summed,
    unit_flows,
)
from verify.checks.unit_tonnes import default_factor, making_tonnes
from verify.checks.world import World

_POWER = "electricity"
_NOTHING, _WHOLE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Balance:
    """One thing in one year, in one unit: made and bought over the fence without proof of how it was made, and used."""

    made: Fraction
    bought: Fraction
    used: Fraction
    makers: frozenset[Unit]
    purchases: tuple[UnitFlow, ...]

    @property
    def share(self) -> Fraction:
        """Own making over all that was used."""
        return 1 - min(self.bought / self.used, _WHOLE) if self.used > 0 else _WHOLE


@check("TZ-REL-04")
def made_before_bought_now(world: World, params: Params) -> Rows:
    """A carrier made inside in the base year is not bought instead, at less than its making took (decomposition 3.3, s_j).

    `params.fall`: points of the own share, share of the making; `params.others`: carriers that TZ-REL-01 looks at; `params.shown`: papers that say
    how the supplier makes it; `params.density`: t per 10^3 Nm3. Undone: the share of the base year is still made inside.
    """
    two_years(world)
    fall = world.number(params["fall"])
    found: list[Found] = []
    names = sorted(
        {one.thing for one in unit_flows(world, world.base_year) if one.flow in MADE} - set(params["others"])
    )
    of_things = [by_thing(unit_flows(world, year)) for year in (world.base_year, world.year)]
    for thing in names:
        flows = [of_thing.get(thing, []) for of_thing in of_things]
        unit = next((one.unit for one in flows[0] if one.flow in MADE), "")
        then, now = (_balance(some, unit, thing, params) for some in flows)
        if then is None or now is None or _only_goods(then, flows, now):
            continue
        given_up = now.made < then.made * (1 - fall)  # making that follows its market is not given up
        if not (given_up and now.bought > then.bought and then.share - now.share > fall):
            continue
        moved = (then.share - now.share) * now.used
        intensity = making_tonnes(world, world.base_year, then.makers, thing)
        effect = None
        if intensity is not None:
            before, after = intensity / then.made, summed(now.purchases, "tco2") / now.bought
            if before <= after:
                continue  # what is bought counts as much as its making took
            effect = rounded(moved * (before - after))
        arguments = {
            "carrier": thing,
            "base_year": world.base_year,
            "base_share": text(then.share),
            "claim_share": text(now.share),
        }
        found += _stand(world, Found(park(world), world.year, arguments, effect), now.purchases)
    if not names:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(len(names)))


@check("TZ-REL-05")
def bought_for_fuel(world: World, params: Params) -> Rows:
    """What is new in purchases does not stand for the fuel of a process whose output stayed (GW-11, GW-13).

    By member: fuel fell by more than output did, and purchases of a makeable carrier rose. `params.carriers`: those carriers,
    with their GJ per base unit where no line has it; `params.utilities`: those that power makes; `params.density` as above;
    `params.least`: share of the fuel that useful energy is at least. Undone: the fuel is still burned, as much of it as what is
    bought can stand for, at the tonnes per tce of the base year.
    """
    two_years(world)
    fall, least = world.number(params["fall"]), world.number(params["least"])
    found: list[Found] = []
    tested: set[str] = set()
    earlier, later = (by_member(unit_flows(world, year)) for year in (world.base_year, world.year))
    for member in sorted(earlier.keys() & later.keys()):
        mine = [earlier[member], later[member]]
        for_power = _for_power(world, member, mine, params)
        found += for_power
        tested |= {member} if for_power else set()
        fuel = [_fuel(flows, params["carriers"]) for flows in mine]
        energy, tonnes = [summed(some, "tce") for some in fuel], summed(fuel[0], "tco2")
        if energy[0] <= 0 or tonnes <= 0:
            continue
        tested.add(member)
        freed = energy[0] * min(_growth(*mine), _WHOLE) - energy[1]
        if freed <= fall * energy[0]:
            continue
        for carrier in sorted(params["carriers"]):
            after = _bought(mine[1], carrier, params)
            more = _more(world, mine, after, carrier, params)
            if more <= 0:
                continue
            stands = freed if freed * least <= more else more  # useful energy is less than the fuel that made it
            counted = _counted(mine[1], carrier) - _counted(mine[0], carrier)
            effect = stands * tonnes / energy[0] - max(counted, _NOTHING)
            if effect <= 0:
                continue
            arguments = {
                "carrier": carrier,
                "base_year": world.base_year,
                "fuel_fall": text(1 - energy[1] / energy[0]),
                "bought": text(summed(after)),
                "unit": after[0].unit,
            }
            found += _stand(world, Found(member, world.year, arguments, rounded(effect)), after)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(len(tested)))


def _for_power(world: World, member: str, mine: Sequence[Sequence[UnitFlow]], params: Params) -> list[Found]:
    """Air, oxygen or cold bought where the power of compressors is gone: the power, at what received power is by default."""
    found: list[Found] = []
    for carrier in params["utilities"]:
        after = _bought(mine[1], carrier, params)
        if _extra(mine, after, carrier, params) <= 0:
            continue
        used = [[one for one in flows if one.thing == _POWER and one.flow == "final_use"] for flows in mine]
        before, now = summed(used[0]), summed(used[1])
        freed = max(before * min(_growth(*mine), _WHOLE) - now, _NOTHING)
        if freed <= world.number(params["fall"]) * before:
            freed = min(max(before - now, _NOTHING), _gone(*used))
        effect = freed * default_factor(world, world.year, _POWER)
        if effect > 0:
            arguments = {
                "carrier": carrier,
                "base_year": world.base_year,
                "fuel_fall": text(freed / before),
                "bought": text(summed(after)),
                "unit": after[0].unit,
            }
            found += _stand(world, Found(member, world.year, arguments, rounded(effect)), after)
    return found


def _gone(then: Sequence[UnitFlow], now: Sequence[UnitFlow]) -> Fraction:
    """Power of sources that use none any more."""
    left = {one.of for one in now if one.quantity > 0}
    return summed(one for one in then if one.source_id and one.of not in left)


def _balance(flows: Sequence[UnitFlow], unit: str, thing: str, params: Params) -> Balance | None:
    """The balance in `unit`; None where a quantity cannot be told in it."""
    made = _one_table([one for one in flows if one.flow in MADE])
    bought = [one for one in _over_the_fence(flows) if one.kind not in params["shown"] and not one.proven]
    sent = _one_table([one for one in flows if one.flow in SENT and one.where != "inside"])
    amounts = []
    for some in (made, bought := _one_table(bought), sent):
        each = [_in_unit(one, unit, thing, params["density"]) for one in some]
        if any(amount is None for amount in each):
            return None
        amounts.append(sum((amount for amount in each if amount is not None), _NOTHING))
    own = max(amounts[0] - amounts[2], _NOTHING)
    return Balance(amounts[0], amounts[1], own + amounts[1], frozenset(one.of for one in made), tuple(bought))


def _one_table(flows: Sequence[UnitFlow]) -> list[UnitFlow]:
    """The same good may stand in both tables: energy is read first."""
    energy = [one for one in flows if one.table == ACTIVITY]
    return energy or list(flows)


def _only_goods(then: Balance, flows: Sequence[Sequence[UnitFlow]], now: Balance) -> bool:
    """Whether goods of the table of production tell it all: TZ-REL-02 looks at them."""
    made = any(one.table == PRODUCTION and one.flow in MADE for one in flows[0])
    bought = any(one.table == PRODUCTION for one in now.purchases)
    return made and bought


def _over_the_fence(flows: Iterable[UnitFlow]) -> list[UnitFlow]:
    return [one for one in flows if one.flow in BOUGHT and one.where != "inside"]


def _in_unit(one: UnitFlow, unit: str, thing: str, density: Mapping[str, str]) -> Fraction | None:
    if one.unit == unit:
        return one.quantity
    if thing not in density or {one.unit, unit} != {"t", "10^3Nm3"}:
        return None
    factor = Fraction(density[thing])
    return one.quantity * factor if unit == "t" else one.quantity / factor


def _fuel(flows: Iterable[UnitFlow], makeable: Iterable[str]) -> list[UnitFlow]:
    """Fuel that a member burns or converts; what it can buy ready-made left out."""
    burning = ("final_use", "transformation_in")
    return [one for one in flows if one.flow in burning and one.tco2 > 0 and one.tce > 0 and one.thing not in makeable]


def _growth(then: Sequence[UnitFlow], now: Sequence[UnitFlow]) -> Fraction:
    """Output of the claim year over that of the base year, the mean over its goods; 1 where nothing says."""
    made = [
        {name: summed(some) for name, some in by_thing(one for one in flows if one.flow == "made").items()}
        for flows in (then, now)
    ]
    ratios = [made[1].get(name, _NOTHING) / amount for name, amount in made[0].items() if amount > 0]
    return sum(ratios, _NOTHING) / len(ratios) if ratios else _WHOLE


def _bought(flows: Iterable[UnitFlow], carrier: str, params: Params) -> list[UnitFlow]:
    some = [one for one in _over_the_fence(flows) if one.thing == carrier]
    return _one_table([one for one in some if one.kind not in params["shown"]])


def _more(
    world: World, mine: Sequence[Sequence[UnitFlow]], after: Sequence[UnitFlow], carrier: str, params: Params
) -> Fraction:
    """tce that a member buys more of a carrier over the fence (`_extra`)."""
    extra = _extra(mine, after, carrier, params)
    return extra * _energy(world, after, carrier, params) / summed(after) if extra > 0 else _NOTHING


def _extra(mine: Sequence[Sequence[UnitFlow]], after: Sequence[UnitFlow], carrier: str, params: Params) -> Fraction:
    """What a member buys more of a carrier over the fence, as far as it has more of it at all: 0 where it only has another
    supplier, or made it itself (that is a question of the own share)."""
    if not after or any(one.thing == carrier and one.flow in MADE for one in mine[0]):
        return _NOTHING
    unit = after[0].unit
    over = [_bought(flows, carrier, params) for flows in mine]
    held = [[one for one in flows if one.thing == carrier and one.flow in (*MADE, *BOUGHT)] for flows in mine]
    quantities = []
    for some in (*over, *held):
        each = [_in_unit(one, unit, carrier, params["density"]) for one in some]
        if any(amount is None for amount in each):
            return _NOTHING
        quantities.append(sum((amount for amount in each if amount is not None), _NOTHING))
    return max(min(quantities[1] - quantities[0], quantities[3] - quantities[2]), _NOTHING)


def _energy(world: World, flows: Iterable[UnitFlow], carrier: str, params: Params) -> Fraction:
    """tce of what was bought: of its lines, else by the heat content that the ruler gives; 0 where it has none."""
    content = params["carriers"][carrier]
    standard = reading_number(world, params["standard_coal"])
    return sum(
        (one.tce if one.tce or not content else one.quantity * Fraction(content) / standard for one in flows), _NOTHING
    )


def _counted(flows: Iterable[UnitFlow], carrier: str) -> Fraction:
    """Tonnes that a member's purchases and burning of the carrier count."""
    return summed((one for one in flows if one.thing == carrier), "tco2")


def _stand(world: World, found: Found, purchases: Sequence[UnitFlow]) -> list[Found]:
    table = purchases[0].table
    column = "carrier" if table == ACTIVITY else "product"
    members = sorted({one.enterprise_id for one in purchases})
    ids = table_rows(
        world, table, flow=sorted({one.flow for one in purchases}), enterprise_id=members, year=world.year,
        **{column: purchases[0].thing},
    )  # fmt: skip
    return on_rows(found, table, ids)

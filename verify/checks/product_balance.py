"""Goods come from somewhere: made, bought and taken from stock equals used, sold and put on stock (TZ-REL-07; GW-10).

Goods that are used or sold and that nobody made, bought or had are bought off the books: a step was moved out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from verify.checks.listing import on_rows, table_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.unit_flows import PRODUCTION, UnitFlow, summed, unit_flows
from verify.checks.unit_tonnes import making_tonnes
from verify.checks.world import World

_IN = ("made", "bought", "tolled_in", "stock_open")
_OUT = ("consumed", "sold", "tolled_out", "stock_close")
_WHOLE_BOOKS = ("sold", "stock_close")  # who books these books everything that leaves
_NOTHING = Fraction(0)


@dataclass(frozen=True)
class Balance:
    """One good of one member (or of the park, '') in one year and unit."""

    member: str
    product: str
    year: str
    unit: str
    came: Fraction
    went: Fraction
    whole: bool

    def missing(self, tolerance: Fraction) -> Fraction:
        """Quantity that went and did not come (+), or came and did not go (-); 0 within the tolerance."""
        gap = self.went - self.came
        if abs(gap) <= tolerance * max(self.came, self.went):
            return _NOTHING
        return gap if gap > 0 or self.whole else _NOTHING


@check("TZ-REL-07", needs={"production"})
def goods_come_from_somewhere(world: World, params: Params) -> Rows:
    """Product-flow balance by member and over the park (manipulation-patterns 4: b above the metering uncertainty).

    Goods whose coming is booked in no year (raw materials), and what leaves where no sale is booked, are left alone. Undone:
    what nobody made or bought is made inside, at the tonnes of the base year per unit; none where nobody made it then.
    """
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    years = [year for year in world.years if unit_flows(world, year)]
    balances = [one for year in years for one in _balances(world, year)]
    booked = {(one.product, one.member) for one in balances if one.came} | {
        (one.product, "") for one in balances if one.came
    }
    tested = [one for one in balances if (one.product, one.member) in booked]
    told: set[tuple[str, str]] = set()
    for one in sorted(tested, key=lambda two: (two.year, two.product, not two.member, two.member)):
        gap = one.missing(tolerance)
        if not gap or (not one.member and (one.product, one.year) in told):
            continue
        if one.member and gap > 0 and not one.came and not _of_park(balances, one).missing(tolerance):
            continue  # the neighbour's goods, handed over without a trade on the books
        told.add((one.product, one.year))
        arguments = {"product": one.product, "came": text(one.came), "went": text(one.went), "unit": one.unit}
        effect = _made_elsewhere(world, one, gap)
        rows = table_rows(
            world,
            PRODUCTION,
            product=one.product,
            year=one.year,
            **({"enterprise_id": one.member} if one.member else {}),
        )
        found += on_rows(Found(one.member or park(world), one.year, arguments, effect), PRODUCTION, rows)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(len(tested)))


def _balances(world: World, year: str) -> list[Balance]:
    rows = [one for one in unit_flows(world, year) if one.table == PRODUCTION]
    groups: dict[tuple[str, str, str], list[UnitFlow]] = defaultdict(list)
    for one in rows:
        groups[one.enterprise_id, one.thing, one.unit].append(one)
        if one.where != "inside":  # inside trades cancel over the park
            groups["", one.thing, one.unit].append(one)
    return [
        Balance(
            member,
            product,
            year,
            unit,
            summed(one for one in some if one.flow in _IN),
            summed(one for one in some if one.flow in _OUT),
            any(one.flow in _WHOLE_BOOKS for one in some),
        )
        for (member, product, unit), some in sorted(groups.items())
    ]


def _of_park(balances: Iterable[Balance], one: Balance) -> Balance:
    return next(
        two
        for two in balances
        if not two.member and (two.product, two.year, two.unit) == (one.product, one.year, one.unit)
    )


def _made_elsewhere(world: World, one: Balance, gap: Fraction) -> Decimal | None:
    """Tonnes of making what is missing, at the base year's; None where that cannot be told."""
    if gap <= 0 or one.year != world.year or world.base_year == world.year:
        return None
    return tonnes_of(world, one.product, gap)


def tonnes_of(world: World, product: str, quantity: Fraction) -> Decimal | None:
    """What making a quantity took in the base year, tCO2; None where nobody made it or it cannot be told apart."""
    made = [one for one in unit_flows(world, world.base_year) if one.thing == product and one.flow == "made"]
    whole = summed(made)
    own = making_tonnes(world, world.base_year, {one.of for one in made}, product) if whole > 0 else None
    return None if own is None else rounded(quantity * own / whole)

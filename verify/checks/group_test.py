"""Made less here and more there by the same group (TZ-REL-03 and 12; GW-04, GW-14, group test of manipulation-patterns 4).

Where the group makes outside most of what it makes less inside, beyond what its market grew, the making has moved: a warning.
Less of it is a question. A move by policy with its paper is neither (TZ-REL-09).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.checks.listing import on_rows, table_rows
from verify.checks.moved_out import moved_out
from verify.checks.registry import Params, check
from verify.checks.relocation import Flows, goods_of, idle_tonnes, own_intensity, two_years
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.world import World, total

_NOTHING = Fraction(0)
_Key = tuple[str, str]  # group and product


@dataclass(frozen=True)
class Shift:
    """One product of one group: made inside in the base year, made less (`lost`), made more outside beyond its market (`gained`).

    `hidden`: tCO2 with what moved still made inside; None where its makers make other goods too. `fell`: tCO2 that the makers
    emit less now.
    """

    group: str
    product: str
    before: Fraction
    lost: Fraction
    gained: Fraction
    hidden: Fraction | None
    fell: Fraction

    @property
    def moved(self) -> Fraction:
        """What may have moved."""
        return min(self.lost, self.gained)

    def is_the_same(self, share: Fraction) -> bool:
        """Whether flows stand behind it: most of what is gone is made outside, and the tonnes of its making are gone."""
        return self.gained >= share * self.lost and (self.fell > 0 if self.hidden is None else self.hidden > 0)


@check("TZ-REL-03")
def same_goods_of_the_group(world: World, params: Params) -> Rows:
    """What members make less of, their groups do not make more of outside (GW-14).

    Production may have moved, or both follow their markets: a question, with what would settle it. `params.fall`: share of
    the output of the base year; `params.share`: of what is gone that is made outside from which it is TZ-REL-12. Undone: what
    moved is still made inside, as in TZ-REL-02.
    """
    shifts, tested = _shifts(world, params)
    share = world.number(params["share"])
    return Rows([row for one in shifts if not one.is_the_same(share) for row in _told(world, one)], Scope.count(tested))


@check("TZ-REL-12")
def lost_here_made_there(world: World, params: Params) -> Rows:
    """What the group lost here it does not make there, ton for ton, with the emissions gone from here (GW-04, GW-14).

    Parameters and undone as in TZ-REL-03. What other groups without a member here make tells how far the market grew.
    """
    shifts, tested = _shifts(world, params)
    share = world.number(params["share"])
    return Rows([row for one in shifts if one.is_the_same(share) for row in _told(world, one)], Scope.count(tested))


def _told(world: World, one: Shift) -> list[Found]:
    arguments = {
        "product": one.product,
        "group": one.group,
        "base_year": world.base_year,
        "inside_fall": text(one.lost / one.before),
        "moved_share": text(one.moved / one.lost),
    }
    effect = None if one.hidden is None else rounded(one.hidden)
    rows = table_rows(world, "affiliates", group_id=one.group, product=one.product)
    return on_rows(Found(park(world), world.year, arguments, effect), "affiliates", rows)


def _shifts(world: World, params: Params) -> tuple[list[Shift], int]:
    """Every product that a group makes less inside and more outside; and how many were looked at."""
    two_years(world)
    groups = {row["enterprise_id"]: row["group_id"] for row in world.spells() if row["group_id"]}
    if not world.handed_in("affiliates"):
        if not groups:
            raise NotApplicable("no_group")
        raise CouldNotRun("table_not_handed_in", tables="affiliates")
    by_policy = {one.member for one in moved_out(world, params)}
    then, now = (_outside(world, year) for year in (world.base_year, world.year))
    keys = sorted(then.keys() | now.keys())
    found: list[Shift] = []
    for group, product in keys:
        members = {one for one, of in groups.items() if of == group} - by_policy
        market = _market(product, then, now, set(groups.values()))
        gained = now.get((group, product), _NOTHING) - then.get((group, product), _NOTHING) * market
        found += _shift(world, (group, product), members, gained, world.number(params["fall"]))
    return found, len(keys)


def _shift(world: World, key: _Key, members: set[str], gained: Fraction, fall: Fraction) -> Iterator[Shift]:
    """The shift of one product of a group, where there is one."""
    group, product = key
    goods = [goods_of(world, year, members) for year in (world.base_year, world.year)]
    before, after = (one.get(product, Flows()) for one in goods)
    lost = before.made - after.made
    if not before.made or lost <= fall * before.made or gained <= 0:
        return
    intensity = own_intensity(world, product, before, goods[0])
    hidden = None
    if intensity is not None:
        hidden = max(
            min(lost, gained) * intensity - idle_tonnes(world, before.makers, intensity * after.made), _NOTHING
        )
    makers = {enterprise for enterprise, _ in before.makers}
    own = [
        total(world.cells(year, measure="carbon", enterprise_id=makers), "tco2")
        for year in (world.base_year, world.year)
    ]
    yield Shift(group, product, before.made, lost, gained, hidden, Fraction(own[0] - own[1]))


def _outside(world: World, year: str) -> dict[_Key, Fraction]:
    """What each group makes outside, by product."""
    found: dict[_Key, Fraction] = defaultdict(Fraction)
    for row in world.rows("affiliates"):
        if row["period"][:4] == year and row["quantity"] is not None:
            found[row["group_id"], row["product"]] += Fraction(row["quantity"])
    return found


def _market(product: str, then: dict[_Key, Fraction], now: dict[_Key, Fraction], here: set[str]) -> Fraction:
    """How plants of groups without a member here grew with the product; 1 where none is handed in or they fell."""
    before, after = (
        sum((one for (group, of), one in year.items() if of == product and group not in here), _NOTHING)
        for year in (then, now)
    )
    return max(after / before, Fraction(1)) if before > 0 else Fraction(1)

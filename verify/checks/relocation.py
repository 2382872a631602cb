"""Make or buy, here or there: what was made inside in the base year and is bought now, or made by the group outside (TZ-REL-01 to 03).

Emissions that leave with the making are not abated (manipulation-patterns 4: in-house ratio, displaced emissions; GW-10 to
GW-13). A finding rests on both flows, the making that fell and the purchase that rose; growth covered by purchases is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.checks.listing import line_rows, on_rows, table_rows
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.unit_flows import ACTIVITY, Rises, unit_flows
from verify.checks.world import World, total

_BOUGHT = ("purchased", "tolled_in")
_SENT = ("sold", "tolled_out")


@dataclass
class Flows:
    """One thing in one year, base units: made and bought (from outside), what of it was used inside."""

    made: Fraction = Fraction(0)
    bought: Fraction = Fraction(0)
    used: Fraction = Fraction(0)
    makers: set[tuple[str, str]] = field(default_factory=set)

    @property
    def share(self) -> Fraction:
        """Own making over all that was used, 0 to 1; 1 where nothing was bought."""
        return 1 - min(self.bought / self.used, Fraction(1)) if self.used > 0 else Fraction(1)


@check("TZ-REL-01")
def own_power_and_heat(world: World, params: Params) -> Rows:
    """Power and heat made from fuel in the base year are not bought at a lower factor now.

    `params.carriers`: by carrier the activity types that make it; `params.fall`: points of the own share; `params.market`: by
    carrier the supplies of a public network, which counts whole. Those, and purchases whose source is shown, replace a unit
    for everybody to see. Undone: the share of the base year is still made inside, at the tonnes that it took then.
    """
    two_years(world)
    fall = world.number(params["fall"])
    found: list[Found] = []
    tested: list[Mapping[str, Any]] = []
    for carrier, kinds in sorted(params["carriers"].items()):
        then, now = (_utility(world, year, carrier, kinds) for year in (world.base_year, world.year))
        fuel = world.cells(world.base_year, measure="carbon", flow="transformation_in", activity_type=kinds)
        tested += fuel
        if not _given_up(then, now, fall) or not then.made:
            continue
        rises = _rises(world, carrier, params["market"].get(carrier, ()))
        moved = min((then.share - now.share) * now.used, rises.total)
        makers = {cell["enterprise_id"] for cell in fuel}
        effect = moved * Fraction(total(fuel, "tco2")) / then.made - rises.tonnes(moved, makers)
        if effect <= 0:
            continue  # what is bought is shown, or counts as much as what was made: nothing is hidden
        rows = line_rows(world, measure="energy", year=world.year, side="fence", carrier=carrier, flow=_BOUGHT)
        arguments = _arguments(world, carrier, then, now)
        found += on_rows(Found(park(world), world.year, arguments, rounded(effect)), "activity", rows)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.of(tested))


@check("TZ-REL-02")
def own_goods(world: World, params: Params) -> Rows:
    """Goods that the park made for itself in the base year are not bought from outside now.

    `params.fall` as above. Undone: what is bought instead is still made, at the own emissions of its makers in the base year
    per unit; no tonnes where they made other goods too.
    """
    two_years(world)
    fall = world.number(params["fall"])
    then, now = (_goods(world, year) for year in (world.base_year, world.year))
    found: list[Found] = []
    for product in sorted(then.keys() & now.keys()):
        before, after = then[product], now[product]
        if not before.used or not _given_up(before, after, fall):
            continue
        intensity = _intensity(world, product, before, then)
        moved = (before.share - after.share) * after.used
        rows = table_rows(world, "production", product=product, flow=["bought"])
        arguments = {key: value for key, value in _arguments(world, product, before, after).items() if key != "carrier"}
        effect = rounded(moved * intensity) if intensity is not None else None
        found += on_rows(Found(park(world), world.year, arguments | {"product": product}, effect), "production", rows)
    if not any(one.used for one in (*then.values(), *now.values())):
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(len(then.keys() | now.keys())))


@check("TZ-REL-03")
def same_goods_of_the_group(world: World, params: Params) -> Rows:
    """What members make less of, their groups do not make more of outside (GW-14, group test).

    Production may have moved, or both follow their markets: a question, with what would settle it. `params.fall`: share of
    the output of the base year. Undone: what moved is still made inside, as in TZ-REL-02.
    """
    two_years(world)
    fall = world.number(params["fall"])
    groups = {row["enterprise_id"]: row["group_id"] for row in world.spells() if row["group_id"]}
    if not world.handed_in("affiliates"):
        if not groups:
            raise NotApplicable("no_group")
        raise CouldNotRun("table_not_handed_in", tables="affiliates")
    then, now = (_outside(world, year) for year in (world.base_year, world.year))
    goods = [_goods(world, year) for year in (world.base_year, world.year)]
    found: list[Found] = []
    for group, product in sorted(then.keys() | now.keys()):
        members = {one for one, of in groups.items() if of == group}
        inside = [_made_by(world, year, product, members) for year in (world.base_year, world.year)]
        lost, gained = inside[0] - inside[1], now.get((group, product), 0) - then.get((group, product), 0)
        if not inside[0] or lost <= fall * inside[0] or gained <= 0:
            continue
        moved = min(lost, Fraction(gained))
        intensity = _intensity(world, product, goods[0][product], goods[0])
        arguments = {
            "product": product,
            "group": group,
            "base_year": world.base_year,
            "inside_fall": text(lost / inside[0]),
            "moved_share": text(moved / lost),
        }
        effect = rounded(moved * intensity) if intensity is not None else None
        rows = table_rows(world, "affiliates", group_id=group, product=product)
        found += on_rows(Found(park(world), world.year, arguments, effect), "affiliates", rows)
    return Rows(found, Scope.count(len(then.keys() | now.keys())))


def _outside(world: World, year: str) -> dict[tuple[str, str], Fraction]:
    """What each group makes outside, by product."""
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in world.rows("affiliates"):
        if row["period"][:4] == year and row["quantity"] is not None:
            found[row["group_id"], row["product"]] += Fraction(row["quantity"])
    return found


def _made_by(world: World, year: str, product: str, members: set[str]) -> Fraction:
    rows = world.table("production")
    made = rows.filter((rows.period[:4] == year) & (rows.flow == "made") & (rows["product"] == product))
    summed = made.group_by("enterprise_id").aggregate(quantity=made.quantity.sum().cast("decimal(38, 6)"))
    return sum(
        (Fraction(row["quantity"] or 0) for row in world.engine.rows(summed) if row["enterprise_id"] in members),
        Fraction(0),
    )


def _given_up(then: Flows, now: Flows, fall: Fraction) -> bool:
    """Whether own making fell, purchases rose, and the own share fell by more than `fall`."""
    return now.made < then.made and now.bought > then.bought and then.share - now.share > fall


def _arguments(world: World, subject: str, then: Flows, now: Flows) -> dict[str, str]:
    return {
        "carrier": subject,
        "base_year": world.base_year,
        "base_share": text(then.share),
        "claim_share": text(now.share),
    }


def _utility(world: World, year: str, carrier: str, kinds: Iterable[str]) -> Flows:
    energy = {"measure": "energy", "carrier": carrier}
    made = -_sum(world.cells(year, **energy, side="use", flow="transformation_out", activity_type=kinds))
    bought = _sum(world.cells(year, **energy, side="fence", flow=_BOUGHT))
    sent = -_sum(world.cells(year, **energy, side="fence", flow=_SENT))
    return Flows(made, bought, bought + max(made - sent, Fraction(0)))


def _rises(world: World, carrier: str, market: Iterable[str]) -> Rises:
    """What is bought more over the fence without a paper on its source and from no public network."""
    then, now = (
        [
            one
            for one in unit_flows(world, year)
            if one.thing == carrier and one.table == ACTIVITY and one.flow in _BOUGHT and one.where != "inside"
        ]
        for year in (world.base_year, world.year)
    )
    return Rises(then, now, unshown=lambda one: not one.proven and one.supply not in market)


def _goods(world: World, year: str) -> dict[str, Flows]:
    rows = world.table("production")
    members = {row["enterprise_id"] for row in world.spells()}
    found: dict[str, Flows] = defaultdict(Flows)
    consumed: dict[str, Fraction] = defaultdict(Fraction)
    columns = ["enterprise_id", "source_id", "product", "flow", "counterparty"]
    of_year = rows.filter(rows.period[:4] == year)
    summed = of_year.group_by(columns).aggregate(quantity=of_year.quantity.sum().cast("decimal(38, 6)"))
    for row in world.engine.rows(summed):
        amount, one = Fraction(row["quantity"] or 0), found[row["product"]]
        if row["flow"] == "made":
            one.made += amount
            one.makers.add((row["enterprise_id"], row["source_id"]))
        elif row["flow"] == "consumed":
            consumed[row["product"]] += amount
        elif row["flow"] == "bought" and row["counterparty"] not in members:
            one.bought += amount
    for product, one in found.items():
        one.used = max(consumed[product], one.bought)
    return found


def _intensity(world: World, product: str, then: Flows, goods: Mapping[str, Flows]) -> Fraction | None:
    """Own tCO2 of the makers per unit in the base year; None where a maker made something else as well."""
    makers = {enterprise for enterprise, _ in then.makers}
    if any(name != product and one.makers & _all_of(makers, one) for name, one in goods.items()):
        return None
    cells = world.cells(world.base_year, measure="carbon", enterprise_id=makers)
    return Fraction(total(cells, "tco2")) / then.made if then.made else None


def _all_of(makers: set[str], one: Flows) -> set[tuple[str, str]]:
    return {maker for maker in one.makers if maker[0] in makers}


def _sum(cells: Iterable[Mapping[str, Any]]) -> Fraction:
    return sum((Fraction(cell["quantity"]) for cell in cells), Fraction(0))


def two_years(world: World) -> None:
    """Raises where there is nothing to compare: one year only, or nothing of the base year."""
    if world.base_year == world.year:
        raise NotApplicable("base_year_is_reporting_year")
    if not world.cells(world.base_year):
        raise CouldNotRun("base_year_missing", year=world.base_year)

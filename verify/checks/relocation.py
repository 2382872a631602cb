"""Make or buy: what was made inside in the base year and is bought now (TZ-REL-01 and 02); made by the group outside: group_test.

Emissions that leave with the making are not abated (manipulation-patterns 4: in-house ratio, displaced emissions; GW-10 to
GW-13). A finding rests on both flows, the making that fell and the purchase that rose; growth covered by purchases is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.checks.at_rest import shown_to_end
from verify.checks.listing import line_rows, on_rows, table_rows
from verify.checks.members import trades
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.rows import tonnes as rounded
from verify.checks.subject import park
from verify.checks.unit_flows import ACTIVITY, Rises, summed, unit_flows
from verify.checks.world import World, total

_BOUGHT = ("purchased", "tolled_in")
_SENT = ("sold", "tolled_out")
_NOTHING = Fraction(0)


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

    Asked of each maker with the members that it supplies, then of the rest of the park as one. `params.carriers`: by carrier the
    activity types that make it; `params.fall`: points of the own share; `params.market`: by carrier the supplies of a public
    network, which counts whole. Purchases whose source is shown replace a unit for everybody to see, those of the network where
    the unit ended by a paper (`params.events`: kinds of event) or cannot be told. Undone: the share of the base year is still
    made inside, at the tonnes that it took its own makers then.
    """
    two_years(world)
    found: list[Found] = []
    tested: list[Mapping[str, Any]] = []
    for carrier, kinds in sorted(params["carriers"].items()):
        fuel = world.cells(world.base_year, measure="carbon", flow="transformation_in", activity_type=kinds)
        tested += fuel
        makers = {cell["enterprise_id"] for cell in fuel}
        rest = {row["enterprise_id"] for row in world.spells()}
        for circle in _circles(world, carrier, makers):
            network = () if not _seen_to_end(world, carrier, kinds, circle, params["events"]) else None
            one = _given_up_by(world, carrier, params, circle, network)
            if one:
                found += one
                rest -= circle
        found += _given_up_by(world, carrier, params, rest, None)
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.of(tested))


def _given_up_by(
    world: World, carrier: str, params: Params, members: set[str], network: Iterable[str] | None
) -> list[Found]:
    """The finding of some members taken together. `network`: supplies that are shown by themselves; None: those of the ruler."""
    kinds = params["carriers"][carrier]
    then, now = (_utility(world, year, carrier, kinds, members) for year in (world.base_year, world.year))
    if not _given_up(then, now, world.number(params["fall"])) or not then.made:
        return []
    fuel = world.cells(
        world.base_year, measure="carbon", flow="transformation_in", activity_type=kinds, enterprise_id=members
    )
    rises = _rises(world, carrier, params["market"].get(carrier, ()) if network is None else network, members)
    moved = min((then.share - now.share) * now.used, rises.total)
    makers = {cell["enterprise_id"] for cell in fuel}
    effect = moved * Fraction(total(fuel, "tco2")) / then.made - rises.tonnes(moved, makers)
    if effect <= 0:
        return []  # what is bought is shown, or counts as much as what was made: nothing is hidden
    rows = line_rows(
        world, measure="energy", year=world.year, side="fence", carrier=carrier, flow=_BOUGHT, enterprise_id=members
    )
    subject = next(iter(members)) if len(members) == 1 else park(world)
    arguments = _arguments(world, carrier, then, now)
    return on_rows(Found(subject, world.year, arguments, rounded(effect)), "activity", rows)


def _circles(world: World, carrier: str, makers: set[str]) -> list[set[str]]:
    """Each maker with whom it supplies inside, by the names in the rows of both years; makers with a customer in common are one."""
    circles = [{maker} for maker in sorted(makers)]
    for trade in trades(world):
        pair = {trade["enterprise_id"], trade["counterparty"]}
        if trade["carrier"] == carrier and trade["where"] == "inside" and pair & makers:
            joined = [circle for circle in circles if circle & pair]
            circles = [circle for circle in circles if not circle & pair] + [pair.union(*joined)]
    return circles


def _seen_to_end(world: World, carrier: str, kinds: Iterable[str], members: set[str], events: Iterable[str]) -> bool:
    """Whether a paper says of every unit of these members that makes less of the carrier why it does."""
    made: list[dict[tuple[str, str], Fraction]] = []
    for year in (world.base_year, world.year):
        flows = [one for one in unit_flows(world, year) if one.thing == carrier and one.flow == "transformation_out"]
        mine = [one for one in flows if one.enterprise_id in members and one.activity_type in kinds]
        made.append({one.of: summed(two for two in mine if two.of == one.of) for one in mine})
    return shown_to_end(world, {unit for unit, one in made[0].items() if made[1].get(unit, 0) < one}, set(events))


@check("TZ-REL-02")
def own_goods(world: World, params: Params) -> Rows:
    """Goods that the park made for itself in the base year are not bought from outside now.

    `params.fall` as above. Undone: what is bought instead is still made, at the own emissions of its makers in the base year
    per unit, less what idle makers burn still; no tonnes where they made other goods too.
    """
    two_years(world)
    fall = world.number(params["fall"])
    then, now = (goods_of(world, year) for year in (world.base_year, world.year))
    found: list[Found] = []
    for product in sorted(then.keys() & now.keys()):
        before, after = then[product], now[product]
        if not before.used or not _given_up(before, after, fall):
            continue
        intensity = own_intensity(world, product, before, then)
        moved = (before.share - after.share) * after.used
        rows = table_rows(world, "production", product=product, flow=["bought"])
        arguments = {key: value for key, value in _arguments(world, product, before, after).items() if key != "carrier"}
        effect = None
        if intensity is not None:
            effect = rounded(
                max(moved * intensity - idle_tonnes(world, before.makers, intensity * after.made), _NOTHING)
            )
        found += on_rows(Found(park(world), world.year, arguments | {"product": product}, effect), "production", rows)
    if not any(one.used for one in (*then.values(), *now.values())):
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(len(then.keys() | now.keys())))


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


def _utility(world: World, year: str, carrier: str, kinds: Iterable[str], members: set[str]) -> Flows:
    energy: dict[str, str | Iterable[str]] = {"measure": "energy", "carrier": carrier, "enterprise_id": members}
    made = -_sum(world.cells(year, **energy, side="use", flow="transformation_out", activity_type=kinds))
    bought = _sum(world.cells(year, **energy, side="fence", flow=_BOUGHT))
    sent = -_sum(world.cells(year, **energy, side="fence", flow=_SENT))
    return Flows(made, bought, bought + max(made - sent, Fraction(0)))


def _rises(world: World, carrier: str, market: Iterable[str], members: set[str]) -> Rises:
    """What members buy more over the fence without a paper on its source and from no public network."""
    then, now = (
        [
            one
            for one in unit_flows(world, year)
            if one.thing == carrier
            and one.table == ACTIVITY
            and one.flow in _BOUGHT
            and one.where != "inside"
            and one.enterprise_id in members
        ]
        for year in (world.base_year, world.year)
    )
    return Rises(then, now, unshown=lambda one: not one.proven and one.supply not in market)


def goods_of(world: World, year: str, only: Iterable[str] | None = None) -> dict[str, Flows]:
    """By product what was made, bought and used in a year, by everybody or by `only` these members."""
    rows = world.table("production")
    if only is not None:
        rows = rows.filter(rows.enterprise_id.isin(sorted(only) or [""]))
    members = {row["enterprise_id"] for row in world.spells()}
    found: dict[str, Flows] = defaultdict(Flows)
    consumed: dict[str, Fraction] = defaultdict(Fraction)
    columns = ["enterprise_id", "source_id", "product", "flow", "counterparty"]
    of_year = rows.filter(rows.period[:4] == year)
    sums = of_year.group_by(columns).aggregate(quantity=of_year.quantity.sum().cast("decimal(38, 6)"))
    for row in world.engine.rows(sums):
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


def own_intensity(world: World, product: str, then: Flows, goods: Mapping[str, Flows]) -> Fraction | None:
    """Own tCO2 of the makers per unit in the base year; None where a maker made something else as well."""
    makers = {enterprise for enterprise, _ in then.makers}
    if any(name != product and one.makers & _all_of(makers, one) for name, one in goods.items()):
        return None
    cells = world.cells(world.base_year, measure="carbon", enterprise_id=makers)
    return Fraction(total(cells, "tco2")) / then.made if then.made else None


def idle_tonnes(world: World, makers: Iterable[tuple[str, str]], due: Fraction) -> Fraction:
    """tCO2 that the members of `makers` emit in the claim year beyond `due`, what their remaining output takes."""
    members = {enterprise for enterprise, _ in makers}
    cells = world.cells(measure="carbon", enterprise_id=members)
    return max(Fraction(total(cells, "tco2")) - due, _NOTHING)


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

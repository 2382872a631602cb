"""Conservation of energy: kinds of power, both sides of a carrier, inside trades, suppliers, stock (TZ-BAL-01 to 05).

Each check is one choice of rows, keys and signs for the balance of `verify.checks.closure`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from verify.checks import inside_trades, power_kinds, stock_seams, supplier_ties
from verify.checks.cells import every
from verify.checks.closure import GIVEN, SIDES, Residual, close
from verify.checks.defaults import default_factor
from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.twice import booked_twice
from verify.checks.world import World

_BY_POWER = ("electricity", "heat")  # dimensions measured in MWh and GJ; the others are weighed or are volumes


@check("TZ-BAL-01")
def kind_of_power_closes(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: what is sent out as a kind of power was received or generated as that kind (CK-N15).

    The sum over all kinds is the balance of TZ-BAL-02. Undone: what left without having come earns no credit.
    """
    found: list[Found] = []
    tolerance = world.number(params["tolerance"])
    for year in world.years:
        for kind, balance in power_kinds.balances(world, year, params):
            if balance.difference >= 0 or not balance.beyond(tolerance):
                continue
            sent, credited = power_kinds.credit(world, year, kind)
            one = Found(
                subject=park(world),
                period=year,
                arguments={
                    "supply": kind or params["unlabelled"]["sold"],
                    "inflow": text(balance.inflow),
                    "outflow": text(balance.outflow),
                    "difference": text(balance.difference),
                },
                effect=tonnes(min(-balance.difference, sent) * credited),
            )
            rows = line_rows(world, measure="carbon", carrier="electricity", flow=GIVEN, supply=kind, year=year)
            found += on_rows(one, "activity", rows)
    if not every(world, measure="carbon", carrier="electricity", flow=GIVEN):
        raise NotApplicable("no_power_sent_out")
    return Rows(found, Scope.of(every(world, measure="carbon", carrier="electricity")))


@check("TZ-BAL-02")
def both_sides_agree(world: World, params: Params) -> Rows:
    """Annex 3, 二1 and national-ruler 6a: fence side and use side of T agree for each carrier (CK-N17).

    Meters allow a tolerance, a row booked twice has none. Undone: T as the use side gives it; the effect is in tce.
    """
    found: list[Found] = []
    for year in world.years:
        for balance in close(world.cells(year, measure="energy"), ("carrier",), SIDES, by="side", amount="tce"):
            carrier = balance.key["carrier"]
            tolerance = _tolerance(world, carrier, params)
            if not balance.beyond(tolerance, _throughput(balance)):
                if not balance.difference or not booked_twice(world, carrier, year, balance.difference):
                    continue
                tolerance = Fraction(0)
            one = Found(
                subject=park(world),
                period=year,
                arguments={
                    "carrier": carrier,
                    "fence": text(balance.inflow),
                    "use": text(balance.outflow),
                    "difference": text(balance.difference),
                    "tolerance": text(tolerance),
                },
                effect=tonnes(-balance.difference),
                effect_unit="tce",
            )
            found += on_rows(one, "activity", line_rows(world, measure="energy", carrier=carrier, year=year))
    energy = {(cell["year"], cell["carrier"]) for cell in every(world, measure="energy")}
    if not energy:
        raise NotApplicable("no_energy_rows")
    carbon = every(world, measure="carbon")
    tested = [cell for cell in carbon if (cell["year"], cell["carrier"]) in energy]
    return Rows(found, Scope.of(tested, carbon) if tested else Scope.count(len(energy)))


def _throughput(balance: Residual) -> Fraction:
    """What went through, tce: net purchases, consumption or yield, whichever is most; padding the stock does not widen it.

    The use side is signed: consumption is +, what transformation and recovery give back is −.
    """
    use = [row["tce"] for row in balance.rows if row["side"] == "use"]
    consumed, given = (sum((one for one in use if (one > 0) is plus), Decimal(0)) for plus in (True, False))
    return max(abs(balance.inflow), Fraction(consumed), -Fraction(given))


def _tolerance(world: World, carrier: str, params: Params) -> Fraction:
    """The tolerance of a carrier, a share: one for power and heat, one for mass and volume."""
    dimension = world.vocabulary.traits(carrier)["dimension"]
    return world.number(params["power"] if dimension in _BY_POWER else params["mass"])


@check("TZ-BAL-03")
def inside_trades_pair(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3 and national-ruler 6a: seller and buyer inside the fence book one quantity and one kind (CK-N18).

    The seller's quantity may exceed the buyer's by the losses that either of them books. Both ends inside cancel in E and
    T, so that there is an effect only where one end books the same trade across the fence.
    """
    found: list[Found] = []
    balances = inside_trades.balances(world)
    if not balances:
        raise NotApplicable("no_inside_trade")
    for balance in balances:
        key, tolerance = balance.key, _tolerance(world, balance.key["carrier"], params)
        if inside_trades.agree(world, balance, tolerance):
            continue
        effect = inside_trades.mirrored(world, balance, tolerance)
        one = Found(
            subject=key["seller"],
            period=key["year"],
            arguments={
                "counterparty": key["buyer"],
                "carrier": key["carrier"],
                "supply": key["supply"],
                "sold": text(balance.inflow),
                "bought": text(balance.outflow),
                "unit": key["unit"],
            },
            effect=None if effect is None else tonnes(effect),
        )
        found += on_rows(one, "activity", inside_trades.row_ids(world, balance))
    return Rows(found, Scope.count(len(balances)))


@check("TZ-BAL-04", needs={"statements"})
def supplier_ties_members(world: World, params: Params) -> Rows:
    """Annex 4, 二（三）1 and DESIGN 8 C: what a supplier delivered is what the members book; the rest counts at the default.

    `params.suppliers`: authorities that speak of purchases; `elsewhere`: kinds that may come from somebody else,
    `inside`: a member may be the supplier, `others`: one of several, so that the members may book more.
    """
    found: list[Found] = []
    compared = supplier_ties.compared(world, params["suppliers"])
    if not compared.ties:
        raise CouldNotRun("periods_not_comparable") if compared.undecided else NotApplicable("no_supplier_statement")
    for tie in compared.ties:
        residual = tie.residual(_tolerance(world, tie.carrier, params))
        if not residual:
            continue
        factor = default_factor(world, tie.carrier, tie.year)
        one = Found(
            subject=tie.party or park(world),
            period=tie.year,
            arguments={
                "authority": tie.authority,
                "carrier": tie.carrier,
                "stated": text(tie.stated),
                "members": text(tie.most if residual > 0 else tie.least),
                "unit": tie.unit,
            },
            # members that book more than was delivered hide no tonnes that the rows could tell
            effect=tonnes(residual * factor) if residual > 0 and factor is not None else None,
        )
        found += on_rows(one, "statements", tie.row_ids)
    tied = {(tie.year, tie.carrier) for tie in compared.ties}
    carbon = every(world, measure="carbon")
    tested = [cell for cell in carbon if (cell["year"], cell["carrier"]) in tied]
    return Rows(found, Scope.of(tested, carbon) if tested else Scope.count(len(compared.ties)), compared.undecided)


@check("TZ-BAL-05")
def stock_carries_over(world: World, params: Params) -> Rows:
    """Annex 3, 二1: the closing stock of a period is the opening stock of the next, within a year and from year to year.

    Undone: what vanished between the two counts as the member's other fuel of that carrier.
    """
    seams = stock_seams.seams(world)
    if not seams:
        raise NotApplicable("no_stock_rows")
    tolerance = world.number(params["tolerance"])
    found = [row for seam in seams if seam.balance.beyond(tolerance) for row in stock_seams.finding(world, seam)]
    keys = ("year", "enterprise_id", "carrier")
    held = {tuple(cell[key] for key in keys) for cell in every(world, measure="energy", flow=stock_seams.FLOWS)}
    tested = [cell for cell in every(world, measure="carbon") if tuple(cell[key] for key in keys) in held]
    return Rows(found, Scope.of(tested) if tested else Scope.count(len(seams)))

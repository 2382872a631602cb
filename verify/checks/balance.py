"""Conservation of energy: kinds of power, both sides of a carrier, inside trades, suppliers, stock (TZ-BAL-01 to 05).

Each check is one choice of rows, keys and signs for the balance of `verify.checks.closure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import inside_trades, stock_seams, supplier_ties
from verify.checks.closure import FLOWS, GIVEN, IN, SIDES, Residual, close
from verify.checks.defaults import default_factor
from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total

_BY_POWER = ("electricity", "heat")  # dimensions measured in MWh and GJ; the others are weighed or are volumes


@check("TZ-BAL-01")
def kind_of_power_closes(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3①: what is sent out as a kind of power was received or generated as that kind (CK-N15).

    Uses carry no kind and may draw on any, so a kind is out of balance where more of it leaves than came. Undone: the
    excess earns no credit. `params.unlabelled` names the kind of a blank label, `params.other` those that a blank sale draws on.
    """
    found: list[Found] = []
    tested: list[dict[str, Any]] = []
    for year in world.years:
        power = _power(world, year, params)
        balances = {one.key["supply"]: one for one in close(power, ("supply",), FLOWS)}
        sold = {row["supply"] for row in power if row["flow"] in GIVEN}
        tested += world.cells(year, measure="carbon", carrier="electricity", flow=GIVEN)
        for kind in sorted(sold):
            balance = balances[kind] if kind else _blank(balances, params["other"])
            if balance.difference < 0 and balance.beyond(world.number(params["tolerance"])):
                found += _kind_finding(world, year, kind, balance, params)
    if not tested:
        raise NotApplicable("no_power_sent_out")
    return Rows(found, Scope.of(tested))


def _power(world: World, year: str, params: Params) -> list[dict[str, Any]]:
    """Power received, generated, sent out, and used under a label: by kind, as positive quantities."""
    rows = []
    for cell in world.cells(year, measure="energy", carrier="electricity"):
        kind = cell["supply"]
        if not kind and FLOWS[cell["flow"]] == IN:
            kind = params["unlabelled"].get(cell["activity_type"]) or params["unlabelled"].get(cell["flow"], "")
        if kind or cell["flow"] in GIVEN:
            rows.append({"supply": kind, "flow": cell["flow"], "quantity": abs(cell["quantity"])})
    return rows


def _blank(balances: Mapping[str, Residual], kinds: list[str]) -> Residual:
    """The balance of power sent out without a label, against what the kinds that count as other power leave over."""
    left = sum((max(balances[kind].difference, Fraction(0)) for kind in kinds if kind in balances), Fraction(0))
    blank = balances[""]
    return Residual(blank.key, blank.inflow + left, blank.outflow, blank.rows)


def _kind_finding(world: World, year: str, kind: str, balance: Residual, params: Params) -> list[Found]:
    sent = world.cells(year, measure="carbon", carrier="electricity", flow=GIVEN, supply=kind)
    credited = Fraction(total(sent, "tco2")) / Fraction(total(sent, "quantity")) if total(sent, "quantity") else Fraction(0)
    one = Found(
        subject=park(world),
        period=year,
        arguments={
            "supply": kind or params["unlabelled"]["sold"],
            "inflow": text(balance.inflow),
            "outflow": text(balance.outflow),
            "difference": text(balance.difference),
        },
        effect=tonnes(min(-balance.difference, -Fraction(total(sent, "quantity"))) * credited),
    )
    return on_rows(one, "activity", line_rows(world, measure="carbon", carrier="electricity", flow=GIVEN, supply=kind, year=year))


@check("TZ-BAL-02")
def both_sides_agree(world: World, params: Params) -> Rows:
    """Annex 3, 二1 and national-ruler 6a: fence side and use side of T agree for each carrier (CK-N17).

    Undone: T as the use side gives it; the effect is in tce.
    """
    found: list[Found] = []
    tested: list[dict[str, Any]] = []
    population: list[dict[str, Any]] = []
    for year in world.years:
        energy = world.cells(year, measure="energy")
        carbon = world.cells(year, measure="carbon")
        population += carbon
        carriers = {cell["carrier"] for cell in energy if cell["side"]}
        tested += [cell for cell in carbon if cell["carrier"] in carriers]
        for balance in close(energy, ("carrier",), SIDES, by="side", amount="tce"):
            carrier = balance.key["carrier"]
            tolerance = world.number(_tolerance(world, carrier, params))
            # cells are signed: the use side is consumption less what transformation gives back
            if balance.beyond(tolerance, _throughput(balance)):
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
    if not population and not found:
        raise NotApplicable("no_energy_rows")
    return Rows(found, Scope.of(tested, population))


def _throughput(balance: Residual) -> Fraction:
    """What went through, tce: net purchases, gross consumption or gross yield, whichever is most; padding stock does not widen it."""
    used = sum((row["tce"] for row in balance.rows if row["side"] == "use" and row["tce"] > 0), Decimal(0))
    given = -sum((row["tce"] for row in balance.rows if row["side"] == "use" and row["tce"] < 0), Decimal(0))
    return max(abs(balance.inflow), Fraction(used), Fraction(given))


def _tolerance(world: World, carrier: str, params: Params) -> str:
    """The value id of the tolerance of a carrier: by power and heat, or by mass and volume."""
    dimension = world.vocabulary.traits(carrier)["dimension"]
    return str(params["power"] if dimension in _BY_POWER else params["mass"])


@check("TZ-BAL-03")
def inside_trades_pair(world: World, params: Params) -> Rows:
    """Annex 4, 二（二）3 and national-ruler 6a: seller and buyer inside the fence book one quantity and one kind (CK-N18).

    The seller's quantity may exceed the buyer's by the losses that either of them books.
    """
    found: list[Found] = []
    balances = inside_trades.balances(world)
    if not balances:
        raise NotApplicable("no_inside_trade")
    for balance in balances:
        tolerance = world.number(_tolerance(world, balance.key["carrier"], params))
        if inside_trades.agree(world, balance, tolerance):
            continue
        key = balance.key
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
    traded = {(one.key["year"], one.key["carrier"], party) for one in balances for party in (one.key["seller"], one.key["buyer"])}
    cells = [c for year in world.years for c in world.cells(year, measure="carbon") if (year, c["carrier"], c["enterprise_id"]) in traded]
    return Rows(found, Scope.count(len(balances)) if not cells else Scope.of(cells))


@check("TZ-BAL-04", needs={"statements"})
def supplier_ties_members(world: World, params: Params) -> Rows:
    """Annex 4, 二（三）1 and DESIGN 8 C: what a supplier delivered is what the members book; the rest counts at the default.

    `params.suppliers`: authorities that speak of purchases; `elsewhere`: kinds that may come from somebody else,
    `inside`: a member may be the supplier, `others`: one of several, so that the members may book more.
    """
    found: list[Found] = []
    compared = supplier_ties.compared(world, params["suppliers"])
    if not compared.ties:
        raise NotApplicable("no_supplier_statement") if not compared.undecided else CouldNotRun("periods_not_comparable")
    for tie in compared.ties:
        tolerance = world.number(_tolerance(world, tie.carrier, params))
        residual = tie.residual(tolerance)
        if not residual:
            continue
        factor = default_factor(world, tie.carrier, tie.year)
        one = Found(
            subject=tie.party or park(world),
            period=tie.year,
            arguments={"authority": tie.authority, "carrier": tie.carrier, "stated": text(tie.stated), "members": text(tie.most), "unit": tie.unit},
            # members that book more than was delivered hide no tonnes that could be told from the rows
            effect=tonnes(residual * factor) if residual > 0 and factor is not None else None,
        )
        found += on_rows(one, "statements", tie.row_ids)
    tied = {(tie.year, tie.carrier) for tie in compared.ties}
    carbon = [cell for year in world.years for cell in world.cells(year, measure="carbon")]
    tested = [cell for cell in carbon if (cell["year"], cell["carrier"]) in tied]
    return Rows(found, Scope.of(tested, carbon), compared.undecided)


@check("TZ-BAL-05")
def stock_carries_over(world: World, params: Params) -> Rows:
    """Annex 3, 二1: the closing stock of a period is the opening stock of the next, within a year and from year to year.

    Undone: what vanished between the two counts as the member's other fuel of that carrier.
    """
    found: list[Found] = []
    seams = stock_seams.seams(world)
    if not seams:
        raise NotApplicable("no_stock_rows")
    tolerance = world.number(params["tolerance"])
    for seam in seams:
        if seam.balance.beyond(tolerance):
            found += stock_seams.finding(world, seam)
    rows = [cell for year in world.years for cell in world.cells(year, measure="energy", flow=("stock_open", "stock_close"))]
    carriers = {(cell["year"], cell["enterprise_id"], cell["carrier"]) for cell in rows}
    cells = [
        cell
        for year in world.years
        for cell in world.cells(year, measure="carbon")
        if (year, cell["enterprise_id"], cell["carrier"]) in carriers
    ]
    return Rows(found, Scope.of(cells) if cells else Scope.count(len(seams)))

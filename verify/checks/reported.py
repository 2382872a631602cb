"""The filing beside its rows: deductions, missing terms, credits beyond what was received, differences (annex 4 一—三)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.cells import every
from verify.checks.deductions import bunkers_left_out, captured, offset_emissions, offset_figures
from verify.checks.filed import ENERGY, TOTAL, Filed, filed_figures, item_unit
from verify.checks.listing import line_rows, on_rows
from verify.checks.materiality import gaps, inventories
from verify.checks.process_terms import left_out_of_filing, made, without_factor
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total


@check("TZ-ACC-04")
def no_offsets(world: World, params: Params) -> Rows:
    """Annex 4 一 adds up energy and processes: no sinks, credits, allowances or removals (CK-N10)."""
    figures = filed_figures(world, params)
    words = params["words"]
    found = [
        *offset_figures(world, figures, words, params["others"]),
        *offset_emissions(world, words),
        *captured(world, words),
    ]
    looked = len(world.rows("reported")) + len(world.rows("emissions")) + len(world.rows("process_balances"))
    whole = [one for one in figures if one.item == TOTAL]
    tested = sum((abs(one.recomputed) for one in whole), Fraction(0))
    return Rows(found, Scope(looked, looked, tonnes(tested), tonnes(tested), tonnes(tested)))


@check("TZ-ACC-05", needs={"reported"})
def bunkers_stay(world: World, params: Params) -> Rows:
    """International aviation and shipping is listed and not deducted for now (annex 4 二（一）, CK-N11)."""
    figures = filed_figures(world, params)
    cells = every(world, measure="carbon", table="activity", flow=params["flow"], item_class="fuel")
    found = bunkers_left_out(world, figures, params)
    years = {one.year for one in figures if one.item in params["items"]} | {one.period for one in found}
    tested = [cell for cell in cells if cell["year"] in years]
    if cells and not tested:
        raise NotApplicable("not_filed", item=TOTAL)
    bunkered = total(tested, "tco2")
    scope = Scope.of(tested, cells)
    return Rows(found, Scope(scope.tested, scope.population, bunkered, scope.tco2_population, bunkered))


@check("TZ-ACC-06", needs={"production"})
def process_counted(world: World, params: Params) -> Rows:
    """A product of annex 4 三（一） made in the park has its process emissions, or a mass balance (CK-N12).

    No factor and no balance: nothing can be said of the tonnes. Counted by the ruler and left out of the filing: its tonnes.
    """
    products = made(world)
    found = [*without_factor(world, products, params["rules"]), *left_out_of_filing(world, products, params)]
    scope = Scope.of(every(world, measure="carbon", table="production", term="process"))
    rows = sum(len(one.rows) for one in products)
    return Rows(found, Scope(rows, rows, scope.tco2_tested, scope.tco2_population, scope.tco2_tested))


@check("TZ-ACC-07", needs={"activity"})
def credit_beyond_received(world: World, params: Params) -> Rows:
    """What is sent out is credited beyond what was received: E_el or E_heat below zero (annex 4 二（二）3, CK-N16)."""
    found: list[Found] = []
    tested: list[Mapping[str, Any]] = []
    for year in world.years:
        for term in params["terms"]:
            net = world.item(f"term.{term}.tco2", year)
            cells = world.cells(year, measure="carbon", term=term)
            tested += cells
            if not isinstance(net, Fraction) or net >= 0:
                continue
            received = Fraction(total((cell for cell in cells if cell["quantity"] > 0), "tco2"))
            arguments = {"term": term, "received": text(received), "credited": text(received - net), "net": text(net)}
            sent = sorted({cell["rule"] for cell in cells if cell["quantity"] < 0 and cell["tco2"] < 0})
            ids = line_rows(world, measure="carbon", term=term, year=year, rule=sent)
            found += on_rows(Found(park(world), year, arguments, tonnes(-net)), "activity", ids)
    credits_ = [cell for cell in tested if cell["quantity"] < 0]
    scope = Scope.of(tested)
    return Rows(
        found, Scope(scope.tested, scope.population, scope.tco2_tested, scope.tco2_population, -total(credits_, "tco2"))
    )


@check("TZ-ACC-10", needs={"reported"})
def follows_from_rows(world: World, params: Params) -> Rows:
    """A filed figure follows from the rows handed in, rounding aside (annex 4 二（三））."""
    figures = filed_figures(world, params)
    found = [_differs(world, one) for one in figures if not one.agrees]
    filed = sum(not row["authority"] for row in world.rows("reported"))
    totals = sum((abs(one.recomputed) for one in figures if one.item == TOTAL), Fraction(0))
    worst = sum((abs(one.difference) for one in figures if one.item == TOTAL), Fraction(0))
    return Rows(found, Scope(len(figures), filed, tonnes(totals), tonnes(totals), tonnes(worst)))


def _differs(world: World, one: Filed) -> Found:
    arguments = {
        "item": one.item,
        "filed": text(one.filed),
        "recomputed": text(one.recomputed),
        "unit": one.unit,
        "deviation": text(one.difference / one.recomputed) if one.recomputed else "",
    }
    unit = "tce" if one.item == ENERGY else "tCO2"
    effect = tonnes(-one.difference) if item_unit(world, one.item) in {unit, "tCO2e"} else None
    return Found(park(world), one.year, arguments, effect, "" if effect is None else unit, "reported", one.row_id)


@check("TZ-ACC-11", needs={"activity"})
def within_materiality(world: World, params: Params) -> Rows:
    """Differences stay within materiality of the total and of the reduction claimed, net and gross (ISO 14064-3 5.1.7)."""
    threshold = world.number(params["materiality"])
    known = inventories(world, filed_figures(world, params))
    tests = list(gaps(world, known))
    found: list[Found] = []
    for one in tests:
        if not one.beyond(threshold):
            continue
        arguments = {
            "measured_against": one.against,
            "base": text(one.base),
            "net": text(one.net),
            "gross": text(one.gross),
            "threshold": text(threshold),
        }
        table = "reported" if one.row_ids and one.row_ids[0].startswith("reported") else "activity"
        found += on_rows(Found(park(world), one.year, arguments, tonnes(one.effect)), table, one.row_ids)
    tested = sum((one.base for one in tests if one.against == "total"), Fraction(0))
    everything = sum((abs(_total(world, year)) for year in world.years), Fraction(0))
    return Rows(found, Scope(len(tests), len(tests), tonnes(tested), tonnes(everything), tonnes(threshold * tested)))


def _total(world: World, year: str) -> Fraction:
    value = world.item(TOTAL, year)
    return value if isinstance(value, Fraction) else Fraction(0)

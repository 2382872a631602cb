"""Completeness: months, tables, years, rows left out (TZ-COV-01 to 04)."""

from __future__ import annotations

from verify.checks.excluded import incomplete_terms
from verify.checks.listing import on_rows, table_rows
from verify.checks.members import spells
from verify.checks.months import gaps
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.subject import park
from verify.checks.world import World


@check("TZ-COV-01", needs={"activity"})
def months_complete(world: World, params: Params) -> Rows:
    """Annex 4, 一: the period is a calendar year; a month without a row is a standstill with its record, or a gap.

    Only flows that run month by month are looked at; purchases of what can be stored come when they come.
    """
    found: list[Found] = []
    missing, series = gaps(world, params)
    for gap in missing:
        key = gap.key
        arguments = {
            "carrier": key["carrier"],
            "flow": key["flow"],
            "missing": str(len(gap.months)),
            "months": ", ".join(gap.months),
        }
        rows = table_rows(world, "activity", period=gap.beside, **key)
        found += on_rows(Found(key["source_id"] or key["enterprise_id"], gap.year, arguments), "activity", rows)
    if not series:
        raise NotApplicable("no_monthly_rows")
    return Rows(found, Scope.count(series))


@check("TZ-COV-02")
def absent_tables_declared(world: World, params: Params) -> Rows:
    """Annex 2, 一（三） and DESIGN 8 P: an optional table that was not handed in needs a signed declaration that there is nothing."""
    signed = {one.kind for one in world.submission.park.declarations if one.signed_by and one.signed_on is not None}
    absent = {table: kind for table, kind in sorted(params["declarations"].items()) if not world.handed_in(table)}
    found = [
        Found(park(world), world.year, {"table": table, "declaration": kind}, effect_unit="")
        for table, kind in absent.items()
        if kind not in signed
    ]
    return Rows(found, Scope.count(len(params["declarations"])))


@check("TZ-COV-03")
def history_complete(world: World, params: Params) -> Rows:
    """Annex 2, 一（三）（四） and 三: data of the last years and of the base year; a park that was not there yet may omit them."""
    history = world.ruler.text.baseline.history_years
    due = {str(int(world.year) - back) for back in range(history)} | ({world.base_year} if world.base_year else set())
    begun = min((spell.since[:4] for many in spells(world).values() for spell in many), default="")
    there = {year for year in due if world.cells(year)}
    missing = sorted(year for year in due - there if not begun or year >= begun)
    if not history:
        raise NotApplicable("no_history_asked")
    arguments = {"required": str(history), "missing": ", ".join(missing)}
    found = [Found(park(world), world.year, arguments, effect_unit="")] if missing else []
    return Rows(found, Scope.count(len(there), len(due)) if there else Scope.count(len(due)))


@check("TZ-COV-04")
def terms_complete(world: World, params: Params) -> Rows:
    """Annex 4, 二（三）1 and DESIGN 4: a row that had to be left out leaves its term incomplete; its size is unknown."""
    found: list[Found] = []
    listed = incomplete_terms(world)
    for (year, term), rows in listed.items():
        arguments = {"term": term, "excluded": str(len(rows)), "codes": ", ".join(sorted({row.code for row in rows}))}
        one = Found(park(world), year, arguments, effect_unit="")
        for table in sorted({row.table for row in rows}):
            found += on_rows(one, table, (row.row_id for row in rows if row.table == table))
    counts = world.submission.disposition_counts
    tested = sum(sum(one.values()) for one in counts.values())
    cut = [
        table
        for table, one in sorted(counts.items())
        if one.get("excluded", 0) > sum(1 for row in world.submission.excluded if row.table == table)
    ]
    return Rows(found, Scope.count(tested), cut)

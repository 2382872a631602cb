"""Indicators: the size class between the years, guiding indicators left out (TZ-IND-01, TZ-IND-02)."""

from __future__ import annotations

from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.subject import park
from verify.checks.world import World
from verify.ledger import outcome


@check("TZ-IND-01")
def size_class(world: World, params: Params) -> Rows:
    """Annex 3, table: the size class, and with it the limit, is that of the base year (CK-N6). No tonnes follow."""
    identifier = params["indicator"]
    if world.base_year == world.year:
        raise NotApplicable("base_year_is_reporting_year")
    if world.base_year not in world.figures or not world.cells(world.base_year):
        raise CouldNotRun("base_year_missing", year=world.base_year)
    energy = world.ruler.text.indicators[identifier].denominator
    base, claim = (outcome(world.figures[year], identifier, world.chosen) for year in (world.base_year, world.year))
    found = []
    if base.size_class != claim.size_class:
        arguments = {
            "base_year": world.base_year,
            "base_tce": text(world.item(energy, world.base_year)),
            "claim_tce": text(world.item(energy)),
            "base_limit": text(base.limit),
            "claim_limit": text(claim.limit),
        }
        found = [Found(park(world), world.year, arguments, effect_unit="")]
    return Rows(found, Scope.of(world.cells(measure="energy", side="fence")))


@check("TZ-IND-02")
def left_out_with_reason(world: World, params: Params) -> Rows:
    """Annex 3, 一: a guiding indicator may be left out where objective conditions are absent, with reason and paper (CK-N13)."""
    left_out = world.submission.park.excluded_indicators
    if not left_out:
        raise NotApplicable("no_indicator_left_out")
    papers = world.evidence_kinds()
    found = []
    for one in left_out:
        missing = [
            name
            for name, there in (
                ("reason", one.reason.strip()),
                ("evidence", one.evidence_id in papers and one.evidence_id),
            )
            if not there
        ]
        found += [
            Found(park(world), world.year, {"indicator": one.indicator, "missing": name}, effect_unit="")
            for name in missing
        ]
    return Rows(found, Scope.count(len(left_out)))

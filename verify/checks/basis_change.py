"""One year measured, the other estimated (TZ-SCP-04): a change of how is no change of how much (GW-09)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text
from verify.checks.world import World
from verify.engine import AMOUNT


@check("TZ-SCP-04")
def measured_alike(world: World, params: Params) -> Rows:
    """Quantities that emit rest on the same kind of basis in base year and claim year (decomposition 1.2, 3.1).

    `params.weak`: the bases that are no measurement; `params.share`: of the tonnes of a source and carrier that must rest on
    them for a year to count as estimated. No effect: what the estimate should have been nobody knows.
    """
    if world.base_year == world.year:
        raise NotApplicable("base_year_is_reporting_year")
    if not world.cells(world.base_year):
        raise CouldNotRun("base_year_missing", year=world.base_year)
    found: list[Found] = []
    for one in shifts(world, params):
        arguments = {
            "carrier": one.carrier,
            "base_year": world.base_year,
            "estimated": one.estimated,
            "concerned": text(one.concerned),
        }
        found += on_rows(Found(one.source or one.enterprise, world.year, arguments), "activity", one.row_ids)
    return Rows(found, Scope.of(world.cells(world.base_year, measure="carbon", table="activity")))


class Shift(NamedTuple):
    """A source and carrier of which one of the two years is estimated; `concerned`: its tonnes in the base year."""

    enterprise: str
    source: str
    carrier: str
    estimated: str
    concerned: Decimal
    row_ids: list[str]


def shifts(world: World, params: Params) -> list[Shift]:
    """Every source and carrier that is measured in one of the two years and estimated in the other."""
    share = world.number(params["share"])
    tonnes, rows = _tonnes(world, set(params["weak"]))
    then, now = (
        {key[1:]: amounts for key, amounts in tonnes.items() if key[0] == of} for of in (world.base_year, world.year)
    )
    found: list[Shift] = []
    for key in sorted(then.keys() & now.keys()):
        weak = [_weak(side[key], share) for side in (then, now)]
        if weak[0] == weak[1] or None in weak:
            continue
        enterprise, source, carrier = key
        estimated = world.base_year if weak[0] else world.year
        concerned = sum(then[key].values(), Decimal(0))
        found.append(Shift(enterprise, source, carrier, estimated, concerned, rows[estimated, *key]))
    return found


def _weak(amounts: dict[bool, Decimal], share: Fraction) -> bool | None:
    """Whether a year is estimated; None where nothing was emitted."""
    whole = sum(amounts.values(), Decimal(0))
    return None if not whole else Fraction(amounts.get(True, 0)) > share * Fraction(whole)


def _tonnes(
    world: World, weak: set[str]
) -> tuple[dict[tuple[str, ...], dict[bool, Decimal]], dict[tuple[str, ...], list[str]]]:
    """Absolute tCO2 by year, enterprise, source and carrier, apart for weak bases; and the rows on weak bases."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.table == "activity") & (t.term != ""))
    lines = lines.filter(lambda t: t.year.isin([world.base_year, world.year]))
    bases = world.table("activity").select("row_id", "basis")
    joined = lines.select("row_id", "year", "enterprise_id", "source_id", "carrier", "tco2").join(bases, "row_id")
    joined = joined.mutate(weak=joined.basis.isin(sorted(weak)), size=joined.tco2.abs().cast(AMOUNT))
    keys = ["year", "enterprise_id", "source_id", "carrier"]
    summed = joined.group_by([*keys, "weak"]).aggregate(size=joined["size"].sum().cast(AMOUNT))
    found: dict[tuple[str, ...], dict[bool, Decimal]] = defaultdict(dict)
    for row in world.engine.rows(summed):
        found[tuple(row[key] for key in keys)][bool(row["weak"])] = row["size"]
    rows: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in world.engine.rows(joined.filter(joined.weak).select(*keys, "row_id")):
        rows[tuple(row[key] for key in keys)].append(row["row_id"])
    return found, rows

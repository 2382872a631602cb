"""One year measured, the other estimated (TZ-SCP-04, 13): a change of how is no change of how much (GW-09)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.two_years import need_two_years, output_ratio
from verify.checks.world import World, total
from verify.engine import AMOUNT


@check("TZ-SCP-04")
def measured_alike(world: World, params: Params) -> Rows:
    """Quantities that emit rest on the same kind of basis in base year and claim year (decomposition 1.2, 3.1).

    `params.weak`: the bases that are no measurement; `params.share`: of the tonnes of a source and carrier that must rest on
    them for a year to count as estimated. No effect: what the estimate should have been nobody knows. What falls with a better
    basis in the claim year, and is material, is TZ-SCP-13.
    """
    need_two_years(world)
    found: list[Found] = []
    worse = {one.of for one in generous(world, params)}
    for one in shifts(world, params):
        if one.of in worse:
            continue
        arguments = {
            "carrier": one.carrier,
            "base_year": world.base_year,
            "estimated": one.estimated,
            "concerned": text(one.concerned),
        }
        found += on_rows(Found(one.source or one.enterprise, world.year, arguments), "activity", one.row_ids)
    return Rows(found, Scope.of(world.cells(world.base_year, measure="carbon", table="activity")))


@check("TZ-SCP-13")
def generous_base_year(world: World, params: Params) -> Rows:
    """A source estimated in the base year and measured in the claim year does not show a fall that is material (GW-09).

    `params.weak`, `params.share` as above; `params.materiality`: share of the lesser total of the two years. Undone: the base
    year as its output and the intensity of the measured year give it; no tonnes where no output is on file.
    """
    need_two_years(world)
    found: list[Found] = []
    for one in generous(world, params):
        bound = _bound(world, one)
        arguments = {
            "carrier": one.carrier,
            "base_year": world.base_year,
            "concerned": text(one.concerned),
            "claim": text(one.now),
        }
        effect = None if bound is None else tonnes(bound)
        found += on_rows(Found(one.source or one.enterprise, world.year, arguments, effect), "activity", one.row_ids)
    return Rows(found, Scope.of(world.cells(world.base_year, measure="carbon", table="activity")))


def generous(world: World, params: Params) -> list[Shift]:
    """Shifts with a weak base year, material tonnes, and more of them than the measured year bears out."""
    terms = world.ruler.text.method.core_terms
    totals = [abs(total(world.cells(year, term=terms), "tco2")) for year in (world.base_year, world.year)]
    material = world.number(params["materiality"]) * Fraction(min(totals))
    return [
        one
        for one in shifts(world, params)
        if one.estimated == world.base_year and one.concerned >= material and _fall(world, one) > 0
    ]


def _bound(world: World, one: Shift) -> Fraction | None:
    """tCO2 of the base year beyond what its output took at the intensity of the claim year; None without output."""
    ratio = output_ratio(world, (one.enterprise, world.base_year), (one.enterprise, world.year))
    return Fraction(one.concerned) - Fraction(one.now) / ratio if ratio else None


def _fall(world: World, one: Shift) -> Fraction:
    bound = _bound(world, one)
    return Fraction(one.concerned - one.now) if bound is None else bound


class Shift(NamedTuple):
    """A source and carrier of which one of the two years is estimated; `concerned`, `now`: its tonnes in both years."""

    enterprise: str
    source: str
    carrier: str
    estimated: str
    concerned: Decimal
    now: Decimal
    row_ids: list[str]

    @property
    def of(self) -> tuple[str, str, str]:
        """Enterprise, source and carrier."""
        return self.enterprise, self.source, self.carrier


def shifts(world: World, params: Params) -> list[Shift]:
    """Every source and carrier that is measured in one of the two years and estimated in the other."""
    share = world.number(params["share"])
    amounts_of, rows = _tonnes(world, set(params["weak"]))
    then, now = (
        {key[1:]: amounts for key, amounts in amounts_of.items() if key[0] == of}
        for of in (world.base_year, world.year)
    )
    found: list[Shift] = []
    for key in sorted(then.keys() & now.keys()):
        weak = [_weak(side[key], share) for side in (then, now)]
        if weak[0] == weak[1] or None in weak:
            continue
        enterprise, source, carrier = key
        estimated = world.base_year if weak[0] else world.year
        concerned, after = (sum(side[key].values(), Decimal(0)) for side in (then, now))
        found.append(Shift(enterprise, source, carrier, estimated, concerned, after, rows[estimated, *key]))
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

"""Base year beside reporting year, source by source: what emitted, what was made, and how far output moved."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from verify.checks.rows import CouldNotRun, NotApplicable
from verify.checks.world import World
from verify.engine import AMOUNT

Emitter = tuple[str, str, str]  # enterprise, source, carrier (or product, or gas)


def need_two_years(world: World) -> None:
    """Raise NotApplicable where both years are one, CouldNotRun where the base year holds no data."""
    if world.base_year == world.year:
        raise NotApplicable("base_year_is_reporting_year")
    if not world.cells(world.base_year):
        raise CouldNotRun("base_year_missing", year=world.base_year)


def emitted(world: World, year: str) -> dict[Emitter, Decimal]:
    """tCO2 of a year in the counted terms, by enterprise, source and carrier; net of credits."""
    key = f"emitted:{year}"
    if key not in world.cache:
        lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.year == year))
        lines = lines.filter(lines.term.isin(list(world.ruler.text.method.core_terms)))
        columns = ["enterprise_id", "source_id", "carrier"]
        summed = lines.group_by(columns).aggregate(tco2=lines.tco2.sum().cast(AMOUNT))
        world.cache[key] = {
            (row["enterprise_id"], row["source_id"], row["carrier"]): row["tco2"]
            for row in world.engine.rows(summed)
            if row["tco2"] is not None
        }
    return world.cache[key]  # type: ignore[no-any-return]


def of_source(world: World, year: str, enterprise: str, source: str) -> Decimal:
    """tCO2 of one source in a year."""
    amounts = emitted(world, year).items()
    return sum((one for key, one in amounts if key[:2] == (enterprise, source)), Decimal(0))


def output_ratio(world: World, then: tuple[str, str], now: tuple[str, str]) -> Fraction | None:
    """What (enterprise, year) `now` makes per unit of what `then` made; the least over units; None where `then` made nothing."""
    made = _made(world)
    before, after = made.get(then, {}), made.get(now, {})
    ratios = [Fraction(after.get(unit, Fraction(0))) / amount for unit, amount in before.items() if amount]
    return min(ratios, default=None)


def _made(world: World) -> dict[tuple[str, str], dict[str, Fraction]]:
    """Output by (enterprise, year) and unit."""
    if "made" not in world.cache:
        rows = world.table("production").filter(lambda t: t.flow == "made")
        summed = rows.group_by(["enterprise_id", "year", "unit"]).aggregate(
            quantity=rows.quantity.sum().cast("decimal(38, 6)")
        )
        found: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
        for row in world.engine.rows(summed):
            found[row["enterprise_id"], row["year"]][row["unit"]] = Fraction(row["quantity"] or 0)
        world.cache["made"] = dict(found)
    return world.cache["made"]  # type: ignore[no-any-return]

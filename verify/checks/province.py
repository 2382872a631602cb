"""Grid power at the national average because nobody knows the province of the park (TZ-ACC-13)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.listing import line_rows, on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total
from verify.submission.naming import folded, words


@check("TZ-ACC-13", needs={"activity"})
def province_named(world: World, params: Params) -> Rows:
    """Scope 2 Guidance, chapter 6: the location-based factor is that of the grid where the power is used.

    Without a province the ruler falls back to the national average, which may be kinder or harder than the province's.
    Undone: one of the factors printed for the year; which one is the question, so that the finding states both ends.
    """
    fallback = f"{params['factor']}(factor={params['fallback']})"
    known = bool(words("province").get(folded(world.submission.park.province)))
    found: list[Found] = []
    tested: list[dict[str, Any]] = []
    worst = Fraction(0)
    for year in world.years:
        measure, cells = _priced(world, year, params["factor"])
        tested += cells
        here = [cell for cell in cells if cell["factor_id"] == fallback]
        if not here or known:
            continue
        quantity, national = Fraction(total(here, "quantity")), Fraction(here[0]["factor"])
        ends = [quantity * (one - national) for one in _ends(world, year, params["provincial"])]
        worst += max((abs(one) for one in ends), default=Fraction(0)) if year == world.year else 0
        arguments = {
            "province": world.submission.park.province,
            "quantity": text(quantity),
            "factor": text(national),
            "least": text(Fraction(tonnes(min(ends)))) if ends else "",
            "most": text(Fraction(tonnes(max(ends)))) if ends else "",
        }
        ids = line_rows(world, measure=measure, factor_id=fallback, year=year)
        found += on_rows(Found(park(world), year, arguments), "activity", ids)
    if not tested:
        raise NotApplicable("no_grid_power")
    scope = Scope.of(tested)
    return Rows(found, Scope(scope.tested, scope.population, scope.tco2_tested, scope.tco2_population, tonnes(worst)))


def _priced(world: World, year: str, factor: str) -> tuple[str, list[dict[str, Any]]]:
    """The measure and the cells of a year that the grid factor prices: in the total, else listed beside it."""
    for measure in ("carbon", "memo"):
        cells = [cell for cell in world.cells(year, measure=measure) if _named(cell) == factor]
        if cells:
            return measure, cells
    return "", []


def _named(cell: Mapping[str, Any]) -> str:
    return str(cell["factor_id"]).partition("(")[0]


def _ends(world: World, year: str, provincial: str) -> list[Fraction]:
    """The lowest and the highest factor that is printed for a province and year; none where the year has none."""
    ids = [name for name in world.ruler.values if name.startswith(f"{provincial}.")]
    printed = [entry[1].value for name in ids if (entry := world.ruler.find(name, year)) is not None]
    return [min(printed), max(printed)] if printed else []

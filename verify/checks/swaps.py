"""Filed numbers that are another printed number than the one due (TZ-FAC-01 to TZ-FAC-06): which one it is, and what that moves.

Each number is named once (verify/checks/identify.py). The effect takes what the ruler takes in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from verify.checks.cells import every
from verify.checks.filed_numbers import TEXTS, scans
from verify.checks.filed_totals import energy_totals, totals
from verify.checks.gas_slip import gases_as_kilograms
from verify.checks.gathered import gathered
from verify.checks.identify import KIND, PLACE, POWER, THING, UNIT, YEAR
from verify.checks.registry import Params, check
from verify.checks.rows import Rows, Scope, text
from verify.checks.world import World

_UNITS = ("tCO2", "tce")


@check("TZ-FAC-01", needs={"activity"})
def another_year(world: World, params: Params) -> Rows:
    """The number of another data year: value, year and document go together (factors.md 1)."""
    return _swapped(world, params, YEAR)


@check("TZ-FAC-02", needs={"activity"})
def another_place(world: World, params: Params) -> Rows:
    """The number of another province or zone, or of the country where the province's is due (factors.md 3)."""
    return _swapped(world, params, PLACE)


@check("TZ-FAC-03", needs={"activity"})
def another_kind(world: World, params: Params) -> Rows:
    """A footprint in an inventory, an average where the fossil factor is due, a default of another set (factors.md 1, 5.3)."""
    return _swapped(world, params, KIND)


@check("TZ-FAC-04", needs={"activity"})
def another_unit(world: World, params: Params) -> Rows:
    """A thousandfold or more away from the number that is due: grammes, kilogrammes and tonnes taken for each other."""
    return _swapped(world, params, UNIT)


@check("TZ-FAC-05", needs={"activity"})
def slipped_point(world: World, params: Params) -> Rows:
    """Ten or a hundred times away from the number that is due (factors.md 5.3: a gas heat value ten times too low)."""
    return _swapped(world, params, POWER)


@check("TZ-FAC-06", needs={"activity"})
def another_thing(world: World, params: Params) -> Rows:
    """The number of another carrier or product: lignite with the coefficient of raw coal (factors.md 7, GW-20)."""
    return _swapped(world, params, THING)


def _swapped(world: World, params: Params, aspect: str) -> Rows:
    """Findings of one aspect over rows and filed figures."""
    tables = [*scans(world, params), *totals(world, params)]
    if "energy" in params:
        tables += energy_totals(world, params)
    if "gases" in params:
        tables += gases_as_kilograms(world, params)
    scope = Scope.of(every(world, measure=("carbon", "memo")))
    found = []
    for unit in _UNITS if tables else ():
        rows = reduce(lambda one, other: one.union(other), tables)
        rows = rows.filter((rows.aspect == aspect) & (rows.effect_unit == unit))
        part = gathered(world, rows, by=(*TEXTS, "effect_unit"), sums=("quantity",), say=_said, unit=unit)
        found += [] if isinstance(part, Sequence) else [part]
    return Rows(reduce(lambda one, other: one.union(other), found) if found else [], scope)


def _said(group: Mapping[str, Any]) -> dict[str, str]:
    """`moves` keeps tonnes of CO2 and of coal equivalent apart: a number can stand in rows that burn and in rows that buy."""
    said = {name: group[name] for name in TEXTS}
    return {**said, "quantity": text(group["quantity"]), "moves": group["effect_unit"]}

"""What the park filed for itself beside what its rows give: the one reading of the table `reported` for all checks.

Figures told to another authority follow that authority's rules and are no part of it; they stand in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import QUANTITY_PLACES
from verify.checks.rows import NotApplicable
from verify.checks.world import World
from verify.formula import Value

ENERGY, TOTAL = "energy.tce", "total.tco2"
_INDICATOR = "indicator."
_COLUMN = {ENERGY: "tce", TOTAL: "tco2"}  # the amount of a cell that the figure adds up


@dataclass(frozen=True)
class Filed:
    """One figure of the filing: as filed and as recomputed, in base units. `slack` is what rounding may hide."""

    row_id: str
    year: str
    item: str
    unit: str
    filed: Fraction
    recomputed: Fraction
    slack: Fraction

    @property
    def difference(self) -> Fraction:
        """Filed minus recomputed: − means that the filing shows less."""
        return self.filed - self.recomputed

    @property
    def agrees(self) -> bool:
        """Whether rounding alone explains the difference."""
        return self.meets(self.recomputed)

    def meets(self, value: Fraction) -> bool:
        """Whether the filed figure is `value` as it would be printed."""
        return abs(self.filed - value) <= self.slack


def own_rows(world: World) -> list[dict[str, Any]]:
    """Rows of `reported` of this filing (no other authority named) that hold a number."""
    return [row for row in world.rows("reported") if not row["authority"] and row["value"] is not None]


def filed_figures(world: World, params: Mapping[str, Any]) -> list[Filed]:
    """Every figure of this filing that the ruler knows and can recompute.

    `params.rounding` names the share beyond which trailing zeros before the point are no rounding (27 万吨 is 270,000 t,
    but not to the nearest 10,000).
    """
    share = world.number(params["rounding"])
    found = []
    for row in own_rows(world):
        item = row["item"].strip()
        value = recomputed(world, item, row["year"])
        if isinstance(value, Fraction) and fits(world, item, row["unit"]):
            filed = row["value"]
            hidden = slack(filed, share) + kept(world, item, row["year"])
            found.append(Filed(row["row_id"], row["year"], item, row["unit"], Fraction(filed), value, hidden))
    return found


def known(world: World, item: str) -> bool:
    """Whether the ruler has an item or indicator of that name."""
    if item.startswith(_INDICATOR):
        return item.removeprefix(_INDICATOR) in world.ruler.text.indicators
    return item in world.ruler.text.method.items


def recomputed(world: World, item: str, year: str) -> Value | None:
    """The figure of an item (``total.tco2``, ``indicator.<id>``) in a year; None where there is no such item or year."""
    if not known(world, item) or year not in world.figures:
        return None
    if item.startswith(_INDICATOR):
        return world.figures[year].indicator_value(item.removeprefix(_INDICATOR), world.chosen)
    return world.item(item, year)


def item_unit(world: World, item: str) -> str:
    """The unit of an item or indicator of the ruler."""
    if item.startswith(_INDICATOR):
        return world.ruler.text.indicators[item.removeprefix(_INDICATOR)].unit
    return world.ruler.text.method.items[item].unit


def fits(world: World, item: str, unit: str) -> bool:
    """Whether the unit of a filed figure is that of the item; a tonne of CO2 may be written as a tonne."""
    return _mass(unit) == _mass(item_unit(world, item))


def _mass(unit: str) -> str:
    return unit.replace("CO2e", "").replace("CO2", "")


def slack(value: Decimal, share: Fraction) -> Fraction:
    """Half a unit of the last digit filed; zeros before the point count as digits beyond `share` of the figure."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    half = Fraction(10) ** (exponent if value else 0) / 2
    if exponent <= 0 or not value:
        return half
    return max(Fraction(1) / 2, min(half, abs(Fraction(value)) * share))


def kept(world: World, item: str, year: str) -> Fraction:
    """What the places of the handed-in quantities can hide in a total: half a unit of the last place kept, on each line."""
    column = _COLUMN.get(item)
    if column is None:
        return Fraction(0)
    half = Fraction(1, 2 * 10**QUANTITY_PLACES)
    measured = [cell for cell in world.cells(year) if cell[column] is not None and cell["quantity"]]
    per_unit = (abs(Fraction(cell[column]) / Fraction(cell["quantity"])) * cell["lines"] for cell in measured)
    return half * sum(per_unit, Fraction(0))


def need_figures(figures: list[Filed], item: str) -> list[Filed]:
    """Those of one item. NotApplicable where the park filed none."""
    found = [one for one in figures if one.item == item]
    if not found:
        raise NotApplicable("not_filed", item=item)
    return found

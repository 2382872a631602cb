"""Which heat value stands behind tce and which behind CO2, carrier by carrier (national-ruler 6a: one heat value).

Behind tce: what crosses the fence, with stock, and what the holder makes itself. Behind CO2: what is burned or
transformed. Both as quantity-weighted means in the unit of the rows (GJ/t, GJ/10^4Nm3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.checks.readings import reading_number
from verify.checks.undone import facts
from verify.checks.world import World
from verify.ruler.values import unit_scale

_YIELDS = ("transformation_out", "recovered")


@dataclass
class Side:
    """Quantity and the heat in it, and the tonnes of CO2 that rest on it."""

    quantity: Fraction = Fraction(0)
    heat: Fraction = Fraction(0)
    tco2: Fraction = Fraction(0)

    @property
    def mean(self) -> Fraction | None:
        """The mean heat value; None where nothing (or less) is left."""
        return self.heat / self.quantity if self.quantity > 0 else None

    def add(self, other: Side) -> Side:
        """Both together."""
        return Side(self.quantity + other.quantity, self.heat + other.heat, self.tco2 + other.tco2)


@dataclass(frozen=True)
class Pair:
    """The two sides of a carrier in a year for the enterprises that share them."""

    year: str
    carrier: str
    holders: tuple[str, ...]
    tce: Side = field(default_factory=Side)
    co2: Side = field(default_factory=Side)


def pairs(world: World, point: str) -> Iterator[Pair]:
    """Every carrier and year: each enterprise that bought and burned for itself, then those supplied by the others.

    `point` is the open point that holds the heat value of standard coal.
    """
    sides = _sides(world, reading_number(world, point))
    for (year, carrier), holders in sorted(sides.items()):
        bought = {one: held["tce"] for one, held in holders.items() if held["tce"].mean is not None}
        burned = {one: held["co2"] for one, held in holders.items() if held["co2"].mean is not None}
        for one in sorted(bought.keys() & burned.keys()):
            yield Pair(year, carrier, (one,), bought[one], burned[one])
        others = sorted(burned.keys() - bought.keys())
        if others and bought:
            yield Pair(year, carrier, tuple(others), _all(bought.values()), _all(burned[one] for one in others))


def unit_of(world: World, carrier: str) -> str:
    """The unit in which rows of the carrier print their heat value."""
    return world.ruler.text.method.row_units["ncv"].get(world.vocabulary.traits(carrier)["dimension"], "")


def _all(sides: Iterable[Side]) -> Side:
    whole = Side()
    for side in sides:
        whole = whole.add(side)
    return whole


def _sides(world: World, gj_per_tce: Fraction) -> dict[tuple[str, str], dict[str, dict[str, Side]]]:
    found: dict[tuple[str, str], dict[str, dict[str, Side]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(Side))
    )
    for row in _rows(world):
        side = "co2" if row["measure"] == "carbon" else "tce"
        sign = -1 if row["side"] == "use" else 1  # output stands with a minus on the use side
        quantity = Fraction(row["quantity"]) * sign
        one = Side(quantity, quantity * _heat_value(world, row, gj_per_tce), Fraction(row["tco2"] or 0))
        held = found[row["year"], row["carrier"]][row["enterprise_id"]]
        held[side] = held[side].add(one)
    return found


def _rows(world: World) -> list[dict[str, Any]]:
    """Sums of the lines that stand behind tce or behind CO2, by the heat value that each rests on."""
    lines = world.lines().filter(lambda t: (t.table == "activity") & (t.item_class == "fuel"))
    burned = (lines.measure == "carbon") & lines.term.isin(["fuel", "transformation"]) & (lines.tco2 > 0)
    made = (lines.side == "use") & lines.flow.isin(_YIELDS)
    lines = lines.filter(burned | made | (lines.side == "fence"))
    measured = facts(world, "activity").select("row_id", "ncv")
    lines = lines.join(measured, "row_id").mutate(printed=lambda t: t.ncv.cast("string").fill_null(""))
    keys = ["measure", "side", "year", "enterprise_id", "carrier", "factor_id", "coefficient", "printed"]
    sums = {name: lines[name].sum().cast("decimal(38, 18)") for name in ("quantity", "tco2")}
    return world.engine.rows(lines.group_by(keys).aggregate(**sums).order_by(keys))


def _heat_value(world: World, row: Mapping[str, Any], gj_per_tce: Fraction) -> Fraction:
    """The heat value that a line rests on, as its row would print it."""
    inputs = dict(
        part.split("=", 1) for part in row["factor_id"].partition("(")[2].removesuffix(")").split(", ") if part
    )
    origin = inputs.get("ncv", "")
    if origin.startswith("row."):
        return Fraction(row["printed"])
    scale = unit_scale(unit_of(world, row["carrier"]))
    if origin:
        return world.ruler.number(origin, row["year"]) / scale
    return Fraction(row["coefficient"]) * gj_per_tce / scale

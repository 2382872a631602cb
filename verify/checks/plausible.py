"""Bounds that carbon and energy set for each other (factors.md 6, national-ruler 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.checks.cells import every, grouped
from verify.checks.filed import ENERGY, TOTAL, Filed, filed_figures
from verify.checks.listing import on_rows
from verify.checks.readings import reading_number
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.undone import counted, undone
from verify.checks.world import World, total
from verify.ledger.factor import Situation

_PLACES = 6


@check("TZ-PLA-01", needs={"activity"})
def carbon_per_coal_equivalent(world: World, params: Params) -> Rows:
    """tCO2 per tce of a carrier depends on carbon content and oxidation only (factors.md 6); tested ones are left out."""
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    looked = set()
    undecided: set[str] = set()
    for row in _burned(world):
        band = _band(world, params, row["carrier"], row["year"])
        if band is None:
            undecided.add(row["carrier"])
            continue
        looked.add((row["year"], row["enterprise_id"], row["carrier"]))
        ratio = Fraction(row["tco2"]) / Fraction(row["tce"])
        low, high = band
        if ratio < low * (1 - tolerance) or ratio > high * (1 + tolerance):
            found += _outside(world, row, ratio, low, high)
    cells = [cell for cell in every(world, measure="carbon", table="activity", term="fuel") if cell["tco2"] > 0]
    tested = [cell for cell in cells if (cell["year"], cell["enterprise_id"], cell["carrier"]) in looked]
    return Rows(found, Scope.of(tested, cells), sorted(undecided))


def _burned(world: World) -> list[dict[str, Any]]:
    """Tonnes and tce of the same rows of fuel burned, by year, enterprise and carrier; rows with their test left out."""
    lines = world.lines().filter(lambda t: (t.table == "activity") & (t.item_class == "fuel"))
    carbon = lines.filter((lines.measure == "carbon") & (lines.term == "fuel") & (lines.tco2 > 0) & ~lines.proved)
    energy = lines.filter((lines.measure == "energy") & (lines.side == "use")).select("row_id", used=lines.tce)
    both = carbon.join(energy, "row_id")
    keys = ["year", "enterprise_id", "carrier"]
    sums = both.group_by(keys).aggregate(
        tco2=both.tco2.sum().cast("decimal(38, 18)"), tce=both.used.sum().cast("decimal(38, 18)")
    )
    return [row for row in world.engine.rows(sums.order_by(keys)) if row["tce"]]


def _band(world: World, params: Params, carrier: str, year: str) -> tuple[Fraction, Fraction] | None:
    """Low: smallest value of the fuel sets; high: largest carbon content at full oxidation. None: no set has the carrier."""
    per_tce = world.number(params["co2_per_c"]) * reading_number(world, params["standard_coal"])
    carbon, burned = [], []
    for name in params["sets"]:
        content = world.ruler.find(f"{name}.{carrier}.carbon_content", year)
        oxidation = world.ruler.find(f"{name}.{carrier}.oxidation", year)
        if content and oxidation:
            carbon.append(content[1].value)
            burned.append(content[1].value * oxidation[1].value)
    return (min(burned) * per_tce, max(carbon) * per_tce) if carbon else None


def _outside(world: World, row: Mapping[str, Any], ratio: Fraction, low: Fraction, high: Fraction) -> list[Found]:
    """The finding; undone is the carbon content as filed, else (two heat values) the way to the nearer end of the band."""

    def at_default(situation: Situation) -> Situation:
        return replace(
            situation, measured={key: value for key, value in situation.measured.items() if key != "carbon_content"}
        )

    rows = counted(world).filter(
        lambda t: (t.year == row["year"]) & (t.enterprise_id == row["enterprise_id"]) & (t.carrier == row["carrier"])
        & (t.term == "fuel") & (t.tco2 > 0)
    )  # fmt: skip
    listed = world.engine.rows(undone(world, rows, at_default).select("row_id", "effect").order_by("row_id"))
    effect = sum((Fraction(one["effect"] or 0) for one in listed), Fraction(0))
    if not effect:
        effect = ((low if ratio < low else high) - ratio) * Fraction(row["tce"])
    shown = {"ratio": ratio, "low": low, "high": high}
    arguments = {"carrier": row["carrier"], **{name: _shown(value) for name, value in shown.items()}}
    found = Found(row["enterprise_id"], row["year"], arguments, tonnes(effect))
    return on_rows(found, "activity", (one["row_id"] for one in listed))


@dataclass(frozen=True)
class Ratio:
    """The core indicator as filed, or as its filed parts give it; `slack` is what rounding may hide."""

    year: str
    value: Fraction
    slack: Fraction
    row_ids: tuple[str, ...]


@check("TZ-PLA-02", needs={"reported"})
def floor_of_fuels(world: World, params: Params) -> Rows:
    """The filed indicator is not below what the fuels burned alone give (national-ruler 7).

    Where a credit makes a term negative the floor falls by it; fuel inside a covering product factor is no part of it.
    """
    ratios = list(_filed_ratios(filed_figures(world, params), f"indicator.{params['indicator']}"))
    if not ratios:
        raise NotApplicable("not_filed", item=f"indicator.{params['indicator']}")
    found: list[Found] = []
    burned: list[dict[str, Any]] = []
    for one in ratios:
        energy = world.item(ENERGY, one.year)
        cells = [
            cell for cell in world.cells(one.year, measure="carbon", term="fuel", table="activity") if cell["tco2"] > 0
        ]
        if not isinstance(energy, Fraction) or energy <= 0 or not cells:
            continue
        burned += cells
        credits_ = sum(
            (min(_number(world, item, one.year), Fraction(0)) for item in params["may_be_negative"]), Fraction(0)
        )
        floor = (Fraction(total(cells, "tco2")) + credits_) / energy
        if one.value + one.slack < floor:
            found += _below(world, one, cells, floor, energy)
    return Rows(found, Scope.of(burned))


def _below(world: World, one: Ratio, cells: list[dict[str, Any]], floor: Fraction, energy: Fraction) -> list[Found]:
    parts = {carrier: Fraction(total(held, "tco2")) / energy for (carrier,), held in grouped(cells, "carrier").items()}
    largest = max(parts, key=lambda carrier: parts[carrier])
    arguments = {"value": _shown(one.value), "bound": _shown(floor), "carrier": largest, "part": _shown(parts[largest])}
    effect = tonnes((floor - one.value) * energy)
    return on_rows(Found(park(world), one.year, arguments, effect), "reported", one.row_ids)


def _filed_ratios(figures: list[Filed], indicator: str) -> Iterator[Ratio]:
    """The indicator as filed; where it is not, the filed total over the filed energy."""
    by_year: dict[str, dict[str, Filed]] = {}
    for one in figures:
        by_year.setdefault(one.year, {})[one.item] = one
    for year, items in sorted(by_year.items()):
        if indicator in items:
            one = items[indicator]
            yield Ratio(year, one.filed, one.slack, (one.row_id,))
        elif TOTAL in items and ENERGY in items and items[ENERGY].filed > 0:
            top, base = items[TOTAL], items[ENERGY]
            yield Ratio(year, top.filed / base.filed, top.slack / base.filed, (top.row_id, base.row_id))


def _number(world: World, item: str, year: str) -> Fraction:
    value = world.item(item, year)
    return value if isinstance(value, Fraction) else Fraction(0)


def _shown(value: Fraction) -> str:
    return text(Fraction(round(value, _PLACES)))

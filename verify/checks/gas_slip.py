"""Methane and nitrous oxide of combustion filed as kilogrammes where they are grammes (factors.md 5.3: 7.97 for 2.04 kgCO2e/m³).

Beside the CO2 of the fuel they are a few thousandths: what exceeds the bound and would not as a thousandth was filed a
thousandfold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.checks.filed_numbers import COLUMNS
from verify.checks.filed_totals import Row, written
from verify.checks.identify import UNIT
from verify.checks.rows import text, tonnes
from verify.checks.undone import facts
from verify.checks.world import World
from verify.engine import Table

_THOUSAND = 1000
_Key = tuple[str, str, str]  # enterprise, source, year


def gases_as_kilograms(world: World, params: Mapping[str, Any]) -> list[Table]:
    """A scan over rows of `emissions` of the `categories` and `families` of gases named in `params.gases`."""
    key = "scan:gases"
    if key not in world.cache:
        rows = list(_slipped(world, params["gases"]))
        world.cache[key] = [written(world, rows)] if rows else []
    return world.cache[key]  # type: ignore[no-any-return]


def _slipped(world: World, asked: Mapping[str, Any]) -> Iterator[Row]:
    bound = world.number(asked["bound"])
    burned = _burned(world)
    for row in _gases(world, asked):
        beside = burned.get((row["enterprise_id"], row["source_id"], row["year"]), Fraction(0))
        weight = Fraction(row["tco2"])
        if not beside or not bound * beside < weight <= bound * beside * _THOUSAND:
            continue
        quantity = Fraction(row["quantity"])
        texts = {
            "of": row["gas"], "property": "amount", "filed": text(quantity), "unit": "t", "is_value": "beside_its_co2",
            "due": text(quantity / _THOUSAND), "due_value": "a_thousandth", "power": "-3", "quantity_unit": "tCO2",
        }  # fmt: skip
        found = {
            "table": "emissions", "row_id": row["row_id"], "subject": row["source_id"] or row["enterprise_id"],
            "period": row["year"], "aspect": UNIT, "effect": tonnes(weight / _THOUSAND - weight), "effect_unit": "tCO2",
            "quantity": tonnes(beside), **texts,
        }  # fmt: skip
        yield {name: found[name] for name in COLUMNS}


def _gases(world: World, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "emissions" not in world.ledger.facts:
        return []
    lines = world.lines().filter(lambda t: (t.table == "emissions") & (t.measure == "carbon"))
    rows = facts(world, "emissions").filter(lambda t: t.category.isin(asked["categories"]) & t.gas.isin(asked["gases"]))
    rows = rows.join(lines.select("row_id", "tco2"), "row_id")
    names = ("row_id", "enterprise_id", "source_id", "year", "gas", "quantity", "tco2")
    return world.engine.rows(rows.select(*names).order_by("row_id"))


def _burned(world: World) -> dict[_Key, Fraction]:
    """tCO2 of the fuels by member, source and year; source '' holds all of a member."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.table == "activity") & (t.item_class == "fuel"))
    keys = ["enterprise_id", "source_id", "year"]
    sums = lines.filter(lines.tco2 > 0).group_by(keys).aggregate(tco2=lines.tco2.sum().cast("decimal(38, 18)"))
    found: dict[_Key, Fraction] = {}
    for row in world.engine.rows(sums.order_by(keys)):
        amount = Fraction(row["tco2"])
        for source in {row["source_id"], ""}:
            key = (row["enterprise_id"], source, row["year"])
            found[key] = found.get(key, Fraction(0)) + amount
    return found

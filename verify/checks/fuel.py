"""Fuels: one heat value, the right term, proven measurements (annex 4 二（二）1—2, annex 3 二1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

from verify.checks.activity_types import misfiled
from verify.checks.cells import every
from verify.checks.gathered import gathered
from verify.checks.heat_values import Pair, pairs, unit_of
from verify.checks.listing import on_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.undone import counted, fuels, product, source_or_member, undone
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger.factor import Situation

_PLACES = 6


@check("TZ-ACC-08", needs={"activity"})
def one_heat_value(world: World, params: Params) -> Rows:
    """One heat value of a carrier for tce and for CO2 (annex 3 二1, national-ruler 6a, CK-N19)."""
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    tested = list(pairs(world, params["standard_coal"]))
    for pair in tested:
        behind_tce, behind_co2 = pair.tce.mean, pair.co2.mean
        assert behind_tce is not None
        assert behind_co2 is not None
        if abs(behind_tce - behind_co2) > tolerance * behind_co2:
            found += _two_values(world, pair, behind_tce, behind_co2)
    cells = [cell for cell in every(world, measure="carbon", table="activity", item_class="fuel") if cell["tco2"] > 0]
    looked = {(one.year, one.carrier, holder) for one in tested for holder in one.holders}
    scope = Scope.of(
        [cell for cell in cells if (cell["year"], cell["carrier"], cell["enterprise_id"]) in looked], cells
    )
    return Rows(found, scope)


def _two_values(world: World, pair: Pair, behind_tce: Fraction, behind_co2: Fraction) -> list[Found]:
    """The finding: CO2 once more at the heat value behind tce."""

    def at_the_other(situation: Situation) -> Situation:
        return replace(situation, measured={**situation.measured, "ncv": behind_tce})

    rows = counted(world).filter(
        lambda t: (t.year == pair.year) & (t.carrier == pair.carrier) & t.enterprise_id.isin(pair.holders)
        & t.term.isin(["fuel", "transformation"]) & (t.tco2 > 0)
    )  # fmt: skip
    rows = undone(world, rows, at_the_other)
    listed = world.engine.rows(rows.select("row_id", "effect").order_by("row_id"))
    arguments = {
        "carrier": pair.carrier,
        "ncv_tce": text(Fraction(round(behind_tce, _PLACES))),
        "ncv_co2": text(Fraction(round(behind_co2, _PLACES))),
        "unit": unit_of(world, pair.carrier),
        "deviation": text(abs(behind_tce - behind_co2) / behind_co2),
    }
    subject = pair.holders[0] if len(pair.holders) == 1 else park(world)
    effect = tonnes(sum((Fraction(row["effect"]) for row in listed if row["effect"] is not None), Fraction(0)))
    return on_rows(Found(subject, pair.year, arguments, effect), "activity", (row["row_id"] for row in listed))


@check("TZ-ACC-09", needs={"activity"})
def right_term(world: World, params: Params) -> Rows:
    """The activity type decides the term: flow, type and equipment of a row agree (annex 4 二（二）1—2, CK-N20)."""

    def say(group: Mapping[str, Any]) -> dict[str, str]:
        words = {name: group[name] for name in ("carrier", "unit", "activity_type", "filed_as")}
        return {**words, "quantity": text(group["quantity"])}

    rows = misfiled(world, params)
    typed = [
        cell for cell in every(world, table="activity", measure="carbon") if cell["item_class"] in params["admissible"]
    ]
    scope = Scope.of([cell for cell in typed if cell["activity_type"]], typed)
    if rows is None:
        return Rows([], scope)
    by = ("carrier", "unit", "activity_type", "filed_as")
    # what leaves E where it is may still move T: then the effect is in tce
    energy = (rows.effect == 0) & (rows.effect_tce != 0)
    in_tce = rows.filter(energy).mutate(effect=rows.effect_tce).drop("effect_tce")
    in_tco2 = rows.filter(~energy.fill_null(False)).drop("effect_tce")
    parts = [
        gathered(world, in_tco2, by=by, sums=("quantity",), say=say),
        gathered(world, in_tce, by=by, sums=("quantity",), say=say, unit="tce"),
    ]
    tables = [part for part in parts if not isinstance(part, Sequence)]
    return Rows(reduce(lambda one, other: one.union(other), tables) if tables else [], scope)


@check("TZ-ACC-12", needs={"activity"})
def unproven_measurement(world: World, params: Params) -> Rows:
    """A measured heat value, carbon content or biogenic share that lowers the tonnes needs its test (annex 4 二（二）3, 二（三）2)."""
    burned = counted(world)
    burned = burned.filter(
        burned.carrier.isin(fuels()) & (burned.tco2 > 0) & ~burned.evidence_kind.isin(params["evidence"])
    )
    parts = (_below_default(world, burned, name, params) for name in params["properties"])
    rows = reduce(lambda one, other: one.union(other), parts)

    def say(group: Mapping[str, Any]) -> dict[str, str]:
        printed, unit = _default(world, params, group)
        filed = Fraction(group["weighted"]) / Fraction(group["quantity"])
        return {
            "carrier": group["carrier"],
            "property": group["property"],
            "filed": text(filed),
            "default": printed,
            "unit": unit,
        }

    found = gathered(world, rows, by=("carrier", "property"), sums=("quantity", "weighted"), say=say)
    cells = [cell for cell in every(world, measure="carbon", table="activity", item_class="fuel") if cell["tco2"] > 0]
    return Rows(found, Scope.of([cell for cell in cells if "=row." in cell["factor_id"]], cells))


def _below_default(world: World, burned: Table, name: str, params: Params) -> Table:
    """Rows that would emit more without this one measurement; a biogenic share is as filed what it is with its test."""
    import ibis

    def without(situation: Situation) -> Situation:
        return replace(situation, measured={key: value for key, value in situation.measured.items() if key != name})

    def as_tested(situation: Situation) -> Situation:
        return replace(situation, evidence_kind=params["evidence"][0])

    rows = burned.filter(burned[name] > 0)
    needs_test = name in params["counts_with_evidence"]
    rows = undone(world, rows, as_tested if needs_test else without)
    effect = -rows.effect if needs_test else rows.effect
    rows = rows.mutate(effect=effect).filter(effect > 0)
    return rows.select(
        "row_id", "carrier", "effect",
        table=ibis.literal("activity"),
        subject=source_or_member(rows),
        period=rows.year,
        property=ibis.literal(name),
        quantity=rows.quantity.cast(AMOUNT),
        weighted=product(rows.quantity, rows[name]),
    )  # fmt: skip


def _default(world: World, params: Params, group: Mapping[str, Any]) -> tuple[str, str]:
    """The printed default of a property and its unit."""
    identifier = params["defaults"][group["property"]].replace("{carrier}", group["carrier"])
    found = world.ruler.find(identifier, group["period"])
    return (found[1].printed, found[0].unit) if found else ("", "")

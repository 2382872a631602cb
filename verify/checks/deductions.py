"""What a filing takes off that the method does not: offsets and sinks, bunkers (annex 4 一, 二（一）)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from verify.checks.cells import grouped, owner
from verify.checks.filed import TOTAL, Filed, known, own_rows
from verify.checks.listing import line_rows, on_rows
from verify.checks.rows import Found, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total

_TONNES = {"tCO2", "tCO2e"}
_MANY = 6  # deductions tried in every combination; more only all together


def named(texts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a text holds one of the words, whatever its case."""
    whole = " ".join(texts).casefold()
    return any(word.casefold() in whole for word in words)


def offset_figures(world: World, figures: list[Filed], words: Sequence[str], others: Sequence[str]) -> Iterator[Found]:
    """Items of the filing below zero that the method does not have, and offsets unless the filed total leaves them in.

    `others` are words of items that another check speaks of.
    """
    whole = {one.year: one for one in figures if one.item == TOTAL}
    for row in own_rows(world):
        tonne = row["unit"] in _TONNES
        if known(world, row["item"].strip()) or named([row["item"]], others) or not tonne or not row["value"]:
            continue
        left_in = row["year"] in whole and whole[row["year"]].agrees
        if row["value"] < 0 or (named([row["item"], row["method"]], words) and not left_in):
            yield _offset(park(world), row["year"], row["item"], abs(Fraction(row["value"])), "reported", row["row_id"])


def offset_emissions(world: World, words: Sequence[str]) -> Iterator[Found]:
    """Rows of `emissions` that name a sink or a credit: the quantity is a deduction, for the method has no such term."""
    for row in world.rows("emissions"):
        tonne = row["unit"] in _TONNES or (row["gas"] == "CO2" and row["unit"] == "t")
        if tonne and row["quantity"] and named([row["category"], row["gas"], row["method"]], words):
            name = next(
                (one for one in (row["category"], row["method"], row["gas"]) if named([one], words)), "emissions"
            )
            yield _offset(
                row["enterprise_id"], row["year"], name, Fraction(row["quantity"]), "emissions", row["row_id"]
            )


def captured(world: World, words: Sequence[str]) -> Iterator[Found]:
    """Carbon of a mass balance that leaves as captured or stored CO2: the method has no removals."""
    lines = world.lines()
    lines = lines.filter((lines.measure == "carbon") & (lines.table == "process_balances") & (lines.tco2 < 0))
    for row in world.engine.rows(lines.select("row_id", "enterprise_id", "year", "item", "tco2").order_by("row_id")):
        if named([row["item"]], words):
            yield _offset(
                row["enterprise_id"],
                row["year"],
                row["item"],
                -Fraction(row["tco2"]),
                "process_balances",
                row["row_id"],
            )


def _offset(subject: str, year: str, item: str, deducted: Fraction, table: str, row_id: str) -> Found:
    return Found(subject, year, {"item": item, "deducted": text(deducted)}, tonnes(deducted), "tCO2", table, row_id)


def left_out(figure: Filed, parts: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The parts whose absence makes the filed figure: the fewest that do, none where rounding explains it or nothing does."""
    if figure.agrees:
        return ()
    names = sorted(name for name, tco2 in parts.items() if tco2 > figure.slack)
    sizes = range(1, len(names) + 1) if len(names) <= _MANY else (1, len(names))
    for size in sizes:
        for some in combinations(names, size):
            if figure.meets(figure.recomputed - sum((parts[one] for one in some), Fraction(0))):
                return some
    return ()


def bunkers_left_out(world: World, figures: list[Filed], params: Mapping[str, Any]) -> list[Found]:
    """Bunker fuel that the filed total (or fuel term) leaves out, by carrier."""
    found: list[Found] = []
    for year in world.years:
        cells = world.cells(year, measure="carbon", table="activity", flow=params["flow"], item_class="fuel")
        held = {carrier: cells_ for (carrier,), cells_ in grouped(cells, "carrier").items()}
        parts = {carrier: Fraction(total(one, "tco2")) for carrier, one in held.items()}
        missing = set(parts) if _taken_off(world, year, params) else set()
        for figure in figures:
            if figure.year == year and figure.item in params["items"]:
                missing |= set(left_out(figure, parts))
        for carrier in sorted(missing):
            arguments = {
                "carrier": carrier,
                "quantity": text(total(held[carrier], "quantity")),
                "unit": str(held[carrier][0]["unit"]),
                "deducted": text(tonnes(parts[carrier])),
            }
            ids = line_rows(world, measure="carbon", table="activity", flow=params["flow"], year=year, carrier=carrier)
            found += on_rows(
                Found(owner(world, held[carrier]), year, arguments, tonnes(parts[carrier])), "activity", ids
            )
    return found


def _taken_off(world: World, year: str, params: Mapping[str, Any]) -> bool:
    """Whether an item of the filing takes bunkers off by name."""
    return any(
        row["year"] == year and row["value"] < 0 and named([row["item"]], params["words"]) for row in own_rows(world)
    )

"""Electricity: which emission factor, and which standard-coal convention (annex 4 二（二）3①, annex 3 二1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from verify.checks.cells import every
from verify.checks.filed import Filed, filed_figures, need_figures, own_rows, recomputed
from verify.checks.filed_factors import filed_factors, said, strange
from verify.checks.gathered import gathered
from verify.checks.readings import reading_number
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total
from verify.engine import AMOUNT, Table
from verify.ledger import Assignment

POWER = "electricity"


@check("TZ-ACC-01", needs={"activity"})
def grid_factor(world: World, params: Params) -> Rows:
    """Power takes one of the two factors of annex 4 二（二）3①, in rows and behind filed figures (CK-N1)."""
    rows = filed_factors(world, (POWER,)).drop("evidence_kind")
    figures = _figures_at_a_factor(world, params["item"])
    if figures is not None:
        rows = rows.union(figures.select(*rows.columns))
    rows = strange(world, rows, params["allowed"])
    found = gathered(world, rows, by=("filed", "due", "flow"), sums=("quantity",), say=said)
    return Rows(found, Scope.of(every(world, measure="carbon", term="el")))


def _figures_at_a_factor(world: World, item: str) -> Table | None:
    """Filed figures of the power term that name the factor used, as rows like those of `filed_factors`."""
    import pyarrow as pa

    rows = []
    for row in own_rows(world):
        value = recomputed(world, row["item"], row["year"])
        cells = [
            cell for cell in every(world, measure="carbon", term="el") if cell["year"] == row["year"] and cell["factor"]
        ]
        if row["item"] == item and row["factor_used"] is not None and isinstance(value, Fraction) and cells:
            due = max(cell["factor"] for cell in cells)
            rows.append(
                {
                    "row_id": row["row_id"], "flow": "", "table": "reported", "subject": park(world),
                    "period": row["year"], "quantity": abs(total(cells, "quantity")), "filed": text(row["factor_used"]),
                    "due": text(due), "effect": tonnes(value - Fraction(row["value"])),
                }
            )  # fmt: skip
    if not rows:
        return None
    table = world.engine.table("figures_at_a_factor", pa.Table.from_pylist(rows))
    return table.mutate(quantity=table.quantity.cast(AMOUNT), effect=table.effect.cast(AMOUNT))


@check("TZ-ACC-03", needs={"reported"})
def one_convention(world: World, params: Params) -> Rows:
    """Electricity counts at 等价值 on both sides of T, for every kind (annex 3 二1, CK-N5).

    A filed total that no admissible reading gives, and that one wrong convention gives, is a finding.
    """
    tolerance = world.number(params["tolerance"])
    figures = need_figures(filed_figures(world, params), params["item"])
    found: list[Found] = []
    for one in figures:
        admissible = (_energy(world, params, one.year, readings) for readings in _readings(world, params, one.year))
        if not _near(one, admissible, tolerance) and _near(one, _wrong(world, params, one.year), tolerance):
            found += _finding(world, params, one)
    cells = every(world, measure="energy", side="fence", item_class=POWER)
    return Rows(found, Scope.count(len(figures), len(figures)) if cells else Scope())


def _near(one: Filed, values: Iterable[Fraction], tolerance: Fraction) -> bool:
    return any(abs(one.filed - value) <= max(one.slack, tolerance * one.filed) for value in values)


def _readings(world: World, params: Params, year: str) -> Iterator[Assignment]:
    """Every combination of readings that moves the energy total; those that a layer adds beside excuse nothing."""
    points, beside = world.ruler.text.parameters, world.ruler.beside
    moving = sorted(name for name in world.figures[year].rests_on(params["item"]) if name in points)
    admitted = ([one for one in points[name].readings if one.id not in beside.get(name, ())] for name in moving)
    for readings in product(*admitted):
        yield {**world.chosen, **{name: one.id for name, one in zip(moving, readings, strict=True)}}


def _energy(world: World, params: Params, year: str, readings: Assignment) -> Fraction:
    value = world.figures[year].item(params["item"], readings)
    return value if isinstance(value, Fraction) else Fraction(0)


def _wrong(world: World, params: Params, year: str) -> Iterator[Fraction]:
    """The energy total with a part of the electricity at 当量值: each wrong convention, each coefficient."""
    calorific = world.number(params["calorific"])
    for reading in world.ruler.text.parameters[params["parameter"]].readings:
        readings = {**world.chosen, params["parameter"]: reading.id}
        coefficient = reading_number(world, params["parameter"], readings)
        for only in params["conventions"].values():
            shifted = _quantity(world, year, only)
            if shifted:
                yield _energy(world, params, year, readings) + shifted * (calorific - coefficient)


def _finding(world: World, params: Params, one: Filed) -> Sequence[Found]:
    """The coefficient that the filed total implies for the net power across the fence."""
    net = _quantity(world, one.year, params["conventions"]["all"])
    due = reading_number(world, params["parameter"])
    if not net:
        return []
    arguments = {
        "quantity": text(net),
        "filed_tce": text(one.filed),
        "due_tce": text(one.recomputed),
        "filed_coefficient": text(due + one.difference / net),
        "due_coefficient": text(due),
    }
    effect = tonnes(one.recomputed - one.filed)
    return [Found(park(world), one.year, arguments, effect, "tce", "reported", one.row_id)]


def _quantity(world: World, year: str, only: Mapping[str, Any]) -> Fraction:
    """Signed MWh of the electricity that a convention is about."""
    return Fraction(total(world.cells(year, measure="energy", item_class=POWER, **only), "quantity"))

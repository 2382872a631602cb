"""Products of annex 4 三（一） that are made and whose process emissions are nowhere (CK-N12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks.cells import every, grouped
from verify.checks.deductions import left_out
from verify.checks.filed import filed_figures
from verify.checks.listing import on_rows
from verify.checks.rows import Found, text, tonnes
from verify.checks.world import FILED, World, total
from verify.ledger.basis import consistent, read_reading


@dataclass(frozen=True)
class Made:
    """Rows of one listed product of one enterprise and year."""

    enterprise: str
    year: str
    product: str
    rows: tuple[Mapping[str, Any], ...]


def made(world: World) -> list[Made]:
    """The listed products that the park made, in order."""
    listed = sorted(name for name, rule in world.ruler.text.processes.items() if rule.product_of_annex)
    rows = world.table("production").filter(lambda t: (t.flow == "made") & t["product"].isin(listed or [""]))
    held: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    wanted = rows.select("row_id", "enterprise_id", "year", "product", "quantity")
    for row in world.engine.rows(wanted.order_by("row_id")):
        if row["quantity"]:
            held.setdefault((row["enterprise_id"], row["year"], row["product"]), []).append(row)
    return [Made(*key, tuple(found)) for key, found in sorted(held.items())]


def without_factor(world: World, products: Iterable[Made], rules: Iterable[str]) -> Iterator[Found]:
    """Products with neither factor nor carbon balance: their tonnes are unknown."""
    named = set(rules)
    absent = {
        gap["row_id"]
        for gap in world.ledger.gaps
        if gap["boundary"] == FILED and gap["rule"] in named and consistent(read_reading(gap["reading"]), world.chosen)
    }
    for one in products:
        yield from _found(one, [row for row in one.rows if row["row_id"] in absent], None)


def left_out_of_filing(world: World, products: Iterable[Made], params: Mapping[str, Any]) -> Iterator[Found]:
    """Products that the ruler counts and that the filed total, or the filed process term, leaves out."""
    figures = [one for one in filed_figures(world, params) if one.item in params["items"]]
    cells = every(world, measure="carbon", table="production", term="process")
    gone: set[tuple[str, str]] = set()
    for figure in figures:
        here = grouped((cell for cell in cells if cell["year"] == figure.year), "carrier")
        parts = {product: Fraction(total(held, "tco2")) for (product,), held in here.items()}
        gone |= {(figure.year, product) for product in left_out(figure, parts)}
    for one in products:
        if (one.year, one.product) in gone:
            own = (cell for cell in cells if cell["year"] == one.year and cell["carrier"] == one.product)
            tco2 = Fraction(total((cell for cell in own if cell["enterprise_id"] == one.enterprise), "tco2"))
            yield from _found(one, one.rows, tco2)


def _found(one: Made, rows: Iterable[Mapping[str, Any]], tco2: Fraction | None) -> list[Found]:
    rows = list(rows)
    if not rows:
        return []
    quantity = sum((Fraction(row["quantity"]) for row in rows), Fraction(0))
    arguments = {"product": one.product, "quantity": text(quantity)}
    effect = None if tco2 is None else tonnes(tco2)
    return on_rows(Found(one.enterprise, one.year, arguments, effect), "production", [row["row_id"] for row in rows])

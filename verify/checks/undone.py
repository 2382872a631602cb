"""One thing undone: what the line rules of the ruler say of the same rows once a word or a number of them is changed.

An effect is a recomputation by the ledger's own rules and factors, never an estimate (DESIGN 3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from verify.checks.rows import NotApplicable
from verify.checks.world import FILED, World
from verify.engine import AMOUNT, FACTOR, Table
from verify.ledger import Changes
from verify.ledger.basis import consistent, read_reading
from verify.ledger.factor import Situation
from verify.ledger.route import Measure, Router
from verify.submission.contract import carriers

Change = Callable[..., Situation]  # of a situation and of the words of the columns that it is asked with


def fuels() -> list[str]:
    """The carriers that are fuels."""
    return [name for name, one in carriers().items() if one.class_ == "fuel"]


def facts(world: World, table: str) -> Table:
    """The rows of an accounting table inside the filed boundary, with `situation`, `evidence_kind`, `where`, `covered`."""
    if table not in world.ledger.facts:
        raise NotApplicable("nothing_to_test")
    return world.ledger.facts[table].filter(lambda t: t.boundary == FILED)


def counted(world: World) -> Table:
    """`facts` of activity that emit or are credited, with the `tco2`, `term` and `factor_id` of their line."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.table == "activity"))
    return facts(world, "activity").join(lines.select("row_id", "tco2", "term", "factor_id"), "row_id")


def standing(world: World) -> Table:
    """`facts` of activity with the `tco2` of their line, 0 where they have none."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.table == "activity"))
    rows = facts(world, "activity").left_join(lines.select("row_id", "tco2"), "row_id", rname="{name}_of_line")
    return rows.mutate(tco2=rows.tco2.fill_null(0).cast(AMOUNT)).drop("row_id_of_line")


def undone(world: World, rows: Table, change: Change, by: Sequence[str] = ()) -> Table:
    """`rows` (with `tco2`) and the `effect` of a change: tonnes after it minus tonnes as counted."""
    rows = rerouted(world, rows, change, by=by)
    return rows.mutate(effect=(product(rows.quantity, rows.due) - rows.tco2).cast(AMOUNT))


def undone_energy(world: World, rows: Table, change: Change, by: Sequence[str] = ()) -> Table:
    """`rows` and `effect_tce`: what a change moves in energy consumption, by the fence side of the identity."""
    rows = rerouted(world, rows, change, "energy", by).rename(after="due")
    rows = rerouted(world, rows, lambda situation: situation, "energy").rename(before="due")
    moved = product(rows.quantity, rows.after) - product(rows.quantity, rows.before)
    return rows.mutate(effect_tce=moved.cast(AMOUNT)).drop("after", "before")


def source_or_member(rows: Table) -> Table:
    """The source of a row, or its enterprise where no source is named."""
    import ibis

    return ibis.ifelse(rows.source_id == "", rows.enterprise_id, rows.source_id)


def rerouted(
    world: World,
    rows: Table,
    change: Change,
    measure: Measure = "carbon",
    by: Sequence[str] = (),
    table: str = "activity",
) -> Table:
    """`rows` (facts of `table`) with `due`: signed tCO2 or tce per base unit after `change`; null where no factor is defined.

    `change` gets the situation of a row and the words of its columns `by`.
    """
    import pyarrow as pa

    reader = world.ledger.situations
    assert reader is not None
    router = Router(world.ruler, Changes())
    keys = ["situation", *by]
    known = world.engine.rows(rows.select(*keys).distinct().order_by(keys))
    due = [
        signed_factor(
            world, router, change(reader.read(table, row["situation"]), *(row[key] for key in by)), measure, table
        )
        for row in known
    ]
    columns = {key: [row[key] for row in known] for key in keys}
    schema = pa.schema([*((key, pa.string()) for key in keys), ("due", pa.decimal128(19, 12))])
    return rows.join(world.engine.table("due", pa.table({**columns, "due": due}, schema=schema)), keys)


def signed_factor(
    world: World, router: Router, situation: Situation, measure: Measure = "carbon", table: str = "activity"
) -> Decimal | None:
    """Signed tCO2 (or tce across the fence) per base unit of a row under the chosen readings.

    0 where the row does not count, None where its factor is undefined.
    """
    for route in router.routes(table, situation):
        if route.measure == measure and consistent(read_reading(route.reading), world.chosen):
            if not route.counted or (measure == "energy" and route.side != "fence"):
                return Decimal(0)
            number = route.coefficient if measure == "energy" else route.factor
            return None if route.missing else (number * route.sign).quantize(Decimal("1E-12"))
    return Decimal(0)


def product(quantity: Table, factor: Table) -> Table:
    """quantity x factor as an exact amount."""
    return (quantity * factor.cast(FACTOR)).cast(AMOUNT)

"""Stretches in which a meter stands still or moves in a straight line."""

from __future__ import annotations

from collections.abc import Mapping

from verify.engine import Engine, Table
from verify.readings.steps import on_line

_COLUMNS = ("meter", "begin", "span", "micro")


def still(engine: Engine, steps: Table, least: Mapping[int, int], points: Mapping[int, int]) -> Table:
    """Runs of equal values of the meters in `points` with at least that many readings, above `least` millionths.

    One row per run: meter, first, last (begin), n, micro. A run ends where the value changes or a reading is missing.
    """
    rows = steps.join(_wanted(engine, "still", least, points), "meter")
    same = (rows.rise == 0) & (rows.gap == rows.span)
    return _runs(rows, same, extra=1).filter(lambda t: t.micro.abs() > t.least)


def straight(engine: Engine, steps: Table, slack: Mapping[int, int], points: Mapping[int, int]) -> Table:
    """Runs in which the change between readings stays the same (to `slack` millionths) and is well above it.

    One row per run: meter, first, last (begin), n, micro. `slack` is the rounding of the meter: a line drawn by hand and
    rounded bends by at most one digit.
    """
    rows = steps.join(_wanted(engine, "straight", slack, points), "meter")
    return _runs(rows, on_line(rows), extra=2)


def _wanted(engine: Engine, name: str, least: Mapping[int, int], points: Mapping[int, int]) -> Table:
    import pyarrow as pa

    chosen = sorted(points)
    columns = {"meter": chosen, "least": [least[one] for one in chosen], "points": [points[one] for one in chosen]}
    schema = pa.schema([(column, pa.int64()) for column in columns])
    return engine.table(f"wanted_{name}", pa.table(columns, schema=schema))


def _runs(rows: Table, holds: Table, *, extra: int) -> Table:
    """Neighbouring rows on which `holds`, as runs; `extra` readings before the first of them belong to the run."""
    import ibis

    order = ibis.window(group_by="meter", order_by="begin")
    rows = rows.select(*_COLUMNS, "least", "points", broken=(~ibis.coalesce(holds, False)).cast("int64"))
    running = ibis.window(group_by="meter", order_by="begin", preceding=None, following=0)
    rows = rows.mutate(run=rows.broken.sum().over(running), nth=ibis.row_number().over(order))
    held = rows.filter(rows.broken == 0)
    runs = held.group_by("meter", "run", "least", "points").aggregate(
        first=(held.begin - held.span * extra).min(),
        last=held.begin.max(),
        n=held.count() + extra,
        micro=held.micro.max(),
    )
    return runs.filter(runs.n >= runs.points)

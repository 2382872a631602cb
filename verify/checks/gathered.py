"""Findings over rows that stay in the engine: one sentence per group of rows, every row of the group listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.rows import Found, tonnes
from verify.checks.world import World
from verify.engine import AMOUNT, Table

Group = Mapping[str, Any]
Say = Callable[[Group], Mapping[str, str]]


def gathered(
    world: World, rows: Table, *, by: Sequence[str] = (), sums: Sequence[str] = (), say: Say, unit: str = "tCO2"
) -> Table | Sequence[Found]:
    """`rows` as findings, one per distinct subject, period and `by`.

    `rows` has the columns table, row_id, subject, period, effect (decimal, null where not quantified), those of `by`
    (texts) and those of `sums` (decimals). `say` gets a group (subject, period, its `by`, exact `sums`, `effect`) and
    returns the arguments. The effect of a group stands on its first row, because the runner adds the effects of rows.
    """
    keys = ["subject", "period", *by]
    groups = world.engine.rows(
        rows.group_by(keys)
        .aggregate(
            first=rows.row_id.min(),
            **{name: rows[name].cast(AMOUNT).sum().cast(AMOUNT) for name in ("effect", *sums)},
        )
        .order_by(keys)
    )
    if not groups:
        return []
    told = _told(world, keys, groups, [say(group) for group in groups])
    listed = rows.select("table", "row_id", **{f"of_{key}": rows[key] for key in keys})
    joined = listed.join(told, [f"of_{key}" for key in keys])
    return _headed(joined, unit)


def _told(world: World, keys: Sequence[str], groups: Sequence[Group], words: Sequence[Mapping[str, str]]) -> Table:
    """One row per group: its key, its first row, its effect and its arguments."""
    import pyarrow as pa

    names = sorted(words[0])
    columns: dict[str, list[Any]] = {f"of_{key}": [group[key] for group in groups] for key in keys}
    columns |= {f"say_{name}": [one[name] for one in words] for name in names}
    fields = [(name, pa.string()) for name in columns]
    columns |= {"first": [group["first"] for group in groups], "whole": [_gramme(group["effect"]) for group in groups]}
    schema = pa.schema([*fields, ("first", pa.string()), ("whole", pa.decimal128(38, 6))])
    return world.engine.table("told", pa.table(columns, schema=schema))


def _gramme(effect: Decimal | None) -> Decimal | None:
    return None if effect is None else tonnes(Fraction(effect))


def _headed(joined: Table, unit: str) -> Table:
    """The fixed head of a finding row, then its arguments."""
    import ibis

    arguments = {name.removeprefix("say_"): joined[name] for name in joined.columns if name.startswith("say_")}
    return joined.select(
        table=joined.table,
        row_id=joined.row_id,
        subject=joined.of_subject,
        period=joined.of_period,
        effect=ibis.ifelse(joined.row_id == joined.first, joined.whole, ibis.null("decimal(38, 6)")),
        effect_unit=ibis.literal(unit),
        **arguments,
    )

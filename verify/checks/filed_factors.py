"""Emission factors filed in rows of power and heat, beside the factors of the ruler for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verify.canonical import FACTOR_PLACES, decimal_text, quantise
from verify.checks.rows import text
from verify.checks.undone import facts
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger import REPORTED

FILED_BY_ROW = "filed("  # factor ids of lines that hold under the reading `reported`


def filed_factors(world: World, classes: Iterable[str]) -> Table:
    """Rows that count at another factor than the one they file.

    Columns: table, row_id, subject (enterprise), period (year), flow, evidence_kind, quantity (unsigned, base unit),
    filed and due (factors as text), effect (tCO2 by the ruler's factor minus tCO2 as filed).
    """
    held = world.lines(method=REPORTED)
    filed = held.filter(
        (held.measure == "carbon") & held.factor_id.startswith(FILED_BY_ROW) & held.item_class.isin(sorted(classes))
    )
    filed = filed.select("row_id", "enterprise_id", "year", "flow", "quantity", filed=filed.factor, as_filed=filed.tco2)
    due = world.lines().filter(lambda t: (t.measure == "carbon") & (t.table == "activity"))
    joined = filed.join(due.select("row_id", due=due.factor, by_rule=due.tco2), "row_id")
    joined = joined.join(facts(world, "activity").select("row_id", "evidence_kind"), "row_id")
    return joined.select(
        "row_id", "flow", "evidence_kind",
        table=_word("activity"),
        subject=joined.enterprise_id,
        period=joined.year,
        quantity=joined.quantity.abs().cast(AMOUNT),
        filed=plain(joined.filed),
        due=plain(joined.due),
        effect=(joined.by_rule - joined.as_filed).cast(AMOUNT),
    )  # fmt: skip


def strange(world: World, rows: Table, allowed: Iterable[str]) -> Table:
    """Those of `rows` whose filed factor the method does not print, or that show less than the factor of their kind."""
    printed = [decimal_text(quantise(world.number(one), FACTOR_PLACES)) for one in allowed]
    return rows.filter(~rows.filed.isin(printed) | (rows.effect > 0))


def said(group: Mapping[str, Any]) -> dict[str, str]:
    """The arguments of a finding about a group of such rows."""
    return {"quantity": text(group["quantity"]), "filed_factor": group["filed"], "due_factor": group["due"]}


def plain(decimal: Table) -> Table:
    """A decimal column as the shortest exact text."""
    return decimal.cast("string").re_replace(r"\.?0+$", "")


def _word(word: str) -> Any:
    import ibis

    return ibis.literal(word)

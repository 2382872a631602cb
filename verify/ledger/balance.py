"""Carbon balances (national-ruler 6a): measured sides or none.

Output of a transformation, or of a process balance, is credited only where the balance could be run: both sides of the
unit measured, or both on one declared set, and no more carbon out than in. Otherwise the input stands alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from verify.engine import Engine, Table
from verify.ledger.basis import consistent, read_reading

_UNIT = ("boundary", "table", "enterprise_id", "source_id", "activity_type", "year")


def settle(engine: Engine, lines: Table) -> tuple[Table, list[dict[str, Any]]]:
    """`lines` with refused credits set to zero, and every balance with its reason."""
    gated = lines.filter(lambda t: t.gate != "")
    sides = engine.rows(
        gated.group_by([*_UNIT, "reading", "gate", "measured"]).aggregate(
            amount=gated.tco2.sum().cast("decimal(38, 18)"),
            quantity=gated.quantity.sum().cast("decimal(38, 6)"),
            count=gated.count(),
        )
    )
    if not sides:
        return lines, []
    balances = _judge(sides)
    refused = [one for one in balances if not one["credited"] and one["out"]]
    if not refused:
        return lines, balances
    import ibis
    import pyarrow as pa

    keys = [*_UNIT, "reading"]
    table = engine.table(
        "refused",
        pa.table(
            {key: [one[key] for one in refused] for key in keys}, schema=pa.schema([(key, pa.string()) for key in keys])
        ),
    )
    marked = lines.left_join(table.mutate(stop=ibis.literal(True)), keys, rname="{name}_refused")
    stopped = marked.stop.fill_null(False) & (marked.gate == "carbon_balance_out")
    marked = marked.mutate(
        tco2=ibis.ifelse(stopped, ibis.literal(0).cast("decimal(38, 18)"), marked.tco2),
        factor=ibis.ifelse(stopped, ibis.literal(0).cast("decimal(19, 12)"), marked.factor),
    )
    return engine.keep("settled", marked.select(*lines.columns)), balances


def _judge(sides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One balance per unit, year and reading of its outputs (units without outputs too: nothing to credit)."""
    units: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for side in sides:
        units.setdefault(tuple(side[key] for key in _UNIT), []).append(side)
    balances = []
    for unit in sorted(units):
        found = units[unit]
        outputs = [side for side in found if side["gate"] == "carbon_balance_out" and side["amount"]]
        for reading in sorted({side["reading"] for side in outputs} or {""}):
            held = read_reading(reading)
            inputs = [
                side for side in found if side["gate"] == "carbon_balance_in" and _compatible(side["reading"], held)
            ]
            given = [side for side in outputs if side["reading"] == reading]
            balances.append({**dict(zip(_UNIT, unit, strict=True)), "reading": reading, **_verdict(inputs, given)})
    return balances


def _compatible(reading: str, held: dict[str, str]) -> bool:
    conditions = read_reading(reading)
    shared = {key: word for key, word in conditions.items() if key in held}
    return consistent(shared, held)


def _verdict(inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]) -> dict[str, Any]:
    carbon_in = sum((side["amount"] for side in inputs), Decimal(0))
    carbon_out = -sum((side["amount"] for side in outputs), Decimal(0))
    measured = {side["measured"] for side in (*inputs, *outputs)}
    if not outputs:
        reason = ""
    elif not inputs:
        reason = "no_input"
    elif len(measured) > 1:
        reason = "defaults_on_one_side"
    elif carbon_out > carbon_in:
        reason = "out_exceeds_in"
    else:
        reason = ""
    return {"in": carbon_in, "out": carbon_out, "credited": not reason, "reason": reason}

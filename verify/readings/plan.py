"""How each meter is read: one small table, made from `meters`, that every question about readings joins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.engine import Engine, Table
from verify.submission.contract import carriers
from verify.units import Units

_PLACES = 12  # of a factor: rounded here, once, so that products need no rounding (DESIGN 6)
_REGISTER, _END = "register", "end"


def plan(engine: Engine, meters: Iterable[Mapping[str, Any]]) -> Table:
    """One row per meter: submission_id, meter_id, carrier, unit, factor, minutes, ends, counts, role.

    `factor` takes a value as read to the base unit of the carrier (CT x PT times the unit; a blank multiplier is 1, a blank
    unit the base unit), `unit` names that base unit. `minutes` is the meter's own interval or null. `ends`: the stamp is
    the end of the interval, so that 00:00 belongs to the day before; blank means start. `counts`: the value is a register,
    energy is the difference to the reading before; blank means an interval amount.
    """
    import pyarrow as pa

    rows = [_row(meter) for meter in meters]
    schema = pa.schema(
        [
            ("submission_id", pa.string()),
            ("meter_id", pa.string()),
            ("carrier", pa.string()),
            ("role", pa.string()),
            ("unit", pa.string()),
            ("factor", pa.decimal128(19, 12)),
            ("minutes", pa.int64()),
            ("ends", pa.bool_()),
            ("counts", pa.bool_()),
        ]
    )
    return engine.table("meter_plan", pa.Table.from_pylist(rows, schema=schema))


def scale(meter: Mapping[str, Any]) -> tuple[Fraction, str]:
    """(factor from a value as read to base units, base unit) of one row of `meters`."""
    units = Units.standard()
    known = carriers().get(meter["carrier"])
    dimension = known.dimension if known else ""
    base = units.base(dimension) if dimension else meter["unit"]
    unit = units.find(meter["unit"]) if meter["unit"] else None
    factor = units.factor(unit, dimension) if unit is not None and dimension else Fraction(1)
    if factor is None:  # steam by the tonne and the like: the readings stay in the unit of the meter
        factor, base = Fraction(1), meter["unit"]
    return Fraction(meter["multiplier"] or 1) * factor, base


def _row(meter: Mapping[str, Any]) -> dict[str, Any]:
    factor, base = scale(meter)
    return {
        "submission_id": meter["submission_id"],
        "meter_id": meter["meter_id"],
        "carrier": meter["carrier"],
        "role": meter["role"],
        "unit": base,
        "factor": Decimal(decimal_text(factor, _PLACES)),
        "minutes": meter["interval_minutes"],
        "ends": meter["stamp"] == _END,
        "counts": meter["reading_kind"] == _REGISTER,
    }

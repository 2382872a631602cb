"""The steel plant of steel_plant_15min: CO2 that is not kWh times the factor, and a kWh that its reactive power betrays.

Recomputed in the tool's own engine, in decimals; only the root of the power factor is a float.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

import numpy as np

from tests.acceptance.metered import DATA

HALF_CO2 = Decimal("0.005")  # t: the file shows hundredths
HALF_KWH, HALF_PF = 0.005, 0.005  # kWh, kvarh and per cent: hundredths too
EDITS = 200


def rows() -> Any:
    """line, kwh, kvarh (lagging), co2 and pf (lagging, per cent) as an arrow table."""
    import pyarrow as pa

    with (DATA / "steel_plant_15min" / "Steel_industry_data.csv").open(encoding="utf-8-sig") as file:
        held = list(csv.reader(file))[1:]
    return pa.table(
        {
            "line": list(range(2, len(held) + 2)),
            "kwh": pa.array([Decimal(row[1]) for row in held], pa.decimal128(18, 6)),
            "kvarh": pa.array([Decimal(row[2]) for row in held], pa.decimal128(18, 6)),
            "co2": pa.array([Decimal(row[4]) for row in held], pa.decimal128(18, 6)),
            "pf": pa.array([Decimal(row[5]) for row in held], pa.decimal128(18, 6)),
        }
    )


def factor(data: Any) -> Decimal:
    """tCO2/kWh behind the column: the number of seven places that leaves the fewest rows beyond the rounding of the file."""
    kwh, co2 = (np.array([float(one) for one in data[name].to_pylist()]) for name in ("kwh", "co2"))
    tried = np.arange(3000, 7000) * 1e-7
    off = [int((np.abs(co2 - kwh * one) > 0.005 + 1e-9).sum()) for one in tried]
    fewest = [one for one, count in zip(tried, off, strict=True) if count == min(off)]
    return Decimal(f"{fewest[len(fewest) // 2]:.7f}")


def measured() -> dict[str, object]:
    """Counts: rows whose CO2 is not kWh x factor, rows whose power factor does not hold, and edits that it betrays."""
    import ibis

    from verify.engine import AMOUNT, FACTOR, Engine

    data, engine = rows(), Engine(threads=2)
    listed = factor(data)
    table = engine.table("steel", data)
    due = (table.kwh * ibis.literal(listed, FACTOR)).cast(AMOUNT)
    off = table.filter((table.co2.cast(AMOUNT) - due).abs() > ibis.literal(HALF_CO2, AMOUNT))
    wrong = engine.rows(off.select("line", "kwh", "co2").order_by("line"))
    before = broken(engine, table)
    random = np.random.default_rng(6)
    reactive = [n for n, one in enumerate(data["kvarh"].to_pylist()) if one > 1 and n + 2 not in before]
    caught = {}
    for per_cent in (1, 2, 5, 10):
        chosen = sorted(int(one) for one in random.choice(reactive, EDITS, replace=False))
        kwh = data["kwh"].to_pylist()
        for n in chosen:
            kwh[n] = (kwh[n] * (100 - per_cent) / 100).quantize(Decimal("0.01"))
        edited = data.set_column(1, "kwh", [kwh])
        lines = broken(engine, engine.table("edited", edited.cast(data.schema)))
        caught[f"{per_cent} % less"] = f"{len(lines & {n + 2 for n in chosen})} of {EDITS}"
    return {
        "rows": str(len(data)),
        "factor_t_per_kwh": str(listed),
        "co2_is_not_kwh_times_factor": {
            "rows": str(len(wrong)),
            "first_lines": [str(row["line"]) for row in wrong[:10]],
        },
        "power_factor_does_not_hold_as_recorded": str(len(before)),
        "edited_kwh_caught": caught,
    }


def broken(engine: Any, table: Any) -> set[int]:
    """Lines at which pf is not kWh / sqrt(kWh^2 + kvarh^2) within the rounding of all three."""
    kwh, kvarh, pf = (table[name].cast("float64") for name in ("kwh", "kvarh", "pf"))
    least = 100 * (kwh - HALF_KWH) / ((kwh - HALF_KWH) ** 2 + (kvarh + HALF_KWH) ** 2).sqrt() - HALF_PF
    most = 100 * (kwh + HALF_KWH) / ((kwh + HALF_KWH) ** 2 + (kvarh - HALF_KWH) ** 2).sqrt() + HALF_PF
    rows = table.filter((table.kwh > 0) & ((pf < least) | (pf > most)))
    return {row["line"] for row in engine.rows(rows.select("line"))}

"""The real series of ../shared/data as vectors."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

import numpy as np

from tests.acceptance.metered import DATA, Given

Vector = np.ndarray[Any, Any]
QUARTER, HOUR = 15, 60


def there() -> bool:
    """Whether the data lie beside this checkout."""
    return DATA.is_dir()


@cache
def load_profile(name: str) -> Given:
    """A quarter-hour profile of load_profiles_15min (LP_G_G …); stamps with an offset are taken as one even clock."""
    with (DATA / "load_profiles_15min" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return Given(np.array([float(row[1]) for row in rows]), QUARTER, begin=rows[0][0][:16].replace(" ", "T"))


@cache
def simbench() -> dict[str, Given]:
    """All quarter-hour profiles of res_profiles_15min, per unit, by their column; those of the sun marked."""
    import pyarrow.parquet as pq

    found: dict[str, Given] = {}
    for name in ("load_pload", "res"):
        table = pq.read_table(DATA / "res_profiles_15min" / f"{name}.parquet")
        for column in table.schema.names[1:]:
            sun = column.startswith(("PV", "lv_"))
            found[column] = Given(np.asarray(table[column].to_numpy()), QUARTER, sun, begin="2016-01-01T00:00")
    return found


@cache
def buildings() -> dict[str, Given]:
    """Load and solar generation of the eight buildings, by hour."""
    found: dict[str, Given] = {}
    for number in range(1, 9):
        path = DATA / "buildings_hourly_pv" / f"Building_{number}.csv"
        with path.open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        load = np.array([float(row["Equipment Electric Power [kWh]"] or "nan") for row in rows])
        sun = np.array([float(row["Solar Generation [W/kW]"] or "nan") for row in rows])
        found[f"building{number}"] = Given(load, HOUR)
        found[f"roof{number}"] = Given(sun, HOUR, sun=True)
    return found


@cache
def stale() -> tuple[Vector, Vector]:
    """The inverter of pv_stale_labels: values (nan where none) and the labels."""
    with (DATA / "pv_stale_labels" / "ac_power_inv_2173_stale_data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = np.array([float(row["value_normalized"] or "nan") for row in rows])
    return values, np.array([row["stale_data_mask"] == "True" for row in rows])

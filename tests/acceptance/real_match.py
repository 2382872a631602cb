"""A real industrial load and real solar output as hourly Wh: two files of ../shared/data, scaled to whole Wh and equal years."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

DATA = Path(__file__).parents[3] / "shared" / "data"
LOADS = {"LP_G_MH": "metal works", "LP_G_G": "electroplating"}
LOAD_MWH = 10_000  # of a year: the files are of 1 MWh
HOURS, QUARTERS = 8760, 4
_SOLAR = "PV1"
_BERLIN = ZoneInfo("Europe/Berlin")


def missing() -> str:
    """The first file that is not there; '' where all are."""
    files = [_load_file(name) for name in LOADS] + [_solar_file()]
    return next((str(one.relative_to(DATA)) for one in files if not one.is_file()), "")


def load(name: str) -> list[int]:
    """Wh by hour of one of `LOADS`, a year of 8,760 hours from its first stamp on: the mean of four quarter hours in W/MWh."""
    with _load_file(name).open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    milliwatts = [round(float(value) * 1000) for _, value in rows]  # three places are printed
    assert len(milliwatts) == HOURS * QUARTERS
    return [sum(milliwatts[at : at + QUARTERS]) * LOAD_MWH // (QUARTERS * 1000) for at in range(0, len(rows), QUARTERS)]


def solar(total: int) -> list[int]:
    """Output by hour of 2016 without 29 February, scaled so that its year is `total` Wh exactly.

    The file is written in the local time of Germany: 27 March has no second hour, 30 October has it twice. Its rows follow
    each other every quarter of an hour, so the hours are counted from the first row on, in winter time like the loads.
    """
    import pyarrow.parquet as pq

    table = pq.read_table(_solar_file(), columns=["time", _SOLAR])
    start = datetime(2016, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    found: dict[int, int] = {}
    for row, (stamp, value) in enumerate(zip(table["time"].to_pylist(), table[_SOLAR].to_pylist(), strict=True)):
        at = start + timedelta(minutes=15 * row)
        assert stamp == f"{at.astimezone(_BERLIN):%d.%m.%Y %H:%M}"
        if (at.month, at.day) != (2, 29):
            found[row // QUARTERS] = found.get(row // QUARTERS, 0) + round(value * 10**9)
    return scaled([found[hour] for hour in sorted(found)], total)


def scaled(weights: Sequence[int], total: int) -> list[int]:
    """`total` over the hours in proportion, whole Wh that add up exactly."""
    whole, seen, given, out = sum(weights), 0, 0, []
    for weight in weights:
        seen += weight
        out.append(total * seen // whole - given)
        given += out[-1]
    return out


def months() -> list[int]:
    """The month, 0 to 11, of every hour of a year of 365 days."""
    first = datetime(2019, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    return [(first + timedelta(hours=hour)).month - 1 for hour in range(HOURS)]


def _load_file(name: str) -> Path:
    return DATA / "load_profiles_15min" / f"{name}.csv"


def _solar_file() -> Path:
    return DATA / "res_profiles_15min" / "res.parquet"

"""Honest parks for the statistical family: simulated ones, and such whose months and readings are drawn from real series.

A resampled park has three to seven members. The load of each is a real year (../shared/data), its days drawn anew within each calendar
month and spread over three years; what it makes is another real load. Readings are two months of the same load, as a meter shows them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from fixtures.simulator.frozen import MET, NOT_MET, UNDETERMINED
from fixtures.simulator.park import Park, Row
from fixtures.simulator.simulate import simulate
from verify.checks import number_series as series
from verify.checks import number_tests as tests
from verify.checks.number_family import FAMILY, Judged, judged
from verify.checks.number_series import Counted, Series
from verify.ruler import load_ruler
from verify.statistics import grid_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ABSENT = "../shared/data is not on this machine"
YEARS = ("2025", "2026", "2027")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_RECIPES = (MET, NOT_MET, UNDETERMINED)
_DIGITS, _DUPLICATES, _HEAPING, _HUGGING, _VARIANCE, _BREAK = FAMILY
Load = list[list[list[float]]]  # by month, by day, by reading


def asked(lines: list[Judged]) -> list[str]:
    """Tests of a park that would raise a question."""
    return [f"{one.test.code} {one.test.test}" for one in lines if one.state == "significant"]


def simulated(seed: int) -> list[Judged]:
    """The family of a simulated park: one of the frozen recipes with another seed."""
    recipe = _RECIPES[seed % len(_RECIPES)]
    park = simulate(seed, replace(recipe, park_id=f"numbers-{seed}"))
    rules = _rules()
    rows = [_decimal(row) for row in park.rows("activity") if row["basis"] == "meter"]
    monthly = {
        code: series.series_of([row for row in rows if row["flow"] in of["flows"]], "activity", "carrier")
        for code, of in rules.items()
        if "flows" in of
    }
    made = [_decimal(row) for row in park.rows("production") if row["flow"] == "made"]
    return _family(monthly, series.series_of(made, "production", "product"), [], _sizes(park))


def resampled(seed: int) -> list[Judged]:
    """The family of a park drawn from real series."""
    random = Random(f"numbers/{seed}")
    loads = [*_loads()]
    used: list[Series] = []
    made: list[Series] = []
    counted: list[Counted] = []
    for number in range(random.randint(3, 7)):
        member, load = f"E{number}", random.choice(loads)
        annual, places = exp(random.uniform(6, 12)), random.choice(("0.001", "0.01", "0.1"))  # MWh, 400 to 160,000
        used.append(_months(random, load, member, "electricity", annual, places))
        made.append(_months(random, random.choice(loads), member, "product", exp(random.uniform(5, 12)), "0.01"))
        counted.append(_readings(random, load, member, annual))
    rules = _rules()
    return _family(dict.fromkeys(rules, used), made, counted, {})


def _family(
    monthly: dict[str, list[Series]], made: list[Series], counted: list[Counted], sizes: dict[tuple[str, str], Decimal]
) -> list[Judged]:
    numbers = {code: _numbers(params) for code, params in _rules().items()}
    paired = {code: tests.beside_output(monthly[code], made) for code in (_VARIANCE, _BREAK)}
    lines = [
        *tests.digit_tests([*series.monthly_digits(monthly[_DIGITS]), *counted], numbers[_DIGITS]),
        *tests.duplicate_tests([*monthly[_DUPLICATES], *made], numbers[_DUPLICATES]),
        *tests.heaping_tests([*series.monthly_digits(monthly[_HEAPING]), *counted], numbers[_HEAPING]),
        *tests.variance_tests([], paired[_VARIANCE], numbers[_VARIANCE]),
        *tests.break_tests(paired[_BREAK], numbers[_BREAK]),
    ]
    one = numbers[_DIGITS]
    return judged(lines, sizes, one["error"], one["least_weight"])


@cache
def _rules() -> dict[str, Any]:
    checks = load_ruler("cn-national-2025").text.checks
    return {code: checks[code].params for code in FAMILY}


def _numbers(params: dict[str, Any]) -> dict[str, float]:
    ruler = load_ruler("cn-national-2025")
    return {
        name: float(ruler.number(value)) if value.startswith("practice.") else float(value)
        for name, value in params.items()
        if isinstance(value, str)
    }


def _decimal(row: Row) -> dict[str, Any]:
    return row | {"quantity": Decimal(row["quantity"])}


def _sizes(park: Park) -> dict[tuple[str, str], Decimal]:
    """What stands in for the tonnes of a source: the sum of its quantities."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in park.rows("activity"):
        key = (row["enterprise_id"], row["source_id"])
        found[key] = found.get(key, Decimal(0)) + Decimal(row["quantity"])
    return found


def _months(random: Random, load: Load, member: str, name: str, annual: float, places: str) -> Series:
    """Three years of a load: days drawn with replacement within the calendar month, one level of growth a year."""
    mean = sum(sum(sum(day) for day in month) for month in load)
    values, months = [], []
    level = annual / mean
    for year in YEARS:
        for month in range(12):
            total = sum(sum(random.choice(load[month])) for _ in range(_DAYS[month]))
            values.append(Decimal(total * level).quantize(Decimal(places)))
            months.append(f"{year}-{month + 1:02d}")
        level *= 1 + random.gauss(0.02, 0.03)
    flow = "final_use" if name == "electricity" else "made"
    table = "activity" if name == "electricity" else "production"
    return Series(table, member, f"{member}-works", name, flow, tuple(months), tuple(values))


def _readings(random: Random, load: Load, member: str, annual: float) -> Counted:
    """Last digits of two months of readings, distinct, on the grid that the meter shows (kWh with two decimals at most)."""
    mean = sum(sum(sum(day) for day in month) for month in load)
    scale = annual * 1_000 / mean
    first = random.randrange(0, 11)
    shown = [
        Decimal(value * scale).quantize(Decimal("0.01"))
        for month in (first, first + 1)
        for day in load[month]
        for value in day
        if value > 0
    ]
    grid = grid_of(shown)
    units = {unit for unit in grid.units if unit >= 100} if grid.step == 1 else set()
    return Counted(f"{member}-meter", member, "", "readings", "electricity", dict(Counter(unit % 10 for unit in units)))


@cache
def _loads() -> tuple[Load, ...]:
    """Real years: industrial quarter hours (MIT, ODbL) and buildings by the hour (MIT). Series that copy another are left out."""
    return tuple(_real())


def _real() -> Iterator[Load]:
    from pyarrow import parquet

    for name in ("LP_G_G", "LP_G_MH", "LP_G_MV"):
        with (DATA / "load_profiles_15min" / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        yield _shaped([(_month(stamp), float(value)) for stamp, value in rows], 96)
    table = parquet.read_table(DATA / "res_profiles_15min" / "load_pload.parquet")
    stamps = [_month(str(stamp)) for stamp in table.column("time").to_pylist()]
    for name in (
        "mv_comm_pload",
        "mv_add1_pload",
        "mv_urban_pload",
        "G3-A_pload",
        "G4-B_pload",
        "BL-H_pload",
        "WB-H_pload",
    ):
        yield _shaped(list(zip(stamps, map(abs, map(float, table.column(name).to_pylist())), strict=True)), 96)
    for number in range(1, 9):
        with (DATA / "buildings_hourly_pv" / f"Building_{number}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        loads = [(int(float(row["Month"])), float(row["Equipment Electric Power [kWh]"])) for row in rows]
        yield _shaped(loads, 24)


def _month(stamp: str) -> int:
    """The files write 2017-01-31 or 31.01.2017."""
    return int(stamp[3:5] if stamp[2] == "." else stamp[5:7])


def _shaped(readings: list[tuple[int, float]], day: int) -> Load:
    """Readings by calendar month, cut into days; what is left over of a month is dropped."""
    months: list[list[float]] = [[] for _ in range(12)]
    for month, value in readings:
        months[month - 1].append(value)
    return [[of[at : at + day] for at in range(0, len(of) - day + 1, day)] for of in months]

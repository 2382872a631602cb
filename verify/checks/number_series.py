"""Series of numbers that the statistical family looks at: months of flows and of output, laboratory values, digit counts.

Large tables stay in the engine: of readings and invoices only counts of digits come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from typing import Any

from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.statistics import Digits, grid_of

_MONTH = 7  # characters of a month
_POWERS = 12  # of ten that a value of six decimals may hold beyond its quantum
_LEAST_UNITS = 100  # smaller values have a last digit that is hardly free
_MICRO = 1_000_000


@dataclass(frozen=True)
class Series:
    """Months of one flow: `values` in base units, oldest first, zero where the month was filed as zero."""

    table: str
    enterprise_id: str
    source_id: str
    name: str
    flow: str
    months: tuple[str, ...]
    values: tuple[Decimal, ...]

    @property
    def subject(self) -> str:
        """The source, or the member where no source is named."""
        return self.source_id or self.enterprise_id

    @property
    def years(self) -> dict[str, list[tuple[str, Decimal]]]:
        """(month, value) by year."""
        found: dict[str, list[tuple[str, Decimal]]] = {}
        for month, value in zip(self.months, self.values, strict=True):
            found.setdefault(month[:4], []).append((month, value))
        return found


@dataclass(frozen=True)
class Measured:
    """Laboratory values of one property, one per report; `bound`: the value that they are held against, if any."""

    enterprise_id: str
    table: str
    name: str
    aspect: str
    values: tuple[float, ...]
    reports: int
    bound: float | None


@dataclass(frozen=True)
class Counted:
    """Last digits of distinct readings, or leading digits of invoices, of one subject."""

    subject: str
    enterprise_id: str
    source_id: str
    table: str
    name: str
    last: Mapping[int, int]
    leading: Digits | None = None


def series_of(rows: Iterable[Mapping[str, Any]], table: str, name: str) -> list[Series]:
    """Rows (enterprise_id, source_id, `name`, flow, period, quantity: Decimal) as series, in order of their keys."""
    found: dict[tuple[str, str, str, str], dict[str, Decimal]] = {}
    for row in rows:
        if len(row["period"]) == _MONTH and row["quantity"] is not None:
            months = found.setdefault((row["enterprise_id"], row["source_id"], row[name], row["flow"]), {})
            months[row["period"]] = months.get(row["period"], Decimal(0)) + row["quantity"]
    return [
        Series(table, *key, tuple(sorted(months)), tuple(months[one] for one in sorted(months)))
        for key, months in sorted(found.items())
    ]


def flows(world: World, bases: Sequence[str], wanted: Sequence[str]) -> list[Series]:
    """Monthly series of energy flows on these measurement bases."""
    rows = world.table("activity")
    rows = rows.filter(rows.basis.isin(list(bases)) & rows.flow.isin(list(wanted)) & (rows.period.length() == _MONTH))
    return series_of(_summed(world, rows, "carrier"), "activity", "carrier")


def outputs(world: World) -> list[Series]:
    """Monthly series of what was made."""
    rows = world.table("production")
    rows = rows.filter((rows.flow == "made") & (rows.period.length() == _MONTH))
    return series_of(_summed(world, rows, "product"), "production", "product")


def _summed(world: World, rows: Table, name: str) -> list[dict[str, Any]]:
    keys = ["enterprise_id", "source_id", name, "flow", "period"]
    return world.engine.rows(rows.group_by(keys).aggregate(quantity=rows.quantity.sum().cast("decimal(38, 6)")))


def monthly_digits(series: Sequence[Series]) -> list[Counted]:
    """Last digits of monthly values by member, each on the grid of its own series; instruments that count in steps left out."""
    counts: dict[str, dict[int, int]] = {}
    for one in series:
        grid = grid_of(one.values)
        if grid.step != 1:
            continue
        for unit in {abs(unit) for unit in grid.units if abs(unit) >= _LEAST_UNITS}:
            of = counts.setdefault(one.enterprise_id, {})
            of[unit % 10] = of.get(unit % 10, 0) + 1
    return [Counted(member, member, "", "activity", "", digits) for member, digits in sorted(counts.items())]


def reading_digits(world: World) -> list[Counted]:
    """Last digits of the distinct readings of each meter, on the largest power of ten that all of them stand on."""
    import ibis

    if not world.handed_in("readings") or not world.handed_in("meters"):
        return []
    rows = world.table("readings").filter(lambda t: t.quality.isin(["", "valid"]) | t.quality.isnull())
    micro = rows.select("meter_id", v=(rows.value * _MICRO).cast("int64").abs()).filter(lambda t: t.v > 0)
    divides = {f"p{power}": (micro.v % 10**power).max() for power in range(1, _POWERS + 1)}
    grids = world.engine.rows(micro.group_by("meter_id").aggregate(**divides))
    quanta = {row["meter_id"]: 10 ** _trailing(row) for row in grids}
    if not quanta:
        return []
    quantum = ibis.literal(1).cast("int64")
    for size in sorted(set(quanta.values()) - {1}):
        of = [meter for meter, one in sorted(quanta.items()) if one == size]
        quantum = ibis.ifelse(micro.meter_id.isin(of), ibis.literal(size).cast("int64"), quantum)
    units = micro.select("meter_id", u=micro.v // quantum).filter(lambda t: t.u >= _LEAST_UNITS).distinct()
    digits = units.select("meter_id", d=units.u % 10)
    counts: dict[str, dict[int, int]] = {}
    for row in world.engine.rows(digits.group_by(["meter_id", "d"]).aggregate(n=digits.count())):
        counts.setdefault(row["meter_id"], {})[int(row["d"])] = int(row["n"])
    meters = {row["meter_id"]: row for row in world.rows("meters")}
    return [
        Counted(one, meter["enterprise_id"], meter["source_id"], "readings", meter["carrier"], counts[one])
        for one in sorted(counts)
        if (meter := meters.get(one)) is not None and not _steps(counts[one])
    ]


def invoice_digits(world: World, bases: Sequence[str]) -> list[Counted]:
    """First two digits of the rows of a member that are parts of a month (several of a flow in one month, or with days)."""
    rows = world.table("activity")
    rows = rows.filter(rows.basis.isin(list(bases)) & rows["from"].notnull() & (rows.quantity > 0))
    micro = rows.select("enterprise_id", v=(rows.quantity * _MICRO).cast("int64"))
    pairs = micro.mutate(lead=micro.v.cast("string").substr(0, 2))
    grouped = pairs.group_by(["enterprise_id", "lead"]).aggregate(
        n=pairs.count(), low=pairs.v.min(), high=pairs.v.max()
    )
    members: dict[str, list[dict[str, Any]]] = {}
    for row in world.engine.rows(grouped):
        members.setdefault(row["enterprise_id"], []).append(row)
    found = []
    for member, of in sorted(members.items()):
        counts = {int(row["lead"].ljust(2, "0")): int(row["n"]) for row in sorted(of, key=lambda row: str(row["lead"]))}
        decades = log10(max(row["high"] for row in of) / min(row["low"] for row in of))
        leading = Digits(counts, sum(counts.values()), decades)
        found.append(Counted(member, member, "", "activity", "", {}, leading))
    return found


def laboratory(world: World, kinds: Sequence[str]) -> list[Measured]:
    """Heat values and carbon contents by member and carrier, one value per laboratory report, beside the ruler's default."""
    papers = {identifier for identifier, kind in world.evidence_kinds().items() if kind in set(kinds)}
    rows = world.table("activity")
    rows = rows.filter(rows.ncv.notnull() | rows.carbon_content.notnull())
    columns = ["enterprise_id", "carrier", "period", "evidence_id", "ncv", "carbon_content"]
    fetched = world.engine.rows(rows.select(*columns).distinct().order_by(columns)) if papers else []
    values: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in fetched:
        for aspect in ("ncv", "carbon_content"):
            if row[aspect] is not None and row["evidence_id"] in papers:
                values.setdefault((row["enterprise_id"], row["carrier"], aspect), {})[row["evidence_id"]] = float(
                    row[aspect]
                )
    found = []
    for (member, carrier, aspect), of in sorted(values.items()):
        default = world.ruler.find(f"fuel.{carrier}.{aspect}", world.year)
        bound = float(world.ruler.number(f"fuel.{carrier}.{aspect}", world.year)) if default is not None else None
        found.append(
            Measured(member, "activity", carrier, aspect, tuple(of[one] for one in sorted(of)), len(of), bound)
        )
    return found


def unit_energies(world: World) -> list[Measured]:
    """Unit energy over its limit, by member and product; the bound is 1."""
    rows = world.table("production")
    rows = rows.filter(rows.unit_energy.notnull() & (rows.unit_energy_limit > 0))
    columns = ["enterprise_id", "product", "period", "unit_energy", "unit_energy_limit"]
    values: dict[tuple[str, str], list[float]] = {}
    for row in world.engine.rows(rows.select(*columns).order_by(columns)):
        share = float(row["unit_energy"] / row["unit_energy_limit"])
        values.setdefault((row["enterprise_id"], row["product"]), []).append(share)
    return [
        Measured(*key[:1], "production", key[1], "unit_energy", tuple(of), len(of), 1.0)
        for key, of in sorted(values.items())
    ]


def tonnes_by_source(world: World) -> dict[tuple[str, str], Decimal]:
    """Absolute tCO2 of all years behind each (enterprise, source), for the weights of the family."""
    lines = world.lines().filter(lambda t: t.measure == "carbon")
    summed = lines.group_by(["enterprise_id", "source_id"]).aggregate(tco2=lines.tco2.abs().sum().cast(AMOUNT))
    return {
        (row["enterprise_id"], row["source_id"]): row["tco2"]
        for row in world.engine.rows(summed)
        if row["tco2"] is not None
    }


def _trailing(row: Mapping[str, Any]) -> int:
    power = 0
    while power < _POWERS and not row[f"p{power + 1}"]:
        power += 1
    return power


def _steps(digits: Mapping[int, int]) -> bool:
    """Whether only even digits, or only 0 and 5, occur: the instrument counts in twos or fives."""
    seen = {digit for digit, count in digits.items() if count}
    return seen <= {0, 2, 4, 6, 8} or seen <= {0, 5}

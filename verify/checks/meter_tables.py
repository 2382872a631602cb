"""The readings of a world, each table made once: how meters are read, their series, profiles, days, hours, and the rows behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from verify.checks.rows import NotApplicable
from verify.checks.world import World
from verify.engine import Table
from verify.readings import hourly, plan, series
from verify.readings.days import days
from verify.readings.plan import scale
from verify.readings.series import moment, stamp_of
from verify.readings.steps import amounts, counts, details, steps, yearly

EPOCH = date(1970, 1, 1)
_LISTED = 200  # readings that one finding names; its arguments say from when to when


@dataclass(frozen=True)
class Span:
    """A stretch of one meter: first and last interval start, minutes since 1970."""

    meter: int
    first: int
    last: int


def ready(world: World) -> None:
    """Raises NotApplicable where the park hands in no meters, or none of their readings (docs/adr/0029)."""
    if not world.handed_in("meters"):
        raise NotApplicable("no_meters")
    if not world.handed_in("readings"):
        raise NotApplicable("no_readings")


def meter_rows(world: World) -> list[dict[str, Any]]:
    """The meters; the place in the list is the number of the plan."""
    return world.rows("meters")


def numbers(world: World) -> dict[str, int]:
    """Meter id -> number of the plan."""
    return {row["meter_id"]: number for number, row in enumerate(meter_rows(world))}


def factor_of(world: World, meter: int) -> Fraction:
    """What a value of the meter as read is multiplied by to be in base units (MWh for electricity)."""
    return scale(meter_rows(world)[meter])[0]


def meter_plan(world: World) -> Table:
    """How each meter is read (`verify.readings.plan`)."""
    return _once(world, "plan", lambda: plan(world.engine, meter_rows(world)))


def meter_hours(world: World) -> Table:
    """Electricity per meter and hour: submission_id, meter_id, hour (its start), kwh (decimal), minutes covered."""
    return _kept(world, "hours", lambda: hourly(world.table("readings"), meter_plan(world)))


def meter_amounts(world: World) -> Table:
    """Interval amounts of every meter in the order of time: the readings are read once, and this is what is kept of them."""

    def made() -> Table:
        registers = any(row["reading_kind"] == "register" for row in meter_rows(world))
        return amounts(series(world.table("readings"), meter_plan(world), registers=registers))

    return _kept(world, "amounts", made)


def meter_steps(world: World) -> Table:
    """The amounts, each beside the two before it (`verify.readings.steps`): asked for where neighbours matter, and not written."""
    return _neighbours(world)[0]


def meter_days(world: World) -> Table:
    """Each day of each meter (`verify.readings.days`)."""
    return _kept(world, "days", lambda: days(meter_amounts(world)))


def profiles(world: World) -> list[dict[str, Any]]:
    """What is known of every meter and year: `yearly`, `counts` and `details` of `verify.readings.steps`, in order of both."""
    ready(world)

    def joined() -> list[dict[str, Any]]:
        told = _neighbours(world)[1]
        return [row | _QUIET | {"usual": row["high"]} | told[row["meter"], row["year"]] for row in _years(world)]

    return _once(world, "profiles", joined)  # type: ignore[no-any-return]


def _years(world: World) -> list[dict[str, Any]]:
    def fetched() -> list[dict[str, Any]]:
        return sorted(world.engine.rows(yearly(meter_days(world))), key=lambda row: (row["meter"], row["year"]))

    return _once(world, "years", fetched)  # type: ignore[no-any-return]


_QUIET = {"close": 0, "missing": 0, "longest": 0, "turned": 0}  # of a meter without an odd reading
Told = dict[tuple[int, int], dict[str, Any]]


def _neighbours(world: World) -> tuple[Table, Told]:
    """The steps, and what they say of meters and years; rows that did not come back as they were stored are sorted again."""

    def made() -> tuple[Table, Told]:
        if world.engine.in_order:
            rows = steps(meter_amounts(world), in_order=True)
            told = _counted(world, rows)
            opened = sum(one["opens"] for one in told.values())
            if opened == len({meter for meter, _ in told}) and not any(one["back"] for one in told.values()):
                return rows, told
        rows = steps(meter_amounts(world), in_order=False)
        return rows, _counted(world, rows)

    return _once(world, "neighbours", made)  # type: ignore[no-any-return]


def _counted(world: World, rows: Table) -> Told:
    """Counts of every meter, details of those that have odd readings."""
    import pyarrow as pa

    shown: dict[int, int] = {}
    for row in _years(world):
        shown[row["meter"]] = min(row["digit"], shown.get(row["meter"], row["digit"]))
    schema = pa.schema([("meter", pa.int64()), ("least", pa.int64())])
    columns = {"meter": list(shown), "least": list(shown.values())}
    slack = world.engine.table("slack", pa.table(columns, schema=schema))
    years = sorted({row["year"] for row in _years(world)})
    told = {(row["meter"], row["year"]): row for row in world.engine.rows(counts(rows, years, slack))}
    asked = sorted({row["meter"] for row in told.values() if row["odd"]})
    for row in world.engine.rows(details(rows, years, asked)) if asked else ():
        told[row["meter"], row["year"]] |= row
    return told


def by_meter(world: World) -> dict[int, list[dict[str, Any]]]:
    """The profiles of each meter, year by year."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in profiles(world):
        found.setdefault(row["meter"], []).append(row)
    return found


def monthly(world: World) -> dict[tuple[int, str], tuple[Fraction, int]]:
    """(meter, YYYY-MM) -> (amount in base units, days that are wholly covered)."""
    ready(world)

    def fetched() -> dict[tuple[int, str], tuple[Fraction, int]]:
        rows = meter_days(world)
        month = moment(rows.day * _DAY).strftime("%Y-%m")
        sums = rows.group_by("meter", month=month).aggregate(
            micro=rows.micro.sum(), whole=(rows.minutes == _DAY).cast("float64").sum().cast("int64")
        )
        return {
            (row["meter"], row["month"]): (
                Fraction(round(row["micro"]), 10**6) * factor_of(world, row["meter"]),
                row["whole"],
            )
            for row in world.engine.rows(sums)
        }

    return _once(world, "monthly", fetched)  # type: ignore[no-any-return]


def digit(years: Iterable[dict[str, Any]]) -> int:
    """The last digit that a meter shows, in millionths: 1000 for a meter of three decimals."""
    return min(int(row["digit"]) for row in years)


def reading_rows(world: World, spans: list[Span]) -> list[list[str]]:
    """Ids of the readings in each stretch, at most some hundred each, by one query."""
    import ibis
    import pyarrow as pa

    if not spans:
        return []
    columns = {"span_": range(len(spans)), "meter": [one.meter for one in spans]}
    columns |= {"first": [one.first for one in spans], "last": [one.last for one in spans]}
    schema = pa.schema([(name, pa.int64()) for name in columns])
    asked = world.engine.table("spans", pa.table({k: list(v) for k, v in columns.items()}, schema=schema))
    held = meter_amounts(world).join(asked, "meter")
    held = held.filter((held.begin >= held["first"]) & (held.begin <= held["last"]))
    nth = ibis.row_number().over(ibis.window(group_by=held.span_, order_by=held.begin))
    held = held.mutate(nth=nth).filter(lambda t: t.nth < _LISTED)
    held = stamp_of(held, meter_plan(world))
    held = held.select("span_", "submission_id", "meter_id", at=moment(held.at))
    rows = world.table("readings").select("submission_id", "meter_id", "at", "row_id")
    found: list[list[str]] = [[] for _ in spans]
    for row in world.engine.rows(rows.join(held, ["submission_id", "meter_id", "at"]).select("span_", "row_id")):
        found[row["span_"]].append(row["row_id"])
    return [sorted(ids) for ids in found]


def clock(minutes: int) -> str:
    """Minutes since 1970 as ``YYYY-MM-DD HH:MM``."""
    day, rest = divmod(minutes, _DAY)
    return f"{date.fromordinal(EPOCH.toordinal() + day)} {rest // 60:02d}:{rest % 60:02d}"


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - EPOCH.toordinal()


_DAY = 1440


def _once(world: World, name: str, make: Callable[[], Any]) -> Any:
    key = f"meters:{name}"
    if key not in world.cache:
        world.cache[key] = make()
    return world.cache[key]


def _kept(world: World, name: str, make: Callable[[], Table]) -> Table:
    return _once(world, name, lambda: world.engine.keep(f"meter_{name}", make()))

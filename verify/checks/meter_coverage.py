"""How much of each month each meter was read, and in which months what was found about it lies.

A meter owes the part of the year in which it ran, as TZ-MTR-01 has it; minutes are counted day by day, so that an interval told
twice makes up for no gap. A meter read more seldom than daily has no months to show.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from verify.checks.meter_gaps import owed_span
from verify.checks.meter_tables import by_meter, day_number, meter_days, meter_plan, meter_rows, numbers
from verify.checks.run import Finding
from verify.checks.world import World
from verify.readings.series import moment, stamped

FAMILY = "TZ-MTR-"
MONTHS = range(1, 13)
_DAY = 1440
_GAPS = "TZ-MTR-01"
_WHEN = ("during", "on")  # arguments that say when: days or months of the year, `/` between two


@dataclass(frozen=True)
class Covered:
    """One meter in one year: (minutes read, minutes owed) of each month; `codes`: code -> months in which it was found."""

    meter: int
    months: tuple[tuple[int, int], ...]
    codes: dict[str, list[int]]

    @property
    def share(self) -> Fraction | None:
        """Read over owed; None where it owes nothing that can be counted."""
        read, owed = (sum(part) for part in zip(*self.months, strict=True))
        return Fraction(read, owed) if owed else None


def covered(world: World, findings: Iterable[Finding]) -> list[Covered]:
    """The meters with readings of the reporting year, those with findings first, then those with the least read."""
    read = _minutes(world)
    known = numbers(world)
    told: dict[int, list[Finding]] = {}
    for one in findings:
        if one.code.startswith(FAMILY) and one.period[:4] in {world.year, ""} and one.subject in known:
            told.setdefault(known[one.subject], []).append(one)
    rows = _months_of_rows(world, [one for many in told.values() for one in many])
    found = []
    for meter in sorted({*read, *told}):
        months = tuple(_owed(world, meter, read.get(meter)))
        codes: dict[str, list[int]] = {}
        for one in told.get(meter, []):
            places = rows.get(id(one)) or _months(one, world.year, months)
            codes[one.code] = sorted({*codes.get(one.code, []), *places})
        found.append(Covered(meter, months, dict(sorted(codes.items()))))
    return sorted(found, key=lambda one: (not one.codes, -1 if one.share is None else one.share, one.meter))


def _minutes(world: World) -> dict[int, dict[int, int]]:
    """Meter -> month -> minutes read in the reporting year; a meter without an interval shorter than a day has no months."""
    days = meter_days(world)
    days = days.filter((days.day >= _first(world)) & (days.day < day_number(date(int(world.year) + 1, 1, 1))))
    sums = days.group_by("meter", month=moment(days.day * _DAY).month()).aggregate(
        read=days.minutes.clip(upper=_DAY).sum(), finest=(days.minutes / days.n).min()
    )
    found: dict[int, dict[int, int]] = {}
    coarse: set[int] = set()
    for row in world.engine.rows(sums):
        found.setdefault(row["meter"], {})[row["month"]] = round(row["read"] or 0)
        if row["finest"] is None or row["finest"] > _DAY:
            coarse.add(row["meter"])
    return {meter: {} if meter in coarse else months for meter, months in found.items()}


def _owed(world: World, meter: int, read: dict[int, int] | None) -> Iterator[tuple[int, int]]:
    profile = next((one for one in by_meter(world).get(meter, []) if str(one["year"]) == world.year), None)
    if not read or profile is None:
        yield from ((0, 0) for _ in MONTHS)
        return
    first, last = owed_span(world, meter_rows(world)[meter], profile)
    start = _first(world) * _DAY
    for month in MONTHS:
        end = start + monthrange(int(world.year), month)[1] * _DAY
        owed = max(0, min(end, last) - max(start, first))
        yield min(read.get(month, 0), owed), owed
        start = end


def _first(world: World) -> int:
    return day_number(date(int(world.year), 1, 1))


def _months_of_rows(world: World, findings: list[Finding]) -> dict[int, list[int]]:
    """Finding (by id) -> months of the readings that it names; one query for all."""
    import pyarrow as pa

    asked = [(n, row) for n, one in enumerate(findings) for row in one.row_ids if row.startswith("readings:")]
    if not asked:
        return {}
    schema = pa.schema([("finding", pa.int64()), ("row_id", pa.string())])
    table = pa.table({"finding": [n for n, _ in asked], "row_id": [row for _, row in asked]}, schema=schema)
    rows = world.table("readings").select("row_id", "submission_id", "meter_id", "at")
    rows = rows.join(world.engine.table("found_readings", table), "row_id")
    rows = rows.join(meter_plan(world).select("submission_id", "meter_id", "ends"), ["submission_id", "meter_id"])
    inside = stamped(rows["at"]) - rows.ends.cast("int64")  # 00:00 at the end of an interval is of the day before
    rows = rows.select("finding", month=moment(inside).strftime("%Y-%m")).distinct()
    found: dict[int, list[int]] = {}
    for row in world.engine.rows(rows):
        if row["month"][:4] == world.year:
            found.setdefault(id(findings[row["finding"]]), []).append(int(row["month"][5:]))
    return found


def _months(one: Finding, year: str, months: tuple[tuple[int, int], ...]) -> list[int]:
    """Months of a finding that names no readings: the unread ones, those of its words, else of its period, else all."""
    if one.code == _GAPS:
        return [month for month, (read, owed) in zip(MONTHS, months, strict=True) if read < owed]
    for name in _WHEN:
        ends = [part for part in one.arguments.get(name, "").split("/") if part[:4] == year and part[5:7].isdigit()]
        if ends:
            return list(range(int(ends[0][5:7]), int(ends[-1][5:7]) + 1))
    if "valid_until" in one.arguments:
        until = one.arguments["valid_until"]
        return list(range(int(until[5:7]) if until[:4] == year else 1, 13))
    return [int(one.period[5:7])] if len(one.period) > 4 else list(MONTHS)

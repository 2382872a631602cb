"""The life of a meter against what else is filed: stoppages, calibration, swaps (TZ-MTR-08, 12, 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows, table_rows
from verify.checks.meter_tables import (
    by_meter,
    clock,
    day_number,
    meter_days,
    meter_rows,
    monthly,
    numbers,
    ready,
)
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World

_DAY, _MONTH = 1440, 7
_TAKES = frozenset({"", "consumption", "supply", "fence"})  # roles of a meter that shows what a plant takes


@check("TZ-MTR-08")
def rests_and_runs(world: World, params: Params) -> Rows:
    """A meter of a source that stood still goes on as on other days (`share` of them or more), or a meter shows nothing for a
    whole month in which its source made something."""
    ready(world)
    found = [*_runs_while_stopped(world, params), *_stopped_while_running(world)]
    tested = len(monthly(world))
    return Rows(found, Scope.count(tested))


def _runs_while_stopped(world: World, params: Params) -> Iterator[Found]:
    rests = [row for row in world.rows("events") if row["kind"] in params["events"] and row["from"] and row["to"]]
    for event in rests:
        first, last = day_number(event["from"]) + 1, day_number(event["to"]) - 1  # the days on which it surely stood
        if last - first + 1 < int(params["days"]):
            continue
        for number, meter in enumerate(meter_rows(world)):
            if meter["role"] not in _TAKES or not _of(event, meter):
                continue
            rows = meter_days(world)
            rows = rows.filter((rows.meter == number) & (rows.minutes == _DAY))
            at_rest = (rows.day >= first) & (rows.day <= last)
            sums = world.engine.rows(
                rows.aggregate(rest=rows.micro.mean(where=at_rest), run=rows.micro.mean(where=~at_rest))
            )[0]
            if not sums["run"] or not sums["rest"] or sums["rest"] < float(Fraction(params["share"])) * sums["run"]:
                continue
            arguments = {
                "contradiction": "runs",
                "during": f"{event['from']}/{event['to']}",
                "share": f"{sums['rest'] / sums['run']:.3f}",
            }
            ids = [event["row_id"]]
            yield from on_rows(
                Found(meter["meter_id"], str(event["from"])[:4], arguments, effect_unit=""), "events", ids
            )


def _of(event: Mapping[str, Any], meter: Mapping[str, Any]) -> bool:
    """Whether the meter stands at what rested: the source, or, where no source is named, the member's own main meter."""
    if event["source_id"]:
        return bool(event["source_id"] == meter["source_id"] and event["enterprise_id"] in {"", meter["enterprise_id"]})
    return bool(event["enterprise_id"] and event["enterprise_id"] == meter["enterprise_id"] and meter["level"] == 1)


def _stopped_while_running(world: World) -> Iterator[Found]:
    made = world.table("production").filter(lambda t: (t.flow == "made") & (t.quantity > 0) & (t.source_id != ""))
    months: dict[tuple[str, str, str], list[str]] = {}
    for row in world.engine.rows(made.select("row_id", "period", "enterprise_id", "source_id")):
        if len(row["period"]) == _MONTH:
            months.setdefault((row["enterprise_id"], row["source_id"], row["period"]), []).append(row["row_id"])
    for (number, period), (amount, whole) in sorted(monthly(world).items()):
        meter = meter_rows(world)[number]
        rows = months.get((meter["enterprise_id"], meter["source_id"], period), [])
        if rows and amount == 0 and whole and meter["role"] in _TAKES and meter["carrier"] == "electricity":
            arguments = {"contradiction": "stands", "during": period, "share": "0"}
            yield from on_rows(Found(meter["meter_id"], period[:4], arguments, effect_unit=""), "production", rows)


@check("TZ-MTR-12", needs={"meters"})
def calibration_expired(world: World, params: Params) -> Rows:
    """A meter behind filed rows whose calibration ended before the year did, and no later one is filed.

    JJG certificates carry the day until which they hold; without that day nothing is concluded. A meter that was swapped out
    before its certificate ended is left alone.
    """
    found: list[Found] = []
    tested, undecided = 0, []
    used = world.table("activity").filter(lambda t: (t.meter_id != "") & (t.year == world.year))
    for meter_id in sorted({row["meter_id"] for row in world.engine.rows(used.select("meter_id").distinct())}):
        number = numbers(world).get(meter_id)
        if number is None:
            continue
        meter = meter_rows(world)[number]
        if meter["valid_until"] is None:
            undecided.append(meter_id)
            continue
        tested += 1
        end = date(int(world.year), 12, 31)
        if meter["replaced_on"] is not None:
            end = min(end, meter["replaced_on"])
        if meter["valid_until"] < end:
            arguments = {"valid_until": str(meter["valid_until"]), "days": str((end - meter["valid_until"]).days)}
            one = Found(meter_id, world.year, arguments, effect_unit="")
            ids = table_rows(world, "activity", meter_id=meter_id, year=world.year)
            found += [*on_rows(one, "meters", [meter["row_id"]]), *on_rows(one, "activity", ids)]
    if not tested:
        raise NotApplicable("no_calibration_filed")
    return Rows(found, Scope.count(tested, tested + len(undecided)), undecided)


@check("TZ-MTR-13", needs={"meters"})
def swap_without_event(world: World, params: Params) -> Rows:
    """A swapped meter without an event of the day, without the other half (successor or day), or that still speaks after it.

    An event counts within `days` of the swap, at the same source or at the same member.
    """
    swaps = [(n, row) for n, row in enumerate(meter_rows(world)) if row["replaced_by"] or row["replaced_on"]]
    if not swaps:
        raise NotApplicable("no_meter_swapped")
    last = (
        {n: max(one["last"] for one in years) for n, years in by_meter(world).items()}
        if world.handed_in("readings")
        else {}
    )
    found: list[Found] = []
    for number, meter in swaps:
        kinds = []
        if not meter["replaced_by"] or meter["replaced_on"] is None:
            kinds.append("half")
        elif not any(_tells(event, meter, int(params["days"])) for event in world.rows("events")):
            kinds.append("no_event")
        gone = meter["replaced_on"]
        if gone is not None and last.get(number, 0) >= (day_number(gone) + 1) * _DAY:
            kinds.append("speaks_on")
        for kind in kinds:
            arguments = {"swap": kind, "on": str(gone or ""), "next": meter["replaced_by"]}
            if kind == "speaks_on":
                arguments["on"] = f"{gone} < {clock(last[number])}"
            year = str(gone.year) if gone else world.year
            found.append(Found(meter["meter_id"], year, arguments, None, "", "meters", meter["row_id"]))
    return Rows(found, Scope.count(len(swaps)))


def _tells(event: Mapping[str, Any], meter: Mapping[str, Any], days: int) -> bool:
    near = abs(event["from"] - meter["replaced_on"]) <= timedelta(days=days)
    here = (
        event["source_id"] == meter["source_id"]
        if event["source_id"]
        else event["enterprise_id"] in {"", meter["enterprise_id"]}
    )
    return bool(event["kind"] == "swap" and near and here)

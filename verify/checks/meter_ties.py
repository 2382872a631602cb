"""A meter against the meters below it, and against what is filed in its name (TZ-MTR-09 to 11)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.defaults import default_factor
from verify.checks.listing import on_rows
from verify.checks.meter_tables import meter_rows, monthly, numbers, ready
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World
from verify.readings.plan import scale

_MONTH = 7  # YYYY-MM
_CLASS = re.compile(r"\d+(?:\.\d+)?")


@check("TZ-MTR-09")
def parts_exceed_whole(world: World, params: Params) -> Rows:
    """Meters below one meter show more than it does, by more than their accuracy classes allow together.

    Months that all of them cover wholly are compared. Less is no finding: what has no meter of its own may lie between.
    Undone: the excess is energy that passed the main meter, at the default factor of the carrier.
    """
    ready(world)
    months, known = monthly(world), numbers(world)
    children: dict[int, list[int]] = {}
    for number, row in enumerate(meter_rows(world)):
        if row["parent"] in known and row["role"] != "check":
            children.setdefault(known[row["parent"]], []).append(number)
    found, tested = [], 0
    for parent, parts in sorted(children.items()):
        main = meter_rows(world)[parent]
        parts = [one for one in parts if meter_rows(world)[one]["carrier"] == main["carrier"]]
        for period in sorted({month for meter, month in months if meter == parent}):
            there = [one for one in parts if (one, period) in months]
            if not there or any(months[one, period][1] < _length(period) for one in (parent, *there)):
                continue
            tested += 1
            whole = months[parent, period][0]
            amounts = {one: months[one, period][0] for one in there}
            excess = sum(amounts.values(), Fraction(0)) - whole
            room = _room({parent: whole, **amounts}, world, params)
            if excess > 0 and excess**2 > room:
                arguments = {
                    "main": text(whole),
                    "parts": text(whole + excess),
                    "meters": str(len(there)),
                    "unit": _unit(world, parent),
                }
                factor = default_factor(world, main["carrier"], period[:4])
                effect = None if factor is None else tonnes(excess * factor)
                one = Found(main["meter_id"], period, arguments, effect)
                found += on_rows(one, "meters", [meter_rows(world)[n]["row_id"] for n in (parent, *there)])
    if not tested:
        raise NotApplicable("no_meters_below")
    return Rows(found, Scope.count(tested))


@check("TZ-MTR-10")
def row_against_meter(world: World, params: Params) -> Rows:
    """A row names its meter and holds another amount than the meter shows for the period (must show: meter, invoice, statistics).

    The two may differ by the accuracy classes of both sides, root of the sum of squares, times `cover`. Undone: the row holds
    what the meter shows, at its own tonnes per unit.
    """
    pairs = _pairs(world, params)
    found: list[Found] = []
    for one in pairs:
        shown, filed = one["shown"], one["filed"]
        room = _room({one["meter"]: shown}, world, params) + (_class(world, one["meter"], params) * filed) ** 2
        if (shown - filed) ** 2 > room * Fraction(params["cover"]) ** 2:
            found += _tied(world, one, shown - filed, {"shown": text(shown), "filed": text(filed), "unit": one["unit"]})
    return Rows(found, Scope.count(len(pairs)))


@check("TZ-MTR-11")
def one_sided(world: World, params: Params) -> Rows:
    """Rows that name their meter differ from it always to the same side: `months` or more, and together by more than `share`.

    Each difference is small; together they are not chance, for a row that is copied from a meter has no error of its own.
    Undone: the rows hold what the meter shows.
    """
    series: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for one in _pairs(world, params):
        if len(one["period"]) == _MONTH:
            series.setdefault((one["meter"], one["period"][:4]), []).append(one)
    found: list[Found] = []
    tested = 0
    for (_, year), many in sorted(series.items()):
        apart = [one["shown"] - one["filed"] for one in many]
        tested += len(many)
        total, filed = sum(apart, Fraction(0)), sum((one["filed"] for one in many), Fraction(0))
        one_side = all(gap > 0 for gap in apart) or all(gap < 0 for gap in apart)
        if len(many) >= int(params["months"]) and one_side and abs(total) > Fraction(params["share"]) * filed:
            whole = {**many[0], "period": year, "rows": [row for one in many for row in one["rows"]]}
            whole |= {"tco2": sum((one["tco2"] for one in many), Fraction(0)), "filed": filed}
            arguments = {"months": str(len(many)), "difference": text(total), "unit": many[0]["unit"]}
            found += _tied(world, whole, total, arguments)
    return Rows(found, Scope.count(tested))


def _pairs(world: World, params: Params) -> list[dict[str, Any]]:
    """Each (meter, period) with what its rows hold and what the meter shows over the whole period.

    `params.flows`: the flows that a meter of a role stands for; a meter behind the sale of what it generates shows both, and
    says nothing of the sale.
    """
    ready(world)
    key = f"meter_pairs:{params['flows']}"
    if key in world.cache:
        return world.cache[key]  # type: ignore[no-any-return]
    known, months, carbon = numbers(world), monthly(world), _carbon(world)
    rows = world.table("activity")
    rows = rows.filter(rows.meter_id.isin(sorted(known)) & rows.quantity.notnull() & (rows.basis != "meter_residual"))
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    keys = ("meter_id", "period", "carrier", "unit")
    for row in world.engine.rows(rows.select("row_id", "quantity", "flow", *keys)):
        if row["flow"] in params["flows"].get(meter_rows(world)[known[row["meter_id"]]]["role"], ()):
            groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    found = []
    for (meter_id, period, carrier, unit), many in sorted(groups.items()):
        meter = known[meter_id]
        shown = _shown(months, meter, period)
        if shown is None or carrier != meter_rows(world)[meter]["carrier"]:
            continue
        ids = sorted(row["row_id"] for row in many)
        filed = Fraction(sum((row["quantity"] for row in many), Decimal(0)))
        tco2 = sum((carbon.get(one, Fraction(0)) for one in ids), Fraction(0))
        found.append({"meter": meter, "period": period, "carrier": carrier, "flow": many[0]["flow"], "unit": unit, "rows": ids, "shown": shown, "filed": filed, "tco2": tco2})  # fmt: skip
    if not found:
        raise NotApplicable("no_row_of_a_meter")
    world.cache[key] = found
    return found


def _tied(world: World, one: Mapping[str, Any], apart: Fraction, arguments: Mapping[str, str]) -> list[Found]:
    """The finding on the rows. What was bought and not filed counts at the default factor, what was burned at that of its rows."""
    rate = one["tco2"] / one["filed"] if one["filed"] else Fraction(0)
    if one["flow"] == "purchased" and one["carrier"] in _BOUGHT:
        rate = default_factor(world, one["carrier"], one["period"][:4]) or rate
    effect = tonnes(apart * rate) if rate else None
    subject = meter_rows(world)[one["meter"]]["meter_id"]
    return on_rows(Found(subject, one["period"], {**arguments, "flow": one["flow"]}, effect), "activity", one["rows"])


_BOUGHT = ("electricity", "heat")  # carriers that count where they are received; fuels count where they burn


def _shown(months: Mapping[tuple[int, str], tuple[Fraction, int]], meter: int, period: str) -> Fraction | None:
    """What the meter shows over a month or a year that it covers wholly."""
    wanted = [period] if len(period) == _MONTH else [f"{period}-{month:02d}" for month in range(1, 13)]
    if any(months.get((meter, one), (0, 0))[1] < _length(one) for one in wanted):
        return None
    return sum((months[meter, one][0] for one in wanted), Fraction(0))


def _carbon(world: World) -> dict[str, Fraction]:
    """Row id -> tCO2 of its ledger lines."""
    lines = world.lines()
    lines = lines.filter(lines.measure == "carbon")
    sums = lines.group_by("row_id").aggregate(tco2=lines.tco2.sum().cast("decimal(38, 18)"))
    return {row["row_id"]: Fraction(row["tco2"]) for row in world.engine.rows(sums) if row["tco2"] is not None}


def _room(amounts: Mapping[int, Fraction], world: World, params: Params) -> Fraction:
    """The square of what the accuracy classes of the meters allow together."""
    return sum(((_class(world, meter, params) * amount) ** 2 for meter, amount in amounts.items()), Fraction(0))


def _class(world: World, meter: int, params: Params) -> Fraction:
    """The accuracy class as a share: 0.5S is half a per cent; `params.blank` where none is filed."""
    written = _CLASS.search(meter_rows(world)[meter]["accuracy_class"] or "")
    return Fraction(written.group() if written else params["blank"]) / 100


def _unit(world: World, meter: int) -> str:
    return scale(meter_rows(world)[meter])[1]


def _length(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]

"""Direct supply: what line and plant can deliver, since when, and to whom before (TZ-SUP-03 to 07).

Dated ratios are in verify/checks/direct_ratios.py. Power is that of the rows of the receiving meter (verify/checks/plants.py).
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from verify.checks import green_proof, plants
from verify.checks.closure import FLOWS, OUT, close
from verify.checks.listing import on_rows
from verify.checks.members import trades
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total

_HOURS = 24
Metered = tuple[Mapping[str, Any], list[Mapping[str, Any]]]  # a plant and the rows of its receiving meter


@check("TZ-SUP-03")
def within_the_line(world: World, params: Params) -> Rows:
    """No period delivers more than the line carries all the time: its capacity x the hours of the period."""
    lines = [(plant, rows) for plant, rows in _metered(world, params) if plant["line_capacity"] is not None]
    if not lines:
        raise CouldNotRun("no_line_capacity")
    found: list[Found] = []
    tested = 0
    for plant, rows in lines:
        for period, many in _by_period(rows).items():
            tested += 1
            amount, most = _sum(many), Fraction(plant["line_capacity"]) * _hours(period)
            if amount > most:
                more = {
                    "delivered": text(amount),
                    "possible": text(most),
                    "line_capacity": text(plant["line_capacity"]),
                }
                found += _found(world, params, plant, period, many, more, amount - most)
    return Rows(found, Scope.count(tested))


@check("TZ-SUP-04")
def not_before_the_plant(world: World, params: Params) -> Rows:
    """No direct supply before the plant was commissioned, or before the day from which it supplies the park."""
    found: list[Found] = []
    tested = 0
    for plant, rows in _metered(world, params):
        days = [plant[name] for name in ("commissioned_on", "first_supplied_on") if plant[name] is not None]
        if not days:
            continue
        for period, many in _by_period(rows).items():
            tested += 1
            if _last_day(period) < max(days):
                amount = _sum(many)
                more = {"delivered": text(amount), "since": str(max(days))}
                found += _found(world, params, plant, period, many, more, amount)
    return Rows(found, Scope.count(tested))


@check("TZ-SUP-05")
def earlier_offtakers(world: World, params: Params) -> Rows:
    """A plant that ran long before it supplied the park had other users: what they draw now is for the park to show.

    Power taken from others is made up elsewhere. `params.months`: how long a plant may wait for its line. No tonnes follow.
    """
    most = int(world.number(params["months"]))
    found: list[Found] = []
    lines = _plants(world, params)
    for plant in lines:
        built, since = plant["commissioned_on"], plant["first_supplied_on"]
        if built is None or since is None:
            continue
        months = (since.year - built.year) * 12 + since.month - built.month
        if months > most:
            arguments = {
                "generator": plant["name"] or plant["generator_id"],
                "commissioned": str(built),
                "since": str(since),
                "months": str(months),
            }
            one = Found(plant["generator_id"], world.year, arguments, effect_unit="")
            found += on_rows(one, "generators", [plant["row_id"]])
    return Rows(found, Scope.count(len(lines)))


@check("TZ-SUP-06")
def within_the_share(world: World, params: Params) -> Rows:
    """The park draws no more than its share of what the plant made, and the plant makes no more than its capacity allows.

    `params.tolerance`: share of the power delivered by which two meters may differ.
    """
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    tested = 0
    for plant, rows in _metered(world, params):
        here = [row for row in rows if row["year"] == world.year]
        amount = _sum(here)
        bounds: list[tuple[str, Fraction]] = []
        if plant["total_mwh"] is not None:
            share = Fraction(1 if plant["share"] is None else plant["share"])
            bounds.append(("share", Fraction(plant["total_mwh"]) * share))
        if plant["capacity"] is not None:
            bounds.append(("capacity", Fraction(plant["capacity"]) * _hours(world.year)))
        if not bounds or not here:
            continue
        tested += 1
        bound, most = min(bounds, key=lambda pair: pair[1])
        if amount > most * (1 + tolerance):
            more = {"delivered": text(amount), "possible": text(most), "bound": bound}
            found += _found(world, params, plant, world.year, here, more, amount - most)
    return Rows(found, Scope.count(tested, len(_plants(world, params))))


@check("TZ-SUP-07")
def used_and_sold_of_a_kind(world: World, params: Params) -> Rows:
    """Of each green kind, what is used and sent out under its name is no more than what was made and received of it.

    TZ-BAL-01 looks at kinds that leave the park; here those whose uses carry the name. `params.tolerance`: share of the
    larger side. No tonnes follow: a label of a use moves none.
    """
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    tested = 0
    for year in world.years:
        cells = world.cells(year, measure="energy", carrier="electricity", supply=params["green"])
        rows = [{**cell, "quantity": abs(cell["quantity"])} for cell in cells]
        labelled = {row["supply"] for row in rows if FLOWS[row["flow"]] == OUT and row["flow"] == "final_use"}
        for one in close(rows, ("supply",), FLOWS):
            kind = one.key["supply"]
            if kind not in labelled:
                continue
            tested += 1
            if one.difference < 0 and one.beyond(tolerance):
                arguments = {"supply": kind, "made": text(one.inflow), "used": text(one.outflow)}
                found += on_rows(
                    Found(park(world), year, arguments, effect_unit=""), "activity", _rows_of_kind(world, year, kind)
                )
    if not tested:
        raise NotApplicable("nothing_to_test")
    return Rows(found, Scope.count(tested))


def _plants(world: World, params: Params) -> list[Mapping[str, Any]]:
    """Plants on a direct line. Raises where the park has no direct supply, or named no plant for it."""
    shared = world.ruler.text.checks[params["proof"]].params
    supplied = any(row["supply"] in shared["kinds"]["direct"] for row in trades(world))
    if not world.handed_in("generators"):
        if supplied:
            raise CouldNotRun("table_not_handed_in", tables="generators")
        raise NotApplicable("no_direct_supply")
    lines: list[Mapping[str, Any]] = [
        row for row in world.rows("generators") if row["connection"] in params["connections"]
    ]
    if not lines:
        raise NotApplicable("no_direct_supply")
    return lines


def _metered(world: World, params: Params) -> Iterator[Metered]:
    """Each plant with its rows; a meter that several plants share stands for all of them and is left to none."""
    lines = _plants(world, params)
    supplies = world.ruler.text.checks[params["proof"]].params["kinds"]["direct"]
    meters = [plant["receiving_meter_id"] for plant in lines]
    for plant in lines:
        if meters.count(plant["receiving_meter_id"]) == 1:
            yield plant, plants.rows_of_meter(world, plant["receiving_meter_id"], supplies)


def _by_period(rows: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["period"], []).append(row)
    return dict(sorted(found.items()))


def _found(
    world: World,
    params: Params,
    plant: Mapping[str, Any],
    period: str,
    rows: list[Mapping[str, Any]],
    more: Mapping[str, str],
    excess: Fraction,
) -> list[Found]:
    """One finding of a plant; undone, the excess counts as other power as far as direct supply is claimed at zero."""
    shared = world.ruler.text.checks[params["proof"]].params
    cells = [
        cell for cell in green_proof.zeros(world, period[:4], shared) if cell["supply"] in shared["kinds"]["direct"]
    ]
    claimed = Fraction(total(cells, "quantity"))
    default = Fraction(total(cells, "strict_tco2")) / claimed if claimed else Fraction(0)
    arguments = {"generator": plant["name"] or plant["generator_id"], **more, "excess": text(excess)}
    one = Found(plant["generator_id"], period, arguments, tonnes(min(excess, claimed) * default))
    return on_rows(one, "activity", [row["row_id"] for row in rows])


def _rows_of_kind(world: World, year: str, kind: str) -> list[str]:
    rows = world.table("activity").filter(
        lambda t: (t.year == year) & (t.carrier == "electricity") & (t.supply == kind) & (t.flow == "final_use")
    )
    return [row["row_id"] for row in world.engine.rows(rows.select("row_id"))]


def _sum(rows: list[Mapping[str, Any]]) -> Fraction:
    return sum((Fraction(row["quantity"]) for row in rows), Fraction(0))


def _hours(period: str) -> int:
    """Hours of a year or month."""
    if len(period) == 4:
        return (366 if isleap(int(period)) else 365) * _HOURS
    return monthrange(int(period[:4]), int(period[5:7]))[1] * _HOURS


def _last_day(period: str) -> date:
    year, month = int(period[:4]), int(period[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])

"""Clean power of a park set against its use hour by hour: which plants, which meters, what was matched (issue 6, C).

The rule is the ruler's (parameters of TZ-MAT-01): which technologies are clean, which connections are direct, which meters
tell the load, which zones are connected. Not here: the arithmetic (verify.matching) and the clock of meters (verify.readings).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.checks.certificates import retired
from verify.checks.hourly import Hours, hours_of
from verify.checks.load import Load, load_of
from verify.checks.stored import Flow, through
from verify.checks.world import World
from verify.matching import Matched, Owned, Year, deliverable, matched, pooled, year_of
from verify.matching.series import part, total

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series

RULE = "TZ-MAT-01"
WH = 1_000_000  # per MWh


@dataclass(frozen=True)
class Plant:
    """A clean plant with readings. `clean`: what of its output counts for the park by hour; `left_out`: '' or why nothing does.

    `known`: hours that its meter tells; `metered`: Wh of the year on that meter; `most`: Wh that it can give in an hour.
    """

    generator_id: str
    name: str
    technology: str
    direct: bool
    line: bool
    owner: str
    clean: Series
    known: Mask
    metered: int
    most: int | None
    left_out: str
    row_id: str


@dataclass(frozen=True)
class Unread:
    """A clean plant without readings that may count: the most Wh that it gives in an hour and in the year, None where nothing
    bounds it."""

    generator_id: str
    line: bool
    most: int | None
    contract: int | None


@dataclass(frozen=True)
class Match:
    """A year hour by hour. `known`: hours in which the whole load is read; outside them nothing is counted.

    `whole` holds the store's clean discharge as clean power; `owned` what came straight from the plants.
    """

    year: Year
    load: Load
    known: Mask
    plants: tuple[Plant, ...]
    unread: tuple[Unread, ...]
    owned: Owned
    straight: Matched
    whole: Matched
    flow: Flow

    @property
    def counted(self) -> list[Plant]:
        """Plants of which something counts."""
        return [plant for plant in self.plants if not plant.left_out]


@dataclass(frozen=True)
class Missing:
    """Why a year has no match; `reason` is a key of templates/messages/checks.yaml."""

    reason: str


def rule(world: World) -> Mapping[str, Any] | None:
    """The rule of matching that the ruler sets; None where it has none."""
    entry = world.ruler.text.checks.get(RULE)
    return None if entry is None else entry.params


def match(world: World, year: str) -> Match | Missing:
    """The match of a year, computed once per world."""
    key = f"match:{year}"
    if key not in world.cache:
        world.cache[key] = _match(world, year)
    return world.cache[key]  # type: ignore[no-any-return]


def _match(world: World, year: str) -> Match | Missing:
    import numpy as np

    params = rule(world)
    if params is None:
        return Missing("no_matching_rule")
    if not world.handed_in("readings") or not world.handed_in("meters"):
        return Missing("no_readings")
    if not world.handed_in("generators"):
        return Missing("no_generators")
    series = hours_of(world, year, params["zone"])
    calendar = year_of(int(year), params["zone"])
    load = load_of(world, series, params)
    if load is None:
        return Missing("no_hourly_load")
    plants, unread = _plants(world, year, series, params)
    if not plants:
        return Missing("no_hourly_generation")
    known = load.known
    loads = {name: np.where(known, wh, 0) for name, wh in load.by_enterprise.items()}
    given = {plant.generator_id: np.where(known, plant.clean, 0) for plant in plants if not plant.left_out}
    own = {plant.generator_id: plant.owner for plant in plants if plant.owner in loads and plant.generator_id in given}
    nothing = np.zeros(calendar.hours, dtype=np.int64)
    straight = matched(sum(loads.values(), nothing), sum(given.values(), nothing))
    flow = through(world, series, straight, known, params)
    whole = matched(straight.load, straight.matched + np.minimum(straight.imported, flow.clean) + _left(straight, flow))
    return Match(calendar, load, known, tuple(plants), tuple(unread), pooled(loads, given, own), straight, whole, flow)


def _left(straight: Matched, flow: Flow) -> Series:
    """Clean power that neither load nor store took, and clean discharge that found no load."""
    import numpy as np

    return straight.excess - flow.clean_charge + flow.clean - np.minimum(straight.imported, flow.clean)


def _plants(
    world: World, year: str, series: Mapping[str, Hours], params: Mapping[str, Any]
) -> tuple[list[Plant], list[Unread]]:
    """Clean plants with readings, and those without."""
    certified = {one.generator_id: one.count for one in retired(world, year)}
    found, unread = [], []
    for row in world.rows("generators"):
        if row["technology"] not in params["clean"]:
            continue
        meter, count = meter_of(world, row, series), certified.get(row["generator_id"], 0)
        if meter is None:
            unread.append(_unread(row, count, params))
        else:
            found.append(_plant(world, row, series[meter], count, params))
    return found, unread


def _unread(row: Mapping[str, Any], count: int, params: Mapping[str, Any]) -> Unread:
    """Off the grid what stands in the contract; on a line whatever the capacity gives."""
    contract = int(count * Fraction(params["mwh_per_certificate"]) * WH)
    if not count and row["share"]:
        contract = int(Fraction(row["share"]) * Fraction(row["total_mwh"] or 0) * WH)
    direct = row["connection"] in params["direct"]
    return Unread(row["generator_id"], row["connection"] in params["lines"], _hourly(row), None if direct else contract)


def _hourly(row: Mapping[str, Any]) -> int | None:
    return None if row["capacity"] is None else int(Fraction(row["capacity"]) * WH)


def meter_of(world: World, plant: Mapping[str, Any], series: Mapping[str, Hours]) -> str | None:
    """The meter that tells the hours of a plant: the receiving one, else a generation meter of its own; None without readings."""
    if plant["receiving_meter_id"] in series:
        return str(plant["receiving_meter_id"])
    own = [
        row["meter_id"]
        for row in world.rows("meters")
        if row["role"] == "generation" and row["source_id"] == plant["generator_id"] and row["meter_id"] in series
    ]
    return own[0] if own else None


def _plant(world: World, row: Mapping[str, Any], hours: Hours, count: int, params: Mapping[str, Any]) -> Plant:
    direct = row["connection"] in params["direct"]
    made = total(hours.wh)
    clean, left_out = hours.wh, ""
    if not direct and not deliverable(row["grid_zone"], world.submission.park.grid_zone, params["connected"]):
        left_out = "zone" if row["grid_zone"] else "zone_unknown"
    elif not direct and count:
        due = min(int(count * Fraction(params["mwh_per_certificate"]) * WH), made)
        clean = part(hours.wh, due, made)  # certificates of a plant stand for its output hour by hour alike
    elif not direct and row["share"]:
        share = Fraction(row["share"])
        clean = part(hours.wh, share.numerator, share.denominator)
    elif not direct:
        left_out = "no_contract"
    return Plant(
        generator_id=row["generator_id"],
        name=row["name"] or row["generator_id"],
        technology=row["technology"],
        direct=direct,
        line=row["connection"] in params["lines"],
        owner=row["owner_id"] or _metered_member(world, row),
        clean=clean,
        known=hours.known,
        metered=made,
        most=_hourly(row),
        left_out=left_out,
        row_id=row["row_id"],
    )


def _metered_member(world: World, plant: Mapping[str, Any]) -> str:
    """The member on whose side the plant's meter stands: a plant behind its meter is its own."""
    if plant["connection"] != "behind_the_meter":
        return ""
    return next(
        (row["enterprise_id"] for row in world.rows("meters") if row["meter_id"] == plant["receiving_meter_id"]), ""
    )

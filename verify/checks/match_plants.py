"""The clean plants behind a park: which meter tells their hours, what of their output counts, and why something does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.checks.certificates import retired
from verify.checks.hourly import Hours
from verify.checks.world import World
from verify.matching import deliverable
from verify.matching.series import part, total

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series

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


def plants_of(
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

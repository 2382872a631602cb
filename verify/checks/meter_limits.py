"""What no meter can show: a register that runs backwards, and more power than the plant or the line has (TZ-MTR-03, 04)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.meter_tables import Span, by_meter, clock, factor_of, meter_amounts, meter_rows, reading_rows
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.world import World
from verify.readings.steps import year_of

_REGISTER = "register"
_MICRO = 10**6


@check("TZ-MTR-03")
def register_falls(world: World, params: Params) -> Rows:
    """A register falls, and reading it past its turning point would be more than `times` its highest interval otherwise.

    A turn that fits what the meter usually shows is a turn and no finding.
    """
    profiles = by_meter(world)
    registers = {m: y for m, y in profiles.items() if meter_rows(world)[m]["reading_kind"] == _REGISTER}
    if not registers:
        raise NotApplicable("no_registers")
    falls = {meter: years for meter, years in registers.items() if any(one["turned"] for one in years)}
    hits = (
        sorted(world.engine.rows(_beyond(world, falls, params)), key=lambda one: (one["meter"], one["year"]))
        if falls
        else []
    )
    found: list[Found] = []
    for row, ids in zip(
        hits, reading_rows(world, [Span(one["meter"], one["first"], one["first"]) for one in hits]), strict=True
    ):
        meter = meter_rows(world)[row["meter"]]
        arguments = {"falls": str(row["n"]), "at": clock(row["at"])}
        found += on_rows(Found(meter["meter_id"], str(row["year"]), arguments, effect_unit=""), "readings", ids)
    return Rows(found, Scope.count(sum(int(one["n"]) for years in registers.values() for one in years)))


def _beyond(world: World, falls: Mapping[int, list[dict[str, Any]]], params: Params) -> Any:
    """Falls that are no turn, by meter and year: how many, and the first of them."""
    import pyarrow as pa

    room = [int(Fraction(params["times"]) * max(one["usual"] or 0 for one in years)) for years in falls.values()]
    schema = pa.schema([("meter", pa.int64()), ("room", pa.int64())])
    limits = world.engine.table("turns", pa.table({"meter": list(falls), "room": room}, schema=schema))
    rows = meter_amounts(world).join(limits, "meter").filter(lambda t: t.turned & (t.micro > t.room))
    return rows.group_by("meter", year=year_of(rows.begin)).aggregate(
        n=rows.count(), first=rows.begin.min(), at=(rows.begin + rows.span).min()
    )


@check("TZ-MTR-04")
def rate_impossible(world: World, params: Params) -> Rows:
    """An interval holds more energy than its source, plant or line could carry in it, by more than `margin`.

    Looked at: electricity meters whose source is filed in MW, or that receive from a plant of known capacity; the smaller
    of plant and line counts.
    """
    found: list[Found] = []
    tested = 0
    for meter, years in by_meter(world).items():
        row = meter_rows(world)[meter]
        limit = _limit(world, row)
        if limit is None or row["carrier"] != "electricity":
            continue
        for one in years:
            if not one["span"]:
                continue
            tested += int(one["n"])
            shown = Fraction(int(one["high"]), _MICRO) * factor_of(world, meter) * 60 / one["span"]
            if shown > limit * (1 + Fraction(params["margin"])):
                rows = meter_amounts(world).filter(lambda t, m=meter, h=one["high"]: (t.meter == m) & (t.micro == h))
                at = min(hit["begin"] for hit in world.engine.rows(rows.select("begin")))
                ids = reading_rows(world, [Span(meter, at, at)])[0]
                arguments = {"shown": text(shown), "limit": text(limit), "at": clock(at)}
                found += on_rows(Found(row["meter_id"], str(one["year"]), arguments, effect_unit=""), "readings", ids)
    if not tested:
        raise NotApplicable("no_capacity_known")
    return Rows(found, Scope.count(tested))


def _limit(world: World, meter: Mapping[str, Any]) -> Fraction | None:
    """MW that can pass the meter: the least that plant, line and source say."""
    limits = [
        row[name]
        for row in world.rows("generators")
        if row["receiving_meter_id"] == meter["meter_id"] != ""
        for name in ("capacity", "line_capacity")
    ]
    limits += [
        row["capacity"]
        for row in world.rows("sources")
        if row["source_id"] == meter["source_id"] != ""
        and row["enterprise_id"] == meter["enterprise_id"]
        and row["unit"].strip() == "MW"
        and row["kind"] in {"generator", "power_unit"}
    ]
    return min((Fraction(one) for one in limits if one), default=None)

"""Generation when there can be none: the sun below the horizon, no irradiance, no wind; and the clock of the meter (TZ-MTR-14, 15)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.checks.defaults import default_factor
from verify.checks.listing import on_rows
from verify.checks.meter_plants import WIND, plant_meters, sun_meters
from verify.checks.meter_tables import Span, by_meter, clock, factor_of, meter_amounts, meter_rows, reading_rows, ready
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World
from verify.engine import Table
from verify.readings.series import stamped
from verify.readings.steps import day_of, year_of
from verify.readings.sun import MERIDIAN, elevation, equation_of_time

_HOUR, _DAY, _MICRO = 60, 1440, 10**6


@check("TZ-MTR-14")
def no_sun_no_wind(world: World, params: Params) -> Rows:
    """More than `share` of what a plant generates falls where it cannot: the sun more than `below` degrees under the horizon at
    both ends of the interval (by the coordinates of the plant), irradiance zero, or wind under `cut_in` m/s (by the weather
    of its zone). Undone: that power is no green power and counts at the default factor.
    """
    ready(world)
    suns, winds = sun_meters(world), plant_meters(world, WIND)
    asked = {meter: plant for meter, plant in {**suns, **winds}.items() if meter in by_meter(world)}
    if not asked:
        raise NotApplicable("no_generation_meter")
    hits: dict[tuple[int, int], dict[str, Any]] = {}
    seen: set[int] = set()
    placed = {m: one for m, one in asked.items() if m in suns and None not in {one["longitude"], one["latitude"]}}
    for rows, meters in (_night(world, placed, params), _calm(world, asked, suns, params)):
        seen |= meters
        for row in world.engine.rows(rows) if rows is not None else ():
            key = (row["meter"], row["year"])
            if row["micro"] > hits.get(key, {"micro": 0.0})["micro"]:
                hits[key] = row
    if not seen:
        raise CouldNotRun("no_weather", meters=", ".join(meter_rows(world)[one]["meter_id"] for one in asked))
    found: list[Found] = []
    totals = {(meter, one["year"]): one["total"] for meter, years in by_meter(world).items() for one in years}
    for (meter, year), row in sorted(hits.items()):
        if row["micro"] <= float(Fraction(params["share"])) * totals[meter, year]:
            continue
        amount = Fraction(round(row["micro"]), _MICRO) * factor_of(world, meter)
        factor = default_factor(world, meter_rows(world)[meter]["carrier"], str(year))
        arguments = {"generated": text(amount), "readings": str(row["n"]), "first": clock(row["first"])}
        ids = reading_rows(world, [Span(meter, row["first"], row["first"])])[0]
        effect = None if factor is None else tonnes(amount * factor)
        found += on_rows(Found(meter_rows(world)[meter]["meter_id"], str(year), arguments, effect), "readings", ids)
    tested = sum(int(one["n"]) for meter in seen for one in by_meter(world)[meter])
    left = sorted(meter_rows(world)[one]["meter_id"] for one in set(asked) - seen)
    return Rows(found, Scope.count(tested), left)


def _places(world: World, plants: dict[int, dict[str, Any]]) -> Table:
    import pyarrow as pa

    columns = {
        "meter": list(plants),
        "longitude": [float(one["longitude"]) for one in plants.values()],
        "latitude": [float(one["latitude"]) for one in plants.values()],
    }
    schema = pa.schema([("meter", pa.int64()), ("longitude", pa.float64()), ("latitude", pa.float64())])
    return world.engine.table("places", pa.table(columns, schema=schema))


def _night(world: World, plants: dict[int, dict[str, Any]], params: Params) -> tuple[Table | None, set[int]]:
    """Generation while the sun is down, by meter and year."""
    if not plants:
        return None, set()
    rows = meter_amounts(world).join(_places(world, plants), "meter").filter(lambda t: t.micro > 0)
    low = -float(Fraction(params["below"]))
    ends = (elevation(moment, rows.longitude, rows.latitude) < low for moment in (rows.begin, rows.begin + rows.span))
    down = next(ends) & next(ends)
    return _sums(rows.filter(down & (rows.span <= _HOUR))), set(plants)


def _calm(
    world: World, plants: dict[int, dict[str, Any]], suns: dict[int, Any], params: Params
) -> tuple[Table | None, set[int]]:
    """Generation in hours without irradiance or without wind, of plants whose zone has weather."""
    import pyarrow as pa

    if not world.handed_in("weather"):
        return None, set()
    weather = world.table("weather")
    hour = (stamped(weather["at"]) / _HOUR).floor().cast("int64")
    hours = weather.group_by("zone", hour=hour).aggregate(sun=weather.irradiance.max(), wind=weather.wind_speed.max())
    zones = {row["zone"] for row in world.engine.rows(weather.select("zone").distinct())}
    at = {m: zone for m, one in plants.items() if (zone := _zone(one, zones))}
    if not at:
        return None, set()
    columns = {"meter": list(at), "zone": list(at.values()), "by_sun": [m in suns for m in at]}
    schema = pa.schema([("meter", pa.int64()), ("zone", pa.string()), ("by_sun", pa.bool_())])
    asked = world.engine.table("zones", pa.table(columns, schema=schema))
    rows = meter_amounts(world).join(asked, "meter").filter(lambda t: (t.micro > 0) & (t.span <= _HOUR))
    rows = rows.mutate(hour=(rows.begin / _HOUR).floor().cast("int64")).join(hours, ["zone", "hour"])
    cut_in = float(Fraction(params["cut_in"]))
    calm = (rows.by_sun & (rows.sun == 0)) | (~rows.by_sun & (rows.wind.cast("float64") < cut_in))
    return _sums(rows.filter(calm)), set(at)


def _zone(plant: dict[str, Any], zones: set[str]) -> str:
    """The zone of the weather that is the plant's: named after it or its grid zone, or the only one there is."""
    for name in (plant["generator_id"], plant["name"], plant["grid_zone"]):
        if name in zones:
            return str(name)
    return next(iter(zones)) if len(zones) == 1 else ""


def _sums(rows: Table) -> Table:
    return rows.group_by("meter", year=year_of(rows.begin)).aggregate(
        micro=rows.micro.cast("float64").sum(), n=rows.count(), first=rows.begin.min()
    )


@check("TZ-MTR-15")
def clock_of_the_sun(world: World, params: Params) -> Rows:
    """The middle of the generating day lies more than `hours` from solar noon at the longitude of the plant (GW-31).

    The middle between first and last generation of a day is noon whichever way the panels look; the median over at least
    `days` days is compared, year by year.
    """
    ready(world)
    suns = {m: one for m, one in sun_meters(world).items() if m in by_meter(world)}
    if not suns:
        raise NotApplicable("no_generation_meter")
    plants = {m: one for m, one in suns.items() if None not in {one["longitude"], one["latitude"]}}
    if not plants:
        raise CouldNotRun("no_coordinates", meters=", ".join(meter_rows(world)[one]["meter_id"] for one in suns))
    rows = meter_amounts(world).join(_places(world, plants), "meter")
    rows = rows.filter((rows.micro > 0) & (rows.span <= _HOUR))
    ends = rows.group_by("meter", "longitude", day=day_of(rows.begin)).aggregate(
        first=rows.begin.min(), last=(rows.begin + rows.span).max(), n=rows.count()
    )
    ends = ends.filter(ends.n > 1)
    noon = _DAY / 2 - 4.0 * (ends.longitude - MERIDIAN) - equation_of_time(ends["first"])
    off = (ends["first"] + ends["last"]) / 2.0 - ends.day * _DAY - noon
    ends = ends.mutate(off=off, year=year_of(ends["first"]))
    medians = ends.group_by("meter", "year").aggregate(
        off=ends.off.median(), days=ends.count(), first=ends["first"].min()
    )
    found: list[Found] = []
    tested = 0
    for row in sorted(world.engine.rows(medians), key=lambda one: (one["meter"], one["year"])):
        if row["days"] < int(params["days"]):
            continue
        tested += row["days"]
        if abs(row["off"]) > float(Fraction(params["hours"])) * _HOUR:
            arguments = {
                "minutes": f"{row['off']:+.0f}",
                "days": str(row["days"]),
                "longitude": text(plants[row["meter"]]["longitude"]),
            }
            meter = meter_rows(world)[row["meter"]]
            found.append(Found(meter["meter_id"], str(row["year"]), arguments, None, "", "meters", meter["row_id"]))
    return Rows(found, Scope.count(tested))

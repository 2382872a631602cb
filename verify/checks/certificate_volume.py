"""Certificates against what their plant can have made (TZ-CER-18), and of a store (TZ-CER-19).

General rules 2, 7 and 10 of green-power.md 6, GEC-2, GEC-5, CK-G6, CK-G7. One certificate is a whole unit; what is left of a month
is carried on, so that the sum of a year is rounded down once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from verify.checks.certificate_found import Serials, certificate_found, needs_rows
from verify.checks.certificates import Row, listed, proofs, span
from verify.checks.green_credit import credit
from verify.checks.own_power import BEHIND_THE_METER, generated
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, Rows, Scope, text
from verify.checks.sun import lit_share
from verify.checks.world import World
from verify.ledger.serials import Series, series
from verify.ledger.spans import Span, common, merged, size

HOURS_OF_A_DAY = 24
_METERED, _FILED, _SUN, _CAPACITY = "metered", "filed", "sun", "capacity"


@check("TZ-CER-18")
def no_more_than_generated(world: World, params: Params) -> Rows:
    """Certificates of a plant and year do not exceed its generation: metered, as filed, under the sun, at full capacity.

    Of several bounds the lowest is named. `params.sun`: technologies that make nothing in the dark.
    """
    needs_rows(world)
    found: list[Found] = []
    undecided: list[str] = []
    tested = 0
    plants = {row["generator_id"]: row for row in world.rows("generators")}
    for (plant, year), rows in sorted(_by_plant(world).items()):
        worth = credit(world, year, params["proof"])
        issued = sum(size(spans) for spans in _spans(rows).values())
        bounds = dict(_bounds(world, plants.get(plant), year, rows, params))
        if not bounds:
            undecided.append(f"{year}/{plant}")
            continue
        tested += 1
        by, most = min(bounds.items(), key=lambda pair: pair[1])
        beyond = issued - floor(most / worth.unit)
        if beyond <= 0:
            continue
        counted = sum(one.count for one in proofs(world, year) if one.certificate["generator_id"] == plant)
        key, spans = next(iter(_spans(rows).items()))
        more = {"generator": plants[plant]["name"] or plant, "bound": by, "possible": text(most), "excess": str(beyond)}
        serials = Serials(key, spans, year, "certificates", rows)
        found += certificate_found(world, serials, more, worth.lost(min(beyond, counted)))
    if undecided and not tested:
        raise CouldNotRun("no_capacity_of_plants")
    return Rows(found, Scope.count(tested, tested + len(undecided)), undecided)


@check("TZ-CER-19")
def none_for_a_store(world: World, params: Params) -> Rows:
    """What a store gives back was certified when it was made; its discharge has no certificate (GEC-5, CK-G6)."""
    needs_rows(world)
    stores = {row["storage_id"] for row in world.rows("storages")}
    found: list[Found] = []
    for key, rows in listed(world).items():
        for row in (one for one in rows if one["generator_id"] in stores):
            counted = {
                year: size(common([span(row)], [one.span for one in proofs(world, year) if one.series == key]))
                for year in world.years
            }
            year = max(counted, key=lambda of: (counted[of], of == world.year))
            effect = credit(world, year, params["proof"]).lost(counted[year])
            serials = Serials(key, [span(row)], year, "certificates", [row])
            found += certificate_found(world, serials, {"generator": row["generator_id"]}, effect)
    return Rows(found, Scope.count(sum(len(rows) for rows in listed(world).values())))


def _by_plant(world: World) -> dict[tuple[str, str], list[Row]]:
    """Rows of certificates by plant and year of generation; ranges that cross a year cannot be held against either."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for rows in listed(world).values():
        for row in rows:
            years = {str(row[name])[:4] for name in ("generated_from", "generated_to")}
            if row["generator_id"] and len(years) == 1 and years <= set(world.years):
                found[row["generator_id"], years.pop()].append(row)
    return found


def _spans(rows: list[Row]) -> dict[Series, list[Span]]:
    found: dict[Series, list[Span]] = defaultdict(list)
    for row in rows:
        found[series(row)].append(span(row))
    return {key: merged(spans) for key, spans in found.items()}


def _bounds(
    world: World, plant: Mapping[str, Any] | None, year: str, rows: list[Row], params: Params
) -> Iterator[tuple[str, Fraction]]:
    """What the plant can have made in the time that the certificates name, MWh, by where that comes from."""
    if plant is None:
        return
    days = _days(rows)
    if plant["capacity"] is not None:
        full = Fraction(plant["capacity"]) * HOURS_OF_A_DAY * len(days)
        yield _CAPACITY, full
        if plant["technology"] in params["sun"]:
            share = lit_share(world, plant["grid_zone"], days)
            if share is not None:
                yield _SUN, full * share
    if plant["total_mwh"] is not None and year == world.year:
        yield _FILED, Fraction(plant["total_mwh"])
    if plant["connection"] == BEHIND_THE_METER:
        made = generated(world, year, plant, params["own"], alone=False)
        if made is not None:
            yield _METERED, made


def _days(rows: list[Row]) -> set[date]:
    found: set[date] = set()
    for row in rows:
        day = row["generated_from"]
        while day <= row["generated_to"]:
            found.add(day)
            day += timedelta(days=1)
    return found

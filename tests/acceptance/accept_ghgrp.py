"""Real input: US EPA GHGRP workbooks under the corporate ruler, a county in full and the whole country beside it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance.entries import acceptance
from tests.acceptance.ghgrp import ABSENT, COUNTY, DATA, YEARS, Facility, facilities, of_county, write_submission
from tests.acceptance.ghgrp_compared import by_facility, by_hand
from tests.acceptance.ghgrp_published import published
from verify import road
from verify.checks import World

Years = dict[str, dict[str, Facility]]
THREE = {"2011": ("1010349",), "2014": ("1007978", "1010893")}  # semiconductors, refinery, sewage plant
PLACES = 6


@acceptance("1.5", "GHGRP: a county of 74 and 73 facilities, 2011 and 2014, and the whole country")
def ghgrp() -> dict[str, object]:
    if not DATA.is_dir():
        print(f"skipped: {ABSENT}")
        return {"skipped": ABSENT}
    years = {year: {one.id: one for one in facilities(year)} for year in YEARS}
    county = {year: of_county(many.values()) for year, many in years.items()}
    return {"county": _county(county), "country": _country(years)}


def _county(county: Years) -> dict[str, object]:
    assert min(len(many) for many in county.values()) >= 40
    with TemporaryDirectory() as place:
        folder = write_submission(Path(place, "county"), county, " ".join(COUNTY))
        with road.travel(folder, role="verification") as journey:
            compared = _compared(journey.world, county, " ".join(COUNTY))
            assert not [run.code for run in journey.runs if run.crash]
            members = journey.facts["members"]
            three = [
                {
                    "facility": county[year][one].name,
                    "year": year,
                    "AR4": _shown(by_hand(county[year][one], "AR4")),
                    "AR6": _shown(ours),
                }
                for year, many in THREE.items()
                for one in many
                if abs((ours := by_facility(journey.world, year, "AR6")[one]) - by_hand(county[year][one], "AR6")) <= 1
            ]
            assert len(three) == 3
            left = sorted(row["name"] for row in members if row["to"])
            entered = sorted(row["name"] for row in members if row["from"])
    first, last = (set(county[year]) for year in YEARS)
    assert left == sorted(county[YEARS[0]][one].name for one in first - last)
    assert entered == sorted(county[YEARS[1]][one].name for one in last - first)
    return {"name": ", ".join(COUNTY), **compared, "another_set": three, "left": left, "entered": entered}


def _country(years: Years) -> dict[str, object]:
    """Every facility of the workbooks, for the mixed columns that the county does not have. Accounted, not checked."""
    from verify.engine import Engine
    from verify.road.world import build
    from verify.ruler import load_ruler
    from verify.submission import read

    with TemporaryDirectory() as place:
        folder = write_submission(Path(place, "country"), years, "country")
        engine = Engine()
        world = build(
            read(folder, engine=engine, workdir=Path(place), values=None), load_ruler("ghg-protocol-corporate"), engine
        )
        taken_over = {cell["carrier"] for year in YEARS for cell in world.cells(year, rule="emissions.taken_over")}
        return {**_compared(world, years, ""), "taken_over": sorted(taken_over)}


def _compared(world: World, years: Years, county: str) -> dict[str, object]:
    """Counts, totals and the largest differences to the published totals, all within 1 t."""
    assert not world.submission.excluded
    record: dict[str, object] = {}
    for year in YEARS:
        theirs = {
            one.id: Fraction(one.total)
            for one in published(year)
            if not county or f"{one.state} {one.county}" == county
        }
        assert theirs.keys() == years[year].keys()
        ours = by_facility(world, year, "AR4")
        worst = max(abs(ours.get(one, Fraction(0)) - value) for one, value in theirs.items())
        total = abs(sum(ours.values()) - sum(theirs.values()))
        assert worst <= 1
        assert total <= 1
        record[year] = {
            "facilities": len(theirs),
            "published_tco2e": _shown(sum(theirs.values())),
            "largest_difference_t": _shown(worst),
            "difference_of_the_total_t": _shown(total),
        }
    return record


def _shown(value: Fraction | int) -> str:
    from verify.canonical import decimal_text

    return decimal_text(Fraction(value), PLACES)

"""Real input (acceptance 5): every GHGRP facility of Los Angeles County, California, as a park, 2011 and 2014.

74 facilities in 2011 and 73 in 2014, 68 of them in both. In 2011 one of them has HFC, PFC, SF6 and NF3 columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.acceptance.ghgrp import (
    ABSENT,
    BIOGENIC,
    COUNTY,
    DATA,
    YEARS,
    Facility,
    facilities,
    of_county,
    write_submission,
)
from tests.acceptance.ghgrp_compared import by_facility, by_hand
from tests.acceptance.ghgrp_published import Published, published
from verify import road
from verify.road import Journey

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT),
]
ROUNDED = Fraction("0.021")  # t of a facility: the sixth decimal of the tonnes handed in, see ghgrp.py
SEMICONDUCTORS, REFINERY, SEWAGE = "1010349", "1007978", "1010893"


@pytest.fixture(scope="module")
def county() -> dict[str, dict[str, Facility]]:
    return {year: of_county(facilities(year)) for year in YEARS}


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[str, Published]]:
    """The same county, read from the XML: id -> name and published total."""
    return {year: {one.id: one for one in published(year) if (one.state, one.county) == COUNTY} for year in YEARS}


@pytest.fixture(scope="module")
def journey(county: dict[str, dict[str, Facility]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder: Path = write_submission(tmp_path_factory.mktemp("ghgrp") / "county", county, "Los Angeles County")
    with road.travel(folder, role="verification") as here:
        yield here


def test_the_county_is_large_enough(printed: dict[str, dict[str, Published]]) -> None:
    assert {year: len(many) for year, many in printed.items()} == {"2011": 74, "2014": 73}
    assert len(printed["2011"].keys() & printed["2014"].keys()) == 68


def test_every_row_was_used(journey: Journey) -> None:
    assert journey.world.ruler.id == "ghg-protocol-corporate"
    assert {
        row["table"]: (row["excluded"], row["blocking"]) for row in journey.facts["dispositions"]["tables"]
    } == dict.fromkeys(("enterprises", "emissions", "evidence", "reported"), ("0", "0"))
    assert not journey.world.ledger.gaps or {gap["reading"] for gap in journey.world.ledger.gaps} == {"gwp_set=SAR"}


@pytest.mark.parametrize("year", YEARS)
def test_totals_equal_the_published_ones(journey: Journey, printed: dict[str, dict[str, Published]], year: str) -> None:
    ours = by_facility(journey.world, year, "AR4")
    theirs = {one.id: Fraction(one.total) for one in printed[year].values()}
    assert ours.keys() <= theirs.keys()
    worst = max(abs(ours.get(one, Fraction(0)) - value) for one, value in theirs.items())
    assert worst <= ROUNDED < 1
    whole = journey.world.item("total.tco2", year)
    assert isinstance(whole, Fraction)
    assert abs(whole - sum(theirs.values())) <= 1
    assert whole == sum(ours.values())


def test_the_published_totals_stand_beside_the_recomputed_ones(journey: Journey) -> None:
    rows = [(row["item"], row["year"], abs(Decimal(row["difference"])) < 1) for row in journey.facts["reported"]]
    assert rows == [("total.tco2", year, True) for year in YEARS]
    assert [run.outcome for run in journey.runs if run.code == "TZ-ACC-10"] == ["passed"]


def test_three_facilities_by_hand_under_another_set(journey: Journey) -> None:
    """Tonnes = printed tCO2e / GWP of AR4, then x GWP of AR5 (28, 265, 23500, 16100) or AR6 (27.9, 273); mixtures as printed."""
    chips = Fraction("1259.8") + Fraction("0.5") / 25 * 28 + Fraction("0.596") / 298 * 265
    chips += (
        Fraction("1324.68") / 22800 * 23500 + Fraction("51.6") / 17200 * 16100 + Fraction("229.4") + Fraction("132.364")
    )
    assert abs(by_facility(journey.world, "2011", "AR5")[SEMICONDUCTORS] - chips) <= ROUNDED
    refinery = Fraction(3355488) + Fraction("4825.25") / 25 * Fraction("27.9") + Fraction("5665.874") / 298 * 273
    assert abs(by_facility(journey.world, "2014", "AR6")[REFINERY] - refinery) <= ROUNDED
    sewage = Fraction("9474.9") + Fraction("147.5") / 25 * 28 + Fraction("340.614") / 298 * 265
    assert abs(by_facility(journey.world, "2014", "AR5")[SEWAGE] - sewage) <= ROUNDED


@pytest.mark.parametrize("gwp_set", ["AR5", "AR6"])
def test_every_facility_moves_with_the_set(
    journey: Journey, county: dict[str, dict[str, Facility]], gwp_set: str
) -> None:
    for year in YEARS:
        ours = by_facility(journey.world, year, gwp_set)
        assert all(
            abs(ours.get(one.id, Fraction(0)) - by_hand(one, gwp_set)) <= ROUNDED for one in county[year].values()
        )
        assert sum(ours.values()) != sum(by_facility(journey.world, year, "AR4").values())


def test_mixtures_are_taken_over_listed_and_never_weighted_again(journey: Journey) -> None:
    listed = {
        (one.subject, one.period, one.arguments["gas"], one.arguments["quantity"])
        for one in journey.findings
        if one.code == "TZ-GHG-01"
    }
    assert listed == {(SEMICONDUCTORS, "2011", "HFC", "229.4"), (SEMICONDUCTORS, "2011", "PFC", "132.364")}
    for gwp_set in ("SAR", "AR4", "AR6"):
        held = {**journey.world.chosen, "gwp_set": gwp_set}
        assert journey.world.figures["2011"].item("term.taken_over.tco2", held) == Fraction("361.764")


def test_biogenic_co2_is_listed_and_stands_outside(journey: Journey, county: dict[str, dict[str, Facility]]) -> None:
    for year in YEARS:
        columns = sum((Fraction(one.printed.get(BIOGENIC, 0)) for one in county[year].values()), Fraction(0))
        outside = journey.world.item("term.biogenic.tco2", year)
        assert isinstance(outside, Fraction)
        assert abs(outside - columns) < 1
        assert columns > 1_000_000


def test_who_entered_and_who_left_by_name(journey: Journey, printed: dict[str, dict[str, Published]]) -> None:
    """The spells of the report against the two lists of the workbooks."""
    first, last = (printed[year] for year in YEARS)
    left = {one.name for one in first.values() if one.id not in last}
    entered = {one.name for one in last.values() if one.id not in first}
    assert left == {
        "Tesoro Refining & Marketing Company LLC - LAR",
        "Tesoro Refining & Marketing Company LLC- SRP",
        "Berry Petroleum - Placerita",
        "DAY-GLO COLOR CORPORATION",
        "International Rectifier",
        "Olive",
    }
    assert entered == {
        "Joint Water Pollution Control Plant",
        "Microfabrica Inc",
        "NEW NGC Long Beach",
        "Shultz Steel Company",
        "Walnut Creek Energy, LLC.",
    }
    members = {row["enterprise_id"]: row for row in journey.facts["members"]}
    assert {row["name"] for row in members.values() if row["to"]} == left
    assert {row["name"] for row in members.values() if row["from"]} == entered
    found = {
        (members[one.subject]["name"], one.arguments["change"]) for one in journey.findings if one.code == "TZ-SCP-01"
    }
    assert found == {(name, "left") for name in left} | {(name, "entered") for name in entered}


def test_the_change_of_members_makes_recalculation_due(
    journey: Journey, printed: dict[str, dict[str, Published]]
) -> None:
    """Net -5.4 % and gross 7.7 % of the 2011 total: by hand from the published totals of those who left and entered."""
    first, last = (printed[year] for year in YEARS)
    base = sum(one.total for one in first.values())
    out = sum(one.total for one in first.values() if one.id not in last)
    came = sum(one.total for one in last.values() if one.id not in first)
    due = [one for one in journey.findings if one.code == "TZ-SCP-03"]
    assert len(due) == 1
    assert abs(Decimal(due[0].arguments["net"]) - (came - out) / base) < Decimal("1E-6")
    assert abs(Decimal(due[0].arguments["gross"]) - (came + out) / base) < Decimal("1E-6")


def test_no_check_crashed_and_the_opinion_says_why(journey: Journey) -> None:
    assert [run.code for run in journey.runs if run.crash] == []
    assert journey.facts["headline"] == {"item": "total.tco2", "year": "2014", "verdict": None, "opinion": "modified"}
    reasons = {reason["key"] for reason in journey.facts["opinion"]["reasons"]}
    assert reasons == {"opinion.uncorrected_errors", "opinion.open_questions"}
    asked = {one.arguments["table"] for one in journey.findings if one.severity == "question"}
    # neither in the workbooks nor declared away
    assert asked == {"affiliates", "certificates", "sources", "statements"}

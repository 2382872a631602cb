"""One submission under many rulers: ranges, the park's own choice, base years, flips. Expected values by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.golden.demonstration import RULERS, power, write_park
from verify.canonical import canonical_bytes
from verify.errors import Located, WrongUsage
from verify.road import Settings
from verify.road.comparison import compare

AVERAGE = str(RULERS / "demo-average")
FACTOR = Fraction("0.5306")


def under(found: dict[str, Any], item: str, ruler: int = 0) -> dict[str, Any]:
    return next(one for one in found["rulers"][ruler]["measures"] if one["item"] == item)


def years(**rest: str) -> list[dict[str, str]]:
    """The power of one member: 100 MWh with certificates, and so much without, by year (y2025=…)."""
    return [one for year, mwh in rest.items() for one in power("100", mwh, year.removeprefix("y"))]


@pytest.fixture(scope="module")
def three_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = years(y2024="700", y2025="500", y2026="900", y2027="400")
    return write_park(tmp_path_factory.mktemp("years") / "park", rows=rows)


def test_a_free_base_year_gives_a_range_of_reductions(three_years: Path) -> None:
    found = compare(three_years, rulers=[AVERAGE])
    assert found["rulers"][0]["base_years"] == {
        "rule": "free_choice",
        "admissible": ["2024", "2025", "2026"],
        "without_data": [],
        "own": "2025",
    }
    reduction = under(found, "reduction.tco2")
    assert Fraction(reduction["own"]["value"]) == 100 * FACTOR
    assert Fraction(reduction["own"]["share"]) == Fraction(1, 5)
    whole, alone = reduction["range"], reduction["alone"]["base_year"]
    assert (Fraction(whole["low"]), Fraction(whole["high"])) == (100 * FACTOR, 500 * FACTOR)
    assert (whole["at_high"]["base_year"], whole["at_low"]["base_year"]) == ("2026", "2025")
    assert alone["standing"] == "worst"  # of the three, 2025 gives the smallest reduction
    assert reduction["alone"]["boundary"]["standing"] == "only"


def test_the_choice_of_the_kindest_base_year_is_the_best_end(three_years: Path, tmp_path: Path) -> None:
    rows = years(y2024="700", y2025="500", y2026="900", y2027="400")
    chosen = write_park(tmp_path / "park", rows=rows, head={"base_year": "2026"})
    assert under(compare(chosen, rulers=[AVERAGE]), "reduction.tco2")["range"]["standing"] == "best"


def test_a_fixed_base_year_is_no_choice(three_years: Path) -> None:
    found = compare(three_years, rulers=["cn-national-2025"])
    assert found["rulers"][0]["base_years"]["admissible"] == ["2025"]
    reduction = under(found, "reduction.tco2")
    assert Fraction(reduction["own"]["value"]) == 100 * Fraction("0.8325")
    assert reduction["alone"]["base_year"]["standing"] == "only"


def test_boundary_classification_and_flips(tmp_path: Path) -> None:
    """M1 stays; M2, which buys no certificates, comes in 2026. Limit 0.2 at 0.30 kgce/kWh, in MWh and tonnes:

    filed: 0.5306 x 120 / (0.30 x 1000) = 0.21224, not met; M1 alone: 0.5306 x 70 / (0.30 x 950) = 0.13033, met;
    filed at 0.3150: 63.672 / 315 = 0.20213, not met; so the boundary turns the verdict and the coefficient does not.
    """
    rows = [*power("880", "70"), *power("880", "70", "2025"), *power("0", "50", member="M2")]
    enterprises = [{"enterprise_id": "M1", "name": "M1"}, {"enterprise_id": "M2", "name": "M2", "from": "2026-01-01"}]
    found = compare(write_park(tmp_path / "park", rows=rows, enterprises=enterprises), rulers=[AVERAGE])
    core = under(found, "indicator.unit_energy_co2")
    filed, lasting = FACTOR * 120 / 300, FACTOR * 70 / 285
    assert abs(Fraction(core["own"]["value"]) - filed) < Fraction(1, 10**12)
    assert core["own"]["by_numbers"] == "not_met"
    boundary = core["alone"]["boundary"]
    assert abs(Fraction(boundary["low"]) - lasting) < Fraction(1, 10**12)
    assert boundary["standing"] == "worst"
    assert boundary["verdicts"] == {"met": "1", "not_met": "1"}
    assert [(one["what"], one["chosen"], one["verdict"]) for one in core["flips"]] == [("boundary", "lasting", "met")]
    assert core["by_point"]["coefficient"]["standing"] == "between"
    assert core["range"]["bases"] == "6"
    assert [(one["id"], one["untold"]) for one in found["boundaries"]] == [
        ("filed", []),
        ("lasting", []),
        ("ever", ["M2"]),
    ]


def test_green_power_rules_are_a_dimension_of_their_own(tmp_path: Path) -> None:
    """The corporate ruler leaves open whether the total is location-based or market-based: 480 of 800 MWh have certificates."""
    rows = power("480", "320", "2023")
    park = write_park(tmp_path / "park", rows=rows, head={"reporting_year": "2023", "base_year": "2023"})
    found = compare(park, rulers=["ghg-protocol-corporate"])
    total = under(found, "total.tco2")
    assert found["rulers"][0]["incomplete"] == []
    assert Fraction(total["own"]["value"]) == 800 * FACTOR  # location-based
    green = total["alone"]["green_power"]
    assert Fraction(green["low"]) == 320 * FACTOR  # market-based, the rest at the grid average
    assert Fraction(green["high"]) == 800 * FACTOR
    assert green["standing"] == "worst"
    assert total["alone"]["classification"]["standing"] == "only"


def test_rows_without_a_factor_are_named(tmp_path: Path) -> None:
    """No average factor of 2027 is published: under the corporate ruler the total is not the whole."""
    found = compare(write_park(tmp_path / "park"), rulers=["ghg-protocol-corporate"])
    assert {one["term"] for one in found["rulers"][0]["incomplete"]} >= {"scope2_location"}


def test_a_missing_factor_is_no_reduction(tmp_path: Path) -> None:
    """The corporate ruler has an average factor for 2023 and none for 2027: nothing fell between them, something is missing."""
    park = write_park(tmp_path / "park", rows=years(y2023="700", y2027="700"), head={"base_year": "2023"})
    reduction = under(compare(park, rulers=["ghg-protocol-corporate"]), "reduction.tco2")
    assert reduction["own"]["value"] is None
    assert reduction["range"]["standing"] == "undefined"


def test_one_and_two_threads_give_the_same_bytes(three_years: Path) -> None:
    ways = [
        compare(three_years, rulers=["cn-national-2025", AVERAGE], settings=Settings(threads=one)) for one in (1, 2)
    ]
    assert canonical_bytes(ways[0]) == canonical_bytes(ways[1])


def test_a_year_without_data_and_an_unknown_reading_are_refused(tmp_path: Path, three_years: Path) -> None:
    with pytest.raises(WrongUsage) as wrong:
        compare(three_years, rulers=[AVERAGE], year="2030")
    assert wrong.value.key == "road.no_such_year"
    other = write_park(tmp_path / "park", head={"parameters": {"losses": "never"}})
    with pytest.raises(Located) as located:
        compare(other, rulers=["cn-national-2025"])
    assert [one.key for one in located.value.problems] == ["road.no_reading"]

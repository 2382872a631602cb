"""The frozen parks (issue 1 of 8, must show 3): honest ones stay silent, the careless one is seen whole and nothing is made up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import jsonschema
import pytest
import yaml

from fixtures.freeze import park_of
from tests.golden.road import HONEST, codes, frozen
from verify import resources

VERDICTS = {"honest-met": "met", "honest-not-met": "not_met", "honest-undetermined": "undetermined"}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_park_raises_nothing_at_the_fail_level(name: str) -> None:
    report = frozen(name)
    assert codes(report, "error") == set()
    assert report.facts["headline"]["opinion"] == "unmodified"
    assert report.facts["headline"]["verdict"] == VERDICTS[name]
    assert not report.crashes
    assert [run["code"] for run in report.facts["runs"] if run["outcome"] == "could_not_run"] == []


@pytest.mark.parametrize("name", HONEST)
def test_figures_are_the_truth_of_the_simulator(name: str) -> None:
    """The simulator accounts on its own (Fractions over its own numbers); each figure agrees to a gramme."""
    truth = park_of(name).truth
    items = {(one["item"], one["year"]): one["claimed"] for one in frozen(name).facts["items"]}
    for year in ("2025", "2026", "2027"):
        true = truth[year]
        assert _near(items["total.tco2", year], true["total"])
        assert _near(items["energy.tce", year], true["tce_fence"])
        for term, tonnes in true["terms"].items():
            assert _near(items[f"term.{term}.tco2", year], tonnes), (term, year)
        assert abs(Fraction(items["indicator.unit_energy_co2", year]) - true["indicator"]) < Fraction(1, 10**9)


def _near(shown: str, true: Fraction) -> bool:
    return abs(Fraction(shown) - true) < Fraction(1, 10**3)


def test_the_undetermined_park_says_what_flips_it() -> None:
    core = next(one for one in frozen("honest-undetermined").facts["indicators"] if one["kind"] == "core")
    flips = {flip["parameter"] for flip in core["flips"]}
    assert "electricity.tce_coefficient" in flips
    point = next(flip["flip_point"] for flip in core["flips"] if flip["parameter"] == "electricity.tce_coefficient")
    assert Fraction("0.28078") < Fraction(point) < Fraction("0.30")
    assert Fraction(core["low"]) <= Fraction(core["limit"]) < Fraction(core["high"])


@pytest.mark.parametrize("name", [*HONEST, "careless"])
def test_the_report_follows_its_schema(name: str) -> None:
    import json
    from pathlib import Path

    schema = json.loads(
        (Path(__file__).resolve().parents[2] / "docs" / "formats" / "report.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator(schema).validate(frozen(name).document())


def register() -> list[dict[str, Any]]:
    return list(yaml.safe_load((resources.parks() / "careless" / "faults.yaml").read_text(encoding="utf-8"))["faults"])


@pytest.mark.parametrize("fault", register(), ids=lambda fault: fault["id"])
def test_every_registered_fault_is_found_where_it_stands(fault: dict[str, Any]) -> None:
    report = frozen("careless")
    for code in fault["raises"]:
        rows = [row for one in report.facts["findings"] if one["code"] == code for row in one["row_ids"]]
        places = [report.places[row] for row in rows if row in report.places]
        assert any(one["code"] == code for one in report.facts["findings"]), code
        if not fault["line"] or not places or fault["file"] == "park.yaml":
            continue
        assert (fault["file"], fault["line"]) in {(place["file"], place["line"]) for place in places}, (
            code,
            places[:5],
        )
        if code.startswith("TZ-SUB"):
            here = [place for place in places if (place["file"], place["line"]) == (fault["file"], fault["line"])]
            named = {column for place in here for column in place.get("columns", [])}
            assert not fault["column"] or not named or fault["column"] in named, (code, named)


def test_nothing_beyond_what_is_registered_is_raised() -> None:
    admitted = {code for fault in register() for code in (*fault["raises"], *fault["may_raise"])}
    assert codes(frozen("careless")) <= admitted


def test_the_careless_park_gets_no_opinion() -> None:
    report = frozen("careless")
    assert report.facts["headline"]["opinion"] == "disclaimer"
    assert report.facts["headline"]["verdict"] != "met"


@pytest.mark.parametrize("name", [*HONEST, "careless"])
def test_facts_hold_no_place(name: str) -> None:
    """No file, line, path or host in the facts: their digest is the same for every form of the submission."""
    text = frozen(name).json_bytes().decode("utf-8")
    facts = text[: text.index('"places"')]
    assert ".csv" not in facts
    assert "/tmp" not in facts

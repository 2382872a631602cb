"""What `compare` says of a base is what the ordinary road says of a park that files that base as its choice.

Bases are drawn by chance from those that a comparison names: the ends of its ranges and the choices that turn a verdict.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.golden.demonstration import RULERS, power, write_park
from tests.golden.road import HONEST
from verify import resources, road
from verify.road.comparison import compare

NATIONAL, CORPORATE, PARTIAL = "cn-national-2025", "ghg-protocol-corporate", "inner-mongolia-db15t-2948-2023"
Basis = dict[str, Any]  # as a comparison names it: boundary, base_year, readings that differ from the park's own
ROUNDED = Fraction(15, 10**7)  # a difference of two printed totals, held against the printed difference
OWN: Basis = {"boundary": "filed", "base_year": None, "readings": {}}


def bases(row: Mapping[str, Any]) -> Iterator[Basis]:
    """Every base that a comparison names under one ruler, each once, the park's own first."""
    named = [OWN]
    for measure in row["measures"]:
        spreads = [measure["range"], *measure["alone"].values(), *measure["by_point"].values()]
        named += [spread[end] for spread in spreads for end in ("at_low", "at_high") if spread[end]]
        named += [_of_flip(flip["what"], flip["chosen"]) for flip in measure["flips"]]
    own = row["base_years"]["own"]
    cleaned = [{**one, "base_year": None if one["base_year"] == own else one["base_year"]} for one in named]
    yield from {repr(one): one for one in cleaned}.values()


def _of_flip(what: str, chosen: str) -> Basis:
    if what in {"boundary", "base_year"}:
        return {**OWN, what: chosen}
    return {**OWN, "readings": {what: chosen}}


def filing(park: Path, folder: Path, ruler: str, basis: Basis) -> Path:
    """A copy of a park that names `ruler` and files a base as its own choice."""
    shutil.copytree(park, folder)
    file = folder / "park.yaml"
    about = yaml.safe_load(file.read_text(encoding="utf-8"))
    about["ruler"] = ruler
    about["parameters"] = {**_known(about.get("parameters") or {}, ruler), **basis["readings"]}
    if basis["base_year"]:
        about["base_year"] = basis["base_year"]
    file.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    return folder


def _known(chosen: Mapping[str, str], ruler: str) -> dict[str, str]:
    """What a park chose for its own ruler and the other one leaves open too."""
    from verify.ruler import load_ruler

    return {name: reading for name, reading in chosen.items() if name in load_ruler(ruler).text.parameters}


def agree(row: Mapping[str, Any], park: Path, ruler: str | Path, basis: Basis, folder: Path) -> None:
    """The report of a park that files the base has the figures that the comparison has when it is asked for that base."""
    filed = filing(park, folder / "filed", str(row["ruler"]["id"]), basis)
    report = road.verify(filed, ruler=str(ruler)).facts
    again = compare(filed, rulers=[ruler])["rulers"][0]
    totals = {one["year"]: one["claimed"] for one in report["items"] if one["item"] == "total.tco2"}
    indicators = {one["item"]: one for one in report["indicators"]}
    for measure in again["measures"]:
        own = measure["own"]
        if measure["item"] == "total.tco2":
            assert own["value"] == totals[report["year"]]
        elif measure["item"] == "reduction.tco2":
            since = again["base_years"]["own"]
            if own["value"] is None:  # no reduction where a term of one of the years has no factor
                assert any(one["incomplete"] for one in report["items"] if one["item"] == "total.tco2")
                continue
            difference = Fraction(totals[since]) - Fraction(totals[report["year"]])
            assert abs(Fraction(own["value"]) - difference) <= ROUNDED
        else:
            one = indicators[measure["item"]]
            assert (own["value"], measure["verdict"]) == (one["value"], one["verdict"])
            assert _number(own["limit"]) == _number(one["limit"])
            assert own["by_numbers"] == _by_numbers(one)
    _named(row, basis, totals, indicators, report)


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _by_numbers(one: Mapping[str, Any]) -> str:
    if one["limit"] is None or one["value"] is None:
        return "no_limit" if one["value"] is not None else "undetermined"
    value, limit = Fraction(one["value"]), Fraction(one["limit"])
    return "met" if (value <= limit if one["comparison"] == "<=" else value >= limit) else "not_met"


def _named(row: Any, basis: Basis, totals: Any, indicators: Any, report: Any) -> None:
    """Wherever the first comparison names this base with a value, the report of that base has the value."""
    since = basis["base_year"] or row["base_years"]["own"]
    for measure in row["measures"]:
        item = measure["item"]
        if item == "total.tco2":
            value, verdict = totals[report["year"]], None
        elif item == "reduction.tco2":
            value, verdict = Fraction(totals[since]) - Fraction(totals[report["year"]]), None
        else:
            value, verdict = indicators[item]["value"], _by_numbers(indicators[item])
        spreads = [measure["range"], *measure["alone"].values(), *measure["by_point"].values()]
        within = ROUNDED if item == "reduction.tco2" else 0
        for spread in spreads:
            for end in ("low", "high"):
                if _same(spread[f"at_{end}"], basis, row, item):
                    assert abs(Fraction(spread[end]) - Fraction(value)) <= within, (item, basis)
        for flip in measure["flips"]:
            if _of_flip(flip["what"], flip["chosen"]) == basis:
                assert (Fraction(flip["value"]), flip["verdict"]) == (Fraction(value), verdict)


def _same(named: Basis | None, basis: Basis, row: Any, item: str) -> bool:
    """Whether a comparison means this base; the base year is of no account to a figure of one year."""
    if named is None or (named["boundary"], named["readings"]) != (basis["boundary"], basis["readings"]):
        return False
    own = row["base_years"]["own"]
    return item != "reduction.tco2" or (named["base_year"] or own) == (basis["base_year"] or own)


SMALL = {("honest-met", NATIONAL), ("honest-undetermined", PARTIAL), ("honest-not-met", CORPORATE)}  # in make test


@pytest.mark.parametrize(
    ("name", "ruler"),
    [
        pytest.param(*pair, marks=() if pair in SMALL else pytest.mark.accept)
        for pair in product([*HONEST, "careless"], [NATIONAL, CORPORATE, PARTIAL])
    ],
)
def test_a_base_is_what_the_road_says_under_it(name: str, ruler: str, tmp_path: Path) -> None:
    park = resources.parks() / name
    row = compare(park, rulers=[ruler])["rulers"][0]
    named = [one for one in bases(row) if one["boundary"] == "filed"]
    agree(row, park, ruler, random.Random(f"{name} {ruler}").choice(named[1:] or named), tmp_path)


def test_another_boundary_is_a_park_without_the_others(tmp_path: Path) -> None:
    """M2 comes in 2026: members of all years throughout are M1 alone, and a park that lists M1 alone says the same."""
    rows = [*power("880", "70"), *power("880", "70", "2025"), *power("0", "50", member="M2")]
    enterprises = [{"enterprise_id": "M1", "name": "M1"}, {"enterprise_id": "M2", "name": "M2", "from": "2026-01-01"}]
    park = write_park(tmp_path / "park", rows=rows, enterprises=enterprises)
    ruler = RULERS / "demo-average"
    measure = compare(park, rulers=[ruler])["rulers"][0]["measures"][0]
    (flip,) = (one for one in measure["flips"] if one["what"] == "boundary")
    alone = write_park(tmp_path / "alone", rows=[one for one in rows if one["enterprise_id"] == "M1"])
    (core,) = (one for one in road.verify(alone, ruler=str(ruler)).facts["indicators"] if one["kind"] == "core")
    assert (flip["chosen"], flip["verdict"], flip["value"]) == ("lasting", "met", core["value"])
    assert core["verdict"] == "met"


def test_a_park_whose_copy_differs_by_a_row_is_seen(tmp_path: Path) -> None:
    """The comparison is sharp: one MWh more in the copy, and the figures no longer agree."""
    park = write_park(tmp_path / "park")
    row = compare(park, rulers=[NATIONAL])["rulers"][0]
    wrong = write_park(tmp_path / "wrong", rows=power("480000", "320001"))
    with (wrong / "activity.csv").open(encoding="utf-8") as file:
        assert any(one["quantity"] == "320001" for one in csv.DictReader(file))
    with pytest.raises(AssertionError):
        agree(row, wrong, NATIONAL, OWN, tmp_path / "copy")

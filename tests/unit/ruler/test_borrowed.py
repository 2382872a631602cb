"""Rulers known in part: they borrow a method, can be compared with, and found no opinion (issue 4, part E)."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.ruler.layer_folders import NATIONAL, example, national, replaced
from verify import resources, road
from verify.errors import Located
from verify.opinion import Grounds, decided
from verify.ruler import Ruler, load_ruler
from verify.ruler.repin import repin


@pytest.fixture(scope="module")
def borrower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example(tmp_path_factory.mktemp("borrowed"), "borrower")


def test_borrowed_parts_are_taken_over_as_they_are(borrower: Path) -> None:
    ruler, lender = load_ruler(borrower), load_ruler(NATIONAL)
    for part in ("method", "boundary", "processes", "opinion", "disclosure", "divergence"):
        assert getattr(ruler.text, part) == getattr(lender.text, part), part
    assert ruler.text.indicators.keys() == {"unit_energy_co2"}
    assert ruler.text.checks.keys() == {"TZ-ZER-01"}
    assert ruler.text.borrows is not None
    assert ruler.text.borrows.ruler == f"{NATIONAL}@sha256:{lender.sha256}"
    assert ruler.lineage == ()
    assert set(lender.values) < set(ruler.values)
    assert ruler.trees.keys() >= {one.formula for one in lender.text.method.items.values()}


def test_an_own_entry_of_the_same_name_is_used_and_recorded(borrower: Path) -> None:
    ruler, lender = load_ruler(borrower), load_ruler(NATIONAL)
    point = ruler.text.parameters["electricity.tce_coefficient"]
    assert [one.id for one in point.readings] == ["0.1229"]
    assert ruler.text.parameters["losses"] == lender.text.parameters["losses"]
    (one,) = ruler.overrides
    assert (one.path, one.direction, one.by) == ("parameters.electricity.tce_coefficient", "own", "borrower")
    assert (one.parent_place.partition(":")[0], one.child_place.partition(":")[0]) == (
        f"{NATIONAL}/parameters.yaml",
        "borrower/ruler.yaml",
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("status: partial", "status: complete", "ruler.borrower_not_partial"),
        (
            "unknown_clauses:\n  - {zh: 核算方法、排放因子未见原文, en: its method and its factors were not seen}\n",
            "",
            "ruler.borrower_without_unknown",
        ),
        ("parts: [divergence", "parts: [methods, divergence", "ruler.not_one_of"),
        ("id: borrower\n", f"id: borrower\nextends: {NATIONAL}@sha256:{'0' * 64}\n", "ruler.extends_and_borrows"),
        ("boundary, method", "boundary", "ruler.missing_key"),
    ],
)
def test_what_a_borrower_may_not(old: str, new: str, key: str, borrower: Path, tmp_path: Path) -> None:
    folder = tmp_path / "borrower"
    shutil.copytree(borrower, folder)
    replaced(folder / "ruler.yaml", old, new)
    with pytest.raises(Located) as refused:
        load_ruler(folder)
    assert key in [one.key for one in refused.value.problems]


def test_what_stands_beside_own_entries_keeps_its_place(borrower: Path, tmp_path: Path) -> None:
    """An own figure beside those of the lender: each is where it is written, though both are figures of one method."""
    folder = tmp_path / "borrower"
    shutil.copytree(borrower, folder)
    own = "method:\n  items:\n    own.tco2: {title: {zh: 甲, en: one}, unit: tCO2, formula: sum(tco2)}\n"
    with (folder / "ruler.yaml").open("a", encoding="utf-8") as file:
        file.write(own)
    origin = load_ruler(folder).origin
    assert origin is not None
    files = {name: origin.find(("method", "items", name))[0].file for name in ("own.tco2", "total.tco2")}
    assert files == {"own.tco2": "borrower/ruler.yaml", "total.tco2": f"{NATIONAL}/method.yaml"}


def test_a_fault_in_a_borrowed_part_is_told_at_its_own_place(tmp_path: Path) -> None:
    """The method names a unit that nobody knows: the lender's file is named, and the borrower does not load either."""
    national(tmp_path)
    folder = example(tmp_path, "borrower")
    national(tmp_path, "method.yaml", "unit: tCO2/MWh", "unit: tCO2/furlong")
    with pytest.raises(Located) as refused:
        load_ruler(folder)
    assert {one.file for one in refused.value.problems} == {f"{NATIONAL}/method.yaml"}


def _sound(ruler: Ruler) -> Grounds:
    return Grounds(
        incomplete_terms=0, misstatement_share=Fraction(0), unproven_share=Fraction(0), covered_share=Fraction(1), errors=0,
        questions=0, excluded_unknown=0, crashed_checks=0, partial_ruler=int(ruler.text.status != "complete"),
    )  # fmt: skip


def test_no_table_of_opinions_lets_a_partial_ruler_found_one(tmp_path: Path) -> None:
    """Whatever the ruler's own table says: the row is not needed for the disclaimer."""
    row = "    - {opinion: disclaimer, reason: ruler_partial, holds: partial_ruler > 0}\n"
    national(tmp_path, "ruler.yaml", row, "")
    complete = load_ruler(tmp_path / NATIONAL)
    assert decided(complete, _sound(complete), "2027").value == "unmodified"
    partial = load_ruler(example(tmp_path, "borrower"))
    assert all(one.reason != "ruler_partial" for one in partial.text.opinion.rows)
    found = decided(partial, _sound(partial), "2027")
    assert (found.value, found.reasons) == ("disclaimer", ("ruler_partial",))


def test_a_park_under_a_partial_ruler_has_met_nothing(borrower: Path) -> None:
    """The limit of 5 tCO2/tce is met by far; the same limit in a complete ruler says so."""
    facts = road.verify(resources.parks() / "honest-met", ruler=str(borrower)).facts
    (indicator,) = facts["indicators"]
    assert Fraction(indicator["high"]) < 5
    assert indicator["verdict"] == facts["headline"]["verdict"] == "undetermined"
    assert facts["opinion"]["value"] == "disclaimer"
    assert "opinion.ruler_partial" in [one["key"] for one in facts["opinion"]["reasons"]]
    assert facts["ruler"]["unknown_clauses"]
    said = [row["verdict"] for one in facts["parameters"] for row in one["readings"]]
    said += [one["verdict"] for one in (*indicator["flips"], *facts["sensitivities"])]
    assert "met" not in said


def test_every_ruler_that_comes_with_truezero_is_pinned_to_what_is_there(tmp_path: Path) -> None:
    """`truezero rules pin rules/<id>` after every change of the ruler that others rest on."""
    for folder in sorted(path.parent for path in resources.rules().glob("*/ruler.yaml")):
        text = load_ruler(folder.name).text
        if text.extends or text.borrows is not None:
            found = repin(folder)
            assert found.before == found.after, folder.name

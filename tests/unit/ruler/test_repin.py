"""A change of the ruler below stops every layer until somebody has looked at it and pins anew (`truezero rules pin`)."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from tests.unit.ruler.layer_folders import NATIONAL, example, national, replaced, valued
from verify.errors import Located, WrongUsage
from verify.ruler import load_ruler
from verify.ruler.repin import KEPT, kept_plain, repin


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """A layer over a copy of the national ruler beside it, pinned."""
    national(tmp_path)
    return example(tmp_path, "province-tighter")


def pinned_in(folder: Path) -> str:
    line = next(
        one for one in (folder / "ruler.yaml").read_text(encoding="utf-8").splitlines() if one.startswith("extends:")
    )
    return line.partition("@sha256:")[2]


def changed(folder: Path) -> None:
    """The ruler below changes in three places: one that the layer inherits, one that it overrides, one value."""
    below = folder.parent / NATIONAL
    valued(below / "checks.yaml", "TZ-IND-01", "severity", "question")
    valued(below / "ruler.yaml", "baseline", "history_years", "2")
    valued(below / "ruler.yaml", "practice.pervasive", "value", '"18"')


def test_a_change_below_stops_the_layer_until_it_is_pinned_anew(layer: Path) -> None:
    before = load_ruler(layer)
    changed(layer)
    with pytest.raises(Located) as refused:
        load_ruler(layer)
    (problem,) = refused.value.problems
    assert problem.key == "ruler.pin_differs"
    assert problem.arguments["pinned"] == before.lineage[0][1] == pinned_in(layer)
    assert problem.arguments["found"] == load_ruler(layer.parent / NATIONAL).sha256
    repin(layer).write()
    after = load_ruler(layer)
    assert after.lineage[0][1] == problem.arguments["found"] == pinned_in(layer)
    assert after.sha256 != before.sha256


def test_pinning_anew_shows_what_changed_and_where_the_layer_says_something_of_its_own(layer: Path) -> None:
    changed(layer)
    found = repin(layer)
    assert found.differences is not None
    assert {one.path: (one.before, one.after, one.overridden) for one in found.differences} == {
        "checks.TZ-IND-01.severity": ("warning", "question", True),
        "baseline.history_years": ("3", "2", True),
        "values.practice.pervasive.entries[0].printed": ("20", "18", False),
    }
    assert pinned_in(layer) == found.before.sha256  # nothing is written before `write`


def test_everything_but_the_pin_stays_as_it_was_typed(layer: Path) -> None:
    before = (layer / "ruler.yaml").read_bytes()
    old = pinned_in(layer)
    changed(layer)
    repin(layer).write()
    assert (layer / "ruler.yaml").read_bytes().replace(pinned_in(layer).encode(), old.encode()) == before


def test_a_layer_that_would_be_refused_is_not_pinned(layer: Path) -> None:
    """The ruler below becomes tighter than the layer: 1 % materiality, where the layer says 3 %."""
    before = (layer / "ruler.yaml").read_bytes()
    valued(layer.parent / NATIONAL / "ruler.yaml", "practice.materiality", "value", '"1"')
    with pytest.raises(Located) as refused:
        repin(layer)
    assert [one.key for one in refused.value.problems] == ["ruler.layer_not_lower"]
    assert (layer / "ruler.yaml").read_bytes() == before


def test_what_is_kept_is_the_pinned_ruler_and_nothing_else_is_believed(layer: Path) -> None:
    pinned = pinned_in(layer)
    kept = gzip.decompress((layer / KEPT).read_bytes())
    assert sha256(kept).hexdigest() == pinned
    changed(layer)
    (layer / KEPT).write_bytes(gzip.compress(kept.replace(b'"history_years":3', b'"history_years":9')))
    assert kept_plain(layer, pinned) is None
    assert repin(layer).differences is None
    (layer / KEPT).write_bytes(b"no archive")
    assert repin(layer).differences is None
    (layer / KEPT).unlink()
    found = repin(layer)
    assert found.differences is None
    assert [one.path for one in found.ruler.overrides if one.path.startswith("baseline")] == ["baseline.history_years"]


def test_a_ruler_that_did_not_change_has_no_differences(layer: Path) -> None:
    found = repin(layer)
    assert found.before == found.after
    assert found.differences == ()


def test_a_pin_may_stand_in_a_borrower(tmp_path: Path) -> None:
    national(tmp_path)
    folder = example(tmp_path, "borrower")
    first = load_ruler(folder)
    changed(folder)
    found = repin(folder)
    assert found.differences is not None
    assert [one.path for one in found.differences] == [
        "values.practice.pervasive.entries[0].printed"
    ]  # checks, baseline are its own
    found.write()
    assert load_ruler(folder).sha256 != first.sha256
    assert f"from: {NATIONAL}@sha256:{found.after.sha256}" in (folder / "ruler.yaml").read_text(encoding="utf-8")


def test_a_ruler_that_rests_on_nothing_has_no_pin(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as refused:
        repin(national(tmp_path))
    assert refused.value.key == "ruler.rests_on_nothing"
    with pytest.raises(WrongUsage) as refused:
        repin(tmp_path)
    assert refused.value.key == "ruler.no_folder"


def test_a_circle_is_found_while_pinning(tmp_path: Path) -> None:
    first = example(tmp_path, "province-tighter", pinned=False)
    replaced(first / "ruler.yaml", f"extends: {NATIONAL}", "extends: province-tighter")
    with pytest.raises(Located) as refused:
        repin(first)
    assert refused.value.problems[0].key == "ruler.circle"

"""The hunt over rulers at small size: a seeded sample of every kind of change; the hunt itself sees what it must."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.ruler_mutants.argued import Argued
from tests.ruler_mutants.edits import Mutant, at, dotted, is_number
from tests.ruler_mutants.hunt import Hunt
from tests.ruler_mutants.of_formulas import formulas
from tests.ruler_mutants.own import mutants
from tests.ruler_mutants.record import hunted
from verify import resources
from verify.road.rule_tests import read_cases
from verify.ruler import Ruler, available, load_ruler

COMPLETE = ("cn-national-2025", "ghg-protocol-corporate")
SEED = 20260402
# Where numbers of a ruler's text are no numbers that decide: citations, words, names, units.
_NAMES = {
    "cite",
    "documents",
    "title",
    "text",
    "id",
    "default",
    "conservative",
    "unit",
    "divergence",
    "values",
    "formula",
}
_UNWRITTEN = {"places"}  # of an indicator: no ruler writes it, the model does


def sampled(ruler: Ruler, of_each: int) -> list[Mutant]:
    """Some mutants of every kind, the same each time."""
    random, by_kind = Random(SEED), {}
    for one in mutants(ruler):
        by_kind.setdefault(one.kind, []).append(one)
    return [one for many in by_kind.values() for one in random.sample(many, min(of_each, len(many)))]


@pytest.mark.parametrize("name", [pytest.param(COMPLETE[0], marks=pytest.mark.accept), COMPLETE[1]])
def test_a_sample_of_every_kind_is_noticed_or_argued(name: str) -> None:
    sample = sampled(load_ruler(name), 1)
    found = hunted(name, sample)
    assert found.made.total() == len(sample) > 20
    assert found.unargued == []


def test_the_ledger_that_is_known_beforehand_says_what_a_new_one_says() -> None:
    """A mutant is noticed by the short way exactly when it is noticed with every test accounted anew."""
    hunt = Hunt.of("regional-shortcut")
    sample = sampled(hunt.ruler, 1)
    short = {one.id: bool(hunt.noticed(one)) for one in sample}
    assert short == {one.id: bool(hunt.plainly(one)) for one in sample}
    assert True in short.values()


def test_a_ruler_with_one_test_lets_mutants_live() -> None:
    """The broken twin: with a single test of power, nothing notices a heat value; with all of them something does."""
    ruler = load_ruler(COMPLETE[0])
    cases = read_cases(resources.rules() / COMPLETE[0])
    (power,) = [one for one in cases if one.id == "electricity.received"]
    (mutant,) = [one for one in mutants(ruler) if one.id.startswith("number values.gbt32151_34_2024.coke.ncv")]
    (other,) = [one for one in mutants(ruler) if one.id.startswith("number values.annex4.el.grid_other")]
    alone = Hunt.over(ruler, [power])
    assert alone.noticed(mutant) == alone.plainly(mutant) == ""
    assert alone.noticed(other) == "electricity.received"
    fuels = [one for one in cases if one.id == "fuels.defaults_of_every_fuel"]
    assert Hunt.over(ruler, fuels).noticed(mutant) == "fuels.defaults_of_every_fuel"


def test_tests_that_do_not_pass_hunt_nothing() -> None:
    ruler = load_ruler(COMPLETE[0])
    cases = [one for one in read_cases(resources.rules() / COMPLETE[0]) if one.id == "electricity.received"]
    (wrong,) = [one for one in mutants(ruler) if one.id.startswith("number values.annex4.el.grid_other")]
    with pytest.raises(AssertionError, match=r"electricity\.received"):
        Hunt.over(wrong.make(), cases)


@pytest.mark.parametrize("name", available())
def test_every_argument_is_of_a_mutant(name: str) -> None:
    """A pattern that fits no mutant argues nothing; that what it fits survives is shown at full size."""
    assert Argued.of(name).idle(one.id for one in mutants(load_ruler(name))) == []


@pytest.mark.parametrize("name", COMPLETE)
def test_every_number_and_every_formula_is_changed(name: str) -> None:
    ruler = load_ruler(name)
    made = list(mutants(ruler))
    assert len({one.id for one in made}) == len(made)
    changed = {one.where for one in made if one.kind == "number"}
    plain = ruler.text.model_dump(mode="json") | {
        "bridge": None
    }  # no rule test sees a bridge: tests/unit/road_bridges do
    assert [where for where in numbers(plain, ()) if where not in changed] == []
    own = {ruler.values[name].id for name in ruler.text.values if ruler.values[name].entries}
    assert {name for name in own if not any(where.startswith(f"values.{name}") for where in changed)} == set()
    touched = {one.where for one in made}
    lone = {
        dotted(path) for path in formulas(ruler) if ruler.tree(at(ruler.text, path))["op"] == "name"
    }  # its input alone
    assert [dotted(path) for path in formulas(ruler) if dotted(path) not in touched | lone] == []


def numbers(data: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Where plain numbers stand that decide something, as the mutants name it: a reading by its id."""
    if isinstance(data, dict):
        for key, one in data.items():
            if key not in _NAMES | _UNWRITTEN:
                yield from numbers(one, (*path, key))
    elif isinstance(data, list):
        for place, one in enumerate(data):
            readings = path[:1] == ("parameters",) and path[-1] == "readings"
            if readings and one.get("value"):
                yield dotted((*path[:-1], one["id"]))
            elif not readings:
                yield from numbers(one, (*path, str(place)))
    elif (isinstance(data, int) and not isinstance(data, bool) and data) or is_number(data):
        yield dotted(path)

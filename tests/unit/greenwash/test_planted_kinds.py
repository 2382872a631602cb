"""The benchmark itself, at its smallest: a trick planted is caught by what it touched, its twin is not, and truth is the simulator's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from benchmarks.greenwash.checked import Checked, Found, checked
from benchmarks.greenwash.draft import Draft
from benchmarks.greenwash.kinds.base import Kind, all_kinds
from benchmarks.greenwash.parks import grounds, honest
from benchmarks.greenwash.planted import case, judged, outcome, strength_one, twin
from benchmarks.greenwash.touched import touched

GROUND = grounds("small", 2)[0]
GAS = Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)  # tCO2 per 10^4 Nm3


@pytest.fixture(scope="module")
def kinds() -> dict[str, Kind]:
    return all_kinds()


@pytest.fixture(scope="module")
def bare() -> Checked:
    return checked(honest(GROUND))


def test_strength_one_is_five_percent_of_the_park() -> None:
    assert strength_one(GROUND) == honest(GROUND).truth["2027"]["total"] / 20


def test_a_struck_member_is_caught_with_its_tonnes_and_a_closed_one_is_not(
    kinds: dict[str, Kind], bare: Checked
) -> None:
    tonnes = strength_one(GROUND)
    one = case(GROUND, kinds["GW-01"], tonnes)
    burned = next(
        row["quantity"]
        for row in one.without.rows("activity")
        if row["period"] == "2027" and row["source_id"] == "gw01"
    )
    assert one.hidden == Fraction(burned) * GAS
    assert abs(one.hidden - tonnes) < 1
    seen = outcome(one, checked(one.tricked), bare)
    assert seen.caught
    assert seen.effect
    park, truth, beside = twin(GROUND, kinds["GW-01"], tonnes)
    assert beside is None
    assert truth is not None
    result = checked(park)
    assert not result.findings
    assert result.real is not None
    assert bare.real is not None
    assert abs(result.real - bare.real - truth) < 1


def test_every_kind_moves_what_it_says(kinds: dict[str, Kind]) -> None:
    """With the trick the park says something else; the run without it is the same however often it is simulated."""
    tonnes = strength_one(GROUND)
    for name, kind in kinds.items():
        one = case(GROUND, kind, tonnes)
        again = case(GROUND, kind, tonnes)
        assert (one.without.tables, one.without.meta) == (again.without.tables, again.without.meta), name
        assert (one.tricked.tables, one.tricked.meta) != (one.without.tables, one.without.meta), name
        if name == "GW-06":  # strength 1 is the threshold of recalculation: 5 % of the base year that holds them
            base = Fraction(one.tricked.truth[GROUND.recipe.base_year]["total"])
            assert 0 <= one.hidden / base - Fraction(5, 100) < Fraction(1, 10**4)
        elif one.hidden and kind.by == "finding":
            assert abs(one.hidden - tonnes) <= tonnes / 100, name


def test_a_finding_elsewhere_does_not_count(kinds: dict[str, Kind]) -> None:
    one = case(GROUND, kinds["GW-01"], strength_one(GROUND))
    member = next(row["enterprise_id"] for row in one.tricked.rows("sources") if row["source_id"] == "gw01")
    other = one.tricked.rows("enterprises")[0]["enterprise_id"]
    about = Found("TZ-SCP-01", "error", member, one.hidden, "tCO2", frozenset(), frozenset())
    assert one.mark.answered_by(about)
    assert not one.mark.answered_by(replace(about, subject=other, rows=frozenset({("enterprises", 0)})))
    assert one.mark.answered_by(replace(about, subject=other, words=frozenset({"natural_gas"})))


def test_an_effect_two_percent_off_is_not_close() -> None:
    def seen(effect: Fraction) -> bool | None:
        return judged([Found("X", "error", "a", effect, "tCO2", frozenset(), frozenset())], Fraction(1000)).effect

    assert seen(Fraction(1009)) is True
    assert seen(Fraction(1020)) is False
    assert judged([], Fraction(1000)).effect is None


def test_a_question_is_no_alarm() -> None:
    seen = judged([Found("X", "question", "a", None, "", frozenset(), frozenset())], Fraction(10))
    assert (seen.found, seen.caught, seen.asked) == (False, False, True)


def test_the_trick_touches_only_what_differs(kinds: dict[str, Kind]) -> None:
    same = Draft(honest(GROUND), GROUND.recipe).finish()
    assert touched(same, same.twin(), park_wide=False).rows == frozenset()

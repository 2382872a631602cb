"""Spells, readings and the conditions of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.ledger import Boundary, Spell
from verify.ledger.basis import consistent, read_reading, write_reading

IDS = st.text(alphabet="abcdefgh._", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        ("2026-05", False),
        ("2026-06", True),
        ("2027-03", True),
        ("2027-04", False),
        ("2026", True),
        ("2027", True),
        ("2025", False),
    ],
)
def test_a_spell_holds_in_its_months_and_in_years_it_touches(period: str, inside: bool) -> None:
    assert Spell("E", "2026-06", "2027-03").holds(period) is inside


def test_an_open_spell_holds_always() -> None:
    assert Spell("E", "", "").holds("1990-01")


def test_two_spells_of_one_enterprise_give_a_member_once() -> None:
    boundary = Boundary("filed", (Spell("E", "2026-01", "2026-03"), Spell("E", "2026-08", "")))
    assert boundary.members(["2026", "2026-05"]) == [("E", "2026")]


@given(st.dictionaries(IDS, IDS, max_size=4))
def test_a_reading_is_read_back(conditions: dict[str, str]) -> None:
    assert read_reading(write_reading(conditions)) == conditions


def test_a_line_belongs_to_the_bases_that_name_its_readings() -> None:
    assert consistent({}, {"a": "1"})
    assert consistent({"a": "1"}, {"a": "1", "b": "2"})
    assert not consistent({"a": "1"}, {"a": "2"})
    assert not consistent({"a": "1"}, {})


def test_a_changed_value_stays_as_printed_unless_a_basis_names_it() -> None:
    assert consistent({"value:x": "as_printed"}, {})
    assert not consistent({"value:x": "0.5"}, {})
    assert consistent({"value:x": "0.5"}, {"value:x": "0.5"})

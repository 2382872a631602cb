"""Suppression: small groups, dominated groups, and what could be subtracted out of the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.disclosure.small_groups import safe, suppressed, together

SHARE = Fraction(17, 20)


def group(**parts: int) -> dict[str, Fraction]:
    return {name: Fraction(part) for name, part in parts.items()}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (group(a=1, b=1, c=1), True),
        (group(a=85, b=14, c=1), True),  # 85 % is not above 85 %
        (group(a=86, b=13, c=1), False),
        (group(a=1, b=1), False),
        (group(a=1), False),
        (group(a=1, b=1, c=0), False),  # nobody hides behind a zero
        (group(a=-40, b=41, c=40), True),
        (group(a=-90, b=5, c=5), False),  # a sale counts by its size
        (group(a=0, b=0), True),
        ({}, True),
    ],
)
def test_a_safe_group(parts: dict[str, Fraction], expected: bool) -> None:
    assert safe(parts, 3, SHARE) is expected


def test_nothing_is_suppressed_where_all_are_safe() -> None:
    wide = group(a=30, b=30, c=40)
    assert suppressed({"x": wide, "y": wide}, 3, SHARE) == frozenset()


def test_one_small_group_takes_the_smallest_other_that_hides_it() -> None:
    cells = {"small": group(a=10), "next": group(b=5, c=6, d=7), "large": group(a=100, b=100, c=100)}
    assert suppressed(cells, 3, SHARE) == {"small", "next"}


def test_a_companion_that_does_not_hide_it_is_not_enough() -> None:
    """`next` is smaller than 15 % of what it should hide, so `large` goes too."""
    cells = {"small": group(a=1000), "next": group(b=5, c=6, d=7), "large": group(b=700, c=500, d=400)}
    assert suppressed(cells, 3, SHARE) == {"small", "next", "large"}


def test_two_small_groups_may_hide_each_other() -> None:
    assert suppressed({"x": group(a=5, b=6), "y": group(c=7), "z": group(a=9, b=9, c=9)}, 3, SHARE) == {"x", "y"}


def test_two_small_groups_of_the_same_enterprise_do_not() -> None:
    cells = {"x": group(a=5), "y": group(a=7), "z": group(a=9, b=9, c=9), "zz": group(a=50, b=50, c=50)}
    assert suppressed(cells, 3, SHARE) == {"x", "y", "z"}


def test_enterprises_that_cancel_out_hide_nobody() -> None:
    """b buys in x what it sells in y: in both together it is 0, and a and c would stand alone."""
    cells = {"x": group(a=50, b=5), "y": group(a=1, b=-5, c=20), "z": group(a=99, b=99, c=99)}
    assert safe(cells["y"], 3, SHARE)
    assert not safe(together([cells["x"], cells["y"]]), 3, SHARE)
    assert suppressed(cells, 3, SHARE) == {"x", "y", "z"}


def test_a_park_of_two_publishes_its_total_only() -> None:
    assert suppressed({"x": group(a=1, b=2), "y": group(a=3), "zero": group(a=0)}, 3, SHARE) == {"x", "y"}


CELLS = st.dictionaries(
    st.sampled_from(["fuel", "el", "heat", "process", "transformation"]),
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(-500, 5000).map(Fraction), max_size=6),
    max_size=5,
)


@given(CELLS, st.integers(2, 4), st.sampled_from([Fraction(1, 2), SHARE, Fraction(99, 100)]))
def test_what_is_published_and_what_is_left_are_both_safe(
    cells: dict[str, dict[str, Fraction]], fewest: int, share: Fraction
) -> None:
    found = suppressed(cells, fewest, share)
    live = {name for name, parts in cells.items() if any(parts.values())}
    assert found <= live
    assert all(safe(cells[name], fewest, share) for name in cells.keys() - found)
    assert found == live or safe(together(cells[name] for name in found), fewest, share)
    assert found == suppressed(dict(reversed(cells.items())), fewest, share)

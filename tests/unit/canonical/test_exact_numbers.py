"""Exact numbers: half-even at a place, plain text, no float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.canonical import decimal_text, exact, quantise, rounded


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("-0.125", 2, "-0.12"), ("44/12", 12, "3.666666666667")],
)
def test_half_even(value: str, places: int, expected: str) -> None:
    assert quantise(Fraction(value), places) == Decimal(expected)
    assert rounded(Fraction(value), places) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1, 8), "0.125"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (Fraction(0), "0"),
        (Decimal("1.500"), "1.5"),
    ],
)
def test_shortest_text(value: Fraction | Decimal, expected: str) -> None:
    assert decimal_text(value) == expected


def test_a_third_has_no_decimal() -> None:
    with pytest.raises(ValueError, match="no finite"):
        decimal_text(Fraction(1, 3))


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        exact(0.1)  # type: ignore[arg-type]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_text_round_trip(value: Decimal) -> None:
    assert Decimal(decimal_text(value)) == value
    assert Fraction(decimal_text(Fraction(value))) == Fraction(value)

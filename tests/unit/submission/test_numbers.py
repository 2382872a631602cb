"""Numbers as people type them. Expected values are the numbers themselves, written by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.submission.coerce import Fault
from verify.submission.coerce.decimals import Kept, integer, kept, reader, times
from verify.submission.coerce.numbers import Number, number
from verify.submission.contract import Column

READ = {
    "0": "0",
    " 12 ": "12",
    "+5": "5",
    "-5.50": "-5.50",
    "−5": "-5",
    "1,234,567.8": "1234567.8",
    "1 234 567": "1234567",
    "1\u00a0234": "1234",
    "１，２３４．５": "1234.5",
    "12,3456,7890": "1234567890",
    "1.2万": "12000",
    "1,234.5 万": "12345000",
    "3亿": "300000000",
    "2万亿": "2000000000000",
    "1E+05": "100000",
    "1.5e-3": "0.0015",
    ".5": "0.5",
    "5.": "5",
    "007": "7",
    "0.30000000000000004": "0.30000000000000004",
}
REFUSED = {
    "12O0": ("lookalike", {"position": "3", "letter": "O", "digit": "0"}),
    "l2": ("lookalike", {"position": "1", "letter": "l", "digit": "1"}),
    "1.234,5": ("separators", {}),
    "1,5": ("separators", {}),
    "1,2345": ("separators", {}),
    "0,123": ("separators", {}),
    "12,34,567": ("separators", {}),
    "1 234,567 890": ("separators", {}),
    "(120)": ("brackets", {}),
    "100-120": ("range", {}),
    "100～120": ("range", {}),
    "约120": ("about", {}),
    ">5": ("about", {}),
    "120吨": ("unit_inside", {}),
    "120 m3": ("unit_inside", {}),
    "-": ("placeholder", {}),
    "无": ("placeholder", {}),
    "N/A": ("placeholder", {}),
    "#REF!": ("excel_error", {}),
    "=A1*2": ("formula", {}),
    "1e999": ("exponent", {}),
    "abc": ("no_number", {}),
    "５％万": ("no_number", {}),
    "NaN": ("placeholder", {}),
    "inf": ("no_number", {}),
    "0x10": ("no_number", {}),
    "1_000": ("no_number", {}),
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_numbers_read_exactly(text: str, value: str) -> None:
    assert number(text) == Number(Decimal(value))


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_certain_number_is_refused_with_its_reason(text: str) -> None:
    found = number(text)
    assert isinstance(found, Fault)
    reason, arguments = REFUSED[text]
    assert (found.code, found.reason, dict(found.arguments)) == ("TZ-SUB-07", reason, arguments)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_round_trip_of_plain_and_grouped_text(value: Decimal) -> None:
    assert number(format(value, "f")) == Number(value)
    grouped = number(format(value, ",f"))
    assert isinstance(grouped, Number)
    assert grouped.value == value


@given(st.integers(-(10**9), 10**9), st.integers(-12, 12))
def test_round_trip_of_the_exponent_form(mantissa: int, power: int) -> None:
    found = number(f"{mantissa}E{power:+03d}")
    assert isinstance(found, Number)
    assert Fraction(found.value) == Fraction(mantissa) * Fraction(10) ** power


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**11), max_value=10**11, places=9))
def test_kept_is_half_even_at_six_places(value: Decimal) -> None:
    result = kept(value, 18, 6)
    assert isinstance(result, Kept)
    assert Fraction(result.value) == Fraction(round(Fraction(value) * 10**6), 10**6)
    assert result.rounded == (Fraction(result.value) != Fraction(value))
    assert kept(Fraction(value), 18, 6) == result


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=4),
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**6),
)
def test_products_are_exact(value: Decimal, factor: Fraction) -> None:
    assert Fraction(times(value, factor)) == Fraction(value) * factor


def column(**settings: object) -> Column:
    words = {"zh": "x", "en": "x"}
    return Column.model_validate({"title": words, "doc": words, **settings})


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("share", "12%", "0.12"),
        ("share", "0.12", "0.12"),
        ("share", "１００％", "1.00"),
        ("percent", "5%", "5"),
        ("percent", "5", "5"),
        ("decimal", "22.000", "22.000"),
    ],
)
def test_shares_and_per_cent(kind: str, text: str, expected: str) -> None:
    assert reader(column(type=kind))(text) == Kept(Decimal(expected))


@pytest.mark.parametrize(
    ("settings", "text", "code", "reason"),
    [
        ({"type": "decimal"}, "5%", "TZ-SUB-07", "percent"),
        ({"type": "share", "maximum": "1"}, "45", "TZ-SUB-13", "percent_missing"),
        ({"type": "share", "maximum": "1"}, "450", "TZ-SUB-13", "above"),
        ({"type": "decimal", "minimum": "0"}, "-1", "TZ-SUB-12", "negative"),
        ({"type": "decimal", "minimum": "1"}, "0", "TZ-SUB-13", "below"),
        ({"type": "decimal", "minimum": "0", "above_minimum": True}, "0", "TZ-SUB-13", "below"),
        ({"type": "decimal"}, "12345678", "TZ-SUB-13", "too_large"),
    ],
)
def test_bounds(settings: dict[str, object], text: str, code: str, reason: str) -> None:
    found = reader(column(**settings))(text)
    assert isinstance(found, Fault)
    assert (found.code, found.reason) == (code, reason)


def test_whole_numbers() -> None:
    assert integer(column(type="integer"), "1,000") == 1000
    assert integer(column(type="integer"), "12.0") == 12
    for text, reason in (("1.5", "not_whole"), ("5%", "percent"), ("9223372036854775808", "too_large")):
        found = integer(column(type="integer"), text)
        assert isinstance(found, Fault)
        assert found.reason == reason

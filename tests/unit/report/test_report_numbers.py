"""The one formatter: rounding half-even, grouping, the side of the limit, nothing that is no decimal."""

from __future__ import annotations

import pytest

from verify.errors import OurFault
from verify.report.numbers import figure, plain, scaled


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("275801.269260", "tCO2", "275,801.27"),
        ("-8325.000000", "tCO2", "−8,325.00"),
        ("0.125000", "tCO2", "0.12"),  # half to even
        ("0.135000", "tCO2", "0.14"),
        ("-0.001", "tCO2", "0.00"),  # what is shown as zero carries no sign
        ("420000.000000", "MWh", "420,000"),
        ("420000.500000", "MWh", "420,000.50"),
        ("0.857877877518", "tCO2/tce", "0.8579"),
        ("0.494736842105", "1", "49.47"),
        ("1.158000", "share", "115.80"),
        ("0.832500000000", "tCO2/MWh", "0.8325"),
        ("0.000000012300", "tCO2/t", "0.00000001"),  # a small factor is not shown as nothing
        ("0.000000000000", "tCO2/t", "0"),
        ("12", "count", "12"),
        ("1234567", "count", "1,234,567"),
        ("321492.460043", "number", "321,492.460043"),
    ],
)
def test_shown(value: str, unit: str, shown: str) -> None:
    result = figure(value, unit)
    assert (result.text, result.exact, result.unit) == (shown, value, unit)


@pytest.mark.parametrize(
    ("value", "unit", "limit", "shown"),
    [
        ("0.200040", "tCO2/tce", "0.2", "0.20004"),
        ("0.200000000001", "tCO2/tce", "0.2", "0.200000000001"),
        ("0.199999999999", "tCO2/tce", "0.2", "0.199999999999"),
        ("0.200000000000", "tCO2/tce", "0.2", "0.2000"),
        ("0.499999", "1", "0.5", "49.9999"),
        ("0.494737", "1", "0.5", "49.47"),
    ],
)
def test_a_value_is_shown_on_its_side_of_the_limit(value: str, unit: str, limit: str, shown: str) -> None:
    assert figure(value, unit, limit=limit).text == shown


def test_signs_limits_and_scales() -> None:
    assert figure("910.017416", "tCO2", sign=True).text == "+910.02"
    assert figure("0", "tCO2", sign=True).text == "0.00"
    assert plain("0.2", "tCO2/tce").text == "0.2"
    assert plain("0.9", "1").text == "90"
    assert scaled("275801.269260", "tCO2", 4, 4).text == "27.5801"
    assert scaled("-349650", "tCO2", 3, 1, sign=True).text == "−349.6"  # half to even


@pytest.mark.parametrize("value", ["", "12O0", "1e5", "１２", "nan", "1,000", "--1", None, 0.5])
def test_what_is_no_decimal_is_our_fault(value: str) -> None:
    with pytest.raises(OurFault):
        figure(value, "tCO2")

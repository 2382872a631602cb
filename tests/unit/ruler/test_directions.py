"""The table of directions, and the two orders: of plain data and of values by date."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verify.ruler.directions import Directions, matches, speaks, stricter
from verify.ruler.value_order import stricter_value
from verify.ruler.values import Entry, Value


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("checks.*.severity", ("checks", "TZ-ACC-01", "severity"), True),
        ("checks.*.severity", ("checks", "TZ-ACC-01", "params", "severity"), False),
        ("parameters.*.readings", ("parameters", "electricity.tce_coefficient", "readings"), True),
        ("values.practice.materiality", ("values", "practice.materiality"), True),
        ("values.practice.*", ("values", "practice.materiality"), False),
        ("values.*", ("values", "practice.materiality"), True),
        ("claims", ("claims", "verified_level"), False),
    ],
)
def test_a_pattern_names_keys_that_may_hold_dots(pattern: str, path: tuple[str, ...], fits: bool) -> None:
    assert matches(pattern, path) is fits


def test_the_pattern_with_the_most_names_decides() -> None:
    table = Directions(
        {
            "claims": "superset",
            "claims.acceptance_record": "fixed",
            "checks.*.params.*": "fixed",
            "checks.TZ-A.params.x": "lower",
        }
    )
    assert table.of_addition(("claims", "verified_level")) == "superset"
    assert table.of_addition(("claims", "acceptance_record")) == "fixed"
    assert table.at(("checks", "TZ-A", "params", "x")) == "lower"
    assert table.at(("checks", "TZ-B", "params", "x")) == "fixed"
    assert table.at(("boundary", "kind")) == "fixed"


def test_a_pattern_speaks_of_what_is_there() -> None:
    data = {"indicators": {"a": {"classes": [{"id": "x", "limit": ""}]}}, "values": {"a.b.c": None}}
    assert [
        speaks(one, data) for one in ("indicators.*.classes.*.limit", "indicators.a.classes.x.limit", "values.a.b.c")
    ] == [True] * 3
    assert [speaks(one, data) for one in ("indicators.*.classes.y", "values.a.b", "checks")] == [False] * 3


@pytest.mark.parametrize(
    ("direction", "theirs", "own", "verdict"),
    [
        ("lower", "5", "4.9", True),
        ("lower", "5", "5.1", False),
        ("higher", "3", "1/3", False),
        ("higher", 3, 4, True),
        ("lower", True, False, True),
        ("lower", False, True, False),
        ("superset", ["a"], ["b", "a"], True),
        ("superset", ["a", "b"], ["b"], False),
        ("subset", ["a", "b"], ["b"], True),
        ("subset", ["a"], ["a", "b"], False),
        ("higher", "note", "question", True),
        ("higher", "warning", "error", True),
        ("higher", "error", "warning", False),
        ("higher", "question", "warning", None),
        ("higher", "warning", "question", None),
        ("higher", "limited", "reasonable", True),
        ("lower", "included", "excluded", None),
        ("superset", "a", ["a"], None),
        ("by_comparison", "1", "2", None),
    ],
)
def test_stricter_as_plain_data(direction: Any, theirs: Any, own: Any, verdict: bool | None) -> None:
    assert stricter(direction, theirs, own) is verdict


def value(*windows: tuple[str, str, str], unit: str = "%", **more: Any) -> Value:
    entries = tuple(
        Entry(number, Fraction(number), since, until, "", "primary", {}) for number, since, until in windows
    )
    return Value("v", unit, "by_data_date", {}, entries, **more)


EVER = ("50", "", "")


@pytest.mark.parametrize(
    ("direction", "theirs", "own", "verdict"),
    [
        ("higher", value(EVER), value(("60", "", "")), True),
        ("lower", value(EVER), value(("60", "", "")), False),
        ("higher", value(EVER), value(("60", "", "2024-12-31"), ("49", "2025-01-01", "")), False),
        ("higher", value(EVER), value(("60", "", "2024-12-31"), ("50", "2025-01-01", "")), True),
        ("higher", value(EVER), value(("60", "2025-01-01", "")), None),  # no number before 2025
        ("higher", value(("50", "2025-01-01", "")), value(("60", "", "")), True),
        ("higher", value(EVER), value(("60", "", ""), unit="tCO2/tce"), None),
        (
            "higher",
            value(EVER),
            value(("60", "", ""), unit="1"),
            True,
        ),  # a share is a share; numbers are in base units here
        ("higher", value(EVER), value(("60", "", ""), low=Fraction(1)), None),
        ("higher", value(EVER), value(("60", "", ""), about={"subject": "electricity"}), None),
        (
            "higher",
            value(EVER, candidates=(Entry("40", Fraction(40), "", "", "", "primary", {}),)),
            value(("60", "", "")),
            None,
        ),
    ],
)
def test_stricter_at_every_date(direction: str, theirs: Value, own: Value, verdict: bool | None) -> None:
    assert stricter_value(direction, theirs, own) is verdict

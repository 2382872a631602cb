"""Ranks hold under every ruler or are not told."""

from __future__ import annotations

from typing import Any

from verify.registry.order import ranking


def row(park: str, ruler: str, low: str, high: str, *, lower: bool = True) -> dict[str, Any]:
    return {"park": park, "ruler": ruler, "item": "total", "unit": "t", "lower": lower, "low": low, "high": high}


def ranks(rows: list[dict[str, Any]], **years: str) -> dict[str, tuple[str, str]]:
    return {one["park"]: (one["best"], one["worst"]) for year in ranking(rows, years) for one in year["parks"]}


def test_an_order_under_every_ruler_is_a_rank() -> None:
    rows = [row("A", "r", "1", "2"), row("B", "r", "3", "4"), row("A", "s", "10", "10"), row("B", "s", "10.5", "11")]
    assert ranks(rows, A="2027", B="2027") == {"A": ("1", "1"), "B": ("2", "2")}


def test_one_ruler_that_disagrees_or_ranges_that_touch_leave_the_order_open() -> None:
    open_ranks = {"A": ("1", "2"), "B": ("1", "2")}
    turned = [row("A", "r", "1", "2"), row("B", "r", "3", "4"), row("A", "s", "9", "9"), row("B", "s", "8", "8")]
    assert ranks(turned, A="2027", B="2027") == open_ranks
    assert ranks([row("A", "r", "1", "3"), row("B", "r", "3", "4")], A="2027", B="2027") == open_ranks


def test_where_more_is_better_the_larger_is_first_and_years_do_not_mix() -> None:
    rows = [
        row("A", "r", "1", "2", lower=False),
        row("B", "r", "3", "4", lower=False),
        row("C", "r", "9", "9", lower=False),
    ]
    assert ranks(rows, A="2027", B="2027", C="2026") == {"A": ("2", "2"), "B": ("1", "1"), "C": ("1", "1")}


def test_a_park_without_a_value_under_one_ruler_is_left_out() -> None:
    rows = [row("A", "r", "1", "2"), row("A", "s", "1", "2"), row("B", "r", "3", "4")]
    (year,) = ranking(rows, {"A": "2027", "B": "2027", "C": "2027"})
    assert [one["park"] for one in year["parks"]] == ["A"]
    assert year["left_out"] == ["B", "C"]
    assert year["rulers"] == ["r", "s"]

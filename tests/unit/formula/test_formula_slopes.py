"""Slopes of a figure by its sums, beside differences worked out with the evaluator."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest

from verify.formula import Tree, evaluate, parse, slopes, text_of

A, B, C = ('sum(tco2, term="a")', 'sum(tco2, term="b")', 'sum(tce, side="fence")')
AT = {A: Fraction(7), B: Fraction(-3), C: Fraction(5)}


def sums(at: dict[str, Fraction], node: Tree) -> Fraction:
    return at[text_of(node)]


def of(text: str, at: dict[str, Fraction] = AT) -> dict[str, Fraction]:
    """The slopes of a formula without names."""
    return slopes(parse(text, "figure"), {}, lambda node: sums(at, node), lambda name: {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A, {A: 1}),
        ("3", {}),
        (f"{A} + {B} + {A}", {A: 2, B: 1}),
        (f"{A} - {B}", {A: 1, B: -1}),
        (f"-{A} * 2 * {C}", {A: -10, C: -14}),
        (f"{A} / {C}", {A: Fraction(1, 5), C: Fraction(-7, 25)}),
        (f"abs({B})", {B: -1}),
        (f"max(0, {B})", {}),
        (f"max(0, {A})", {A: 1}),
        (f"min({A}, {C}, {B})", {B: 1}),
        (f"case({A} > 100, {A}, {B} == -3 and not {C} < 0, {C}, 4)", {C: 1}),
        (f"case({A} > 100, {A}, 4)", {}),
        (f"{A} / ({C} - 5)", {}),  # no value, nothing to move
        (f"{A} - {A}", {}),
    ],
)
def test_slopes(text: str, expected: dict[str, Fraction]) -> None:
    assert of(text) == expected


def test_they_are_what_a_small_step_gives() -> None:
    text = f"({A} + 2 * {B}) / ({C} * {A}) + {C} * {C} - min({A}, {C})"
    tree, step = parse(text, "figure"), Fraction(1, 10**12)
    for name, slope in of(text).items():
        one, two = (evaluate(tree, {}, partial(sums, AT | {name: AT[name] + move})) for move in (step, -step))
        assert isinstance(one, Fraction)
        assert isinstance(two, Fraction)
        assert abs((one - two) / (2 * step) - slope) < Fraction(1, 10**9)


def test_a_name_brings_its_own() -> None:
    tree = parse(f"total.tco2 / {C}", "figure")
    found = slopes(tree, {"total.tco2": Fraction(4)}, lambda node: sums(AT, node), lambda name: {A: Fraction(1)})
    assert found == {A: Fraction(1, 5), C: Fraction(-4, 25)}

"""Areas laid over each other, against areas worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from verify.history.overlap import area_of, shared


def box(west: str, south: str, east: str, north: str) -> list[list[str]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


SQUARE = polygon(box("0", "0", "2", "2"))
CASES = {
    "itself": (SQUARE, SQUARE, Fraction(1)),
    "half of it": (SQUARE, polygon(box("1", "0", "3", "2")), Fraction(1, 2)),
    "a quarter": (SQUARE, polygon(box("1", "1", "3", "3")), Fraction(1, 4)),
    "inside": (SQUARE, polygon(box("0.5", "0.5", "1", "1")), Fraction(1)),
    "a shared border": (SQUARE, polygon(box("2", "0", "4", "2")), Fraction(0)),
    "a shared corner": (SQUARE, polygon(box("2", "2", "3", "3")), Fraction(0)),
    "apart": (SQUARE, polygon(box("5", "5", "6", "6")), Fraction(0)),
    "in its hole": (
        polygon(box("0", "0", "3", "3"), box("1", "1", "2", "2")),
        polygon(box("1", "1", "2", "2")),
        Fraction(0),
    ),
    "over its hole": (  # 2 x 2 over a ring of 9 - 1: of its 4, the hole takes 1/4
        polygon(box("0", "0", "3", "3"), box("1", "1", "2", "2")),
        polygon(box("1.5", "1.5", "3.5", "3.5")),
        Fraction(9, 4) / 4 - Fraction(1, 4) / 4,
    ),
    "triangles that cross": (  # both of area 2; they share the triangle (0,0) (2,0) (1,1) of area 1
        polygon([["0", "0"], ["2", "0"], ["2", "2"], ["0", "0"]]),
        polygon([["0", "0"], ["2", "0"], ["0", "2"], ["0", "0"]]),
        Fraction(1, 2),
    ),
    "wound the other way": (SQUARE, polygon(box("1", "0", "3", "2")[::-1]), Fraction(1, 2)),
    "two parts": (
        {"type": "MultiPolygon", "coordinates": [[box("0", "0", "1", "1")], [box("3", "0", "4", "1")]]},
        polygon(box("3", "0", "4", "2")),
        Fraction(1, 2),
    ),
    "a feature": (
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
        SQUARE,
        Fraction(1),
    ),
    "no area": (polygon([["0", "0"], ["1", "1"], ["0", "0"]]), SQUARE, Fraction(0)),
}


@pytest.mark.parametrize("name", CASES)
def test_by_hand(name: str) -> None:
    one, other, share = CASES[name]
    assert shared(area_of([one]), area_of([other])) == share
    assert shared(area_of([other]), area_of([one])) == share


def test_moved_a_little() -> None:
    """A fence shifted by a tenth of its width keeps nine tenths."""
    other = polygon(box("0.2", "0", "2.2", "2"))
    assert shared(area_of([SQUARE]), area_of([other])) == Fraction(9, 10)

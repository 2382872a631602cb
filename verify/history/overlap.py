"""How much of one area lies in another, exactly: polygons with holes cut into strips in which no two sides cross.

Areas are in squared degrees and only ever divided by each other, over one place: no projection is needed for a share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

Point = tuple[Fraction, Fraction]
Side = tuple[Point, Point]  # the lower end first, never level
Area = list[Side]


def area_of(shapes: Sequence[Mapping[str, Any]]) -> Area:
    """The sides of GeoJSON shapes taken together; a point is inside where a line to it crosses an odd number of them."""
    found: Area = []
    for shape in shapes:
        for ring in _rings(shape):
            corners = [(Fraction(str(one[0])), Fraction(str(one[1]))) for one in ring]
            for first, second in zip(corners, [*corners[1:], *corners[:1]], strict=True):
                if first[1] != second[1]:
                    found.append((first, second) if first[1] < second[1] else (second, first))
    return found


def shared(one: Area, other: Area) -> Fraction:
    """Of the smaller of two areas, the share that lies in the other: 0 to 1; 0 where one of them is empty."""
    sizes = [_common(one, one), _common(other, other)]
    return _common(one, other) / min(sizes) if all(sizes) else Fraction(0)


def _common(one: Area, other: Area) -> Fraction:
    """Twice is never counted: the area inside both."""
    heights = sorted({end[1] for side in (*one, *other) for end in side} | set(_crossings([*one, *other])))
    whole = Fraction(0)
    for low, high in pairwise(heights):
        middle = (low + high) / 2
        cuts = sorted(
            [(_at(side, middle), 0, side) for side in one if side[0][1] <= low and high <= side[1][1]]
            + [(_at(side, middle), 1, side) for side in other if side[0][1] <= low and high <= side[1][1]],
            key=lambda cut: (cut[0], cut[1]),
        )
        within = [False, False]
        for (left, which, _), (right, _, _) in pairwise(cuts):
            within[which] = not within[which]
            if all(within):
                whole += (right - left) * (high - low)  # a strip without crossings: its width at the middle is the mean
    return whole


def _crossings(sides: Area) -> Iterator[Fraction]:
    """The heights at which two sides cross."""
    for place, ((ax, ay), (bx, by)) in enumerate(sides):
        for (cx, cy), (dx, dy) in sides[place + 1 :]:
            turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
            if not turn:
                continue
            along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
            if 0 < along < 1:
                yield ay + along * (by - ay)


def _at(side: Side, height: Fraction) -> Fraction:
    (ax, ay), (bx, by) = side
    return ax + (bx - ax) * (height - ay) / (by - ay)


def _rings(shape: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    for key in ("features", "geometries"):
        for one in shape.get(key) or ():
            yield from _rings(one)
    if shape.get("geometry"):
        yield from _rings(shape["geometry"])
    if shape.get("type") == "Polygon":
        yield from shape.get("coordinates") or ()
    elif shape.get("type") == "MultiPolygon":
        for rings in shape.get("coordinates") or ():
            yield from rings

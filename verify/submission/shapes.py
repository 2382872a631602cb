"""Points and GeoJSON shapes, exactly: inside a shape, or in a hole of it. Longitude and latitude in degrees; no projection.

Polygons, multi-polygons, features and collections (RFC 7946, 3.1 to 3.3); a point on a line of a shape is inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

Point = tuple[Fraction, Fraction]  # longitude, latitude


def inside(shape: Mapping[str, Any], point: Point) -> bool:
    """Whether a point lies in a GeoJSON shape with holes; a point on its line is inside."""
    return any(_in_rings(rings, point) for rings in _polygons(shape))


def enclosed(shape: Mapping[str, Any], point: Point) -> bool:
    """Whether a point lies in a hole: within an outer ring of the shape and yet not inside."""
    return not inside(shape, point) and any(_in_rings(rings[:1], point) for rings in _polygons(shape))


def _polygons(shape: Mapping[str, Any]) -> Iterator[Sequence[Sequence[Any]]]:
    """The rings of every polygon of a shape."""
    for key in ("features", "geometries"):
        for one in shape.get(key) or ():
            yield from _polygons(one)
    if shape.get("geometry"):
        yield from _polygons(shape["geometry"])
    if shape.get("type") == "Polygon":
        yield shape.get("coordinates") or ()
    elif shape.get("type") == "MultiPolygon":
        yield from shape.get("coordinates") or ()


def _in_rings(rings: Sequence[Sequence[Any]], point: Point) -> bool:
    odd = False
    for ring in rings:
        corners = [(Fraction(str(one[0])), Fraction(str(one[1]))) for one in ring]
        for first, second in zip(corners, [*corners[1:], *corners[:1]], strict=True):
            if _on(first, second, point):
                return True
            if (first[1] > point[1]) != (second[1] > point[1]):
                cross = first[0] + (second[0] - first[0]) * (point[1] - first[1]) / (second[1] - first[1])
                odd ^= point[0] < cross
    return odd


def _on(first: Point, second: Point, point: Point) -> bool:
    """Whether a point lies on the side between two corners."""
    turn = (second[0] - first[0]) * (point[1] - first[1]) - (second[1] - first[1]) * (point[0] - first[0])
    between = all(min(first[axis], second[axis]) <= point[axis] <= max(first[axis], second[axis]) for axis in (0, 1))
    return not turn and between

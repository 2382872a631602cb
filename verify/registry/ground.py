"""Where a fence lies: squares of a grid in which neighbours meet, before areas are cut exactly (verify.history.overlap)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor
from typing import Any

_SQUARE = 20  # squares to a degree: about 5 km
_MOST = 400  # squares a side; a fence that claims more is no park, and meets the others by its corners


def cells_of(shape: Mapping[str, Any]) -> Iterator[str]:
    """The squares that the frame of a GeoJSON shape touches."""
    points = list(_points(shape))
    if not points:
        return
    west, east = (floor(end(x for x, _ in points) * _SQUARE) for end in (min, max))
    south, north = (floor(end(y for _, y in points) * _SQUARE) for end in (min, max))
    for x in range(west, min(east, west + _MOST) + 1):
        for y in range(south, min(north, south + _MOST) + 1):
            yield f"{x}/{y}"


def _points(shape: Any) -> Iterator[tuple[float, float]]:
    if isinstance(shape, Mapping):
        for key in ("features", "geometries"):
            for one in shape.get(key) or ():
                yield from _points(one)
        yield from _points(shape.get("geometry"))
        yield from _points(shape.get("coordinates"))
    elif isinstance(shape, list | tuple) and shape:
        if isinstance(shape[0], list | tuple):
            for one in shape:
                yield from _points(one)
        elif len(shape) > 1:
            yield float(shape[0]), float(shape[1])

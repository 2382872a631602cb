"""Boundaries of a submission: the dated list, its intersection and union, and the polygons with dates."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.golden.demonstration import power, write_park
from verify.engine import Engine
from verify.road.comparison.fences import Fence, fences
from verify.submission import read
from verify.submission.shapes import enclosed, inside

SQUARE = [["0", "0"], ["4", "0"], ["4", "4"], ["0", "4"], ["0", "0"]]
HOLE = [["1", "1"], ["1", "2"], ["2", "2"], ["2", "1"], ["1", "1"]]
POLYGON: dict[str, Any] = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}


@pytest.mark.parametrize(
    ("point", "held"),
    [
        (("3", "3"), True),
        (("1.5", "1.5"), False),  # in the hole
        (("1", "1.5"), True),  # on the line of the hole
        (("4", "4"), True),  # on a corner
        (("4.000001", "2"), False),
        (("-1", "0"), False),  # on the line of a side, beyond its end
        (("0", "2"), True),
    ],
)
@pytest.mark.parametrize(
    "shape",
    [
        POLYGON,
        {
            "type": "MultiPolygon",
            "coordinates": [[[["8", "8"], ["9", "8"], ["9", "9"], ["8", "8"]]], POLYGON["coordinates"]],
        },
        {"type": "Feature", "properties": {}, "geometry": POLYGON},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON}]},
    ],
    ids=["polygon", "multi", "feature", "collection"],
)
def test_inside_is_exact_with_holes_and_lines(shape: dict[str, Any], point: tuple[str, str], held: bool) -> None:
    assert inside(shape, (Fraction(point[0]), Fraction(point[1]))) is held


@pytest.mark.parametrize(
    ("point", "held"), [(("1.5", "1.5"), True), (("3", "3"), False), (("1", "1.5"), False), (("5", "2"), False)]
)
def test_what_lies_in_a_hole_is_enclosed_and_not_inside(point: tuple[str, str], held: bool) -> None:
    assert enclosed(POLYGON, (Fraction(point[0]), Fraction(point[1]))) is held


def found(folder: Path, **park: Any) -> dict[str, Fence]:
    engine = Engine(threads=1)
    submission = read(write_park(folder / "park", **park), engine=engine, workdir=folder, values=None)
    return {one.id: one for one in fences(submission, engine, ["2025", "2026", "2027"])}


def members(fence: Fence) -> list[str]:
    return sorted({spell.enterprise_id for spell in fence.boundary.spells})


def test_a_list_without_changes_leaves_nothing_open(tmp_path: Path) -> None:
    assert list(found(tmp_path)) == ["filed"]


def test_who_came_late_is_no_lasting_member_and_the_union_cannot_be_told(tmp_path: Path) -> None:
    enterprises = [
        {"enterprise_id": "M1", "name": "始终在册"},
        {"enterprise_id": "M2", "name": "后来入园", "from": "2026-07-01"},
        {"enterprise_id": "M3", "name": "先行迁出", "to": "2026-12-31"},
        {"enterprise_id": "M4", "name": "首日入园", "from": "2025-01-01", "to": "2027-12-31"},
    ]
    rows = [one for member in ("M1", "M2", "M4") for one in power(member=member)]
    those = found(tmp_path, rows=rows, enterprises=enterprises)
    assert list(those) == ["filed", "lasting", "ever"]
    assert members(those["lasting"]) == ["M1", "M4"]
    assert those["lasting"].untold == ()
    assert those["ever"].untold == ("M2", "M3")


def test_two_polygons_with_dates_give_their_union_and_intersection(tmp_path: Path) -> None:
    """M1 lies in both, M2 in the first alone, M3 in none, M4 nowhere known: it counts as listed."""
    wide = {"type": "Polygon", "coordinates": [[["0", "0"], ["9", "0"], ["9", "9"], ["0", "9"], ["0", "0"]]]}
    small = {"type": "Polygon", "coordinates": [[["0", "0"], ["4", "0"], ["4", "4"], ["0", "4"], ["0", "0"]]]}
    enterprises = [{"enterprise_id": one, "name": one} for one in ("M1", "M2", "M3", "M4")]
    places = {"M1": ("2", "2"), "M2": ("6", "6"), "M3": ("20", "20"), "M4": ("", "")}
    rows = [one for member in places for one in power(member=member)]
    sources = [
        {"source_id": source, "enterprise_id": member, "longitude": place[0], "latitude": place[1]}
        for member, place in places.items()
        for source in ("certified", "grid", "use")
    ]
    dated = [
        {"from": "2020-01-01", "to": "2025-12-31", "geojson": wide},
        {"from": "2026-01-01", "geojson": small},
    ]
    those = found(tmp_path, rows=rows, enterprises=enterprises, sources=sources, head={"boundaries": dated})
    assert members(those["drawn_all"]) == ["M1", "M4"]
    assert members(those["drawn_any"]) == ["M1", "M2", "M4"]

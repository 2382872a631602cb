"""The boundaries under which a submission can be asked: as filed, and what its dated lists and polygons leave open.

`lasting`: the members of every month of every year with data (the intersection of the dated lists). `ever`: whoever was a
member at some time (their union); rows of a time outside the list are left out at the door, so it is named with the
members that are missing and computed nowhere. `drawn_all`, `drawn_any`: members with a source inside every, or inside
any, of the polygons filed with dates, where there are several; a member without a located source counts as listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import canonical_bytes
from verify.engine import Engine
from verify.ledger import Boundary
from verify.road.world import filed_boundary
from verify.submission import Submission
from verify.submission.shapes import Point, inside

LASTING, EVER, DRAWN_ALL, DRAWN_ANY = "lasting", "ever", "drawn_all", "drawn_any"
_MONTHS = tuple(f"{month:02d}" for month in range(1, 13))


@dataclass(frozen=True)
class Fence:
    """A boundary to ask under. `untold`: members whose rows the submission does not hold, so that nothing is computed."""

    boundary: Boundary
    untold: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """filed, lasting, ever, drawn_all or drawn_any."""
        return self.boundary.id

    @property
    def members(self) -> int:
        """How many members it has, at any time."""
        return len({spell.enterprise_id for spell in self.boundary.spells})


def fences(submission: Submission, engine: Engine, years: Sequence[str]) -> list[Fence]:
    """Every boundary that differs from the filed one in who is a member in `years`, after the filed one."""
    filed = filed_boundary(submission, engine)
    months = [f"{year}-{month}" for year in years for month in _MONTHS]
    held = dict.fromkeys(sorted({spell.enterprise_id for spell in filed.spells}), 0)
    for enterprise, _ in filed.members(months):
        held[enterprise] += 1
    found = [Fence(filed)]
    coming_or_gone = tuple(one for one, count in held.items() if count < len(months))
    if coming_or_gone:
        found.append(Fence(_only(filed, LASTING, set(held) - {*coming_or_gone})))
        found.append(Fence(Boundary(EVER, filed.spells), coming_or_gone))
    found += _drawn(submission, engine, filed)
    return found


def _drawn(submission: Submission, engine: Engine, filed: Boundary) -> list[Fence]:
    shapes = list({canonical_bytes(_texts(one.geojson)): one.geojson for one in _dated(submission)}.values())
    if len(shapes) < 2:
        return []
    sources = submission.tables["sources"].filter(lambda t: t.longitude.notnull() & t.latitude.notnull())
    points: dict[str, list[Point]] = {}
    for row in engine.rows(sources.select("enterprise_id", "longitude", "latitude").distinct()):
        place = Fraction(row["longitude"]), Fraction(row["latitude"])
        points.setdefault(row["enterprise_id"], []).append(place)
    members = {spell.enterprise_id for spell in filed.spells}
    seen = {
        one: [any(inside(shape, point) for point in points[one]) for shape in shapes] for one in members & points.keys()
    }
    everywhere = {one for one in members if all(seen.get(one, ()))}
    anywhere = {one for one in members if one not in seen or any(seen[one])}
    return [
        Fence(_only(filed, name, kept))
        for name, kept in ((DRAWN_ALL, everywhere), (DRAWN_ANY, anywhere))
        if kept != members
    ]


def _dated(submission: Submission) -> list[Any]:
    return [one for one in submission.park.boundaries if one.geojson]


def _only(filed: Boundary, name: str, members: Iterable[str]) -> Boundary:
    kept = set(members)
    return Boundary(name, tuple(spell for spell in filed.spells if spell.enterprise_id in kept))


def _texts(value: Any) -> Any:
    """GeoJSON with its numbers as text: the canonical form takes no floats."""
    if isinstance(value, Mapping):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(one) for one in value]
    return None if value is None else str(value)

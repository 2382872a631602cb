"""Which commitments a filing is held against, what it opens, and what a declared restatement covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.checks import frozen as now_frozen
from verify.checks.world import World
from verify.history import (
    CHANGED,
    CHOICE,
    FIGURES,
    FILED,
    GONE,
    NEW,
    PLACE,
    TONNES,
    Difference,
    Frozen,
    Opened,
    Path,
    opened,
)
from verify.history.overlap import area_of, shared

_SAME_PLACE = "TZ-HIS-04"
_MAY_GO = {now_frozen.PARAMETER, now_frozen.RULER}  # a ruler may give up a reading: not the park's doing


@dataclass(frozen=True)
class Holding:
    """A commitment of this place. `opened` is None where nobody hands over its opening; `years`: those filed now.

    `comparable`: same ruler text and same readings as then, so that tonnes of both filings may be set beside each other.
    """

    frozen: Frozen
    opened: Opened | None
    years: tuple[str, ...]
    comparable: bool
    before: Mapping[Path, Any]
    now: Mapping[Path, Any]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every leaf that is not as committed; none of a commitment that is not opened."""
        return self.opened.differences if self.opened else ()

    def follows(self, difference: Difference) -> bool:
        """Whether a result differs only because another ruler or reading, or a quantity that is told itself, makes it.

        A filed figure follows the sources of its year; whether it follows them rightly is TZ-ACC-10.
        """
        path = difference.path
        if path.kind == FILED:
            sources = (one.path for one in self.differences if one.path.kind in {FIGURES, TONNES})
            return not self.comparable or any(one.year == path.year for one in sources)
        if path.kind != TONNES:
            return False
        figures = path._replace(kind=FIGURES)
        return not self.comparable or any(one.path == figures and one.what != GONE for one in self.differences)

    def effect(self, path: Path) -> Fraction | None:
        """Tonnes of the source in the year as first filed less those now; None where they cannot be set side by side."""
        if path.kind == FILED:
            sides = [side.get(path) for side in (self.before, self.now)]
            told = all(one and one[1] in {"tCO2", "tCO2e"} for one in sides)
            return exact(sides[0][0]) - exact(sides[1][0]) if told and sides[0] and sides[1] else None
        tonnes = path._replace(kind=TONNES)
        told = bool(self.before) and self.comparable
        return exact(self.before.get(tonnes, "0")) - exact(self.now.get(tonnes, "0")) if told else None

    def gone(self) -> Iterator[tuple[Path, str | None]]:
        """What is no longer there, each source and year once, with its tonnes as text where the opening tells them."""
        gone = [one for one in self.differences if one.what == GONE and one.path.name not in _MAY_GO]
        gone = [one for one in gone if one.path.kind != PLACE]
        tonnes = {one.path for one in gone if one.path.kind == TONNES}
        base_year = self.frozen.public.head["base_year"]
        if base_year and base_year not in self.years and any(one.path.year == base_year for one in gone):
            whole = sum(
                (exact(text) for path, text in self.before.items() if _of(path, TONNES, base_year)), Fraction(0)
            )
            yield Path(TONNES, year=base_year), decimal_text(whole, 6) if self.before else None
        for one in gone:
            path = one.path
            if path.year and path.year not in self.years:
                continue  # a year that is not handed in again is said in the report
            if path.kind == FIGURES and path._replace(kind=TONNES) in tonnes:
                continue
            if path.kind == CHOICE and path.member and any(other.member == path.member for other in tonnes):
                continue
            yield path, one.before if path.kind == TONNES else None


@dataclass(frozen=True)
class Restated:
    """Restatements that the park declares with a trigger and a document: (member, source, first year, last year)."""

    declared: tuple[tuple[str, str, str, str], ...]

    @classmethod
    def of(cls, world: World, kind: str) -> Restated:
        """Events of `kind` that say in words what set them off and name a document on file."""
        papers = world.evidence_kinds()
        return cls(
            tuple(
                (row["enterprise_id"], row["source_id"], str(row["from"])[:4], str(row["to"] or row["from"])[:4])
                for row in world.rows("events")
                if row["kind"] == kind and row["description"].strip() and row["evidence_id"] in papers
            )
        )

    def covers(self, path: Path) -> bool:
        """Whether a restatement is of this member, source and year; figures filed for the whole park follow any of them.

        A choice of the whole park is restated by the park only.
        """
        follows = not path.member and path.kind != CHOICE
        return any(
            (follows or not member or member == path.member)
            and (not path.source or not source or source == path.source or path.kind == CHOICE)
            and (not path.year or first <= path.year <= last)
            for member, source, first, last in self.declared
        )


def holdings(world: World) -> list[Holding]:
    """The commitments of this park or place, in the order in which they were given; read once per world."""
    if "holdings" not in world.cache:
        world.cache["holdings"] = [_holding(world, one) for one in world.history if _is_of(world, one)]
    return world.cache["holdings"]  # type: ignore[no-any-return]


def same_places(world: World, one: Frozen, decimals: int) -> dict[str, Fraction]:
    """How much of the smaller of two places lies in the other: `polygon`, `code` and `source`, each 0 to 1."""
    place = one.public.head["place"]
    spots = [leaf.content for leaf in one.opening.leaves if leaf.path.kind == PLACE] if one.opening else []
    here = [leaf.content for leaf in now_frozen.leaves(world) if leaf.path.kind == PLACE]
    areas = [[area_of([shape]) for shape in shapes] for shapes in (place["polygons"], now_frozen.polygons(world))]
    overlaps = [shared(then, now) for then in areas[0] for now in areas[1]]
    return {
        "polygon": max(overlaps, default=Fraction(0)),
        "code": _common(place["codes"], now_frozen.codes(world)),
        "source": _common(*([_rounded(spot, decimals) for spot in side] for side in (spots, here))),
    }


def is_same(world: World, alike: Mapping[str, Fraction], params: Mapping[str, Any]) -> bool:
    """Whether two places are one: by fence or sources from `params.share`, by members from `params.members`.

    One company may have a site in each of two parks: a few common codes make no common place.
    """
    share, members = world.number(params["share"]), world.number(params["members"])
    return max(alike["polygon"], alike["source"]) >= share or alike["code"] >= members


def _is_of(world: World, one: Frozen) -> bool:
    if one.public.park == world.submission.park.id:
        return True
    rule = world.ruler.text.checks.get(_SAME_PLACE)
    if rule is None:
        return False
    return is_same(world, same_places(world, one, int(rule.params["decimals"])), rule.params)


def _holding(world: World, one: Frozen) -> Holding:
    now = now_frozen.leaves(world)
    found = opened(one, now) if one.opening is not None else None
    moved = {
        difference.path.name
        for difference in (found.differences if found else ())
        if difference.path.kind == CHOICE and difference.what in {CHANGED, NEW, GONE}
    }
    before = {leaf.path: leaf.content for leaf in found.before} if found else {}
    comparable = not moved & _MAY_GO
    return Holding(one, found, world.years, comparable, before, {leaf.path: leaf.content for leaf in now})


def _common(one: Iterable[Any], other: Iterable[Any]) -> Fraction:
    sides = set(one), set(other)
    return Fraction(len(sides[0] & sides[1]), min(map(len, sides))) if all(sides) else Fraction(0)


def _rounded(spot: list[str], decimals: int) -> tuple[str, ...]:
    return tuple(decimal_text(exact(axis), decimals) for axis in spot)


def _of(path: Path, kind: str, year: str) -> bool:
    return path.kind == kind and path.year == year

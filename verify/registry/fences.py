"""TZ-REG-09 and 10: parks in a park cut from one mother, and two engagements at one place (overlap of fences, shared members)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from verify.canonical import decimal_text
from verify.history.overlap import Area, area_of, shared
from verify.registry.found import Answer, Found, Params
from verify.registry.view import View

_PLACES = 4
Pair = tuple[str, str]


def cut(view: View, params: Params) -> Answer:
    """Mothers, by what their parts write or on whose ground they lie, of which several parks in a park are filed."""
    parts: dict[str, set[str]] = defaultdict(set)
    for child, mothers in view.mothers.items():
        known = sorted(one for one in mothers if one in view.heads)
        parts[known[0] if known else min(mothers)].add(child)
    neighbours = [pair for pair in _on_ground(view) if len({one for one in pair if one in view.mothers}) == 1]
    for pair, share in _overlaps(view, neighbours).items():
        child, ground = pair if pair[0] in view.mothers else pair[::-1]
        if share >= Fraction(params["inside"]):
            parts[ground].add(child)
    found = [
        Found(
            "TZ-REG-09",
            mother,
            tuple(sorted(those)),
            subject=mother,
            period="",
            arguments={"mother": mother, "count": str(len(those)), "parks": "; ".join(sorted(those))},
        )
        for mother, those in sorted(parts.items())
        if len(those) >= int(params["least"])
    ]
    return Answer(found, None, len(view.mothers), len(view.mothers))


def same(view: View, params: Params) -> Answer:
    """Two parks on one ground or with the members of one; a park and the park that it lies in are not two places."""
    fences = _overlaps(view, _neighbours(view))
    codes = _shared_codes(view)
    found = []
    for pair in sorted({*fences, *codes}):
        ground, (common, share) = fences.get(pair, Fraction(0)), codes.get(pair, (0, Fraction(0)))
        many = common >= int(params["least"]) and share >= Fraction(params["members"])
        if (ground >= Fraction(params["ground"]) or many) and not view.nested(*pair):
            found.append(_same(pair, ground, common))
    return Answer(found, frozenset() if view.partial else None, len(fences) + len(codes), len(view.heads))


def _neighbours(view: View) -> list[Pair]:
    """Parks whose fences touch one square of the grid; of a partial view those with a park that moved."""
    squares: dict[str, set[str]] = defaultdict(set)
    for row in view.engine.rows(view.shared("cells", ["cell"]).select("cell", "park").distinct()):
        squares[row["cell"]].add(row["park"])
    moved = view.moved_parks() if view.partial else None
    pairs = {pair for parks in squares.values() for pair in combinations(sorted(parks), 2)}
    return sorted(pair for pair in pairs if moved is None or moved & set(pair))


def _on_ground(view: View) -> list[Pair]:
    """Parks in a park beside whoever touches their squares; there are few of them, so they are asked every time."""
    cells = view.live("cells")
    theirs = cells.semi_join(view.live("mothers"), "park")
    squares: dict[str, set[str]] = defaultdict(set)
    for row in view.engine.rows(cells.semi_join(theirs, "cell").select("cell", "park").distinct()):
        squares[row["cell"]].add(row["park"])
    return sorted({pair for parks in squares.values() for pair in combinations(sorted(parks), 2)})


def _overlaps(view: View, pairs: list[Pair]) -> dict[Pair, Fraction]:
    """Of the smaller fence, the share that the other holds; pairs that share nothing are left out. Exact."""
    import pyarrow as pa

    wanted = sorted({park for pair in pairs for park in pair})
    if not wanted:
        return {}
    parks = view.engine.table("parks", pa.table({"park": wanted}))
    areas: dict[str, list[Area]] = defaultdict(list)
    for row in view.rows(view.live("fences").semi_join(parks, "park")):
        areas[row["park"]].append(area_of([json.loads(row["shape"], parse_float=Decimal)]))
    found = {}
    for one, other in pairs:
        share = max((shared(a, b) for a in areas[one] for b in areas[other] if _near(a, b)), default=Fraction(0))
        if share:
            found[one, other] = share
    return found


def _near(one: Area, other: Area) -> bool:
    """Whether the frames of two areas meet."""
    frames: list[tuple[list[Any], list[Any]]] = [
        ([point[0] for side in area for point in side], [point[1] for side in area for point in side])
        for area in (one, other)
    ]
    return (
        all(frames[0])
        and all(frames[1])
        and all(
            min(frames[0][axis]) < max(frames[1][axis]) and min(frames[1][axis]) < max(frames[0][axis])
            for axis in (0, 1)
        )
    )


def _shared_codes(view: View) -> dict[Pair, tuple[int, Fraction]]:
    """Parks with a member in common: how many codes, and of how large a share of the smaller list."""
    owners: dict[str, set[str]] = defaultdict(set)
    for row in view.engine.rows(view.shared("spells", ["code"]).select("code", "park").distinct()):
        owners[row["code"]].add(row["park"])
    pairs = {pair for parks in owners.values() for pair in combinations(sorted(parks), 2)}
    moved = view.moved_parks() if view.partial else None
    pairs = {pair for pair in pairs if moved is None or moved & set(pair)}
    if not pairs:
        return {}
    common = Counter(pair for parks in owners.values() for pair in combinations(sorted(parks), 2) if pair in pairs)
    spells = view.live("spells")
    sizes = spells.group_by("park").aggregate(members=spells["code"].nunique())
    size = {row["park"]: int(row["members"]) for row in view.engine.rows(sizes)}
    return {pair: (count, Fraction(count, min(size[one] for one in pair))) for pair, count in common.items()}


def _same(pair: Pair, ground: Fraction, common: int) -> Found:
    arguments = {
        "first_park": pair[0],
        "other_park": pair[1],
        "ground": decimal_text(ground, _PLACES),
        "members": str(common),
    }
    return Found("TZ-REG-10", "|".join(pair), pair, " / ".join(pair), "", arguments)

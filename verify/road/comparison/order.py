"""truezero compare A B: who is lower, under every ruler and every basis that both submissions can be asked under.

A basis is common where both are asked alike: the same boundary of the same kind, the same readings. Each ruler compares by
what it judges parks by: its first core indicator, else the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from verify.ledger import defaults
from verify.road.comparison.asked import Answer, Asked, Choice, Measure, combined, grid
from verify.road.comparison.reading import rulers_of
from verify.road.comparison.told import (
    answer_facts,
    choice_facts,
    incomplete_facts,
    measure_title,
    park_facts,
    point_facts,
    ruler_facts,
    tell,
)
from verify.road.comparison.under import set_before
from verify.road.run import Progress, Settings
from verify.ruler import Parameter

FORMAT = "truezero-order/1"
Side = Literal["first", "second", "equal"]
Order = Literal["first", "second", "first_or_equal", "second_or_equal", "equal", "depends", "not_comparable"]


@dataclass
class Count:
    """In how many bases each side is lower, with one basis for each, and how many could not be compared."""

    first: int = 0
    second: int = 0
    equal: int = 0
    undefined: int = 0
    examples: dict[Side, tuple[Choice, Answer, Answer]] | None = None


def compare_two(
    first: Path,
    second: Path,
    *,
    rulers: Sequence[str | Path] = (),
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The order of two submissions (docs/formats/comparison.md). Errors as `road.verify`."""
    known = rulers_of(rulers)
    ways: dict[str, Any] = {"year": year, "settings": settings, "progress": progress}
    with set_before(first, known, **ways) as one, set_before(second, known, **ways) as other:
        common = [fence.id for fence in one.asked[0].fences if fence.id in {f.id for f in other.asked[0].fences}]
        told = [_under(mine, theirs, common) for mine, theirs in zip(one.asked, other.asked, strict=True)]
        return {
            "format": FORMAT,
            "parks": [{**park_facts(side.park), "year": side.year} for side in (one, other)],
            "boundaries": common,
            "rulers": told,
            **conclusion({row["ruler"]["id"]: row["order"] for row in told}),
        }


def conclusion(orders: Mapping[str, Order]) -> dict[str, Any]:
    """Dominance, or that the order depends on the ruler, with the rulers of each side by id."""
    sides = {word: [ruler for ruler, order in orders.items() if order == word] for word in _ORDERS}
    decided = {order for order in orders.values() if order != "not_comparable"}
    if not decided:
        return {"conclusion": "not_comparable", "lower": None, "sides": sides}
    if len(decided) == 1 and decided <= {"first", "second"}:
        return {"conclusion": "dominance", "lower": decided.pop(), "sides": sides}
    if decided == {"equal"}:
        return {"conclusion": "equal", "lower": None, "sides": sides}
    for side in ("first", "second"):
        if decided <= {side, f"{side}_or_equal", "equal"}:
            return {"conclusion": "never_higher", "lower": side, "sides": sides}
    ways = {order.removesuffix("_or_equal") for order in decided}
    verdict = "depends_on_ruler" if {"first", "second"} <= ways else "depends_on_basis"
    return {"conclusion": verdict, "lower": None, "sides": sides}


_ORDERS: tuple[Order, ...] = (
    "first", "first_or_equal", "second", "second_or_equal", "equal", "depends", "not_comparable",
)  # fmt: skip


def _under(first: Asked, second: Asked, fences: Sequence[str]) -> dict[str, Any]:
    mine, theirs = first.leading, second.leading
    points = {**mine.points, **theirs.points}
    readings, thinned = grid(points)
    usual = defaults(first.ruler)
    whole = not first.incomplete(mine) and not second.incomplete(theirs)
    count = Count(examples={})
    if whole:
        count = _counted(mine, theirs, _bases(fences, usual, readings))
    order = _order(count) if whole else "not_comparable"
    return {
        "ruler": ruler_facts(first.ruler),
        "item": mine.item,
        "title": measure_title(first.ruler, mine),
        "points": point_facts(points, usual),
        "unit": mine.unit,
        "lower_is_better": mine.lower_is_better,
        "order": order,
        "incomplete_of": [incomplete_facts(first, mine), incomplete_facts(second, theirs)],
        "own": [answer_facts(measure, measure.ask(side.own)) for measure, side in ((mine, first), (theirs, second))],
        "thinned": thinned,
        "bases": {word: str(getattr(count, word)) for word in ("first", "second", "equal", "undefined")},
        "examples": {
            side: {
                "basis": choice_facts(choice, usual, points),
                "values": [tell(mine, one.value), tell(theirs, other.value)],
            }
            for side, (choice, one, other) in sorted((count.examples or {}).items())
        },
        "turns_on": _turns_on(mine, theirs, fences, usual, points) if order == "depends" else [],
    }


def _bases(fences: Sequence[str], usual: Mapping[str, str], readings: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    return (Choice(fence, "", chosen) for fence in fences for chosen in combined(usual, readings))


def _counted(mine: Measure, theirs: Measure, bases: Iterator[Choice]) -> Count:
    examples: dict[Side, tuple[Choice, Answer, Answer]] = {}
    count = Count(examples=examples)
    for basis in bases:
        one, other = mine.ask(basis), theirs.ask(basis)
        side = _lower(mine, one, other)
        if side is None:
            count.undefined += 1
            continue
        setattr(count, side, getattr(count, side) + 1)
        examples.setdefault(side, (basis, one, other))
    return count


def _lower(measure: Measure, one: Answer, other: Answer) -> Side | None:
    if one.value is None or other.value is None:
        return None
    if one.value == other.value:
        return "equal"
    return "first" if (one.value < other.value) == measure.lower_is_better else "second"


def _order(count: Count) -> Order:
    if not count.first and not count.second:
        return "equal" if count.equal else "not_comparable"
    if count.first and count.second:
        return "depends"
    if count.first:
        return "first_or_equal" if count.equal else "first"
    return "second_or_equal" if count.equal else "second"


def _turns_on(
    mine: Measure,
    theirs: Measure,
    fences: Sequence[str],
    usual: Mapping[str, str],
    points: Mapping[str, Parameter],
) -> list[str]:
    """The single choices that turn the order from what it is by the ruler's defaults: 'boundary' or ids of open points."""

    def lower(basis: Choice) -> Side | None:
        return _lower(mine, mine.ask(basis), theirs.ask(basis))

    here = lower(Choice(fences[0], "", usual))
    found = ["boundary"] if any(lower(Choice(one, "", usual)) != here for one in fences) else []
    for name, point in sorted(points.items()):
        if any(lower(Choice(fences[0], "", {**usual, name: one.id})) != here for one in point.readings):
            found.append(name)
    return found

"""truezero rules impact: what another ruler does to many parks: verdicts gained and lost, tonnes moved.

Each park is recomputed whole under both rulers and its own choices; the tonnes moved are the difference of two totals, so
they may be added over parks. Effects of single rules, which overlap, are never added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from verify.opinion.accounts import TONNES, number, words
from verify.road.comparison.asked import TOTAL, Asked, Measure
from verify.road.comparison.told import answer_facts, incomplete_facts, park_facts, ruler_facts
from verify.road.comparison.under import set_before, standing
from verify.road.run import Progress, Settings
from verify.ruler import load_ruler

FORMAT = "truezero-impact/1"
Move = Literal["gained", "lost", "kept", "changed", "no_indicator"]
MOVES: tuple[Move, ...] = ("gained", "lost", "changed", "kept", "no_indicator")


def impact(
    before: str | Path,
    after: str | Path,
    submissions: Sequence[Path],
    *,
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The impact document (docs/formats/comparison.md). Errors as `road.verify`."""
    rulers = [load_ruler(before), load_ruler(after)]
    parks = []
    for path in submissions:
        with set_before(path, rulers, year=year, settings=settings, progress=progress) as found:
            first, second = found.asked
            parks.append({**park_facts(found.park), "year": found.year, **_moved(first, second)})
    return {
        "format": FORMAT,
        "from": ruler_facts(rulers[0]),
        "to": ruler_facts(rulers[1]),
        "units": [ruler.text.method.items[TOTAL].unit for ruler in rulers],
        "parks": parks,
        "sum": _summed(parks),
    }


def _moved(first: Asked, second: Asked) -> dict[str, Any]:
    totals = [_total(asked).ask(asked.own).value for asked in (first, second)]
    verdicts = [_verdicts(asked) for asked in (first, second)]
    lead = [next(iter(one.values()), None) for one in verdicts]
    whole = not any(asked.incomplete(_total(asked)) for asked in (first, second))
    known = whole and totals[0] is not None and totals[1] is not None
    return {
        "total": [number(one, TONNES) for one in totals],
        "moved": number(Fraction(totals[1] or 0) - Fraction(totals[0] or 0), TONNES) if known else None,
        "incomplete_of": [incomplete_facts(asked, _total(asked)) for asked in (first, second)],
        "indicators": [list(one.values()) for one in verdicts],
        "verdict": _move(lead[0], lead[1]),
    }


def _total(asked: Asked) -> Measure:
    return next(one for one in asked.measures if one.item == TOTAL)


def _verdicts(asked: Asked) -> dict[str, dict[str, Any]]:
    """Each core indicator with its value, what the numbers say and what stands."""
    stands = standing(asked)
    return {
        one.item: {
            "item": one.item,
            "title": words(asked.ruler.text.indicators[one.item.removeprefix("indicator.")].title),
            "unit": one.unit,
            **answer_facts(one, one.ask(asked.own)),
            "verdict": stands[one.item],
        }
        for one in asked.measures
        if one.item in stands
    }


def _move(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Move:
    """How the verdict on the first core indicator moves: only `met` can be gained or lost."""
    if before is None or after is None:
        return "no_indicator"
    held = [before["verdict"], after["verdict"]]
    if held[0] == held[1]:
        return "kept"
    return "lost" if held[0] == "met" else "gained" if held[1] == "met" else "changed"


def _summed(parks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Parks by what becomes of their verdict, and the tonnes of those that could be recomputed under both."""
    told = [one for one in parks if one["moved"] is not None]
    totals = [sum((Fraction(one["total"][side]) for one in told), Fraction(0)) for side in (0, 1)]
    return {
        "parks": str(len(parks)),
        "recomputed": str(len(told)),
        "verdicts": {word: str(sum(one["verdict"] == word for one in parks)) for word in MOVES},
        "total": [number(one, TONNES) if told else None for one in totals],
        "moved": number(totals[1] - totals[0], TONNES) if told else None,
    }

"""How far a measure moves with what may be chosen: over everything together, and one thing at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from verify.road.comparison.asked import DIMENSIONS, Answer, Asked, Choice, Dimension, Measure, combined, grid
from verify.ruler import Parameter

Standing = Literal["best", "worst", "between", "only", "undefined"]


@dataclass(frozen=True)
class Range:
    """The lowest and the highest value, each with a basis that gives it. `verdicts` counts bases; `undefined` have no value."""

    low: Fraction | None
    high: Fraction | None
    at_low: Choice | None
    at_high: Choice | None
    bases: int
    undefined: int
    verdicts: Mapping[str, int]
    standing: Standing  # of the park's own choice: best is the end that looks least carbon


@dataclass(frozen=True)
class Flip:
    """What, chosen otherwise and nothing else with it, turns the verdict."""

    what: str  # boundary, base_year, or the id of an open point
    chosen: str
    verdict: str
    value: Fraction | None


@dataclass(frozen=True)
class Spread:
    """A measure over all bases of a ruler. `alone`: one dimension moves and the rest stays as the park chose.

    `by_point`: one open point moves. `flips`: single choices that turn the verdict.
    """

    measure: Measure
    own: Answer
    whole: Range
    alone: Mapping[Dimension, Range]
    by_point: Mapping[str, Range]
    flips: Sequence[Flip]
    thinned: bool = field(default=False)


def spread(asked: Asked, measure: Measure) -> Spread:
    """The measure under every basis that the ruler admits and the data can tell."""
    own = asked.own
    readings, thinned = grid(measure.points)
    fences = [one.id for one in asked.fences]
    years = list(asked.base_years.admissible) if measure.of_base_year else [own.base_year]
    kinds: dict[Dimension, dict[str, list[str]]] = {
        kind: {name: held for name, held in readings.items() if measure.points[name].about == kind}
        for kind in ("classification", "green_power")
    }
    answer = measure.ask(own)
    alone: dict[Dimension, Iterator[Choice]] = {
        "boundary": (Choice(one, own.base_year, own.readings) for one in fences),
        "base_year": (Choice(own.fence, one, own.readings) for one in years),
        "classification": _moved(own, kinds["classification"]),
        "green_power": _moved(own, kinds["green_power"]),
    }
    every = (
        Choice(fence, year, chosen) for fence in fences for year in years for chosen in combined(own.readings, readings)
    )
    whole_points = {name: [one.id for one in point.readings] for name, point in measure.points.items()}
    return Spread(
        measure,
        answer,
        _range(measure, every, answer),
        {kind: _range(measure, alone[kind], answer) for kind in DIMENSIONS},
        {name: _range(measure, _moved(own, {name: held}), answer) for name, held in whole_points.items()},
        list(_flips(measure, own, answer, fences, years, measure.points)),
        thinned,
    )


def _moved(own: Choice, readings: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    return (Choice(own.fence, own.base_year, chosen) for chosen in combined(own.readings, readings))


def _range(measure: Measure, bases: Iterator[Choice], own: Answer) -> Range:
    low: tuple[Fraction, Choice] | None = None
    high: tuple[Fraction, Choice] | None = None
    count = undefined = 0
    verdicts: Counter[str] = Counter()
    for basis in bases:
        found = measure.ask(basis)
        count += 1
        if found.verdict is not None:
            verdicts[found.verdict] += 1
        if found.value is None:
            undefined += 1
            continue
        if low is None or found.value < low[0]:
            low = found.value, basis
        if high is None or found.value > high[0]:
            high = found.value, basis
    return Range(
        low[0] if low else None,
        high[0] if high else None,
        low[1] if low else None,
        high[1] if high else None,
        count,
        undefined,
        dict(sorted(verdicts.items())),
        _standing(measure, own.value, low[0] if low else None, high[0] if high else None),
    )


def _standing(measure: Measure, own: Fraction | None, low: Fraction | None, high: Fraction | None) -> Standing:
    if own is None or low is None or high is None:
        return "undefined"
    if low == high:
        return "only"
    best, worst = (low, high) if measure.lower_is_better else (high, low)
    return "best" if own == best else "worst" if own == worst else "between"


def _flips(
    measure: Measure,
    own: Choice,
    answer: Answer,
    fences: Sequence[str],
    years: Sequence[str],
    points: Mapping[str, Parameter],
) -> Iterator[Flip]:
    """Every single choice under which the verdict is another one than under the park's own."""
    if answer.verdict is None:
        return
    tried = [("boundary", one, Choice(one, own.base_year, own.readings)) for one in fences]
    tried += [("base_year", one, Choice(own.fence, one, own.readings)) for one in years]
    tried += [
        (name, reading.id, Choice(own.fence, own.base_year, {**own.readings, name: reading.id}))
        for name, point in points.items()
        for reading in point.readings
    ]
    for what, chosen, basis in tried:
        found = measure.ask(basis)
        if found.verdict is not None and found.verdict != answer.verdict:
            yield Flip(what, chosen, found.verdict, found.value)

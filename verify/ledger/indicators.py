"""Indicators under every reading of every open point (DESIGN 5.3, national-ruler 9).

An indicator is computed for the chosen assignment, for each reading alone, and in the corners of all of them, with the
size class recomputed each time; in the claimed value and in the proven one. All agree: the verdict stands and names
what it rests on. They differ: `undetermined`, with the interval and the readings that flip it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from verify.formula import Undefined, Value
from verify.ledger.basis import Assignment
from verify.ledger.figures import Figures, ValueKind
from verify.ruler.model import Indicator, Parameter, Verdict

_JUDGED: tuple[ValueKind, ...] = ("claimed", "proven")  # a verdict holds in both
_MANY_CORNERS = 20_000  # above it numeric points keep their extremes only, and the report says so


@dataclass(frozen=True)
class Outcome:
    """An indicator under one assignment: its value, the size class and limit that apply, the verdict."""

    value: Value
    size_class: str
    limit: Fraction | None
    limit_id: str
    verdict: Verdict


@dataclass(frozen=True)
class Flip:
    """A reading that alone changes the verdict; `point` is the number at which it turns, for numeric points."""

    parameter: str
    reading: str
    outcome: Outcome
    point: Fraction | None = None


@dataclass(frozen=True)
class Judged:
    """An indicator judged over all admissible readings. `alone` holds the outcome of every reading taken alone, `readings`
    the verdicts over all of them, claimed and proven."""

    id: str
    chosen: Outcome
    proven: Outcome
    verdict: Verdict
    low: Fraction | None
    high: Fraction | None
    rests_on: tuple[str, ...]
    flips: tuple[Flip, ...]
    alone: Mapping[str, Mapping[str, Outcome]] = field(repr=False)
    corners: int = 1
    thinned: bool = False
    unproven: bool = False
    lone_unconfirmed: tuple[str, ...] = ()
    readings: frozenset[Verdict] = frozenset()


def outcome(figures: Figures, identifier: str, assignment: Assignment, kind: ValueKind = "claimed") -> Outcome:
    """The indicator under one assignment."""
    indicator = figures.ruler.text.indicators[identifier]
    value = figures.indicator_value(identifier, assignment, kind)
    size_class, limit_id = _class(figures, indicator, assignment, kind)
    limit = figures.ruler.number(limit_id, figures.year) if limit_id else None
    if not isinstance(value, Fraction):
        return Outcome(value, size_class, limit, limit_id, "undetermined")
    if limit is None:
        return Outcome(value, size_class, None, "", "no_limit")
    met = value <= limit if indicator.comparison == "<=" else value >= limit
    return Outcome(value, size_class, limit, limit_id, "met" if met else "not_met")


def judge(figures: Figures, identifier: str, chosen: Assignment) -> Judged:
    """The indicator over every reading of every open point that decides."""
    points = deciding(figures, identifier)
    alone = {
        name: {reading.id: outcome(figures, identifier, {**chosen, name: reading.id}) for reading in parameter.readings}
        for name, parameter in points.items()
    }
    live = {name: readings for name, readings in alone.items() if _moves(figures, identifier, chosen, name, readings)}
    grids, thinned = _grids(points, live)
    below = _below(figures, identifier, chosen, live)
    floor = list(_corners(chosen, _grids(points, below)[0])) if below is not None else []
    corners = [*_corners(chosen, grids), *floor]
    outcomes = [outcome(figures, identifier, corner) for corner in corners]
    proven = [outcome(figures, identifier, corner, "proven") for corner in corners]
    here, proven_here = outcome(figures, identifier, chosen), outcome(figures, identifier, chosen, "proven")
    values = [one.value for one in (*outcomes, *proven) if isinstance(one.value, Fraction)]
    lone = _lone_unconfirmed(figures, identifier, chosen)
    partial = figures.ruler.text.status != "complete"  # no `met` rests on half a ruler, whatever the figures are
    verdict = _agreed([*outcomes, *proven], no_met=bool(lone) or partial)
    if floor and verdict == "undetermined":  # a reading that a layer adds does not put in doubt what fails without it
        without = [outcome(figures, identifier, one, kind) for one in floor for kind in _JUDGED]
        verdict = "not_met" if _agreed(without, no_met=False) == "not_met" else verdict
    flips = [
        Flip(name, reading, one, _turning_point(figures, identifier, chosen, name, points[name]))
        for name, readings in live.items()
        for reading, one in readings.items()
        if one.verdict != here.verdict
    ]
    return Judged(
        id=identifier,
        chosen=here,
        proven=proven_here,
        verdict=verdict,
        low=min(values, default=None),
        high=max(values, default=None),
        rests_on=tuple(sorted(live)),
        flips=tuple(flips),
        alone=alone,
        corners=len(outcomes),
        thinned=thinned,
        unproven=proven_here.value != here.value,
        lone_unconfirmed=lone,
        readings=frozenset(one.verdict for one in (*outcomes, *proven)),
    )


def _below(
    figures: Figures, identifier: str, chosen: Assignment, live: Mapping[str, Mapping[str, Outcome]]
) -> dict[str, Mapping[str, Outcome]] | None:
    """What is live without the readings that a layer added beside; None where no layer added any to these points."""
    beside = figures.ruler.beside
    if not beside.keys() & live.keys():
        return None
    left = {
        name: {reading: one for reading, one in readings.items() if reading not in beside.get(name, ())}
        for name, readings in live.items()
    }
    return {name: readings for name, readings in left.items() if _moves(figures, identifier, chosen, name, readings)}


def _class(figures: Figures, indicator: Indicator, assignment: Assignment, kind: ValueKind) -> tuple[str, str]:
    if not indicator.classes:
        return "", indicator.limit
    for one in indicator.classes:
        formula = one.holds
        for parameter, readings in one.when.items():
            formula = readings.get(assignment.get(parameter, ""), formula)
        if figures.evaluate(formula, assignment, kind) is True:
            return one.id, one.limit
    return "", ""


def deciding(figures: Figures, identifier: str) -> dict[str, Parameter]:
    """The open points that an indicator rests on, its size classes included, by their ids."""
    indicator = figures.ruler.text.indicators[identifier]
    names = set(figures.rests_on(f"indicator.{identifier}"))
    for one in indicator.classes:
        names.update(one.when)
        names.update(figures.formula_rests_on(one.holds))
    parameters = figures.ruler.text.parameters
    return {name: parameters[name] for name in sorted(names) if name in parameters and parameters[name].decides}


def _moves(figures: Figures, identifier: str, chosen: Assignment, name: str, readings: Iterable[str]) -> bool:
    """Whether any reading changes value, limit or class, claimed or proven."""
    for kind in _JUDGED:
        seen = {
            (str(one.value), one.limit, one.size_class)
            for one in (outcome(figures, identifier, {**chosen, name: reading}, kind) for reading in readings)
        }
        if len(seen) > 1:
            return True
    return False


def _grids(
    deciding: Mapping[str, Parameter], live: Mapping[str, Mapping[str, Outcome]]
) -> tuple[dict[str, list[str]], bool]:
    """The readings that span the corners; numeric points are thinned to their extremes where there are too many."""
    grids = {name: list(readings) for name, readings in live.items()}
    corners = 1
    for readings in grids.values():
        corners *= len(readings)
    if corners <= _MANY_CORNERS:
        return grids, False
    for name, readings in grids.items():
        numeric = sorted((Fraction(r.value), r.id) for r in deciding[name].readings if r.value and r.id in readings)
        if numeric:
            grids[name] = [numeric[0][1], numeric[-1][1]]
    return grids, True


def _corners(chosen: Assignment, grids: Mapping[str, list[str]]) -> Iterator[dict[str, str]]:
    for readings in product(*grids.values()):
        yield {**chosen, **dict(zip(grids, readings, strict=True))}


def _agreed(outcomes: list[Outcome], *, no_met: bool) -> Verdict:
    verdicts = {one.verdict for one in outcomes}
    if len(verdicts) != 1:
        return "undetermined"
    verdict = verdicts.pop()
    return "undetermined" if verdict == "met" and no_met else verdict


def _lone_unconfirmed(figures: Figures, identifier: str, assignment: Assignment) -> tuple[str, ...]:
    """Factors that rest on one unconfirmed value without candidates: they cannot found a `met` (DESIGN 5.3)."""
    indicator = figures.ruler.text.indicators[identifier]
    return tuple(
        sorted(
            {
                str(cell["factor_id"])
                for part in (indicator.numerator, indicator.denominator)
                for cell in contributing(figures, part, assignment)
                if cell.get("confidence") == "unconfirmed" and cell.get("quantity")
            }
        )
    )


def contributing(figures: Figures, item: str, assignment: Assignment) -> list[Mapping[str, object]]:
    """The cells that an item sums over under an assignment, through the items it is made of."""
    from verify.formula import names, sums
    from verify.ledger.basis import consistent, read_reading

    found: list[Mapping[str, object]] = []
    pending, seen = [item], set()
    while pending:
        name = pending.pop()
        if name in seen or name not in figures.ruler.text.method.items:
            continue
        seen.add(name)
        tree = figures.ruler.tree(figures.formula(name, assignment))
        for node in sums(tree):
            found += [
                cell for cell in figures.matching(node) if consistent(read_reading(cell.get("reading", "")), assignment)
            ]
        pending += names(tree)
    return found


def _turning_point(
    figures: Figures, identifier: str, chosen: Assignment, name: str, parameter: Parameter
) -> Fraction | None:
    """Where numerator - limit x denominator is zero, by the straight line between the extreme readings.

    Exact for a coefficient that enters linearly; None where there is no number to turn at, or the class changes between.
    """
    numeric = sorted((Fraction(r.value), r.id) for r in parameter.readings if r.value)
    if len(numeric) < 2:
        return None
    ends = [(number, {**chosen, name: reading}) for number, reading in (numeric[0], numeric[-1])]
    indicator = figures.ruler.text.indicators[identifier]
    margins, limits = [], []
    for _, assignment in ends:
        here = outcome(figures, identifier, assignment)
        top, base = figures.item(indicator.numerator, assignment), figures.item(indicator.denominator, assignment)
        if here.limit is None or isinstance(top, Undefined | bool) or isinstance(base, Undefined | bool):
            return None
        limits.append(here.limit)
        margins.append(top - here.limit * base)
    (low, _), (high, _) = ends
    if limits[0] != limits[1] or margins[0] == margins[1]:
        return None
    point = low + (high - low) * margins[0] / (margins[0] - margins[1])
    return point if low <= point <= high else None

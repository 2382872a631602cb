"""What a ruler may not do to whoever loads it: numbers that explode, figures in circles, readings without end.

The shape is checked by then (verify.ruler.model) and every formula has its tree; here is what only the whole shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod

from verify.errors import Problem
from verify.formula import Tree, names
from verify.ruler.marks import Path_
from verify.ruler.model import RulerText
from verify.ruler.values import number_of

Say = Callable[..., Problem]  # (path, key, **arguments): a problem at a place of the ruler
_DEEPEST = 60  # figures that rest on figures
_MOST_READINGS = 2_000  # combinations of readings under which one rule may hold


def guards(text: RulerText, trees: Mapping[str, Tree], say: Say) -> Iterator[Problem]:
    """Every problem of this kind, at its place."""
    yield from _numbers(text, say)
    yield from _circles(text, trees, say)
    yield from _readings(text, say)


def _numbers(text: RulerText, say: Say) -> Iterator[Problem]:
    found: list[tuple[Path_, str]] = []
    for name, parameter in text.parameters.items():
        found += [
            (("parameters", name, "readings", place, "value"), one.value)
            for place, one in enumerate(parameter.readings)
            if one.value
        ]
    found += [(("sensitivities", place, "to"), one.to) for place, one in enumerate(text.sensitivities)]
    own = text.method.own_intensity
    if own is not None:
        found += [(("method", "own_intensity", "per", kind), number) for kind, number in own.per.items()]
    for path, number in found:
        if number_of(number) is None:
            yield say(path, "ruler.not_a_number", value=number[:60])


def _circles(text: RulerText, trees: Mapping[str, Tree], say: Say) -> Iterator[Problem]:
    """Figures that rest on themselves, or on figures deeper than anybody reads."""
    items = text.method.items
    below: dict[str, set[str]] = {}
    for name, item in items.items():
        formulas = [item.formula, *(one for readings in item.when.values() for one in readings.values())]
        below[name] = {part for one in formulas if one in trees for part in names(trees[one]) if part in items}
    depth: dict[str, int] = {}
    for name in items:
        circle = _descend(name, below, depth)
        if circle:
            words = {"name": circle[-1], "path": " → ".join(circle[-6:])}
            yield say(("method", "items", circle[-1], "formula"), "ruler.figures_in_a_circle", **words)
            return
        if depth[name] > _DEEPEST:
            yield say(("method", "items", name, "formula"), "ruler.figures_too_deep", most=_DEEPEST)
            return


def _descend(start: str, below: Mapping[str, set[str]], depth: dict[str, int]) -> list[str]:
    """The depth of `start` and of all below it, without recursion; the circle that was met, or []."""
    stack: list[tuple[str, list[str]]] = [(start, sorted(below[start]))]
    open_: list[str] = [start]
    while stack:
        name, rest = stack[-1]
        if rest:
            part = rest.pop()
            if part in open_:
                return [*open_[open_.index(part) :], part]
            if part not in depth:
                open_.append(part)
                stack.append((part, sorted(below[part])))
            continue
        depth[name] = 1 + max((depth[part] for part in below[name]), default=0)
        open_.pop()
        stack.pop()
    return []


def _readings(text: RulerText, say: Say) -> Iterator[Problem]:
    """A line or a factor is computed once per combination of the readings that it names."""
    counts = {name: len(one.readings) for name, one in text.parameters.items()}

    def too_many(points: set[str]) -> int:
        return prod(counts.get(point, 1) for point in points)

    for place, line in enumerate(text.method.lines):
        count = too_many(set(line.when))
        if count > _MOST_READINGS:
            yield say(("method", "lines", place, "when"), "ruler.too_many_readings", count=count, most=_MOST_READINGS)
    for name, factor in text.method.factors.items():
        asked = {
            source.origin.removeprefix("parameter.")
            for sources in factor.inputs.values()
            for source in sources
            if source.origin.startswith("parameter.")
        }
        count = too_many(asked)
        if count > _MOST_READINGS:
            path: Path_ = ("method", "factors", name, "inputs")
            yield say(path, "ruler.too_many_readings", count=count, most=_MOST_READINGS)

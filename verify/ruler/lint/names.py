"""What a ruler names must be there: values, factors, terms, readings, figures, carriers, flows, checks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from verify.formula import names as names_of
from verify.formula import sums
from verify.ruler.lint.dimensions import of_unit
from verify.ruler.lint.fault import Fault, Ground, at
from verify.ruler.marks import Path_
from verify.ruler.model import Line
from verify.ruler.resolved import Ruler

_EITHER = {"higher", "lower"}


def names(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    """RL-19, at the place of the name."""
    method = ruler.text.method
    for place, line in enumerate(method.lines):
        yield from _of_line(ruler, ground, ("method", "lines", place), line)
    for place, term in enumerate(method.core_terms):
        if term not in method.terms:
            yield at(ruler, "RL-19", ("method", "core_terms", place), name=term)
    yield from _of_formulas(ruler, ground)
    yield from _of_parameters(ruler)
    yield from _of_values(ruler)
    for code in ruler.text.checks:
        if ground.codes and code not in ground.codes:
            yield at(ruler, "RL-19", ("checks", code), name=code)
    for product in ruler.text.processes:
        if "product" in ground.words and product not in ground.words["product"]:
            yield at(ruler, "RL-19", ("processes", product), name=product)
    for head, target in ruler.text.bind.items():
        if target not in ruler.text.factor_sets:
            yield at(ruler, "RL-19", ("bind", head), name=target)


def _of_line(ruler: Ruler, ground: Ground, root: Path_, line: Line) -> Iterator[Fault]:
    method = ruler.text.method
    for key, words in line.match.items():
        allowed = ground.words.get(key)
        if ground.words and allowed is None:
            yield at(ruler, "RL-19", (*root, "match", key), name=key)
        for word in words:
            if allowed is not None and word not in allowed:
                yield at(ruler, "RL-19", (*root, "match", key), name=word)
    for key, words in line.when.items():
        yield from _reading(ruler, (*root, "when", key), key, words)
    for name in (*line.factor, *([line.default] if line.default else [])):
        if name not in method.factors:
            yield at(ruler, "RL-19", (*root, "factor"), name=name)
    if line.term and line.term not in method.terms:
        yield at(ruler, "RL-19", (*root, "term"), name=line.term)
    for kind in line.proof:
        if "evidence_kind" in ground.words and kind not in ground.words["evidence_kind"]:
            yield at(ruler, "RL-19", (*root, "proof"), name=kind)


def _reading(ruler: Ruler, path: Path_, parameter: str, words: list[str]) -> Iterator[Fault]:
    point = ruler.text.parameters.get(parameter)
    known = {one.id for one in point.readings} if point is not None else set()
    for word in [parameter] if point is None else words:
        if word not in known:
            yield at(ruler, "RL-19", path, name=word)


def _of_formulas(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    method = ruler.text.method
    for name, item in method.items.items():
        root: Path_ = ("method", "items", name)
        yield from _of_formula(ruler, ground, (*root, "formula"), item.formula)
        for parameter, readings in item.when.items():
            yield from _reading(ruler, (*root, "when", parameter), parameter, list(readings))
            for reading, formula in readings.items():
                yield from _of_formula(ruler, ground, (*root, "when", parameter, reading), formula)
    for name, factor in method.factors.items():
        for unknown in sorted(names_of(ruler.tree(factor.formula)) - factor.inputs.keys()):
            yield at(ruler, "RL-19", ("method", "factors", name, "formula"), name=unknown)
    for name, indicator in ruler.text.indicators.items():
        for part in ("numerator", "denominator"):
            if getattr(indicator, part) not in method.items:
                yield at(ruler, "RL-19", ("indicators", name, part), name=getattr(indicator, part))
        for place, one in enumerate(indicator.classes):
            path: Path_ = ("indicators", name, "classes", place)
            yield from _of_formula(ruler, ground, (*path, "holds"), one.holds)
            for parameter, readings in one.when.items():
                yield from _reading(ruler, (*path, "when", parameter), parameter, list(readings))


def _of_formula(ruler: Ruler, ground: Ground, path: Path_, formula: str) -> Iterator[Fault]:
    tree = ruler.tree(formula)
    for name in sorted(names_of(tree)):
        if name.startswith("value."):
            known = ruler.bound(name.removeprefix("value.")) in ruler.values
        elif name.startswith("indicator."):
            known = name.removeprefix("indicator.") in ruler.text.indicators
        else:
            known = name in ruler.text.method.items
        if not known:
            yield at(ruler, "RL-19", path, name=name)
    terms = ruler.text.method.terms
    for node in sums(tree):
        for side in ("only", "except"):
            for column, words in node[side].items():
                yield from (
                    at(ruler, "RL-19", path, name=one) for one in words if not _known(ground, terms, column, one)
                )


def _known(ground: Ground, terms: Collection[str], column: str, word: str) -> bool:
    """Whether a filter of a sum can hold this word; a column of no vocabulary may hold anything."""
    if column == "unit":
        return of_unit(word) is not None
    allowed = terms if column == "term" else ground.words.get(column)
    return allowed is None or word in allowed


def _of_parameters(ruler: Ruler) -> Iterator[Fault]:
    for name, one in ruler.text.parameters.items():
        known = {reading.id for reading in one.readings}
        if one.default not in known:
            yield at(ruler, "RL-19", ("parameters", name, "default"), name=one.default)
        if one.conservative not in known | _EITHER:
            yield at(ruler, "RL-19", ("parameters", name, "conservative"), name=one.conservative)
        for place, reading in enumerate(one.readings):
            if reading.same_as and ruler.bound(reading.same_as) not in ruler.values:
                yield at(ruler, "RL-19", ("parameters", name, "readings", place, "same_as"), name=reading.same_as)


def _of_values(ruler: Ruler) -> Iterator[Fault]:
    """Values that are asked for by id and must have a number."""
    text = ruler.text
    asked: list[tuple[Path_, str]] = [(("opinion", "materiality"), text.opinion.materiality)]
    asked += [(("sensitivities", place, "value"), one.value) for place, one in enumerate(text.sensitivities)]
    groups = text.disclosure.small_groups
    asked += [
        (("disclosure", "small_groups", key), getattr(groups, key))
        for key in ("fewest", "largest_share", "most_withheld")
    ]
    if text.baseline.recalculation_threshold:
        asked.append((("baseline", "recalculation_threshold"), text.baseline.recalculation_threshold))
    for name, indicator in text.indicators.items():
        asked += [(("indicators", name, "limit"), indicator.limit)] if indicator.limit else []
        asked += [
            (("indicators", name, "classes", place, "limit"), one.limit)
            for place, one in enumerate(indicator.classes)
            if one.limit
        ]
    year = text.baseline.year or "9999"
    for path, name in asked:
        if ruler.find(name, year) is None and not _is_parameter(ruler, name):
            yield at(ruler, "RL-19", path, name=name)


def _is_parameter(ruler: Ruler, name: str) -> bool:
    return name in ruler.text.parameters

"""Factors, items, indicators, open points, products, units of rows and the opinion table: each part that decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.ruler_mutants.edits import Mutant, Path_, mutant
from verify.ruler import Ruler

_ORDER = ("unmodified", "modified", "adverse", "disclaimer")


def of_rest(ruler: Ruler) -> Iterator[Mutant]:
    """The mutants of everything but numbers, formulas and line rules."""
    yield from _factors(ruler)
    yield from _when(ruler)
    yield from _indicators(ruler)
    yield from _parameters(ruler)
    yield from _method(ruler)
    yield from _opinion(ruler)


def _factors(ruler: Ruler) -> Iterator[Mutant]:
    for name, factor in ruler.text.method.factors.items():
        for key, sources in factor.inputs.items():
            path: Path_ = ("method", "factors", name, "inputs", key)
            if len(sources) > 1:
                yield mutant("input", ruler, path, sources[::-1], "order of the sources reversed")
            for place, source in enumerate(sources):
                if len(sources) > 1:
                    fewer = [*sources[:place], *sources[place + 1 :]]
                    yield mutant("input", ruler, path, fewer, f"without {source.origin}")
                for kind in source.evidence:
                    rest = [one for one in source.evidence if one != kind] or ["nobody"]
                    changed = source.model_copy(update={"evidence": rest})
                    what = f"{source.origin} without evidence {kind}"
                    yield mutant("input", ruler, (*path, place), changed, what)
                if source.evidence:
                    changed = source.model_copy(update={"evidence": []})
                    yield mutant("input", ruler, (*path, place), changed, f"{source.origin} needs no evidence")
                if source.newest:
                    changed = source.model_copy(update={"newest": False})
                    yield mutant("input", ruler, (*path, place), changed, f"{source.origin} of its own year alone")


def _when(ruler: Ruler) -> Iterator[Mutant]:
    for name, item in ruler.text.method.items.items():
        for parameter, readings in item.when.items():
            for reading in readings:
                fewer = {key: one for key, one in readings.items() if key != reading}
                path: Path_ = ("method", "items", name, "when", parameter)
                yield mutant("when", ruler, path, fewer, f"without {reading}")


def _indicators(ruler: Ruler) -> Iterator[Mutant]:
    items = list(ruler.text.method.items)
    for name, one in ruler.text.indicators.items():
        here: Path_ = ("indicators", name)
        other = {"<=": ">=", ">=": "<="}[one.comparison]
        yield mutant("comparison", ruler, (*here, "comparison"), other, f"{one.comparison} -> {other}")
        for part in ("numerator", "denominator"):
            word = getattr(one, part)
            new = _next(items, word)
            yield mutant("indicator", ruler, (*here, part), new, f"{word} -> {new}")
        if one.limit and _other_value(ruler, one.limit) != one.limit:
            yield mutant("limit", ruler, (*here, "limit"), _other_value(ruler, one.limit), f"{one.limit} -> another")
        for place, size in enumerate(one.classes):
            rest = [*one.classes[:place], *one.classes[place + 1 :]]
            yield mutant("class", ruler, (*here, "classes"), rest, f"without {size.id}")
            if size.limit:
                path: Path_ = (*here, "classes", place, "limit")
                yield mutant("limit", ruler, path, _other_value(ruler, size.limit), f"{size.limit} -> another")
                yield mutant("limit", ruler, path, "", f"{size.limit} -> none")
            if size.when:
                yield mutant("when", ruler, (*here, "classes", place, "when"), {}, "without readings")
            if place:
                swapped = list(one.classes)
                swapped[place - 1], swapped[place] = size, one.classes[place - 1]
                yield mutant(
                    "order", ruler, (*here, "classes"), swapped, f"{size.id} before {one.classes[place - 1].id}"
                )


def _other_value(ruler: Ruler, name: str) -> str:
    unit = ruler.values[ruler.bound(name)].unit
    kin = [key for key in sorted(ruler.values) if ruler.values[key].unit == unit and ruler.values[key].entries]
    return _next(kin, name)


def _parameters(ruler: Ruler) -> Iterator[Mutant]:
    for name, one in ruler.text.parameters.items():
        here: Path_ = ("parameters", name)
        ids = [reading.id for reading in one.readings]
        if len(ids) > 1:
            new = _next(ids, one.default)
            yield mutant("reading", ruler, (*here, "default"), new, f"default {one.default} -> {new}")
            yield mutant(
                "reading", ruler, (*here, "decides"), not one.decides, f"decides {one.decides} -> {not one.decides}"
            )
            for place, reading in enumerate(one.readings):
                rest = [*one.readings[:place], *one.readings[place + 1 :]]
                if reading.id != one.default:
                    yield mutant("reading", ruler, (*here, "readings"), rest, f"without {reading.id}")


def _method(ruler: Ruler) -> Iterator[Mutant]:
    method = ruler.text.method
    for term in method.core_terms:
        rest = [one for one in method.core_terms if one != term]
        yield mutant("term", ruler, ("method", "core_terms"), rest, f"without {term}")
    for column, units in method.row_units.items():
        for dimension, unit in units.items():
            rest = {key: one for key, one in units.items() if key != dimension}
            yield mutant("unit", ruler, ("method", "row_units", column), rest, f"without {dimension} ({unit})")
    for product, rule in ruler.text.processes.items():
        path: Path_ = ("processes", product)
        rest = {key: one for key, one in ruler.text.processes.items() if key != product}
        yield mutant("product", ruler, ("processes",), rest, f"without {product}", of=path)
        changed = rule.model_copy(update={"known": not rule.known})
        yield mutant("product", ruler, path, changed, f"known {rule.known} -> {not rule.known}")
        for carrier in rule.covers:
            fewer = rule.model_copy(update={"covers": [one for one in rule.covers if one != carrier]})
            yield mutant("product", ruler, path, fewer, f"covers without {carrier}")
        if rule.known and not rule.covers:
            more = rule.model_copy(update={"covers": ["coke"]})
            yield mutant("product", ruler, path, more, "covers coke")


def _opinion(ruler: Ruler) -> Iterator[Mutant]:
    rows = ruler.text.opinion.rows
    for place, row in enumerate(rows):
        rest = [*rows[:place], *rows[place + 1 :]]
        where: Path_ = ("opinion", "rows")
        yield mutant("opinion", ruler, where, rest, f"without {row.reason}")
        new = _next(_ORDER, row.opinion)
        path: Path_ = (*where, place, "opinion")
        yield mutant("opinion", ruler, path, new, f"{row.reason}: {row.opinion} -> {new}")
    table = ruler.text.opinion.materiality
    yield mutant("opinion", ruler, ("opinion", "materiality"), _other_value(ruler, table), f"{table} -> another")


def _next(words: Sequence[str], word: str) -> str:
    return words[(list(words).index(word) + 1) % len(words)] if word in words else words[0]

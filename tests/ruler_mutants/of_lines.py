"""Every line rule: match, readings, term, side, sign, factor, default, gate, credit, proof, and whether it stands at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.ruler_mutants.edits import Mutant, Path_, mutant
from verify.ruler import Line, Ruler

_ROOT: Path_ = ("method", "lines")
_NOBODY = "nobody"
_FLIPPED = {
    "sign": {"+": "-", "-": "+"},
    "side": {"fence": "use", "use": "fence"},
    "gate": {"carbon_balance_in": "", "carbon_balance_out": ""},
    "credit": {"electricity": "", "heat": ""},
}


def of_lines(ruler: Ruler) -> Iterator[Mutant]:
    """The mutants of every line rule."""
    lines = ruler.text.method.lines
    for place, line in enumerate(lines):
        here: Path_ = (*_ROOT, place)
        yield from _match(ruler, here, line)
        yield from _words(ruler, here, line)
        yield from _factors(ruler, here, line)
        without = [*lines[:place], *lines[place + 1 :]]
        yield _named(mutant("line", ruler, _ROOT, without, "left out", of=here), line)
        later = next((n for n in range(place + 1, len(lines)) if _kin(lines[n], line)), None)
        if later is not None and _overlap(lines[later], line):
            swapped = list(lines)
            swapped[place], swapped[later] = lines[later], line
            yield _named(mutant("order", ruler, _ROOT, swapped, f"after {lines[later].id}", of=here), line)


def _kin(one: Line, other: Line) -> bool:
    return (one.table, one.measure) == (other.table, other.measure)


def _overlap(one: Line, other: Line) -> bool:
    """Whether a row may fit both: else their order says nothing."""
    shared = one.match.keys() & other.match.keys()
    return all(set(one.match[key]) & set(other.match[key]) for key in shared)


def _match(ruler: Ruler, here: Path_, line: Line) -> Iterator[Mutant]:
    for key, words in line.match.items():
        rest = {name: one for name, one in line.match.items() if name != key}
        yield _named(mutant("match", ruler, (*here, "match"), rest, f"without {key}"), line)
        for word in words:
            fewer = [one for one in words if one != word] or [_NOBODY]
            found = mutant("match", ruler, (*here, "match"), {**line.match, key: fewer}, f"{key} without {word}")
            yield _named(found, line)
    for key, words in line.when.items():
        rest = {name: one for name, one in line.when.items() if name != key}
        yield _named(mutant("when", ruler, (*here, "when"), rest, f"without {key}"), line)
        others = [one.id for one in ruler.text.parameters[key].readings if one.id not in words]
        found = mutant("when", ruler, (*here, "when"), {**line.when, key: others}, f"{key}: {', '.join(others)}")
        yield _named(found, line)


def _words(ruler: Ruler, here: Path_, line: Line) -> Iterator[Mutant]:
    terms = list(ruler.text.method.terms)
    if line.term:
        other = terms[(terms.index(line.term) + 1) % len(terms)]
        yield _named(mutant("term", ruler, (*here, "term"), other, f"{line.term} -> {other}"), line)
    for name, others in _FLIPPED.items():
        word = getattr(line, name)
        if word in others and line.factor:
            yield _named(mutant(name, ruler, (*here, name), others[word], f"{word} -> {others[word] or '-'}"), line)
    for word in line.proof:
        fewer = [one for one in line.proof if one != word]
        yield _named(mutant("proof", ruler, (*here, "proof"), fewer, f"without {word}"), line)


def _factors(ruler: Ruler, here: Path_, line: Line) -> Iterator[Mutant]:
    names = list(ruler.text.method.factors)
    for place, name in enumerate(line.factor):
        other = names[(names.index(name) + 1) % len(names)]
        changed = [*line.factor[:place], other, *line.factor[place + 1 :]]
        yield _named(mutant("factor", ruler, (*here, "factor"), changed, f"{name} -> {other}"), line)
        if len(line.factor) > 1:
            fewer = [*line.factor[:place], *line.factor[place + 1 :]]
            yield _named(mutant("factor", ruler, (*here, "factor"), fewer, f"without {name}"), line)
    if line.default:
        other = names[(names.index(line.default) + 1) % len(names)]
        for new in ("", other):
            yield _named(mutant("default", ruler, (*here, "default"), new, f"{line.default} -> {new or '-'}"), line)


def _named(found: Mutant, line: Line) -> Mutant:
    """The mutant under the id of its line, which stays when lines move."""
    return replace(found, where=f"lines.{line.id}")

"""What a ruler declares and never uses: values, factors, terms, documents, open points, factor sets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from verify.ruler.lint.fault import Fault, Ground, at, at_value
from verify.ruler.lint.reach import reached, used_factors
from verify.ruler.resolved import Ruler

_BLANK = re.compile(r"\{[^}]+\}")


def used(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    """RL-06: a value of the ruler's own that nothing can reach. RL-07: any other part."""
    found = reached(ruler, ground.carriers) | set(ground.asked)
    for name in ruler.text.values:
        value = ruler.values.get(name)
        if value is not None and value.id not in found and not _switched_off(ruler, name, ground):
            yield at(ruler, "RL-06", ("values", name), name=name)
    method = ruler.text.method
    for name in method.factors.keys() - used_factors(ruler):
        yield at(ruler, "RL-07", ("method", "factors", name), part=name)
    terms = {line.term for line in method.lines} | set(method.core_terms)
    for name in method.terms.keys() - terms:
        yield at(ruler, "RL-07", ("method", "terms", name), part=name)
    yield from _documents(ruler)
    yield from _parameters(ruler)
    sets = {value.split(".", 1)[0] for value in found} | set(ruler.text.bind.values())
    for place, name in enumerate(ruler.text.factor_sets):
        if name not in sets and not any(value.about for value in _of_set(ruler, name)):
            yield at(ruler, "RL-07", ("factor_sets", place), part=name)


def _of_set(ruler: Ruler, name: str) -> list[Any]:
    return [value for value in ruler.values.values() if value.id.startswith(f"{name}.")]


def _switched_off(ruler: Ruler, name: str, ground: Ground) -> bool:
    """An own value without a number stands before that of a bound set, so that the set's is not taken."""
    value = ruler.values[name]
    head, _, carrier = name.partition(".")
    return not value.entries and not value.candidates and head in ruler.text.bind and carrier in ground.carriers


def _documents(ruler: Ruler) -> Iterator[Fault]:
    cited: set[str] = set()
    _cited(ruler.text.model_dump(mode="json", exclude={"documents"}), cited)
    cited |= {
        entry.cite.get("document", "")
        for value in ruler.values.values()
        for entry in (*value.entries, *value.candidates)
    }
    for name in ruler.text.documents.keys() - cited:
        yield at(ruler, "RL-07", ("documents", name), part=name)


def _cited(data: Any, found: set[str]) -> None:
    if isinstance(data, dict):
        if isinstance(data.get("document"), str):
            found.add(data["document"])
        for one in data.values():
            _cited(one, found)
    elif isinstance(data, list):
        for one in data:
            _cited(one, found)


def _parameters(ruler: Ruler) -> Iterator[Fault]:
    """Open points of several readings that decide and that nothing asks for."""
    method = ruler.text.method
    asked: set[str] = set()
    for line in method.lines:
        asked |= line.when.keys()
    for item in method.items.values():
        asked |= item.when.keys()
    for indicator in ruler.text.indicators.values():
        asked |= indicator.when.keys()
        for size in indicator.classes:
            asked |= size.when.keys()
    if method.own_intensity is not None:
        asked.add(method.own_intensity.parameter)
    origins = [
        source.origin for factor in method.factors.values() for many in factor.inputs.values() for source in many
    ]
    asked |= set(_from_origins(ruler, origins))
    for name, parameter in ruler.text.parameters.items():
        if parameter.decides and len(parameter.readings) > 1 and name not in asked:
            yield at(ruler, "RL-07", ("parameters", name), part=name)


def _from_origins(ruler: Ruler, origins: Sequence[str]) -> Iterator[str]:
    for origin in origins:
        yield from re.findall(r"\{parameter:([^}]+)\}", origin)
        if origin.startswith("parameter."):
            wanted = re.compile(".+".join(re.escape(part) for part in _BLANK.split(origin.removeprefix("parameter."))))
            yield from (name for name in ruler.text.parameters if wanted.fullmatch(name))


def unreached(rulers: Sequence[Ruler], ground: Ground) -> Iterator[Fault]:
    """RL-21: a number of a factor file that no ruler can reach, unless it says what it is not for or what it is of."""
    found = {identifier for ruler in rulers for identifier in reached(ruler, ground.carriers)} | set(ground.asked)
    told: set[str] = set()
    for ruler in rulers:
        for value in ruler.values.values():
            numbers: Collection[object] = (*value.entries, *value.candidates)
            if value.id in found or value.id in told or not numbers or value.not_for or value.about:
                continue
            if value.mark[0].startswith("factors/"):
                told.add(value.id)
                yield at_value("RL-21", value, value.id, name=value.id)

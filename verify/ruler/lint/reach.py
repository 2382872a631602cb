"""Which values a ruler can reach: through formulas, factors, limits, open points, checks, and everything else that names one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from verify.formula import names
from verify.ruler.resolved import Ruler

_BLANK = re.compile(r"\{([^}]+)\}")
_DECLARES = {"documents", "factor_sets", "bind", "values"}  # sections that say what there is, not what is used


def reached(ruler: Ruler, carriers: Collection[str]) -> frozenset[str]:
    """Ids (as `Value.id`) of every value that a basis or a check of the ruler may look at.

    `carriers`: the vocabulary that ``{carrier}`` may stand for. A factor that no line uses reaches nothing.
    """
    found: set[str] = set()
    for text in _texts(ruler):
        found.update(_named(ruler, text, carriers))
    for check in ruler.text.checks.values():
        for text in _strings(check.params):  # a check may name a whole set
            found.update(value.id for name, value in ruler.values.items() if name.startswith(f"{text}."))
    return frozenset(found)


def used_factors(ruler: Ruler) -> frozenset[str]:
    """The factors that a line rule takes, as its own or as its default."""
    lines = ruler.text.method.lines
    return frozenset(name for line in lines for name in (*line.factor, line.default) if name)


def _texts(ruler: Ruler) -> Iterator[str]:
    """Every text of the ruler that may name a value."""
    plain = ruler.text.model_dump(mode="json")
    used = used_factors(ruler)
    factors = plain["method"]["factors"]
    plain["method"]["factors"] = {name: body for name, body in factors.items() if name in used}
    yield from _strings({key: body for key, body in plain.items() if key not in _DECLARES})
    for tree in ruler.trees.values():
        for name in names(tree):
            yield name.removeprefix("value.")


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, one in data.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(data, list):
        for one in data:
            yield from _strings(one)


def _named(ruler: Ruler, text: str, carriers: Collection[str]) -> Iterator[str]:
    """The values that a text names: an id, an id with blanks, or the id of a set."""
    if len(text) > 200 or any(sign in text for sign in " \n"):
        return
    text = text.removeprefix("parameter.")
    if "{" in text:
        yield from (value for filled in filled_in(ruler, text, carriers) for value in _one(ruler, filled))
        return
    yield from _one(ruler, text)


def _one(ruler: Ruler, identifier: str) -> Iterator[str]:
    value = ruler.values.get(ruler.bound(identifier))
    if value is not None:
        yield value.id


def filled_in(ruler: Ruler, pattern: str, carriers: Collection[str]) -> Iterator[str]:
    """The ids of values that a pattern such as ``fuel.{carrier}.ncv`` stands for."""
    blanks = _BLANK.findall(pattern)
    if blanks == ["carrier"]:
        yield from (pattern.replace("{carrier}", carrier) for carrier in carriers)
        return
    parts = (_blank(ruler, part) if part in blanks else re.escape(part) for part in _BLANK.split(pattern))
    wanted = re.compile("".join(parts))
    heads = {"": "", **{f"{head}.": f"{target}." for head, target in ruler.text.bind.items()}}
    for name in ruler.values:
        for short, full in heads.items():
            if name.startswith(full) and wanted.fullmatch(short + name[len(full) :]):
                yield name


def _blank(ruler: Ruler, blank: str) -> str:
    """What may stand for a blank: the readings of an open point, else one part of an id."""
    point = ruler.text.parameters.get(blank.removeprefix("parameter:"))
    if blank.startswith("parameter:") and point is not None:
        return f"(?:{'|'.join(re.escape(reading.id) for reading in point.readings)})"
    return r"[^.]+"

"""Rulers beside each other: one value id or one document id that says two things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from verify.ruler.lint.fault import Fault, at
from verify.ruler.resolved import Ruler
from verify.ruler.values import Value


def disagreements(rulers: Sequence[Ruler]) -> Iterator[Fault]:
    """RL-13 and RL-14, at the later ruler. What a layer changes of the ruler below it is no disagreement: it is proven."""
    for one, other in combinations(rulers, 2):
        if _kin(one, other):
            continue
        for name in sorted(one.text.values.keys() & other.text.values.keys()):
            first, second = one.values.get(name), other.values.get(name)
            if first is not None and second is not None and _said(first) != _said(second):
                words = {"ruler": one.id, "one": _text(first), "other": _text(second), "name": name}
                yield at(other, "RL-13", ("values", name), **words)
        for name in sorted(one.documents.keys() & other.text.documents.keys()):
            if one.documents[name] != other.documents[name]:
                yield at(other, "RL-14", ("documents", name), ruler=one.id, document=name)


def _kin(one: Ruler, other: Ruler) -> bool:
    """One rests on the other, or both on a third: overrides of a layer are looked at by the resolver."""
    lines = [{ruler.id, *(name for name, _ in ruler.lineage)} for ruler in (one, other)]
    return bool(lines[0] & lines[1])


def _said(value: Value) -> tuple[Any, ...]:
    numbers = tuple((entry.printed, entry.since, entry.until) for entry in (*value.entries, *value.candidates))
    return value.unit, numbers, value.low, value.high


def _text(value: Value) -> str:
    numbers = " / ".join(entry.printed for entry in (*value.entries, *value.candidates)) or "-"
    return f"{numbers} {value.unit}"

"""One rule of another ruler put in the place of one's own: what a difference does when it alone is switched.

The result is no ruler that anybody issued; it computes, it is never shown, signed or saved. What the entry needs of the other
ruler (its values, factors, open points) comes along where this ruler has nothing of that name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verify.ruler.differences import At, entry, name_in
from verify.ruler.model import RulerText
from verify.ruler.resolved import Ruler

_COMES_ALONG = (("bind",), ("parameters",), ("method", "terms"), ("method", "factors"), ("method", "items"))


def with_entry(a: Ruler, b: Ruler, at: At) -> Ruler:
    """`a` with the entry of `b` at a path of keys and ids; without it where `b` has none."""
    values = {**b.values, **a.values}
    if at[0] == "values":
        values = {**values, at[1]: b.values[at[1]]} if at[1] in b.values else values
        return replace(a, values=values, documents={**b.documents, **a.documents})
    data, theirs = a.text.model_dump(mode="json"), b.text.model_dump(mode="json")
    for head in _COMES_ALONG:
        holder: Any = data
        for part in head[:-1]:
            holder = holder[part]
        holder[head[-1]] = {**entry(theirs, head), **holder[head[-1]]}
    _put(data, theirs, at)
    if at[0] == "indicators" and (other := b.text.indicators.get(at[1])) is not None:
        limits = {other.limit, *(one.limit for one in other.classes)}  # a limit goes with its indicator, number and all
        values |= {name: b.values[name] for name in limits if name in b.values}
    return Ruler(RulerText.model_validate(data), values, {**b.trees, **a.trees}, {**b.documents, **a.documents})


def _put(data: dict[str, Any], theirs: Mapping[str, Any], at: At) -> None:
    holder: Any = data
    for part in at[:-1]:
        holder = holder[part]
    other = entry(theirs, at)
    if isinstance(holder, dict):
        if other is None:
            holder.pop(at[-1], None)
        else:
            holder[at[-1]] = other
        return
    place = next((index for index, one in enumerate(holder) if name_in(one) == at[-1]), None)
    if place is not None:
        holder[place : place + 1] = [] if other is None else [other]
    elif other is not None:
        holder.insert(_before(holder, entry(theirs, at[:-1]), other), other)


def _before(own: list[Any], theirs: list[Any], other: Any) -> int:
    """Where a rule of the other list goes: behind the last rule before it that both lists have."""
    names = [name_in(one) for one in own]
    for one in reversed(theirs[: theirs.index(other)]):
        if name_in(one) in names:
            return names.index(name_in(one)) + 1
    return 0

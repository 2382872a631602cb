"""When a value applies: windows that do not overlap, of whole years, and no effect before the text was published unless stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from verify.ruler.lint.fault import Fault, at, at_value
from verify.ruler.resolved import Ruler
from verify.ruler.values import Entry, Value

_OPEN = "9999"
_WHOLE = re.compile(r"\d{4}(?:-01(?:-01)?)?")
_ENDS = re.compile(r"\d{4}(?:-12(?:-31)?)?")


def dates(ruler: Ruler) -> Iterator[Fault]:
    """RL-03, RL-04, RL-05 and RL-20 of every value that the ruler carries, RL-03 of its documents."""
    for name, document in ruler.documents.items():
        if (
            document.in_force
            and document.published
            and document.in_force < document.published[: len(document.in_force)]
        ):
            words = {"since": document.in_force, "published": document.published}
            if name in ruler.text.documents:
                yield at(ruler, "RL-03", ("documents", name, "in_force"), **words)
    seen: set[int] = set()
    for value in ruler.values.values():
        if id(value) not in seen:
            seen.add(id(value))
            yield from _of_value(ruler, value)


def _of_value(ruler: Ruler, value: Value) -> Iterator[Fault]:
    for entry in value.entries:
        yield from _window(value, entry)
        yield from _effect(ruler, value, entry)
    ordered = sorted(value.entries, key=lambda one: one.since[:4])
    for one, other in pairwise(ordered):
        if (one.until[:4] or _OPEN) >= other.since[:4]:  # a year chooses; two windows that share one are no choice
            words = {"one": _said(one), "other": _said(other)}
            yield at_value("RL-04", value, value.id, **words)


def _window(value: Value, entry: Entry) -> Iterator[Fault]:
    backwards = bool(entry.since and entry.until and entry.since > entry.until)
    parts = (entry.since and not _WHOLE.fullmatch(entry.since)) or (entry.until and not _ENDS.fullmatch(entry.until))
    if backwards or parts:
        yield at_value("RL-05", value, value.id, window=_said(entry))


def _effect(ruler: Ruler, value: Value, entry: Entry) -> Iterator[Fault]:
    """A window that begins before publication must say so (`effect`); so must a value by date that has no window."""
    undated = value.kind == "by_data_date" and not entry.since and not value.not_for
    if undated and entry.effect != "any_year":
        yield at_value("RL-20", value, value.id, value=entry.printed)
    if entry.effect:
        return
    document = ruler.documents.get(entry.cite.get("document", ""))
    published = entry.published or (document.published if document is not None else "")
    if entry.since and published and entry.since[: len(published)] < published[: len(entry.since)]:
        yield at_value("RL-03", value, value.id, since=entry.since, published=published)


def _said(entry: Entry) -> str:
    return f"{entry.since or '…'}–{entry.until or '…'}"

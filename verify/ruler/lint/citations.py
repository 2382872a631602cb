"""Every rule and every value says which text founds it, and where in that text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verify.ruler.lint.fault import Fault, at, at_value
from verify.ruler.marks import Path_
from verify.ruler.resolved import Ruler

_PLACES = ("annex", "clause", "page")
# Rules that must carry a citation of their own, beside those whose shape requires one.
_RULES: tuple[tuple[str, ...], ...] = (("method", "items"),)


def citations(ruler: Ruler) -> Iterator[Fault]:
    """RL-01: a rule without a citation. RL-02: a citation of a document that has clauses, without one.

    The text of a partial ruler is not known clause by clause: there RL-22 counts such citations instead.
    """
    without = list(_without_clause(ruler))
    if ruler.text.status == "partial":
        own = [one for one in without if one.problem.file.startswith(f"{folder_of(ruler)}/")]
        if own:
            yield at(ruler, "RL-22", ("id",), count=len(own))
    else:
        yield from without
    plain = ruler.text.model_dump(mode="json")
    for root in _RULES:
        body: Any = plain
        for key in root:
            body = body[key]
        for name, rule in body.items():
            if not rule.get("cite"):
                yield at(ruler, "RL-01", (*root, name), name=name)


def _without_clause(ruler: Ruler) -> Iterator[Fault]:
    yield from _places(ruler, ruler.text.model_dump(mode="json"), ())
    seen: set[int] = set()
    for value in ruler.values.values():
        if id(value) in seen or not _own(ruler, value.mark[0]):
            continue
        seen.add(id(value))
        for entry in (*value.entries, *value.candidates):
            if _whole(ruler, entry.cite):
                yield at_value("RL-02", value, value.id, document=entry.cite.get("document", ""))


def _places(ruler: Ruler, data: Any, path: Path_) -> Iterator[Fault]:
    if isinstance(data, dict):
        cite = data.get("cite")
        if isinstance(cite, dict) and _whole(ruler, cite):
            yield at(ruler, "RL-02", (*path, "cite"), document=cite["document"])
        for key, one in data.items():
            if key not in {"values", "documents"}:
                yield from _places(ruler, one, (*path, key))
    elif isinstance(data, list):
        for place, one in enumerate(data):
            yield from _places(ruler, one, (*path, place))


def _whole(ruler: Ruler, cite: Any) -> bool:
    """Whether a citation names a document with clauses and none of them."""
    document = ruler.documents.get(cite.get("document", ""))
    return document is not None and not document.whole and not any(cite.get(part) for part in _PLACES)


def _own(ruler: Ruler, file: str) -> bool:
    """Whether a value is written in the ruler's own folder; factor files are looked at once, for all rulers."""
    return not file.startswith("factors/")


def folder_of(ruler: Ruler) -> str:
    """The folder that a ruler is written in, as problems name it."""
    assert ruler.origin is not None
    assert ruler.origin.head is not None
    return ruler.origin.head.file.rpartition("/")[0]

"""Parts that a partial ruler takes over from another one, because the method of its own text is not known.

Own entries stand beside the borrowed ones; an own entry of the same name is used in its place and recorded as an `Override`.
No layer: nothing is proved about strictness, and a ruler that borrows stays partial.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from verify.errors import Problem
from verify.ruler.marks import Path_
from verify.ruler.origin import Origin
from verify.ruler.overrides import Override

if TYPE_CHECKING:
    from verify.ruler.resolved import Ruler

FOUNDATION = ("documents", "factor_sets", "bind", "values")  # what the parts rest on comes with them
_NESTED = "method"  # its parts hold the entries, one level further down than elsewhere


def borrow(lender: Ruler, data: dict[str, Any], origin: Origin) -> tuple[dict[str, Any], Origin, list[Override]]:
    """The data of the borrower with the parts of the lender, where each part was written, and what is otherwise."""
    theirs = lender.text.model_dump(mode="json")
    below = Origin()
    found: list[Override] = []
    merged = dict(data)
    for part in dict.fromkeys((*FOUNDATION, *_parts(data))):
        if theirs.get(part) is None:
            continue
        if lender.origin is not None:
            below.put((part,), *lender.origin.find((part,)))
        own, by = data.get(part), str(data.get("id"))
        merged[part] = _beside(deepcopy(theirs[part]), own, (part,), lender, origin, below, found, by)
    result = Origin()
    result.head, result.texts = origin.head, {**origin.texts, **below.texts}
    return merged, result, found


def borrow_problems(data: dict[str, Any], origin: Origin) -> list[Problem]:
    """A borrower is partial, and says which clauses of its own text are not known."""
    found = []
    if data.get("status") != "partial":
        found.append(origin.problem(("status",), "ruler.borrower_not_partial"))
    if not data.get("unknown_clauses"):
        found.append(origin.problem(("borrows",), "ruler.borrower_without_unknown"))
    return found


def _parts(data: dict[str, Any]) -> list[str]:
    listed = (data.get("borrows") or {}).get("parts") or []
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


def _beside(
    theirs: Any, own: Any, path: Path_, lender: Ruler, origin: Origin, below: Origin, found: list[Override], by: str
) -> Any:
    """Own entries beside theirs. Lists: own lines of a method first (the first that matches takes a row), else last."""
    if own is None:
        return theirs
    if isinstance(theirs, list) and isinstance(own, list):
        first = path == (_NESTED, "lines")
        kept = [one for one in theirs if one not in own]
        start = 0 if first else len(kept)
        _places(own, own, path, start, origin, below)
        if lender.origin is not None:
            _places(kept, theirs, path, len(own) if first else 0, lender.origin, below)
        return [*own, *kept] if first else [*kept, *own]
    if not isinstance(theirs, dict) or not isinstance(own, dict):
        return own  # of another shape: the model says what is wrong with it
    merged = dict(theirs)
    for key, one in own.items():
        inner = (*path, key)
        part = theirs.get(key)
        if path != (_NESTED,) or not (isinstance(part, dict) and isinstance(one, dict)):
            below.put(inner, *origin.find(inner))
        if path == (_NESTED,):
            merged[key] = _beside(part, one, inner, lender, origin, below, found, by) if part else one
            continue
        if key in theirs and theirs[key] != one and path[0] not in FOUNDATION[:1]:
            found.append(_override(inner, theirs[key], one, lender, origin, by))
        merged[key] = one
    return merged


def _places(entries: list[Any], whole: list[Any], path: Path_, start: int, there: Origin, below: Origin) -> None:
    """Where the entries of a list stand that now begin at `start`; in their own text they are those of `whole`."""
    marked, at = there.find(path)
    for index, one in enumerate(entries):
        below.put((*path, start + index), marked, (*at, whole.index(one)))


def _override(path: Path_, theirs: Any, own: Any, lender: Ruler, origin: Origin, by: str) -> Override:
    return Override(
        at=tuple(str(part) for part in path),
        parent=theirs,
        child=own,
        parent_cite=_cite(theirs),
        child_cite=_cite(own),
        direction="own",
        by=by,
        parent_place=lender.origin.place(path) if lender.origin is not None else "",
        child_place=origin.place(path),
    )


def _cite(entry: Any) -> dict[str, Any]:
    cite = entry.get("cite") if isinstance(entry, dict) else None
    return dict(cite) if isinstance(cite, dict) else {}

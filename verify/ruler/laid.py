"""A layer laid over the ruler below: the merged data, and everything that the layer says as a list of moves.

Nothing is judged here. What the layer writes takes the place of what was there, entries of lists by their id; whether it may
is for `verify.ruler.proof`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verify.ruler.directions import name_of
from verify.ruler.marks import Path_
from verify.ruler.origin import Origin

if TYPE_CHECKING:
    from verify.ruler.resolved import Ruler

# Parts of the head, and parts with rules of their own (verify.ruler.layers)
APART = (
    "id",
    "title",
    "authority",
    "extends",
    "borrows",
    "status",
    "unknown_clauses",
    "documents",
    "factor_sets",
    "values",
    "directions",
)
_BY_ID = ("classes", "readings", "lines")  # lists whose entries are told apart by their id: the others only grow
_CITED = (
    ("checks", 2),
    ("indicators", 2),
    ("indicators", 4),
)  # entries whose citation follows what the layer says: section, depth


@dataclass(frozen=True)
class Move:
    """One thing that the layer says: at `path` (keys and ids) `own` in place of `theirs`, or added where `added`.

    `there` and `here` are the places in the data of the ruler below and in the merged data; `cite` is the layer's.
    """

    path: tuple[str, ...]
    theirs: Any
    own: Any
    there: Path_
    here: Path_
    cite: Mapping[str, Any]
    their_cite: Mapping[str, Any]
    added: bool
    their_place: str = ""  # where it does not stand in the ruler's own files


@dataclass
class Laid:
    """The merged data with the place of every part, and the moves."""

    data: dict[str, Any]
    origin: Origin
    moves: list[Move] = field(default_factory=list)


def lay(parent: Ruler, data: Mapping[str, Any], origin: Origin) -> Laid:
    """`data` of a layer over its parent. Parts in `APART` are those of the layer alone."""
    theirs = deepcopy(parent.text.model_dump(mode="json"))
    for key in APART:
        theirs.pop(key, None)
    assert parent.origin is not None
    laid = Laid(theirs, origin.over(parent.origin))
    walk = _Walk(laid, origin)
    for key, own in data.items():
        if key in APART:
            theirs[key] = own
            continue
        at: Path_ = (key,)
        laid.origin.texts.pop(at, None)
        if at in parent.origin.texts:
            laid.origin.put(at, *parent.origin.find(at))
        walk.entry(theirs, key, own, (), (), at, {}, {})
    return laid


class _Walk:
    def __init__(self, laid: Laid, origin: Origin) -> None:
        self.laid = laid
        self.own = origin

    def entry(
        self, holder: Any, key: str | int, own: Any, path: tuple[str, ...], at: Path_, own_at: Path_,
        cite: Mapping[str, Any], their_cite: Mapping[str, Any], name: str = "",
    ) -> None:  # fmt: skip
        """What the layer writes at `key` of `holder`, a mapping or a list of the merged data."""
        theirs = holder.get(key) if isinstance(holder, dict) else holder[key]
        named, here = (*path, name or str(key)), (*at, key)
        if isinstance(theirs, dict) and isinstance(own, dict):
            self._mapping(theirs, own, named, here, own_at, cite, their_cite)
        elif (
            isinstance(theirs, list) and isinstance(own, list) and any(isinstance(one, dict) for one in (*theirs, *own))
        ):
            self._list(theirs, own, named, here, own_at, cite, their_cite)
        else:
            own = _as_theirs(own, theirs)
            if own == theirs:
                return
            added = theirs is None
            self._move(named, deepcopy(theirs), own, here, here, own_at, cite, their_cite, added=added)
            holder[key] = own

    def _mapping(
        self, theirs: dict[str, Any], own: dict[str, Any], path: tuple[str, ...], at: Path_, own_at: Path_,
        cite: Mapping[str, Any], their_cite: Mapping[str, Any],
    ) -> None:  # fmt: skip
        if isinstance(theirs.get("cite"), dict):
            their_cite = deepcopy(theirs["cite"])
        cited = isinstance(own.get("cite"), dict)
        cite = own["cite"] if cited else cite
        before = len(self.laid.moves)
        for key, one in own.items():
            if key == "cite" and "cite" in theirs:
                continue
            if key in theirs:
                self.entry(theirs, key, one, path, at, (*own_at, key), cite, their_cite)
                continue
            here = (*at, key)
            self._move((*path, key), None, one, at, here, (*own_at, key), cite, their_cite, added=True)
            theirs[key] = one
        if cited and (path[0], len(path)) in _CITED and len(self.laid.moves) > before:
            theirs["cite"] = cite
            self.laid.origin.put((*at, "cite"), *self.own.find((*own_at, "cite")))

    def _list(
        self, theirs: list[Any], own: list[Any], path: tuple[str, ...], at: Path_, own_at: Path_,
        cite: Mapping[str, Any], their_cite: Mapping[str, Any],
    ) -> None:  # fmt: skip
        known = {name_of(one): index for index, one in enumerate(theirs)} if path[-1] in _BY_ID else {}
        for index, one in enumerate(own):
            name = name_of(one)
            if name and name in known:
                self.entry(theirs, known[name], one, path, at, (*own_at, index), cite, their_cite, name=name)
                continue
            if path[-1] == "readings" and isinstance(one, dict) and "cite" not in one and cite:
                one = {**one, "cite": dict(cite)}
            here, there, below = (*at, len(theirs)), at, their_cite
            same = next((number for number, other in enumerate(theirs) if name and name_of(other) == name), None)
            if same is not None:  # beside a rule for the same thing: a refusal points at that one
                there, below = (*at, same), theirs[same].get("cite") or their_cite
            self._move(
                (*path, name or str(len(theirs))), None, one, there, here, (*own_at, index), cite, below, added=True
            )
            theirs.append(one)

    def _move(
        self, path: tuple[str, ...], theirs: Any, own: Any, there: Path_, here: Path_, own_at: Path_,
        cite: Mapping[str, Any], their_cite: Mapping[str, Any], *, added: bool,
    ) -> None:  # fmt: skip
        if isinstance(own, dict) and isinstance(own.get("cite"), dict):
            cite = own["cite"]
        self.laid.moves.append(Move(path, theirs, own, there, here, dict(cite), dict(their_cite), added))
        self.laid.origin.put(here, *self.own.find(own_at))


def _as_theirs(own: Any, theirs: Any) -> Any:
    """What the layer typed in the kind of what it replaces: a list of one, a whole number."""
    if isinstance(theirs, list) and isinstance(own, str):
        return [own]
    whole = isinstance(theirs, int) and not isinstance(theirs, bool)
    return int(own) if whole and isinstance(own, str) and own.lstrip("-").isdigit() else own

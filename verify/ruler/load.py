"""Read a ruler folder: one YAML per subject, every error at once with file, line and column.

``rules/<id>/ruler.yaml`` holds the head; each further top-level key may stand in a file of its own
(``method.yaml``, ``parameters.yaml``, …), so that a lawyer reads one subject at a time. A folder with ``extends`` is a
layer and holds what it changes or adds; one with ``borrows`` takes parts of another ruler over (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from verify import resources
from verify.errors import Located, Problem, WrongUsage
from verify.ruler import layers
from verify.ruler.borrowed import borrow, borrow_problems
from verify.ruler.bridging import bridge_problems
from verify.ruler.compiled import citations, direction_problems, read_all_values, trees_of
from verify.ruler.divergence import divergence_problems
from verify.ruler.guards import guards
from verify.ruler.known import known
from verify.ruler.laid import Laid
from verify.ruler.marks import MOST_NODES, Marked, load_marked
from verify.ruler.model import Document, RulerText
from verify.ruler.origin import Origin
from verify.ruler.overrides import Override
from verify.ruler.pin import folder_of, read_pin
from verify.ruler.refused import path_of, refused
from verify.ruler.resolved import Ruler

Change = Callable[[dict[str, Any]], None]
_NOT_LOADED = "ruler.not_loaded"
_MOST_FILES = 40
RESTS_ON = {"extends": ("extends",), "borrows": ("borrows", "from")}  # where a ruler names another one


def available() -> list[str]:
    """Ids of the rulers that come with TrueZero."""
    return sorted(path.parent.name for path in resources.rules().glob("*/ruler.yaml"))


def load_ruler(ruler: str | Path, *, change: Change | None = None) -> Ruler:
    """A ruler by id, or by folder (a text with a slash is one). `change` edits the plain data before it is checked (sensitivity runs, `rules diff`, tests).

    Raises `WrongUsage` (``ruler.unknown``) for an id that does not exist and `Located` with every problem of its files.
    """
    own = isinstance(ruler, Path) or "/" in ruler or "\\" in ruler
    folder = Path(ruler) if own else resources.rules() / ruler
    if not (folder / "ruler.yaml").is_file():
        raise WrongUsage("ruler.unknown", ruler=str(ruler), available=", ".join(available()))
    return known(folder, lambda: load_folder(folder)) if change is None else load_folder(folder, change=change)


def load_folder(
    folder: Path, *, change: Change | None = None, pinned: bool = True, above: tuple[Path, ...] = ()
) -> Ruler:
    """As `load_ruler`. `pinned` False reads what it rests on as it is now (`rules pin`); `above`: who rests on it already."""
    draft = read_draft(folder, change)
    below = other = None
    for way, path in RESTS_ON.items():
        if draft.data.get(way) is not None:
            below, other = way, _other(draft, way, path, folder, (*above, folder.resolve()), pinned=pinned)
    if other is None:
        return _ruler(draft, draft.data, draft.origin)
    return _layer(draft, other) if below == "extends" else _borrower(draft, other)


@dataclass(frozen=True)
class Draft:
    """The files of one folder, merged and not yet checked."""

    data: dict[str, Any]
    parts: list[Marked]
    origin: Origin
    problems: list[Problem]


def read_draft(folder: Path, change: Change | None = None) -> Draft:
    """The files of a folder. Raises `Located` for what is no strict YAML."""
    parts = list(_parts(folder))
    draft = _merged(parts)
    if change is not None:
        change(draft.data)
    return draft


def _parts(folder: Path) -> Iterator[Marked]:
    """The files of a folder, as many as a ruler may have, with as much in them as a ruler may hold."""
    paths = sorted(islice(folder.glob("*.yaml"), _MOST_FILES + 1))
    if len(paths) > _MOST_FILES:
        problem = Problem(f"{folder.name}/{paths[-1].name}", 1, 1, "", "ruler.too_many_files", most=_MOST_FILES)
        raise Located(_NOT_LOADED, [problem])
    left = MOST_NODES
    for path in paths:
        part = load_marked(path, name=f"{folder.name}/{path.name}", nodes=left)
        left -= len(part.marks)
        yield part


def _merged(parts: list[Marked]) -> Draft:
    draft = Draft({}, parts, Origin(), [])
    for part in sorted(parts, key=lambda one: not one.file.endswith("/ruler.yaml")):
        if draft.origin.head is None:
            draft.origin.head = part
        if not isinstance(part.data, dict):
            draft.problems.append(part.problem((), "ruler.not_mapping"))
            continue
        for key, body in part.data.items():
            if key in draft.data:
                draft.problems.append(part.problem((key,), "ruler.duplicate_key"))
                continue
            draft.data[key] = body
            draft.origin.put((key,), part)
    return draft


def _other(
    draft: Draft, way: str, path: tuple[str, ...], folder: Path, above: tuple[Path, ...], *, pinned: bool
) -> Ruler:
    """The ruler that a draft rests on, as it was pinned. Raises `Located` at the place where it is named."""
    named: Any = draft.data
    for key in path:
        named = named.get(key) if isinstance(named, dict) else None
    pin = read_pin(named)
    if set(RESTS_ON) <= draft.data.keys():
        raise Located(_NOT_LOADED, [draft.origin.problem((way,), "ruler.extends_and_borrows")])
    if pin is None:
        raise Located(_NOT_LOADED, [draft.origin.problem(path, "ruler.not_a_pin", value=str(named or ""))])
    if pinned and not pin.sha256:
        raise Located(_NOT_LOADED, [draft.origin.problem(path, "ruler.not_pinned", ruler=pin.id, folder=str(folder))])
    there = folder_of(pin.id, folder)
    if there is None:
        words = {"ruler": pin.id, "available": ", ".join(available())}
        raise Located(_NOT_LOADED, [draft.origin.problem(path, "ruler.no_parent", **words)])
    if there.resolve() in above:
        raise Located(_NOT_LOADED, [draft.origin.problem(path, "ruler.circle", ruler=pin.id)])
    other = known(there, lambda: load_folder(there, above=above))
    if pinned and other.sha256 != pin.sha256:
        words = {"ruler": pin.id, "pinned": pin.sha256, "found": other.sha256, "folder": str(folder)}
        raise Located(_NOT_LOADED, [draft.origin.problem(path, "ruler.pin_differs", **words)])
    return other


def layer_over(parent: Ruler, parts: list[Marked]) -> Ruler:
    """The layer of these files over a parent at hand, whatever it is pinned to. Raises as `load_ruler`."""
    return _layer(_merged(parts), parent)


def _layer(draft: Draft, parent: Ruler) -> Ruler:
    laid = layers.begin(parent, draft.data, draft.origin, draft.problems)
    return _ruler(draft, laid.data, laid.origin, parent, laid=laid)


def _borrower(draft: Draft, lender: Ruler) -> Ruler:
    data, origin, overrides = borrow(lender, draft.data, draft.origin)
    draft.problems.extend(borrow_problems(draft.data, draft.origin))
    return _ruler(draft, data, origin, lender, overrides=overrides)


def _ruler(
    draft: Draft,
    data: dict[str, Any],
    origin: Origin,
    base: Ruler | None = None,
    *,
    overrides: list[Override] | None = None,
    laid: Laid | None = None,
) -> Ruler:
    """The ruler of `data`. `base`: the ruler it rests on, whose values and documents it has too; `laid`: how it lies over it."""
    problems = draft.problems
    text = _checked(data, origin, problems)
    documents: dict[str, Document] = {**(base.documents if base else {}), **text.documents}
    for identifier, document in text.documents.items():
        if base is not None and base.documents.get(identifier, document) != document:
            problems.append(origin.problem(("documents", identifier), "ruler.documents_differ", document=identifier))
    values = read_all_values(text, draft.parts, draft.data, documents, origin, problems, base)
    trees = trees_of(text, origin, problems, base.trees if base else {})
    problems.extend(citations(text, documents, origin))
    problems.extend(guards(text, trees, origin.problem))
    partial = text.status == "partial"
    problems.extend(divergence_problems(text.divergence, partial=partial, values=values, say=origin.problem))
    problems.extend(direction_problems(text, values, origin))
    problems.extend(bridge_problems(text, origin))
    lineage: tuple[tuple[str, str], ...] = ()
    if base is not None and laid is not None:
        overrides, refused_ = layers.finish(base, draft.data, laid, text, values, documents)
        problems.extend(refused_)
        lineage = (*base.lineage, (base.id, base.sha256))
    if problems:
        raise Located(_NOT_LOADED, problems)
    return Ruler(text, values, trees, documents, lineage, tuple(overrides or ()), origin)


def _checked(data: dict[str, Any], origin: Origin, problems: list[Problem]) -> RulerText:
    from pydantic import ValidationError

    try:
        return RulerText.model_validate(data)
    except ValidationError as error:
        for one in error.errors():
            key, arguments = refused(one)
            problems.append(origin.problem(path_of(one), key, **arguments))
        raise Located(_NOT_LOADED, problems) from error

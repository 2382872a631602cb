"""The resolver of layers (DESIGN 5.4): a ruler that ``extends`` another one may tighten it, add beside it, and nothing else.

Before the text is checked: `begin` lays it over the ruler below. After its values are read: `finish` proves every move, the
values, the names, and the layer's own directions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.errors import Problem
from verify.ruler.directions import ANY
from verify.ruler.laid import Laid, Move, lay
from verify.ruler.origin import Origin
from verify.ruler.overrides import Override
from verify.ruler.proof import Prover, plain

if TYPE_CHECKING:
    from verify.ruler.model import Document, RulerText
    from verify.ruler.resolved import Ruler
    from verify.ruler.values import Value


_OWN = ("indicators", "parameters", "method", "checks", "attestation")  # where what is added has a name that is new


def begin(parent: Ruler, data: Mapping[str, Any], origin: Origin, problems: list[Problem]) -> Laid:
    """The layer over its parent, not proved yet. What a layer may not do with the head of the ruler joins `problems`."""
    laid = lay(parent, data, origin)
    below = parent.text.model_dump(mode="json")
    merged = laid.data
    merged.setdefault("status", parent.text.status)
    if data.get("id") in {parent.id, *(one for one, _ in parent.lineage)}:
        problems.append(origin.problem(("id",), "ruler.layer_same_id", ruler=parent.id))
    if parent.text.status == "partial" and data.get("status") != "partial":
        problems.append(origin.problem(("status",), "ruler.layer_not_partial", ruler=parent.id))
    merged["unknown_clauses"] = _lists(below["unknown_clauses"], data.get("unknown_clauses", []))
    merged["factor_sets"] = below["factor_sets"]
    _cite_limits(merged, _mapping(data.get("values")))
    if "factor_sets" in data:  # printed numbers say what a filed one is: more of them could make a wrong one right
        problems.append(origin.problem(("factor_sets",), "ruler.layer_factor_sets"))
    for key in ("documents", "values", "directions"):
        own = data.get(key, {})
        merged[key] = _mappings(below[key], own)
        assert parent.origin is not None
        for name in below[key]:
            if isinstance(own, dict) and name not in own:
                laid.origin.put((key, name), *parent.origin.find((key, name)))
    return laid


def finish(
    parent: Ruler,
    data: Mapping[str, Any],
    laid: Laid,
    text: RulerText,
    values: Mapping[str, Value],
    documents: Mapping[str, Document],
) -> tuple[list[Override], list[Problem]]:
    """The overrides of the layer, the parent's first, and every problem."""
    prover = Prover(parent, text.id, laid, values, documents)
    found = [*parent.overrides, *prover.overrides()]
    own = _mapping(data.get("values"))
    for name, body in own.items():
        if name in parent.values and name in values and values[name].plain() != parent.values[name].plain():
            override = prover.value(name, _move_of_value(parent, name, body, values[name]))
            found += [override] if override is not None else []
    problems = prover.problems
    problems += _names(parent, laid, values, prover.taken)
    problems += _directions(parent, _mapping(data.get("directions")), laid, own)
    return found, problems


def _cite_limits(merged: Mapping[str, Any], own: Mapping[str, Any]) -> None:
    """A limit whose number the layer prints anew is founded by the text of the layer: the indicator cites that."""
    for indicator in merged["indicators"].values():
        for one in (indicator, *indicator.get("classes", [])) if isinstance(indicator, dict) else ():
            body = own.get(one.get("limit") or "") if isinstance(one, dict) else None
            entries = body.get("entries") if isinstance(body, dict) else None
            printed = [body, *(entries if isinstance(entries, list) else [])]
            cite = next(
                (part["cite"] for part in printed if isinstance(part, dict) and isinstance(part.get("cite"), dict)),
                None,
            )
            if cite is not None:
                one["cite"] = cite


def _move_of_value(parent: Ruler, name: str, body: Any, own: Value) -> Move:
    below = parent.values[name]
    printed = {"value": " / ".join(dict.fromkeys(one.printed for one in below.entries)), "unit": below.unit}
    return Move(
        path=("values", name),
        theirs=printed,
        own=body,
        there=("values", name),
        here=("values", name),
        cite=own.entries[0].cite if own.entries else {},
        their_cite=below.entries[0].cite if below.entries else {},
        added=False,
        their_place="{}:{}".format(*below.mark[:2]),
    )


def _names(parent: Ruler, laid: Laid, values: Mapping[str, Value], taken: frozenset[str]) -> Iterator[Problem]:
    """Values under names that the ruler below asks for and has not: a layer may not fill what the law left empty."""
    for name in values:
        head = name.partition(".")[0]
        if name not in parent.values and not plain(name):
            yield laid.origin.problem(("values", name), "ruler.layer_name_odd", name=name)
        elif name not in parent.values and head in taken:
            yield laid.origin.problem(("values", name), "ruler.layer_name_taken", name=name, head=head)
        below = parent.values.get(name)
        if values[name].about and (below is None or below.about != values[name].about):
            yield laid.origin.problem(("values", name), "ruler.layer_about", name=name)


def _directions(parent: Ruler, own: Mapping[str, Any], laid: Laid, values: Mapping[str, Any]) -> Iterator[Problem]:
    """A layer says which way is stricter of what it adds itself; of what stands below it may only say that it is fixed."""
    added = [".".join(move.path) for move in laid.moves if move.added and move.path[0] in _OWN]
    added += [f"values.{name}" for name in values if name not in parent.values]
    for pattern, direction in own.items():
        inside = ANY not in pattern.split(".") and any(f"{pattern}.".startswith(f"{one}.") for one in added)
        if direction != "fixed" and not inside:
            yield laid.origin.problem(("directions", pattern), "ruler.layer_direction", pattern=pattern)


def _lists(below: list[Any], own: Any) -> Any:
    return [*below, *(one for one in own if one not in below)] if isinstance(own, list) else own


def _mappings(below: Mapping[str, Any], own: Any) -> Any:
    return {**below, **own} if isinstance(own, dict) else own


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}

"""Every formula of a ruler: each constant, sign, comparison, name and filter of its tree changed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.ruler_mutants.edits import Mutant, Path_, at, bumped, dotted, file_of, reformulated
from verify.formula import Tree, text_of
from verify.ruler import Ruler

_OTHER = {
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "min": "max",
    "max": "min",
    "and": "or",
    "or": "and",
}
_COMPARED = {
    "lt": ("le", "gt"),
    "le": ("lt", "ge"),
    "gt": ("ge", "lt"),
    "ge": ("gt", "le"),
    "eq": ("ne",),
    "ne": ("eq",),
}
_COLUMNS = {"tco2": "tce", "tce": "tco2", "quantity": "tce", "utilised": "total", "total": "utilised", "from_stock": "total",
            "at_limit": "listed", "listed": "at_limit", "streams": "total", "value": "total"}  # fmt: skip


def formulas(ruler: Ruler) -> list[Path_]:
    """Where formulas stand in the text of a ruler."""
    from verify.ruler.compiled import _formulas

    return [tuple(path) for path, _ in _formulas(ruler.text)]


def of_formulas(ruler: Ruler) -> Iterator[Mutant]:
    """The mutants of every formula."""
    for path in formulas(ruler):
        text = at(ruler.text, path)
        names = _names_for(ruler, path)
        seen = {text_of(ruler.tree(text))}
        for number, (kind, what, tree) in enumerate(_variants(ruler.tree(text), names)):
            other = text_of(tree)
            if other not in seen:
                seen.add(other)
                yield _mutant(kind, ruler, path, f"({number}) {what}", other)


def _mutant(kind: str, ruler: Ruler, path: Path_, what: str, other: str) -> Mutant:
    return Mutant(kind, dotted(path), what, lambda: reformulated(ruler, path, other), file_of(ruler, path))


def _names_for(ruler: Ruler, path: Path_) -> Mapping[str, str]:
    """For each name that a formula at `path` may use, another one of its kind."""
    method = ruler.text.method
    if path[:2] == ("method", "factors"):
        return _ring(list(method.factors[str(path[2])].inputs))
    if path[0] == "opinion":
        from dataclasses import fields

        from verify.opinion import Grounds

        return _ring([one.name for one in fields(Grounds)])
    by_unit: dict[str, list[str]] = {}
    for name, item in method.items.items():
        by_unit.setdefault(item.unit, []).append(name)
    found: dict[str, str] = {}
    for many in by_unit.values():
        found |= _ring(many)
    values: dict[str, list[str]] = {}
    for name in sorted(ruler.values):
        if ruler.values[name].entries:
            values.setdefault(ruler.values[name].unit, []).append(f"value.{name}")
    for many in values.values():
        found |= _ring(many)
    return found


def _ring(names: list[str]) -> dict[str, str]:
    return {name: names[(at_ + 1) % len(names)] for at_, name in enumerate(names) if len(names) > 1}


def _variants(tree: Tree, names: Mapping[str, str]) -> Iterator[tuple[str, str, Tree]]:
    """Every tree that differs in one node: what was changed, how, the tree."""
    yield from _here(tree, names)
    for position, part in enumerate(tree.get("args", ())):
        for kind, what, node in _variants(part, names):
            yield kind, what, {**tree, "args": [*tree["args"][:position], node, *tree["args"][position + 1 :]]}


def _here(node: Tree, names: Mapping[str, str]) -> Iterator[tuple[str, str, Tree]]:
    op = node["op"]
    if op == "constant":
        new = bumped(node["value"])
        yield "number", f"{node['value']} -> {new}", {**node, "value": new}
    elif op == "name" and node["name"] in names:
        new = names[node["name"]]
        yield "name", f"{node['name']} -> {new}", {**node, "name": new}
    elif op == "sum":
        yield from _of_sum(node)
    elif op == "negate":
        yield "operator", "without the sign", node["args"][0]
    elif op in _COMPARED:
        yield from (("comparison", f"{op} -> {other}", {**node, "op": other}) for other in _COMPARED[op])
    elif op in _OTHER:
        other = _OTHER[op]
        args = node["args"]
        if op in {"add", "multiply"} and len(args) > 2:  # a chain: one part at a time
            for position in range(1, len(args)):
                rest = [*args[:position], *args[position + 1 :]]
                what = f"{op} -> {other} of {text_of(args[position])}"
                yield "operator", what, {"op": other, "args": [{**node, "args": rest}, args[position]]}
        else:
            yield "operator", f"{op} -> {other}", {**node, "op": other}


def _of_sum(node: dict[str, Any]) -> Iterator[tuple[str, str, Tree]]:
    column = _COLUMNS[node["column"]]
    yield "column", f"{node['column']} -> {column} in {text_of(node)}", {**node, "column": column}
    for side in ("only", "except"):
        for name, values in node[side].items():
            rest = {key: words for key, words in node[side].items() if key != name}
            yield "filter", f"without {name} in {text_of(node)}", {**node, side: rest}
            for value in values if len(values) > 1 else ():
                fewer = [one for one in values if one != value]
                what = f"{name} without {value} in {text_of(node)}"
                yield "filter", what, {**node, side: {**node[side], name: fewer}}

"""From a tree back to its canonical text: `parse(text_of(tree), stratum) == tree`."""

from __future__ import annotations

from collections.abc import Mapping

from verify.formula.filters import EXCLUDE
from verify.formula.semantics import CHAINS, OPERATIONS, Tree

_ATOM = 9  # binds tighter than any operation


def text_of(tree: Tree) -> str:
    """The canonical text of a tree: one blank round a sign, brackets only where they are needed, filters sorted."""
    return _text(tree)[0]


def _text(node: Tree) -> tuple[str, int]:
    """The text of a node and how tightly it binds."""
    op = node["op"]
    if op == "constant":
        return node["value"], _ATOM
    if op == "name":
        return node["name"], _ATOM
    if op == "sum":
        return _sum(node), _ATOM
    entry = OPERATIONS[op]
    parts = [_text(part) for part in node["args"]]
    if entry.level == 0:
        return f"{entry.symbol}({', '.join(text for text, _ in parts)})", _ATOM
    if len(parts) == 1:
        blank = " " if entry.symbol == "not" else ""
        return f"{entry.symbol}{blank}{_bracketed(*parts[0], entry.level)}", entry.level
    # The first argument of a left-bound sign needs no brackets at its own level; a comparison is never chained.
    first = entry.level if entry.level > OPERATIONS["eq"].level or op in CHAINS else entry.level + 1
    texts = [_bracketed(*parts[0], first), *(_bracketed(*part, entry.level + 1) for part in parts[1:])]
    return f" {entry.symbol} ".join(texts), entry.level


def _bracketed(text: str, level: int, least: int) -> str:
    return text if level >= least else f"({text})"


def _sum(node: Tree) -> str:
    filters = [*_filters(node["only"], ""), *_filters(node["except"], EXCLUDE)]
    return f"sum({', '.join([node['column'], *filters])})"


def _filters(filters: Mapping[str, list[str]], prefix: str) -> list[str]:
    return [f"{prefix}{column}={_values(filters[column])}" for column in sorted(filters)]


def _values(values: list[str]) -> str:
    quoted = [f"'{value}'" if '"' in value else f'"{value}"' for value in values]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"

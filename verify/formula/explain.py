"""Why a formula has its value: the same tree with the value of every part that was looked at. No prose."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.formula.evaluator import Names, Sums, evaluate
from verify.formula.semantics import Tree, Undefined, Value
from verify.formula.text import text_of


def explain(tree: Tree, names: Names, sums: Sums | None = None) -> dict[str, Any]:
    """One step per node: ``{"op", "text", "value", "parts"}``; `value` as `value_text` writes it.

    `parts` are the arguments the evaluator looked at, in order: a branch not taken is not among them.
    """
    value = evaluate(tree, names, sums)
    looked_at = [] if "args" not in tree else _looked_at(tree, names, sums)
    return {
        "op": tree["op"],
        "text": text_of(tree),
        "value": value_text(value),
        "parts": [explain(part, names, sums) for part in looked_at],
    }


def value_text(value: Value) -> str | dict[str, Any]:
    """A value as JSON: decimal text where it is finite, else ``n/d``; ``true``, ``false``; or the undefined reason."""
    if isinstance(value, Undefined):
        return {"undefined": value.reason, "arguments": value.arguments}
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return decimal_text(value)
    except ValueError:
        return f"{value.numerator}/{value.denominator}"


def _looked_at(tree: Tree, names: Names, sums: Sums | None) -> list[Tree]:
    op, parts = tree["op"], tree["args"]
    if op == "case":
        for position in range(0, len(parts) - 1, 2):
            truth = evaluate(parts[position], names, sums)
            if truth is not False:
                taken = [parts[position + 1]] if truth is True else []
                return [*parts[0 : position + 1 : 2], *taken]
        return [*parts[0:-1:2], parts[-1]]
    for position, part in enumerate(parts):
        value = evaluate(part, names, sums)
        goes_on = (
            value is (op == "and") if op in {"and", "or"} else isinstance(value, bool if op == "not" else Fraction)
        )
        if not goes_on:
            return list(parts[: position + 1])
    return list(parts)

"""The exact evaluator: rationals and truth values, undefined with its reason. Semantics: semantics.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add, mul

from verify.formula.semantics import Tree, Undefined, Value
from verify.formula.text import text_of

Names = Callable[[str], Value] | Mapping[str, Value]
Sums = Callable[[Tree], Value]


def evaluate(tree: Tree, names: Names, sums: Sums | None = None) -> Value:
    """The value of a tree. `names` gives the value of a name, `sums` that of a filtered sum.

    Arguments are looked at from left to right and the first one that is undefined, or of the wrong kind, is the
    answer. Never raises for a tree that `parse` or `read_tree` made.
    """
    return _value(tree, names if callable(names) else _named(names), sums or _no_sums)


def _value(node: Tree, names: Callable[[str], Value], sums: Sums) -> Value:
    op = node["op"]
    if op == "constant":
        return _constant(node["value"])
    if op == "name":
        return _given(names(node["name"]))
    if op == "sum":
        return _given(sums(node))
    if op == "case":
        return _case(node["args"], names, sums)
    if op in {"and", "or"}:
        return _junction(node["args"], op == "or", names, sums)
    if op == "not":
        truth = _value(node["args"][0], names, sums)
        return not truth if isinstance(truth, bool) else _not_of_kind(truth, "boolean", node["args"][0])
    numbers: list[Fraction] = []
    for part in node["args"]:
        value = _value(part, names, sums)
        if not isinstance(value, Fraction):
            return _not_of_kind(value, "number", part)
        numbers.append(value)
    if op == "divide" and not numbers[1]:
        return Undefined("division_by_zero", {"divisor": text_of(node["args"][1])})
    return _ARITHMETIC[op](numbers)


_ARITHMETIC: dict[str, Callable[[list[Fraction]], Fraction | bool]] = {
    "add": lambda numbers: reduce(add, numbers),
    "subtract": lambda numbers: numbers[0] - numbers[1],
    "multiply": lambda numbers: reduce(mul, numbers),
    "divide": lambda numbers: numbers[0] / numbers[1],
    "negate": lambda numbers: -numbers[0],
    "abs": lambda numbers: abs(numbers[0]),
    "min": min,
    "max": max,
    "eq": lambda numbers: numbers[0] == numbers[1],
    "ne": lambda numbers: numbers[0] != numbers[1],
    "lt": lambda numbers: numbers[0] < numbers[1],
    "le": lambda numbers: numbers[0] <= numbers[1],
    "gt": lambda numbers: numbers[0] > numbers[1],
    "ge": lambda numbers: numbers[0] >= numbers[1],
}


def _case(parts: list[Tree], names: Callable[[str], Value], sums: Sums) -> Value:
    """The value behind the first true condition; later conditions and other values are not looked at."""
    for position in range(0, len(parts) - 1, 2):
        truth = _value(parts[position], names, sums)
        if not isinstance(truth, bool):
            return _not_of_kind(truth, "boolean", parts[position])
        if truth:
            return _value(parts[position + 1], names, sums)
    return _value(parts[-1], names, sums)


def _junction(parts: list[Tree], decides: bool, names: Callable[[str], Value], sums: Sums) -> Value:
    """`and` (decided by the first false) and `or` (by the first true); what follows is not looked at."""
    for part in parts:
        truth = _value(part, names, sums)
        if not isinstance(truth, bool):
            return _not_of_kind(truth, "boolean", part)
        if truth is decides:
            return decides
    return not decides


def _not_of_kind(value: Value, expected: str, part: Tree) -> Undefined:
    if isinstance(value, Undefined):
        return value
    return Undefined("type", {"expected": expected, "text": text_of(part)})


def _given(value: Value) -> Value:
    """A value from the caller, which must be one: an int, a Decimal or None here is a fault of the caller."""
    if isinstance(value, Fraction | bool | Undefined):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a formula")


@lru_cache(maxsize=4096)
def _constant(text: str) -> Fraction:
    return Fraction(text)


def _named(names: Mapping[str, Value]) -> Callable[[str], Value]:
    def name_of(name: str) -> Value:
        value = names.get(name)
        return Undefined("missing_name", {"name": name}) if value is None else value

    return name_of


def _no_sums(node: Tree) -> Value:
    return Undefined("missing_sum", {"text": text_of(node)})

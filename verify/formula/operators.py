"""The signs of the language as `ast` names them, and the arguments of a sign."""

from __future__ import annotations

import ast

from verify.formula.semantics import CHAINS

SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.USub: "negate",
    ast.Not: "not",
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}


def parts_of(found: ast.expr, op: str) -> list[ast.expr]:
    """The arguments of an operator; a chain written left to right (a + b + c) is one list."""
    if isinstance(found, ast.UnaryOp):
        return [found.operand]
    rest: list[ast.expr] = []
    while True:
        if isinstance(found, ast.BinOp) and SIGNS.get(type(found.op)) == op:
            parts = [found.left, found.right]
        elif isinstance(found, ast.BoolOp) and SIGNS[type(found.op)] == op:
            parts = found.values
        else:
            return [found, *rest]
        if rest and op not in CHAINS:
            return [found, *rest]
        rest = [*parts[1:], *rest]
        found = parts[0]

"""The second wall: Python's `ast` of the text, and a whitelist from it to the canonical tree.

What is not listed here does not load. Kinds are checked where the text proves them: a comparison is no number, a
number is no condition; a name may be either until it has a value.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import NoReturn

from verify.formula import lexer
from verify.formula.errors import FormulaError, unknown
from verify.formula.filters import sum_node
from verify.formula.kinds import Node, case_kind, must_be
from verify.formula.operators import SIGNS, parts_of
from verify.formula.semantics import (
    DEPTH_LIMIT,
    FUNCTIONS,
    LINE_DECIMALS,
    LINE_DIGITS,
    NODE_LIMIT,
    OPERATIONS,
    SUM,
    Stratum,
    Tree,
)


def parse(
    text: str, stratum: Stratum, *, known: Collection[str] | None = None, columns: Collection[str] | None = None
) -> Tree:
    """The canonical tree of a formula text.

    With `known`, a name that is not in it is refused; with `columns`, a column of a sum. Raises FormulaError (key,
    column, and the nearest known word); no other exception, whatever the text.
    """
    line = lexer.one_line(text)
    source = line.strip(" ")
    if not source:
        raise FormulaError("empty", 1)
    indent = len(line) - len(line.lstrip(" "))
    try:
        root = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        end = len(source) + 1  # where Python says 0 it means the end
        raise FormulaError("syntax", indent + min(error.offset or end, end)) from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError("too_deep", 1, limit=DEPTH_LIMIT) from None
    return _Parser(source.encode("utf-8"), indent, stratum, known, columns).node(root, 1).tree


class _Parser:
    def __init__(
        self,
        source: bytes,
        indent: int,
        stratum: Stratum,
        known: Collection[str] | None,
        columns: Collection[str] | None,
    ) -> None:
        self.source = source
        self.indent = indent
        self.stratum = stratum
        self.known = known
        self.columns = columns
        self.nodes = 0

    def node(self, found: ast.expr, level: int) -> Node:
        """The tree of one expression at `level` (the root is 1)."""
        column = self.column(found)
        if level > DEPTH_LIMIT:
            raise FormulaError("too_deep", column, limit=DEPTH_LIMIT)
        self.count(1, column)
        match found:
            case ast.Constant(value=int() | float()) if not isinstance(found.value, bool):
                return Node({"op": "constant", "value": self.constant(found, column)}, "number", column)
            case ast.Name() | ast.Attribute():
                return Node({"op": "name", "name": self.name(found, column)}, "any", column)
            case ast.BinOp(op=sign) | ast.UnaryOp(op=sign) | ast.BoolOp(op=sign) if type(sign) in SIGNS:
                op = SIGNS[type(sign)]
                return self.operation(op, [self.node(part, level + 1) for part in parts_of(found, op)], column)
            case ast.Compare(ops=[sign], comparators=[right]) if type(sign) in SIGNS:
                pair = [self.node(found.left, level + 1), self.node(right, level + 1)]
                return self.operation(SIGNS[type(sign)], pair, column)
            case ast.Compare(ops=[_, _, *_], comparators=[_, third, *_]):
                raise FormulaError("chain", self.column(third))
            case ast.Call(func=ast.Name(id=function)):
                return self.call(function, found, level, column)
        return self.refuse(found, column)

    def operation(self, op: str, parts: list[Node], column: int) -> Node:
        """One operation over its parts, allowed in this stratum, with the kinds it takes."""
        entry = OPERATIONS[op]
        if self.stratum == "line" and not entry.line:
            raise FormulaError("not_in_line", column, name=entry.symbol)
        gives = entry.gives
        if op == "case":
            gives = case_kind(parts)
        else:
            for part in parts:
                must_be(entry.takes, part)
        return Node({"op": op, "args": [part.tree for part in parts]}, gives, column)

    def call(self, function: str, found: ast.Call, level: int, column: int) -> Node:
        """A function of the list, or the filtered sum."""
        if function == SUM:
            if self.stratum == "line":
                raise FormulaError("not_in_line", column, name=SUM)
            tree, size = sum_node(found, column, self.column, self.columns)
            self.count(size, column)
            return Node(tree, "number", column)
        if function not in FUNCTIONS:
            raise unknown("unknown_function", column, function, [*FUNCTIONS, SUM])
        if found.keywords:
            raise FormulaError("not_allowed", self.column(found.keywords[0]), text=f"{found.keywords[0].arg}=")
        entry = OPERATIONS[FUNCTIONS[function]]
        count = len(found.args)
        if count < entry.least or (entry.most is not None and count > entry.most):
            raise FormulaError("arity", column, name=function, given=count)
        if function == "case" and count % 2 == 0:
            raise FormulaError("case_pairs", column, given=count)
        return self.operation(FUNCTIONS[function], [self.node(part, level + 1) for part in found.args], column)

    def constant(self, found: ast.Constant, column: int) -> str:
        """The constant as it stands in the text, without trailing zeros of its fraction; never through a float."""
        text = self.segment(found)
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        whole, _, fraction = text.partition(".")
        if self.stratum == "line" and (len(fraction) > LINE_DECIMALS or len(whole) > LINE_DIGITS):
            raise FormulaError("line_digits", column, digits=LINE_DIGITS, decimals=LINE_DECIMALS)
        return text

    def name(self, found: ast.expr, column: int) -> str:
        """A dotted name, and nothing but names in it."""
        parts: list[str] = []
        inner = found
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name):
            self.refuse(found, column)
        name = ".".join([inner.id, *reversed(parts)])
        if name in FUNCTIONS or name == SUM:
            raise FormulaError("function_as_name", column, name=name)
        if self.known is not None and name not in self.known:
            raise unknown("unknown_name", column, name, self.known)
        return name

    def count(self, size: int, column: int) -> None:
        self.nodes += size
        if self.nodes > NODE_LIMIT:
            raise FormulaError("too_many", column, limit=NODE_LIMIT)

    def column(self, found: ast.expr | ast.keyword) -> int:
        """Where a node starts in the caller's text: 1-based, in characters (`ast` counts UTF-8 bytes)."""
        return self.indent + len(self.source[: found.col_offset].decode("utf-8")) + 1

    def segment(self, found: ast.expr) -> str:
        return self.source[found.col_offset : found.end_col_offset].decode("utf-8")

    def refuse(self, found: ast.expr, column: int) -> NoReturn:
        raise FormulaError("not_allowed", column, text=self.segment(found)[:40])

"""The words of the formula language and what each one takes and gives: the one table that parser, text, evaluator
and table compiler read. In words: docs/formats/formula-semantics.md (a test binds the page to this table).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, get_args

Tree = dict[str, Any]  # only str, list and dict: the same JSON in the ruler's digest, in Python and in the page
Stratum = Literal["line", "figure"]
Kind = Literal["number", "boolean", "any"]  # any: a name, known only when its value is
Reason = Literal["division_by_zero", "null_in_sum", "missing_name", "missing_sum", "missing_value", "type"]

REASONS: frozenset[str] = frozenset(get_args(Reason))

LENGTH_LIMIT = 4000  # characters of source text
NODE_LIMIT = 500  # nodes of the tree; a filter of a sum counts its column and each of its values
DEPTH_LIMIT = 40  # levels of the tree, and of brackets in the text
DIGIT_LIMIT = 40  # digits of a constant
LINE_DECIMALS = 12  # decimals of a constant in a line formula: those of a factor (DESIGN 6)
LINE_DIGITS = 19  # digits before its point


@dataclass(frozen=True, slots=True)
class Undefined:
    """A value that has none, and why. It is never zero, never null and never an exception.

    `reason` is one of REASONS; `arguments` fill the message ``formula.undefined_<reason>``.
    """

    reason: str
    arguments: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        raise TypeError("an undefined value is neither true nor false")


Value = Fraction | bool | Undefined


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how it is written, how many arguments it takes, of which kind, what it gives, and where.

    `symbol` is its sign or its function name; `level` its precedence in the text (higher binds tighter; 0: a call).
    `most` is None for any number of arguments. `line`: allowed in line formulas too.
    """

    symbol: str
    least: int
    most: int | None
    takes: Kind
    gives: Kind
    level: int = 0
    line: bool = True


OPERATIONS: dict[str, Operation] = {
    "or": Operation("or", 2, None, "boolean", "boolean", 1),
    "and": Operation("and", 2, None, "boolean", "boolean", 2),
    "not": Operation("not", 1, 1, "boolean", "boolean", 3),
    "eq": Operation("==", 2, 2, "number", "boolean", 4),
    "ne": Operation("!=", 2, 2, "number", "boolean", 4),
    "lt": Operation("<", 2, 2, "number", "boolean", 4),
    "le": Operation("<=", 2, 2, "number", "boolean", 4),
    "gt": Operation(">", 2, 2, "number", "boolean", 4),
    "ge": Operation(">=", 2, 2, "number", "boolean", 4),
    "add": Operation("+", 2, None, "number", "number", 5),
    "subtract": Operation("-", 2, 2, "number", "number", 5),
    "multiply": Operation("*", 2, None, "number", "number", 6),
    "divide": Operation("/", 2, 2, "number", "number", 6, line=False),
    "negate": Operation("-", 1, 1, "number", "number", 7),
    "min": Operation("min", 1, None, "number", "number"),
    "max": Operation("max", 1, None, "number", "number"),
    "abs": Operation("abs", 1, 1, "number", "number", line=False),
    "case": Operation("case", 3, None, "any", "any"),  # condition, value, …, otherwise: an odd number
}

FUNCTIONS: dict[str, str] = {entry.symbol: op for op, entry in OPERATIONS.items() if entry.level == 0}
SUM = "sum"  # the filtered sum, figure formulas only; a leaf of the tree beside constant and name
CHAINS: frozenset[str] = frozenset({"or", "and", "add", "multiply"})  # a + b + c is one node with three arguments

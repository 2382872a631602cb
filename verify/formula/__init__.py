"""The formula language of a ruler: text to one canonical tree, the tree to a value, to a table expression, to an
explanation. A leaf: knows no table engine but inside the compiler functions.

Line formulas (+ - *, min, max, case, conditions) work on the columns of one row; figure formulas (filtered sums, then
+ - * / and conditions) on named figures, exact. Semantics: docs/formats/formula-semantics.md.
"""

from verify.formula.aggregates import compile_sum, compile_sums
from verify.formula.errors import FormulaError
from verify.formula.evaluator import Names, Sums, evaluate
from verify.formula.explain import explain, value_text
from verify.formula.parser import parse
from verify.formula.rows import given_sums, of_row, read_sums, sum_rows
from verify.formula.semantics import OPERATIONS, REASONS, Stratum, Tree, Undefined, Value
from verify.formula.slopes import slopes
from verify.formula.tables import compile_line
from verify.formula.text import text_of
from verify.formula.tree import names, read_tree, sums

__all__ = [
    "OPERATIONS",
    "REASONS",
    "FormulaError",
    "Names",
    "Stratum",
    "Sums",
    "Tree",
    "Undefined",
    "Value",
    "compile_line",
    "compile_sum",
    "compile_sums",
    "evaluate",
    "explain",
    "given_sums",
    "names",
    "of_row",
    "parse",
    "read_sums",
    "read_tree",
    "slopes",
    "sum_rows",
    "sums",
    "text_of",
    "value_text",
]

"""The one error of this package: a formula, a tree or a column that is not on the list."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from verify.errors import WrongUsage


class FormulaError(WrongUsage):
    """A formula that does not load. `column` is 1-based, in characters of the source text.

    `column` is None where there is no text: a tree read from a file, or a table that lacks a column.
    """

    def __init__(self, key: str, column: int | None = None, **arguments: object) -> None:
        self.column = column
        if column is not None:
            arguments["column"] = column
        super().__init__(f"formula.{key}", **arguments)


def unknown(key: str, column: int | None, name: str, known: Iterable[str]) -> FormulaError:
    """The error `key` for an unknown `name`; with the nearest known word it is ``<key>_meant`` and says that word."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    if near:
        return FormulaError(f"{key}_meant", column, name=name, suggestion=near[0])
    return FormulaError(key, column, name=name)

"""What a lint says: a stable code, how grave, and a problem with file, line and column. The words: templates/messages/lint.yaml."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from verify.errors import Problem
from verify.ruler.marks import Path_
from verify.ruler.resolved import Ruler
from verify.ruler.values import Value

Gravity = Literal["error", "warning", "note"]
# Code -> (key of the catalogue `lint`, gravity). Codes are stable for ever.
CODES: dict[str, tuple[str, Gravity]] = {
    "RL-01": ("no_citation", "error"),
    "RL-02": ("no_clause", "warning"),
    "RL-03": ("effect_before_publication", "error"),
    "RL-04": ("entries_overlap", "error"),
    "RL-05": ("window", "error"),
    "RL-06": ("value_unused", "warning"),
    "RL-07": ("part_unused", "warning"),
    "RL-08": ("unit_of_factor", "error"),
    "RL-09": ("unit_of_figure", "error"),
    "RL-10": ("units_differ", "error"),
    "RL-11": ("two_heat_values", "error"),
    "RL-12": ("consistent_ncv", "error"),
    "RL-13": ("rulers_disagree", "warning"),
    "RL-14": ("documents_disagree", "error"),
    "RL-15": ("unknown_clauses", "note"),
    "RL-16": ("partial_without_clauses", "error"),
    "RL-17": ("unconfirmed", "note"),
    "RL-18": ("no_tests", "warning"),
    "RL-19": ("names_nothing", "error"),
    "RL-20": ("undated", "error"),
    "RL-21": ("not_in_any_ruler", "note"),
    "RL-22": ("clauses_not_known", "note"),
}


@dataclass(frozen=True)
class Fault:
    """One thing that a lint found."""

    code: str
    problem: Problem

    @property
    def gravity(self) -> Gravity:
        """``error``, ``warning`` or ``note``."""
        return CODES[self.code][1]


@dataclass(frozen=True)
class Ground:
    """What a ruler is held against: the vocabulary of the tables, and what the code of the checks registers.

    `carriers`: id -> class, family, dimension. `columns`: (table, column) -> the unit that its numbers are counted in per
    base unit of the row, e.g. ``tC``. `words`: column -> what it may hold. `codes`: the checks that exist. `asked`: values
    that the code asks for by id. `streams`: what a recovered stream is measured in.
    """

    carriers: Mapping[str, Mapping[str, str]]
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    codes: Collection[str] = ()
    asked: Collection[str] = ()
    streams: Mapping[str, str] = field(default_factory=dict)


Say = Callable[..., Fault]


def at(ruler: Ruler, code: str, path: Path_, /, **arguments: object) -> Fault:
    """A fault at `path` of the ruler's text."""
    assert ruler.origin is not None
    return Fault(code, ruler.origin.problem(path, f"lint.{CODES[code][0]}", **arguments))


def at_value(code: str, value: Value, path: str, /, **arguments: object) -> Fault:
    """A fault at a value, where it is written."""
    file, line, column = value.mark
    return Fault(code, Problem(file, line, column, path, f"lint.{CODES[code][0]}", **arguments))

"""The lint of rulers: what loads and is wrong all the same (docs/formats/ruler-lint.md). Places, never prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.ruler.lint.citations import citations, folder_of
from verify.ruler.lint.dates import dates
from verify.ruler.lint.factor_units import factor_units
from verify.ruler.lint.fault import CODES, Fault, Ground, at
from verify.ruler.lint.figure_units import figure_units
from verify.ruler.lint.heat_values import heat_values
from verify.ruler.lint.names import names
from verify.ruler.lint.others import disagreements
from verify.ruler.lint.used import unreached, used
from verify.ruler.resolved import Ruler

_FACTORS = "factors/"
__all__ = ["CODES", "Fault", "Ground", "lint", "lint_together"]


def lint(ruler: Ruler, ground: Ground) -> list[Fault]:
    """Everything that is wrong with one ruler, by place. Parts that it takes over are looked at where they are written."""
    found = [
        *names(ruler, ground),
        *citations(ruler),
        *dates(ruler),
        *used(ruler, ground),
        *factor_units(ruler, ground),
        *figure_units(ruler, ground),
        *heat_values(ruler, ground),
        *_clauses(ruler),
        *_unconfirmed(ruler),
    ]
    own = f"{folder_of(ruler)}/"
    return sorted((one for one in found if one.problem.file.startswith((own, _FACTORS))), key=_place)


def lint_together(rulers: Sequence[Ruler], ground: Ground) -> list[Fault]:
    """What is wrong between rulers: two words for one thing, and numbers that nobody reaches."""
    return sorted([*disagreements(rulers), *unreached(rulers, ground)], key=_place)


def _clauses(ruler: Ruler) -> Iterator[Fault]:
    count = len(ruler.text.unknown_clauses)
    if count:
        yield at(ruler, "RL-15", ("unknown_clauses",), count=count)
    elif ruler.text.status == "partial":
        yield at(ruler, "RL-16", ("status",))


def _unconfirmed(ruler: Ruler) -> Iterator[Fault]:
    values = {id(value): value for value in ruler.values.values()}.values()
    entries = [entry for value in values for entry in (*value.entries, *value.candidates)]
    count = sum(entry.confidence == "unconfirmed" for entry in entries)
    if count:
        yield at(ruler, "RL-17", ("id",), count=count, values=len(values))


def _place(fault: Fault) -> tuple[str, int, int, str]:
    return fault.problem.file, fault.problem.line, fault.problem.column, fault.code

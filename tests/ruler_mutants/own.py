"""Which mutants are a ruler's own: what it takes over from another is changed where it is written, before the tests there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tests.ruler_mutants.edits import Mutant
from tests.ruler_mutants.of_formulas import of_formulas
from tests.ruler_mutants.of_lines import of_lines
from tests.ruler_mutants.of_rest import of_rest
from tests.ruler_mutants.of_values import of_numbers, of_values
from verify.ruler import Ruler, available, load_ruler
from verify.ruler.lint.reach import reached
from verify.submission.contract import carriers

_FACTORS = "factors/"


def mutants(ruler: Ruler) -> Iterator[Mutant]:
    """Every mutant of a ruler of rules/, of the parts that are written in its own folder.

    Numbers of the factor files belong to every complete ruler that reaches them, and to a partial one where no complete one
    does: what a partial ruler reaches beside them are the numbers behind the parts that it takes over.
    """
    values = reached(ruler, list(carriers()))
    shared = _of_complete_rulers() if ruler.text.status == "partial" else frozenset()
    own = (f"{ruler.id}/",)
    yield from (one for one in of_values(ruler, values - shared) if one.file.startswith((*own, _FACTORS)))
    for part in (of_numbers, of_formulas, of_lines, of_rest):
        yield from (one for one in part(ruler) if one.file.startswith(own))


@cache
def _of_complete_rulers() -> frozenset[str]:
    rulers = [one for one in map(load_ruler, available()) if one.text.status == "complete"]
    return frozenset().union(*(reached(one, list(carriers())) for one in rulers))

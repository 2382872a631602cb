"""The public part of a verification: the report that everybody may see, and the sums that its figures come out of again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.disclosure.disclose import Disclosed, disclose
from verify.disclosure.rule import Rule
from verify.disclosure.tables import Cell, public_cells
from verify.disclosure.term_sums import telling_terms


def public_part(
    facts: Mapping[str, Any],
    places: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    ruler: Mapping[str, Any],
    rule: Rule,
) -> tuple[Disclosed, list[Cell]]:
    """The public report and the rows of its ``data/cells.csv``. `facts` and `places` are the whole ones; `cells` and `ruler` as
    for `public_cells`."""
    shown = disclose(facts, places, rule)
    further = telling_terms(cells, shown.facts, ruler, rule)
    if further:
        shown = disclose(facts, places, rule, further)
    return shown, public_cells(cells, shown.facts, ruler, rule)

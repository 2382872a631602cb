"""The accounting cells that may be published beside public facts: exact sums by term, for the published terms only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from verify.disclosure.subtotals import MERGED

COLUMNS = ("year", "measure", "term", "tco2")


def public_cells(cells: Iterable[Mapping[str, Any]], facts: Mapping[str, Any]) -> list[dict[str, object]]:
    """`cells` of the chosen assignment (as `verify.ledger` sums them), summed to the terms that the public facts name.

    The sums are exact, so that a reader recomputes the published figures to their last decimal; claimed amounts only, since
    what differs in the proven and the strict one are the zeros of few.
    """
    public = {row["term"] for row in facts["terms"]} - {MERGED}
    sums: dict[str, Fraction] = {}
    for cell in cells:
        term, amount = str(cell.get("term", "")), cell.get("tco2")
        if term in public and amount is not None and cell["year"] == facts["year"] and cell.get("measure") == "carbon":
            sums[term] = sums.get(term, Fraction(0)) + Fraction(amount)
    return [{"year": facts["year"], "measure": "carbon", "term": term, "tco2": sums[term]} for term in sorted(sums)]

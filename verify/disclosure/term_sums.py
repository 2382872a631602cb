"""Terms that are no small groups by themselves and still would tell one, beside the energy and the indicators of the report.

A park with few carriers has few unknowns: the tonnes of heat, the energy total and the share of clean energy can leave one
enterprise when they are taken from each other. `verify.disclosure.subtotals` sees tonnes alone; here all measures count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.bundle.formulas import Formulas
from verify.bundle.recompute import figures
from verify.disclosure.contributions import TONNES, Contributions, Parts
from verify.disclosure.differencing import Published
from verify.disclosure.rule import Rule
from verify.disclosure.subtotals import MERGED
from verify.formula import Tree


def telling_terms(
    cells: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], ruler: Mapping[str, Any], rule: Rule
) -> frozenset[str]:
    """Which of the terms that public `facts` show must stay back as well, the smallest first. Arguments as `public_cells`."""
    sums = Contributions(Formulas.of_report(ruler, facts), cells)
    told = [sums.of_figure(item, kind) for item, kind, _ in figures(facts) if not item.startswith("term.")]
    public = Published(told, sums.families(), rule.fewest, rule.largest_share)
    shown = {term: parts for term, parts in shown_terms(sums, facts).items() if parts and term != MERGED}
    order = sorted(shown, key=lambda term: (abs(sum(shown[term].values())), term))
    kept = list(order)
    while kept and not public.admits([shown[term] for term in kept] + [_others(sums, kept)]):
        kept.pop(0)
    return frozenset(order) - frozenset(kept)


def shown_terms(sums: Contributions, facts: Mapping[str, Any]) -> dict[str, Parts]:
    """What the table of terms tells: each one, and all others together."""
    named = sorted({row["term"] for row in facts["terms"]} - {MERGED})
    found = {term: sums.of_sum(_carbon({"term": [term]}, {}), "claimed") for term in named}
    return found | ({MERGED: _others(sums, named)} if len(named) < len(facts["terms"]) else {})


def _others(sums: Contributions, named: Sequence[str]) -> Parts:
    return sums.of_sum(_carbon({}, {"term": sorted({*named, ""})}), "claimed")


def _carbon(only: Mapping[str, list[str]], out: Mapping[str, list[str]]) -> Tree:
    return {"op": "sum", "column": TONNES, "only": {"measure": ["carbon"], **only}, "except": dict(out)}

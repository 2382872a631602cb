"""Lines of single rows told from their routes, without asking the engine: quantity x factor, as long as nothing else comes in.

What comes in besides (carbon balances, credits at the operator's own intensity) is not told here: a row is sure only where
what is told of it under the ruler itself is what its test expects. Everything else is left to the accounting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from verify.ledger.route import Route
from verify.road.rule_tests.expected import of_rows
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.sheets import Given
from verify.road.rule_tests.stage import Accounted, assignment
from verify.ruler import Ruler


@dataclass(frozen=True)
class Told:
    """A row whose test expects something of it, and the quantity that it has in the ledger."""

    case: Case
    row: Given
    quantity: Decimal
    accounted: Accounted

    def as_expected(self, ruler: Ruler, routes: Sequence[Route]) -> bool:
        """Whether these routes of the row give what its test expects."""
        lines: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        gaps: list[Mapping[str, Any]] = []
        for route in routes:
            if route.missing:
                gaps.append({"rule": route.rule, "missing": route.missing, "reading": route.reading})
            elif route.counted:
                lines.setdefault((self.row.row_id, route.measure), []).append(_line(route, self.quantity))
        told = replace(self.accounted, lines=lines, gaps={self.row.row_id: gaps})
        chosen = assignment(ruler, self.case)
        return not any(True for _ in of_rows(self.case, [self.row], told, chosen))


def _line(route: Route, quantity: Decimal) -> dict[str, Any]:
    amount = quantity * route.sign
    return {
        "reading": route.reading,
        "rule": route.rule,
        "term": route.term,
        "side": route.side,
        "factor": route.factor,
        "factor_id": route.factor_id,
        "confidence": route.confidence,
        "proved": route.proven,
        "tco2": amount * route.factor,
        "default_tco2": amount * route.default_factor,
        "tce": amount * route.coefficient,
    }

"""Which term an excluded row would have entered, as far as the row could be read (TZ-COV-04)."""

from __future__ import annotations

from collections.abc import Mapping

from verify.checks.closure import GIVEN, RECEIVED
from verify.checks.world import World
from verify.ledger import ACCOUNTED, Changes
from verify.ledger.basis import consistent, read_reading
from verify.ledger.factor import Situation
from verify.ledger.route import Router
from verify.submission.model import ExcludedRow

ENERGY = "energy"  # the row enters energy consumption and no term of emissions
UNKNOWN = ""  # the row cannot be read far enough to say


def incomplete_terms(world: World) -> dict[tuple[str, str], list[ExcludedRow]]:
    """Rows whose content is missing, by year and term; one row may be missing from several terms.

    A row whose year cannot be read may be of the reporting year.
    """
    router = Router(world.ruler, Changes())
    found: dict[tuple[str, str], list[ExcludedRow]] = {}
    for row in world.submission.excluded:
        if row.table in ACCOUNTED and row.incomplete:
            for term in _terms(world, router, row):
                found.setdefault((row.year or row.period[:4] or world.year, term), []).append(row)
    return dict(sorted(found.items()))


def _terms(world: World, router: Router, row: ExcludedRow) -> list[str]:
    """The terms of a row under the chosen readings; what it is and where it goes decide, not its amount."""
    texts = _texts(world, row)
    if row.table == "activity" and not texts["class"]:
        return [UNKNOWN]
    situation = Situation(texts, {}, texts["year"], texts.get("dimension") or "mass")
    routes = [
        one
        for one in router.routes(row.table, situation)
        if one.counted and consistent(read_reading(one.reading), world.chosen)
    ]
    terms = sorted({one.term for one in routes if one.measure == "carbon" and one.term})
    if terms:
        return terms
    return [ENERGY] if any(one.side == "fence" for one in routes) else []


def _texts(world: World, row: ExcludedRow) -> Mapping[str, str]:
    across = row.flow in {*RECEIVED, *GIVEN}
    made = row.table == "production" and row.product in world.ruler.text.processes
    return {
        **world.vocabulary.traits(row.carrier),
        "carrier": row.carrier,
        "flow": row.flow or ("made" if row.table == "production" else ""),
        "activity_type": row.activity_type,
        "product": row.product,
        "year": row.year or row.period[:4],
        "where": "outside" if across else "none",
        "covered": "no",
        "listed": "yes" if made else "no",
        "balanced": "no",
        "has_factor": "no",
        "supply": "",
        "evidence_kind": "",
        "unit": row.unit,
    }

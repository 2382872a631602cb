"""The record part of the facts: what was found, which checks ran on how much, what was filed, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import Finding, Run, World
from verify.checks.rows import TONNES
from verify.opinion.accounts import Facts, number

_ORDER = ("error", "warning", "question", "note")
LISTED = 20  # row ids carried by a finding; `rows` is the complete count


def findings(world: World, found: Sequence[Finding]) -> list[Facts]:
    """Findings by severity, then by the size of their effect."""
    ordered = sorted(found, key=_grave)
    return [_finding(world, one) for one in ordered]


def _grave(one: Finding) -> tuple[int, Decimal, str, str, str, list[tuple[str, str]]]:
    size = abs(one.effect) if one.effect is not None else Decimal(0)
    return _ORDER.index(one.severity), -size, one.code, one.subject, one.period, sorted(one.arguments.items())


def _finding(world: World, one: Finding) -> Facts:
    effect = None
    if one.effect is not None:
        unit = world.mass_unit if one.effect_unit == TONNES else one.effect_unit
        effect = {"value": number(one.effect), "unit": unit, "year": one.period[:4] or world.year}
    listed = list(one.row_ids[:LISTED])
    return {
        "code": one.code,
        "severity": one.severity,
        "subject": one.subject,
        "period": one.period,
        "effect": effect,
        "arguments": dict(sorted(one.arguments.items())),
        "rows": str(one.rows),
        "row_ids": listed,
        "places_shown": str(len(listed)),
    }


def runs(done: Sequence[Run]) -> list[Facts]:
    """Every check of the ruler with its outcome and coverage (DESIGN 8 P)."""
    return [
        {
            "code": run.code,
            "severity": run.severity,
            "outcome": run.outcome,
            "reason": {"key": f"checks.{run.reason}", "arguments": dict(run.arguments)} if run.reason else None,
            "tested": str(run.scope.tested),
            "population": str(run.scope.population),
            "tco2_tested": number(run.scope.tco2_tested),
            "tco2_population": number(run.scope.tco2_population),
            "worst_tco2": number(run.scope.worst),
        }
        for run in done
    ]


def reported(world: World) -> list[Facts]:
    """Every figure that the park filed for an item, beside the recomputed one."""
    found = []
    for row in world.rows("reported"):
        if row["value"] is None or row["year"] not in world.figures or not _is_item(world, row["item"]):
            continue
        filed = Fraction(row["value"])
        due = _recomputed(world, row["item"], row["year"])
        difference = due - filed if isinstance(due, Fraction) else None
        share = difference / abs(due) if isinstance(due, Fraction) and difference is not None and due else None
        places = 12 if row["item"].startswith("indicator.") else 6
        found.append(
            {
                "item": row["item"],
                "year": row["year"],
                "authority": row["authority"],
                "filed": number(filed, places),
                "recomputed": number(due, places),
                "difference": number(difference, places),
                "unit": row["unit"] or "1",
                "share_of_total": number(share, 12),
            }
        )
    return found


def _is_item(world: World, item: str) -> bool:
    if item.startswith("indicator."):
        return item.removeprefix("indicator.") in world.ruler.text.indicators
    return item in world.ruler.text.method.items


def _recomputed(world: World, item: str, year: str) -> Any:
    if item.startswith("indicator."):
        return world.figures[year].indicator_value(item.removeprefix("indicator."), world.chosen)
    return world.item(item, year)


def claims(world: World, found: Sequence[Finding]) -> list[Facts]:
    """The sentences of the park and the codes of the findings about them."""
    return [
        {
            "claim_id": row["claim_id"],
            "text": row["text"],
            "kind": row["kind"],
            "findings": sorted({one.code for one in found if one.arguments.get("claim") == row["claim_id"]}),
        }
        for row in world.rows("claims")
    ]


def dispositions(world: World) -> Facts:
    """How every handed-in row ended."""
    return {
        "tables": [
            {
                "table": name,
                "rows": str(sum(counts.values())),
                **{word: str(counts.get(word, 0)) for word in ("used", "excluded", "blocking")},
            }
            for name, counts in sorted(world.submission.disposition_counts.items())
        ],
        "excluded": [{"table": row.table, "row_id": row.row_id, "code": row.code} for row in world.submission.excluded],
    }


def not_checked(world: World, done: Sequence[Run]) -> list[Facts]:
    """What this report says nothing about, for the first page: unrun checks, thinned corners, caps, limits of any report."""
    unrun = [
        {"key": "opinion.check_not_run", "arguments": {"code": run.code}}
        for run in done
        if run.outcome == "could_not_run"
    ]
    thinned = [
        {"key": "opinion.corners_thinned", "arguments": {"indicator": name, "corners": str(judged.corners)}}
        for name, judged in world.judged.items()
        if judged.thinned
    ]
    always = [{"key": f"opinion.{key}", "arguments": {}} for key in ("meters_themselves", "collusion", "other_gases")]
    return [*unrun, *thinned, *always]

"""A flow that narrows step by step: what goes on as a bar from the left, what falls out as a piece at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact

_LEAST = Fraction(6, 10)  # per cent: what is not nothing can be seen


@dataclass(frozen=True)
class Step:
    """One row of the picture. `reason` is '' for what goes on; x, width and end (of the row) in per cent."""

    stage: str
    reason: str
    x: str
    width: str
    end: str
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Flow:
    """The rows from top to bottom, and where the claim stands (None where nothing is claimed)."""

    steps: list[Step]
    claim: str | None


def flow(stages: Sequence[Mapping[str, Any]], losses: Sequence[Mapping[str, Any]], claimed: str | None) -> Flow | None:
    """`stages` {stage, share} and `losses` {stage, reason, share}, shares of the first stage; a loss stands above the stage that
    it does not reach. None where the first stage has nothing."""
    if not stages or stages[0]["share"] is None:
        return None
    whole = max(Fraction(1), exact(claimed) if claimed is not None else Fraction(0))
    steps: list[Step] = []
    left = Fraction(1)
    for stage in stages:
        for loss in (one for one in losses if one["stage"] == stage["stage"]):
            part = exact(loss["share"])
            left -= part
            steps.append(_step(loss, left, part, left, whole))
        left = exact(stage["share"])
        steps.append(_step(stage, Fraction(0), left, left, whole))
    return Flow(steps, None if claimed is None or not exact(claimed) else _percent(exact(claimed), whole))


def _step(row: Mapping[str, Any], x: Fraction, width: Fraction, end: Fraction, whole: Fraction) -> Step:
    seen = max(width, whole * _LEAST / 100) if width or row.get("reason") else width
    start = min(x, whole - seen)
    return Step(
        row["stage"],
        row.get("reason", ""),
        _percent(max(start, Fraction(0)), whole),
        _percent(seen, whole),
        _percent(end, whole),
        row,
    )


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{decimal_text(part * 100 / whole, 3)}%"

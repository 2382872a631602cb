"""What a signed statement repeats of the public facts (E5), so that a reader of the envelope alone learns the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.attest.statement import Quantity


def verdicts(facts: Mapping[str, Any]) -> dict[str, str]:
    """The verdict of each indicator that has one, under its item."""
    return {f"indicator.{row['id']}": row["verdict"] for row in facts["indicators"] if row["verdict"] is not None}


def quantities(facts: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """The claimed figures of the reporting year, in the order of the report: totals, energy, indicators."""
    return tuple(
        Quantity(row["item"], row["claimed"], row["unit"])
        for row in facts["items"]
        if row["year"] == facts["year"] and row["claimed"] is not None and not row["item"].startswith("term.")
    )


def period(facts: Mapping[str, Any]) -> str:
    """The reporting year as two dates."""
    return f"{facts['year']}-01-01/{facts['year']}-12-31"

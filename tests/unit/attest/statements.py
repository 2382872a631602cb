"""A statement for tests: the values of the design's example."""

from __future__ import annotations

from typing import Any

from verify.attest.statement import Commitments, Quantity, Signatory, Statement

SUMS = "5a" * 32


def statement(**changes: Any) -> Statement:
    """The example of attestation.md section 3, with some values changed."""
    values: dict[str, Any] = {
        "subject_sha256": SUMS,
        "opinion": "modified",
        "verdicts": {"indicator.unit_energy_co2": "met", "indicator.clean_share": "undetermined"},
        "quantities": [Quantity("total.tco2", "38094.842909", "t")],
        "park": "PX-1",
        "boundary": "whole",
        "period": "2027-01-01/2027-12-31",
        "level_of_assurance": "limited",
        "materiality_value": "5.0",
        "materiality_unit": "percent",
        "engagement_id": "body-017/2026-0042",
        "facts_sha256": "01" * 32,
        "public_facts_sha256": "02" * 32,
        "ruler_id": "cn-national-2025",
        "ruler_sha256": "03" * 32,
        "catalogue_sha256": "04" * 32,
        "tool_version": "1.0.0",
        "verifier_id": "https://body.example.org/",
        "time_created": "2028-03-31T09:00:00Z",
        "signatories": [Signatory("lead", "0a" * 32), Signatory("reviewer", "0b" * 32)],
    }
    return Statement(**(values | changes))


COMMITMENTS = Commitments("05" * 32, "600")

"""The variants, each a whole report {facts, places}."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example import px1, px2


def not_met() -> dict[str, Any]:
    """PX-2: core indicator not met, direct share undetermined, opinion modified."""
    return {"facts": px2.facts(), "places": px2.places()}


def met() -> dict[str, Any]:
    """PX-1: met, unmodified."""
    return {"facts": px1.facts(), "places": {}}


def no_limit() -> dict[str, Any]:
    """PX-1 without its certificate power and what it fed: below the first size class."""
    return {"facts": px1.facts(certificate_mwh=0), "places": {}}


def disclaimer() -> dict[str, Any]:
    """PX-2 with coal records that cannot be read: the fuel term is incomplete."""
    report = not_met()
    facts = report["facts"]
    facts["headline"] |= {"opinion": "disclaimer"}
    facts["opinion"] = {"value": "disclaimer", "assurance": None, "reasons": [{"key": "example.reason_incomplete", "arguments": {"term": "fuel"}}]}
    for row in facts["items"]:
        row["incomplete"] = row["item"] in {"term.fuel.tco2", "total.tco2", "energy.tce", "indicator.unit_energy_co2"}
    return report


def self_check() -> dict[str, Any]:
    """PX-1 as the park sees it itself: the same rules, no assurance."""
    report = met()
    report["facts"]["role"] = "self_check"
    report["facts"]["opinion"]["assurance"] = None
    return report

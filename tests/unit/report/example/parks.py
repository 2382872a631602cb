"""The variants, each a whole report {facts, places}."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.unit.report.example import px1, px2


def not_met() -> dict[str, Any]:
    """PX-2: core indicator not met, direct share undetermined, opinion modified."""
    return deepcopy({"facts": px2.facts(), "places": px2.places()})


def met() -> dict[str, Any]:
    """PX-1: met, unmodified."""
    return deepcopy({"facts": px1.facts(), "places": {}})


def no_limit() -> dict[str, Any]:
    """PX-1 without its certificate power and what it fed: below the first size class."""
    return deepcopy({"facts": px1.facts(certificate_mwh=0), "places": {}})


def disclaimer() -> dict[str, Any]:
    """PX-2 with coal records that cannot be read: the fuel term is incomplete."""
    report = not_met()
    facts = report["facts"]
    facts["headline"] |= {"opinion": "disclaimer"}
    facts["opinion"] = {
        "value": "disclaimer",
        "assurance": None,
        "reasons": [{"key": "example.reason_incomplete", "arguments": {"term": "fuel"}}],
    }
    for row in facts["items"]:
        row["incomplete"] = row["item"] in {"term.fuel.tco2", "total.tco2", "energy.tce", "indicator.unit_energy_co2"}
    return report


def self_check() -> dict[str, Any]:
    """PX-1 as the park sees it itself: the same rules, no assurance."""
    report = met()
    report["facts"]["role"] = "self_check"
    report["facts"]["opinion"]["assurance"] = None
    return report


def corporate() -> dict[str, Any]:
    """PX-1 under a ruler of several gases without indicators: a total in tCO2e, no energy, no open point."""
    report = met()
    facts = report["facts"]
    facts["ruler"] |= {"id": "ghg-protocol-corporate", "gases": ["CO2", "CH4", "N2O", "SF6", "NF3", "HFC", "PFC"]}
    facts["ruler"]["title"] = {"zh": "温室气体核算体系企业标准", "en": "GHG Protocol Corporate Standard"}
    facts["headline"] = {"item": "total.tco2", "year": "2027", "verdict": None, "opinion": "unmodified"}
    facts["items"] = [row | {"unit": "tCO2e"} for row in facts["items"] if row["unit"] == "tCO2"]
    facts |= {"indicators": [], "parameters": [], "energy": [], "unconfirmed": []}
    return report

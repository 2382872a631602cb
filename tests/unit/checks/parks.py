"""PX-1 and PX-2 of the domain pack as worlds, so that a check meets whole parks computed by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.checks.world import world

if TYPE_CHECKING:
    from verify.checks.world import World

PACK = Path(__file__).resolve().parents[4] / "shared" / "domain" / "park_examples.yaml"
BASE = {"GWh": ("MWh", 1000), "10^4Nm3": ("10^3Nm3", 10), "t": ("t", 1), "GJ": ("GJ", 1)}
# What an honest park hands in beside its rows: which evidence stands behind which source.
PROOF = {
    "direct_line": "direct_supply_agreement",
    "grid_gec": "certificate_statement",
    "pv_roof": "meter_ledger",
    "steam_in_biomass": "supplier_statement",
    "chp_power": "power_bill",
    "chp_heat": "heat_bill",
}


@cache
def px(identifier: str, *, proven: bool = True) -> World:
    """One of the two parks, its zeros proven or bare."""
    if not PACK.is_file():
        pytest.skip("the domain pack is not beside this checkout")
    return world(tables(identifier, proven=proven))


def tables(identifier: str, *, proven: bool = True) -> dict[str, list[dict[str, Any]]]:
    """The tables of a park in base units, to be changed by a test."""
    if not PACK.is_file():
        pytest.skip("the domain pack is not beside this checkout")
    park = next(one for one in _pack()["parks"] if one["id"] == identifier)
    handed: dict[str, list[dict[str, Any]]] = {
        "enterprises": [dict(row) for row in park["enterprises"]],
        "activity": [_based(row) for row in park["activity"]],
        "production": [_based(row) for row in park.get("production", [])],
    }
    if proven:
        handed["evidence"] = [{"evidence_id": f"E-{kind}", "kind": kind} for kind in sorted(set(PROOF.values()))]
        for row in handed["activity"]:
            if row.get("source_id") in PROOF:
                row["evidence_id"] = f"E-{PROOF[row['source_id']]}"
    for row in handed["production"]:
        row.pop("status", None)
    return handed


def _based(row: dict[str, Any]) -> dict[str, Any]:
    from decimal import Decimal

    unit, scale = BASE[row["unit"]]
    return {**row, "quantity": Decimal(row["quantity"]) * scale, "unit": unit}


@cache
def _pack() -> dict[str, Any]:
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(PACK.read_text(encoding="utf-8"))
    return loaded

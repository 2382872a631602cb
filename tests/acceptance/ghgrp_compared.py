"""What the ledger says of each facility, and what the workbook's columns say by hand under another GWP set."""

from __future__ import annotations

from fractions import Fraction

from tests.acceptance.ghgrp import GASES, MIXTURES, Facility
from verify.checks import World
from verify.ledger.basis import consistent, read_reading

GWP = {  # 100 years: AR4 Table 2.14 (2007), AR5 Table 8.A.1 (2013), AR6 Table 7.SM.7 (2021)
    "AR4": {"CO2": "1", "CH4": "25", "N2O": "298", "SF6": "22800", "NF3": "17200"},
    "AR5": {"CO2": "1", "CH4": "28", "N2O": "265", "SF6": "23500", "NF3": "16100"},
    "AR6": {"CO2": "1", "CH4": "27.9", "N2O": "273", "SF6": "25200", "NF3": "17400"},
}


def by_facility(world: World, year: str, gwp_set: str) -> dict[str, Fraction]:
    """tCO2e of every member in a year under a GWP set, as the ledger has it."""
    held = {**world.chosen, "gwp_set": gwp_set}
    found: dict[str, Fraction] = {}
    for cell in world.ledger.cells:
        if cell["year"] == year and cell["measure"] == "carbon" and consistent(read_reading(cell["reading"]), held):
            found[cell["enterprise_id"]] = found.get(cell["enterprise_id"], Fraction(0)) + Fraction(cell["tco2"])
    return found


def by_hand(one: Facility, gwp_set: str) -> Fraction:
    """The printed columns with the five single gases moved from AR4 to another set; mixtures as printed."""
    total = Fraction(0)
    for column, value in one.printed.items():
        if column in GASES:
            gas = GASES[column][0]
            total += Fraction(value) / Fraction(GWP["AR4"][gas]) * Fraction(GWP[gwp_set][gas])
        elif column in MIXTURES:
            total += Fraction(value)
    return total

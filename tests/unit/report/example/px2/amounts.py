"""PX-2 in tonnes and tce: every amount from the rows of park_examples.yaml, and the ids of its rows."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.report.example.common import (
    DIESEL,
    FOSSIL_HEAT,
    FOSSIL_POWER,
    GAS_PER_KNM3,
    GAS_TCE,
    HEAT_TCE,
    KEROSENE,
    POWER_TCE,
)
from tests.unit.report.example.pieces import (
    CO2_PER_C,
    number,
)

CHP, LIME, GRID, CHEM, PUBLIC = (
    "91320000MA2000001J",
    "91320000MA2000002M",
    "91320000MA2000003Q",
    "91320000MA2000004U",
    "91320000MA2000005Y",
)
NAMES = {
    CHP: "热电联产公司",
    LIME: "石灰窑企业",
    GRID: "增量配电网公司",
    CHEM: "精细化工公司",
    PUBLIC: "管委会平台公司",
}
COAL = number(22) * number("0.0261") * number("0.93") * CO2_PER_C
COAL_TCE = number(22) / number("29.307")
SMR = number("38.931") * number("0.0153") * CO2_PER_C
FUEL = {CHP: 100000 * COAL + 20000 * GAS_PER_KNM3, LIME: 12000 * GAS_PER_KNM3, PUBLIC: 1500 * DIESEL + 300 * KEROSENE}
EL = {GRID: 50000 * number(FOSSIL_POWER), CHP: -60000 * number(FOSSIL_POWER)}
HEAT = {CHP: -100000 * number(FOSSIL_HEAT)}
TRANSFORMATION, PROCESS = {CHEM: 5000 * SMR}, {LIME: 20000 * number("0.683")}
BY_TERM = {"fuel": FUEL, "transformation": TRANSFORMATION, "el": EL, "heat": HEAT, "process": PROCESS}
E = sum((sum(part.values(), Fraction(0)) for part in BY_TERM.values()), Fraction(0))
T = (
    100000 * COAL_TCE
    + 37000 * GAS_TCE
    + 1500 * number("1.4571")
    + 300 * number("1.4714")
    + 660000 * POWER_TCE
    - 100000 * HEAT_TCE
)
UNPROVEN, DIRECT = 200000 * number(FOSSIL_POWER), 420000 * number(FOSSIL_POWER)
EXPORT_EL, EXPORT_HEAT = 60000 * number(FOSSIL_POWER), 100000 * number(FOSSIL_HEAT)
STRICT, PROVEN = E + UNPROVEN + DIRECT + EXPORT_EL + EXPORT_HEAT, E + UNPROVEN
LIMIT = number("0.2")
ROW_EXPORT_EL = f"activity:2027|{CHP}|chp_power|electricity|sold|self_fossil|outside#1"
ROW_EXPORT_HEAT = f"activity:2027|{CHP}|chp_heat|heat|sold|fossil_heat|outside#1"
ROW_DIRECT = f"activity:2027|{GRID}|direct_line|electricity|purchased|direct_nonfossil|outside#1"
ROW_CERTIFICATE = f"activity:2027|{GRID}|grid_gec|electricity|purchased|certificate|outside#1"
ROW_PV = f"activity:2027|{CHEM}|pv_roof|electricity|primary_production|self_nonfossil|#1"
ROW_BUNKER = f"activity:2027|{PUBLIC}|intl_air|kerosene|bunker||#1"
ROW_LIME = f"production:2027|{LIME}||lime|made|#1"
ROW_KILN = f"activity:2027|{LIME}|kiln|natural_gas|final_use||#1"
ROW_FILED = "reported:2027|total.tco2|申报书#1"
ROW_STATISTICS = "reported:2027|energy.tce|statistics#1"
ROW_CLAIM = "claims:c1#1"
BAD_ROWS = [f"activity:2027-{month:02}|{PUBLIC}|public|electricity|final_use||#1" for month in (3, 7)]


def own_intensity() -> Fraction:
    """PX-2 P2-c: exports credited at the operator's own intensity, over 936,000 GJ of power and 1,500,000 GJ of heat."""
    per_gj = FUEL[CHP] / (936000 + 1500000)
    return E + EXPORT_EL + EXPORT_HEAT - per_gj * (60000 * number("3.6") + 100000)

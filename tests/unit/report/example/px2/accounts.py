"""PX-2: terms, energy, factors, zero register, filed figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example.common import (
    CARRIERS,
    DIESEL,
    FOSSIL_POWER,
    GAS_PER_KNM3,
    KEROSENE,
    TERMS,
)
from tests.unit.report.example.pieces import (
    annex4,
    both,
    carrier,
    factor,
    item,
    number,
    source,
    text,
    zero,
)
from tests.unit.report.example.px2.amounts import (
    BY_TERM,
    CHP,
    COAL,
    COAL_TCE,
    DIRECT,
    EL,
    EXPORT_EL,
    EXPORT_HEAT,
    FUEL,
    GRID,
    HEAT,
    NAMES,
    PROCESS,
    PROVEN,
    SMR,
    STRICT,
    TRANSFORMATION,
    UNPROVEN,
    E,
    T,
)


def items(core: Fraction) -> list[dict[str, Any]]:
    el = sum(EL.values(), Fraction(0))
    heat = sum(HEAT.values(), Fraction(0))
    fuel, shift, process = (sum(part.values(), Fraction(0)) for part in (FUEL, TRANSFORMATION, PROCESS))
    filed = E - 300 * KEROSENE
    return [
        item("total.tco2", "tCO2", E, PROVEN, STRICT, reported=text(filed)),
        item("term.fuel.tco2", "tCO2", fuel, fuel, fuel),
        item("term.transformation.tco2", "tCO2", shift, shift, shift),
        item("term.el.tco2", "tCO2", el, el + UNPROVEN, el + UNPROVEN + DIRECT + EXPORT_EL),
        item("term.heat.tco2", "tCO2", heat, heat, heat + EXPORT_HEAT),
        item("term.process.tco2", "tCO2", process, process, process),
        item("energy.tce", "tce", T, T, T, reported="372851.460043"),
        item("indicator.unit_energy_co2", "tCO2/tce", core, PROVEN / T, STRICT / T, reported="0.740"),
    ]


def terms() -> list[dict[str, Any]]:
    return [
        {
            "term": name,
            "title": TERMS[name],
            "tco2": text(sum(part.values(), Fraction(0))),
            "by_enterprise": [
                {"enterprise_id": key, "name": NAMES[key], "tco2": text(value)} for key, value in part.items()
            ],
        }
        for name, part in BY_TERM.items()
    ]


def energy() -> list[dict[str, Any]]:
    standard = source("gbt-2589", "附录 A")
    return [
        carrier(
            "bituminous_coal",
            CARRIERS["bituminous_coal"],
            "t",
            text(COAL_TCE, 12),
            source("gbt-2589", "实测低位发热量 / 29.307"),
            {"purchased": 101000, "stock_change": -1000},
            {"transformation_in": 100000},
        ),
        carrier(
            "natural_gas",
            CARRIERS["natural_gas"],
            "10^3Nm3",
            "1.330000000000",
            standard,
            {"purchased": 37000},
            {"final_use": 12000, "transformation_in": 25000},
        ),
        carrier(
            "diesel", CARRIERS["diesel"], "t", "1.457100000000", standard, {"purchased": 1500}, {"final_use": 1500}
        ),
        carrier("kerosene", CARRIERS["kerosene"], "t", "1.471400000000", standard, {"purchased": 300}, {"bunker": 300}),
        carrier(
            "electricity",
            CARRIERS["electricity"],
            "MWh",
            "0.300000000000",
            {"document": "ndrc-910", "annex": "3", "clause": "注 1"},
            {"purchased": 670000, "primary_production": 50000, "sold": 60000},
            {"final_use": 942000, "loss": 8000, "transformation_out": 290000},
        ),
        carrier(
            "heat",
            CARRIERS["heat"],
            "GJ",
            "0.034120000000",
            standard,
            {"sold": 100000},
            {"final_use": 1380000, "loss": 20000, "transformation_out": 1500000},
        ),
        carrier(
            "waste_heat",
            CARRIERS["waste_heat"],
            "GJ",
            "0.034120000000",
            standard,
            {},
            {"final_use": 200000, "transformation_in": 450000, "recovered": 650000},
        ),
    ]


def factors() -> list[dict[str, Any]]:
    fuels = source("gbt-32151-34", "附录 C 表 C.1")
    el, heat = annex4("二（二）3①"), annex4("二（二）3②")
    return [
        factor(
            "combustion:bituminous_coal",
            both("烟煤，实测低位发热量 22.000 GJ/t", "bituminous coal, measured at 22.000 GJ/t"),
            text(COAL, 12),
            "tCO2/t",
            fuels,
            "secondary",
            100000 * COAL,
            2,
            kind="measured",
        ),
        factor(
            "combustion:natural_gas",
            both("天然气，燃烧", "natural gas, burned"),
            text(GAS_PER_KNM3, 12),
            "tCO2/10^3Nm3",
            fuels,
            "secondary",
            32000 * GAS_PER_KNM3,
            2,
        ),
        factor(
            "carbon_100:natural_gas",
            both("天然气，制气（氧化率 100%）", "natural gas, gas making (oxidation 100%)"),
            text(SMR, 12),
            "tCO2/10^3Nm3",
            fuels,
            "secondary",
            5000 * SMR,
        ),
        factor(
            "combustion:diesel", both("柴油", "diesel"), text(DIESEL, 12), "tCO2/t", fuels, "secondary", 1500 * DIESEL
        ),
        factor(
            "combustion:kerosene",
            both("煤油", "kerosene"),
            text(KEROSENE, 12),
            "tCO2/t",
            fuels,
            "secondary",
            300 * KEROSENE,
        ),
        factor(
            "annex4.el.grid_other",
            both("全国化石能源电力排放因子", "National fossil power factor"),
            "0.832500000000",
            "tCO2/MWh",
            el,
            "primary",
            number("-8325"),
            2,
            kind="fixed_by_text",
        ),
        factor(
            "annex4.el.direct_nonfossil",
            both("直接供应的非化石能源电力", "directly supplied non-fossil power"),
            "0.000000000000",
            "tCO2/MWh",
            el,
            "primary",
            Fraction(0),
            kind="fixed_by_text",
        ),
        factor(
            "annex4.el.certificate_renewable",
            both("绿证绿电交易获取的可再生能源电力", "renewable power by certificate or green trade"),
            "0.000000000000",
            "tCO2/MWh",
            el,
            "primary",
            Fraction(0),
            kind="fixed_by_text",
        ),
        factor(
            "annex4.heat.fossil_default",
            both("化石能源热力缺省值", "default of fossil heat"),
            "0.110000000000",
            "tCO2/GJ",
            heat,
            "primary",
            number("-11000"),
            kind="fixed_by_text",
        ),
        factor(
            "process.lime",
            both("石灰过程排放", "process emission of lime"),
            "0.683000000000",
            "tCO2/t",
            source("inventory"),
            "unconfirmed",
            number("13660"),
        ),
    ]


def zeros() -> list[dict[str, Any]]:
    return [
        zero(
            "el.direct_nonfossil",
            both("直供非化石电力按零计", "direct non-fossil supply counted at zero"),
            GRID,
            "term.el.tco2",
            "420000",
            "MWh",
            "0",
            FOSSIL_POWER,
            proven=True,
            evidence=["E-07", "E-08"],
        ),
        zero(
            "el.certificate",
            both("绿证电力按零计", "certificate electricity counted at zero"),
            GRID,
            "term.el.tco2",
            "200000",
            "MWh",
            "0",
            FOSSIL_POWER,
            proven=False,
            evidence=[],
        ),
        zero(
            "export.el",
            both("外送电力抵扣", "credit for electricity sent out"),
            CHP,
            "term.el.tco2",
            "60000",
            "MWh",
            "-0.8325",
            "0",
            proven=True,
            evidence=["E-09"],
        ),
        zero(
            "export.heat",
            both("外送热力抵扣", "credit for heat sent out"),
            CHP,
            "term.heat.tco2",
            "100000",
            "GJ",
            "-0.11",
            "0",
            proven=True,
            evidence=["E-10"],
        ),
    ]


def reported(core: Fraction) -> list[dict[str, Any]]:
    def row(
        name: str, authority: str, filed: Fraction, recomputed: Fraction, unit: str, total: Fraction, places: int = 6
    ) -> dict[str, Any]:
        difference = recomputed - filed
        return {
            "item": name,
            "year": "2027",
            "authority": authority,
            "filed": text(filed, places),
            "recomputed": text(recomputed, places),
            "difference": text(difference, places),
            "unit": unit,
            "share_of_total": text(difference / total, 12),
        }

    return [
        row("total.tco2", "申报书", E - 300 * KEROSENE, E, "tCO2", E),
        row("energy.tce", "statistics", number("372851.460043"), T, "tce", T),
        row("indicator.unit_energy_co2", "申报书", number("0.740"), core, "tCO2/tce", core, 12),
    ]

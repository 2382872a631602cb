"""PX-1 of park_examples.yaml as a report: an electronics park on green power with one boiler and two kinds of steam."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example.common import (
    BELOW_20,
    CARRIERS,
    CLASS_20_100,
    CORE_TITLE,
    DIESEL,
    DOCUMENTS,
    FOSSIL_HEAT,
    FOSSIL_POWER,
    GAS_PER_KNM3,
    GAS_TCE,
    HEAT_TCE,
    POWER_TCE,
    RULER,
    TERMS,
)
from tests.unit.report.example.pieces import (
    annex4,
    both,
    carrier,
    factor,
    indicator,
    item,
    number,
    reading,
    run,
    source,
    text,
    zero,
)

GRID, PLANT, PUBLIC = "91320000MA1000001C", "91320000MA1000002F", "91320000MA1000003J"
NAMES = {GRID: "园区配售电公司", PLANT: "电子材料厂", PUBLIC: "园区管委会平台公司"}
FUEL = 10000 * GAS_PER_KNM3 + 500 * DIESEL
EL, HEAT = 10000 * number(FOSSIL_POWER), 60000 * number(FOSSIL_HEAT)
E = FUEL + EL + HEAT
CERTIFICATE_MWH = 270000


def energy(certificate_mwh: int = CERTIFICATE_MWH) -> Fraction:
    """Total energy consumption in tce with `certificate_mwh` of certificate power bought and used."""
    return (430000 + certificate_mwh) * POWER_TCE + 10000 * GAS_TCE + 500 * number("1.4571") + 150000 * HEAT_TCE


def facts(certificate_mwh: int = CERTIFICATE_MWH) -> dict[str, Any]:
    """The facts: met with 270 GWh of certificate power, below the first size class without them."""
    t = energy(certificate_mwh)
    core = E / t
    limited = certificate_mwh == CERTIFICATE_MWH
    verdict = "met" if limited else "no_limit"
    below = {
        "direct": 380000 * number(FOSSIL_POWER),
        "certificate": certificate_mwh * number(FOSSIL_POWER),
        "heat": 90000 * number(FOSSIL_HEAT),
    }
    strict = E + sum(below.values(), Fraction(0))
    return {
        "format": "truezero-report/1",
        "park": {
            "id": "PX-1",
            "names": both("南湖电子信息产业园", "Nanhu Electronics Park"),
            "kind": "whole",
            "province": "江苏",
        },
        "ruler": RULER,
        "role": "verification",
        "year": "2027",
        "base_year": "2025",
        "years": ["2025", "2026", "2027"],
        "documents": DOCUMENTS,
        "headline": {"item": "indicator.unit_energy_co2", "year": "2027", "verdict": verdict, "opinion": "unmodified"},
        "items": [
            item("total.tco2", "tCO2", E, E, strict, reported=text(E)),
            item("term.fuel.tco2", "tCO2", FUEL, FUEL, FUEL),
            item("term.el.tco2", "tCO2", EL, EL, EL + below["direct"] + below["certificate"]),
            item("term.heat.tco2", "tCO2", HEAT, HEAT, HEAT + below["heat"]),
            item("energy.tce", "tce", t, t, t, reported=text(t)),
            item("indicator.unit_energy_co2", "tCO2/tce", core, core, strict / t, reported=text(core, 4)),
        ],
        "indicators": [
            indicator(
                "unit_energy_co2",
                CORE_TITLE,
                core,
                verdict,
                kind="core",
                unit="tCO2/tce",
                comparison="<=",
                limit="0.2" if limited else None,
                rests_on=["electricity.tce_coefficient"] if limited else [],
                low=text(E / (t + (430000 + certificate_mwh) * number("0.015")), 12),
                high=text(E / (t - (430000 + certificate_mwh) * number("0.01922")), 12),
                **{"class": CLASS_20_100 if limited else BELOW_20},
            ),
            indicator(
                "direct_share",
                both("直接供应比例", "share of direct supply"),
                number(420) / (430 + certificate_mwh // 1000),
                "met",
                kind="principle",
                limit="0.5",
                low=text(number(380) / (430 + certificate_mwh // 1000), 12),
                rests_on=["own_pv_as_direct"],
                cite=annex4("二（二）3①"),
            ),
        ],
        "parameters": [
            {
                "id": "electricity.tce_coefficient",
                "title": both("电力等价值", "electricity at primary equivalent"),
                "chosen": "0.30",
                "conservative": "0.28078",
                "confidence": "unconfirmed",
                "cite": {"document": "ndrc-910", "annex": "3", "clause": "注 1"},
                "readings": [
                    reading(
                        value,
                        both(f"{value} kgce/kWh", f"{value} kgce/kWh"),
                        E / (t + (430000 + certificate_mwh) * (number(value) - POWER_TCE)),
                        verdict,
                    )
                    for value in ("0.28078", "0.30", "0.3150")
                ],
            },
            {
                "id": "own_pv_as_direct",
                "title": both("自发自用光伏是否算直接供应", "Own PV used on the spot as direct supply"),
                "chosen": "counted",
                "conservative": "not_counted",
                "confidence": "unconfirmed",
                "cite": annex4("二（二）3①"),
                "readings": [
                    reading(name, both(zh, en), number(top) / (430 + certificate_mwh // 1000), "met")
                    for name, zh, en, top in (
                        ("counted", "算", "counted", 420),
                        ("not_counted", "不算", "not counted", 380),
                    )
                ],
            },
        ],
        "opinion": {"value": "unmodified", "assurance": "limited", "reasons": []},
        "findings": [],
        "runs": [
            run("TZ-ACC-01", "error", "passed", tested=3, covered=EL, of=EL),
            run("TZ-BAL-02", "error", "passed", tested=4, covered=E, of=E),
            run("TZ-CAR-01", "error", "not_applicable", reason="no_carbon_out"),
            run(
                "TZ-ZER-01",
                "warning",
                "passed",
                tested=3,
                covered=sum(below.values(), Fraction(0)),
                of=sum(below.values(), Fraction(0)),
            ),
        ],
        "terms": [
            {
                "term": "fuel",
                "title": TERMS["fuel"],
                "tco2": text(FUEL),
                "by_enterprise": [{"enterprise_id": PLANT, "name": NAMES[PLANT], "tco2": text(FUEL)}],
            },
            {
                "term": "el",
                "title": TERMS["el"],
                "tco2": text(EL),
                "by_enterprise": [{"enterprise_id": GRID, "name": NAMES[GRID], "tco2": text(EL)}],
            },
            {
                "term": "heat",
                "title": TERMS["heat"],
                "tco2": text(HEAT),
                "by_enterprise": [{"enterprise_id": PLANT, "name": NAMES[PLANT], "tco2": text(HEAT)}],
            },
        ],
        "energy": _energy(certificate_mwh),
        "factors": [
            factor(
                "combustion:natural_gas",
                both("天然气，燃烧", "natural gas, burned"),
                text(GAS_PER_KNM3, 12),
                "tCO2/10^3Nm3",
                source("gbt-32151-34", "附录 C 表 C.1"),
                "secondary",
                10000 * GAS_PER_KNM3,
            ),
            factor(
                "annex4.el.grid_other",
                both("全国化石能源电力排放因子", "National fossil power factor"),
                "0.832500000000",
                "tCO2/MWh",
                annex4("二（二）3①"),
                "primary",
                EL,
                kind="fixed_by_text",
            ),
        ],
        "statistics": [],
        "zero_register": [
            zero(
                "el.direct_nonfossil",
                both("直供非化石电力按零计", "direct non-fossil supply counted at zero"),
                GRID,
                "term.el.tco2",
                "380000",
                "MWh",
                "0",
                FOSSIL_POWER,
                proven=True,
                evidence=["E-01"],
            ),
            *(
                [
                    zero(
                        "el.certificate",
                        both("绿证电力按零计", "certificate electricity counted at zero"),
                        GRID,
                        "term.el.tco2",
                        str(certificate_mwh),
                        "MWh",
                        "0",
                        FOSSIL_POWER,
                        proven=True,
                        evidence=["E-02", "E-03"],
                    )
                ]
                if certificate_mwh
                else []
            ),
            zero(
                "heat.nonfossil",
                both("非化石热力按零计", "non-fossil heat counted at zero"),
                PLANT,
                "term.heat.tco2",
                "90000",
                "GJ",
                "0",
                FOSSIL_HEAT,
                proven=True,
                evidence=["E-04"],
            ),
        ],
        "level": {
            "strict": text(strict),
            "proven": text(E),
            "claimed": text(E),
            "steps": [
                {
                    "rule": "el.direct_nonfossil",
                    "title": both("直供非化石电力按零计", "direct non-fossil supply counted at zero"),
                    "tco2": text(-below["direct"]),
                },
                *(
                    [
                        {
                            "rule": "el.certificate",
                            "title": both("绿证电力按零计", "certificate electricity counted at zero"),
                            "tco2": text(-below["certificate"]),
                        }
                    ]
                    if certificate_mwh
                    else []
                ),
                {
                    "rule": "heat.nonfossil",
                    "title": both("非化石热力按零计", "non-fossil heat counted at zero"),
                    "tco2": text(-below["heat"]),
                },
            ],
        },
        "bunkers": [],
        "reported": [],
        "claims": [],
        "dispositions": {
            "tables": [{"table": "activity", "rows": "15", "used": "15", "excluded": "0", "blocking": "0"}],
            "excluded": [],
        },
        "not_checked": [{"key": "example.not_visited", "arguments": {}}],
        "members": [
            {
                "enterprise_id": key,
                "name": NAMES[key],
                "industry_code": code,
                "from": "2019-01-01",
                "to": None,
                "tco2": text(amount),
            }
            for key, code, amount in ((GRID, "4420", EL), (PLANT, "3985", FUEL + HEAT), (PUBLIC, "7221", Fraction(0)))
        ],
        "unconfirmed": [
            {
                "id": "electricity_equivalent_assumed",
                "title": both("电力等价值", "electricity at primary equivalent"),
                "value": "0.300000000000",
                "unit": "kgce/kWh",
                "candidates": ["0.28078", "0.30", "0.3150"],
                "cite": source("gbt-2589"),
            }
        ],
    }


def _energy(certificate_mwh: int) -> list[dict[str, Any]]:
    standard = source("gbt-2589", "附录 A")
    return [
        carrier(
            "electricity",
            CARRIERS["electricity"],
            "MWh",
            "0.300000000000",
            {"document": "ndrc-910", "annex": "3", "clause": "注 1"},
            {"purchased": 390000 + certificate_mwh, "primary_production": 45000, "sold": 5000},
            {"final_use": 420000 + certificate_mwh, "loss": 10000},
        ),
        carrier(
            "natural_gas",
            CARRIERS["natural_gas"],
            "10^3Nm3",
            "1.330000000000",
            standard,
            {"purchased": 10000},
            {"final_use": 10000},
        ),
        carrier(
            "heat", CARRIERS["heat"], "GJ", "0.034120000000", standard, {"purchased": 150000}, {"final_use": 150000}
        ),
        carrier("diesel", CARRIERS["diesel"], "t", "1.457100000000", standard, {"purchased": 500}, {"final_use": 500}),
    ]

"""PX-2: the facts of the whole report: core indicator not met, direct share left open, modified opinion."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example.common import (
    CARRIERS,
    DOCUMENTS,
    KEROSENE,
    RULER,
)
from tests.unit.report.example.pieces import (
    both,
    source,
    text,
)
from tests.unit.report.example.px2.accounts import energy, factors, items, reported, terms, zeros
from tests.unit.report.example.px2.amounts import (
    BAD_ROWS,
    CHEM,
    CHP,
    DIRECT,
    EL,
    EXPORT_EL,
    EXPORT_HEAT,
    FUEL,
    GRID,
    HEAT,
    LIME,
    NAMES,
    PROCESS,
    PROVEN,
    PUBLIC,
    STRICT,
    TRANSFORMATION,
    UNPROVEN,
    E,
    T,
)
from tests.unit.report.example.px2.readings import indicators, parameters
from tests.unit.report.example.px2.record import findings, runs


def facts() -> dict[str, Any]:
    """The facts of the report: core indicator not met, direct share left open, modified opinion."""
    core = E / T
    return {
        "format": "truezero-report/1",
        "park": {
            "id": "PX-2",
            "names": both("东江循环经济产业园", "Dongjiang Circular Economy Park"),
            "kind": "whole",
            "province": "江苏",
        },
        "ruler": RULER,
        "role": "verification",
        "year": "2027",
        "base_year": "2025",
        "years": ["2025", "2026", "2027"],
        "documents": DOCUMENTS,
        "headline": {"item": "indicator.unit_energy_co2", "year": "2027", "verdict": "not_met", "opinion": "modified"},
        "items": items(core),
        "indicators": indicators(core),
        "parameters": parameters(),
        "opinion": {
            "value": "modified",
            "assurance": "limited",
            "reasons": [
                {"key": "example.reason_error", "arguments": {"code": "TZ-ACC-05", "effect_tco2": "910.017416"}},
                {"key": "example.reason_unproven", "arguments": {"tco2": text(UNPROVEN)}},
                {"key": "example.reason_excluded", "arguments": {"count": "2", "table": "activity"}},
            ],
        },
        "findings": findings(),
        "runs": runs(),
        "terms": terms(),
        "energy": energy(),
        "factors": factors(),
        "statistics": [],
        "zero_register": zeros(),
        "level": {
            "strict": text(STRICT),
            "proven": text(PROVEN),
            "claimed": text(E),
            "steps": [
                {
                    "rule": "el.direct_nonfossil",
                    "title": both("直供非化石电力按零计", "direct non-fossil supply counted at zero"),
                    "tco2": text(-DIRECT),
                },
                {
                    "rule": "el.certificate",
                    "title": both("绿证电力按零计", "certificate electricity counted at zero"),
                    "tco2": text(-UNPROVEN),
                },
                {
                    "rule": "export.el",
                    "title": both("外送电力抵扣", "credit for electricity sent out"),
                    "tco2": text(-EXPORT_EL),
                },
                {
                    "rule": "export.heat",
                    "title": both("外送热力抵扣", "credit for heat sent out"),
                    "tco2": text(-EXPORT_HEAT),
                },
            ],
        },
        "bunkers": [
            {
                "carrier": "kerosene",
                "title": CARRIERS["kerosene"],
                "quantity": "300.000000",
                "unit": "t",
                "tco2": text(300 * KEROSENE),
            }
        ],
        "reported": reported(core),
        "claims": [
            {
                "claim_id": "c1",
                "text": "园区已建成国家级零碳园区，年减排二氧化碳 4.3 万吨。",
                "kind": "label",
                "findings": ["TZ-CLM-01"],
            },
            {
                "claim_id": "c2",
                "text": "2027 年单位能耗碳排放为 0.740 tCO₂/tce。",
                "kind": "level",
                "findings": ["TZ-ACC-10"],
            },
        ],
        "dispositions": {
            "tables": [
                {"table": "activity", "rows": "43", "used": "41", "excluded": "2", "blocking": "0"},
                {"table": "enterprises", "rows": "5", "used": "5", "excluded": "0", "blocking": "0"},
                {"table": "production", "rows": "1", "used": "1", "excluded": "0", "blocking": "0"},
                {"table": "reported", "rows": "3", "used": "3", "excluded": "0", "blocking": "0"},
            ],
            "excluded": [{"table": "activity", "row_id": row, "code": "TZ-SUB-07"} for row in BAD_ROWS],
        },
        "not_checked": [
            {"key": "example.not_visited", "arguments": {}},
            {"key": "example.no_meter_certificates", "arguments": {"count": "14"}},
            {"key": "example.no_registers", "arguments": {}},
        ],
        "members": [
            {
                "enterprise_id": CHP,
                "name": NAMES[CHP],
                "industry_code": "4412",
                "from": "2019-04-01",
                "to": None,
                "tco2": text(FUEL[CHP] + EL[CHP] + HEAT[CHP]),
            },
            {
                "enterprise_id": LIME,
                "name": NAMES[LIME],
                "industry_code": "3012",
                "from": "2016-09-01",
                "to": None,
                "tco2": text(FUEL[LIME] + PROCESS[LIME]),
            },
            {
                "enterprise_id": GRID,
                "name": NAMES[GRID],
                "industry_code": "4420",
                "from": "2021-01-01",
                "to": None,
                "tco2": text(EL[GRID]),
            },
            {
                "enterprise_id": CHEM,
                "name": NAMES[CHEM],
                "industry_code": "2614",
                "from": "2018-06-01",
                "to": None,
                "tco2": text(TRANSFORMATION[CHEM]),
            },
            {
                "enterprise_id": PUBLIC,
                "name": NAMES[PUBLIC],
                "industry_code": "7221",
                "from": "2015-01-01",
                "to": None,
                "tco2": text(FUEL[PUBLIC]),
            },
        ],
        "unconfirmed": [
            {
                "id": "electricity_equivalent_assumed",
                "title": both("电力等价值", "electricity at primary equivalent"),
                "value": "0.300000000000",
                "unit": "kgce/kWh",
                "candidates": ["0.28078", "0.298", "0.30", "0.3050", "0.3150"],
                "cite": source("gbt-2589"),
            },
            {
                "id": "lime",
                "title": both("石灰过程排放因子", "process factor of lime"),
                "value": "0.683000000000",
                "unit": "tCO2/t",
                "candidates": [],
                "cite": source("inventory"),
            },
        ],
    }

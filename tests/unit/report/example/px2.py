"""PX-2 of park_examples.yaml as a report: CHP on coal and gas, steam and power inside, export, waste heat, SMR, lime, bunkers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example.common import (
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
    KEROSENE,
    POWER_TCE,
    RULER,
    TERMS,
)
from tests.unit.report.example.pieces import (
    CO2_PER_C,
    annex4,
    both,
    carrier,
    factor,
    finding,
    indicator,
    item,
    number,
    reading,
    run,
    source,
    text,
    zero,
)

CHP, LIME, GRID, CHEM, PUBLIC = (
    "91320000MA2000001J",
    "91320000MA2000002M",
    "91320000MA2000003Q",
    "91320000MA2000004U",
    "91320000MA2000005Y",
)
NAMES = {CHP: "热电联产公司", LIME: "石灰窑企业", GRID: "增量配电网公司", CHEM: "精细化工公司", PUBLIC: "管委会平台公司"}

COAL = number(22) * number("0.0261") * number("0.93") * CO2_PER_C
COAL_TCE = number(22) / number("29.307")
SMR = number("38.931") * number("0.0153") * CO2_PER_C
FUEL = {CHP: 100000 * COAL + 20000 * GAS_PER_KNM3, LIME: 12000 * GAS_PER_KNM3, PUBLIC: 1500 * DIESEL + 300 * KEROSENE}
EL = {GRID: 50000 * number(FOSSIL_POWER), CHP: -60000 * number(FOSSIL_POWER)}
HEAT = {CHP: -100000 * number(FOSSIL_HEAT)}
TRANSFORMATION, PROCESS = {CHEM: 5000 * SMR}, {LIME: 20000 * number("0.683")}
BY_TERM = {"fuel": FUEL, "transformation": TRANSFORMATION, "el": EL, "heat": HEAT, "process": PROCESS}
E = sum((sum(part.values(), Fraction(0)) for part in BY_TERM.values()), Fraction(0))
T = 100000 * COAL_TCE + 37000 * GAS_TCE + 1500 * number("1.4571") + 300 * number("1.4714") + 660000 * POWER_TCE - 100000 * HEAT_TCE
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


def places() -> dict[str, Any]:
    """Where the rows stand in the workbook."""
    lines = {ROW_EXPORT_EL: 14, ROW_EXPORT_HEAT: 17, ROW_DIRECT: 19, ROW_CERTIFICATE: 20, ROW_PV: 23, ROW_BUNKER: 41, ROW_KILN: 36}
    found: dict[str, Any] = {row: {"file": "2027年度申报表.xlsx", "sheet": "能源活动", "line": line} for row, line in lines.items()}
    found |= {row: {"file": "2027年度申报表.xlsx", "sheet": "能源活动", "line": 47 + place, "columns": ["数量"]} for place, row in enumerate(BAD_ROWS)}
    found[ROW_LIME] = {"file": "2027年度申报表.xlsx", "sheet": "产品产量", "line": 3}
    found[ROW_FILED] = {"file": "2027年度申报表.xlsx", "sheet": "已报数据", "line": 3, "columns": ["数值"]}
    found[ROW_STATISTICS] = {"file": "2027年度申报表.xlsx", "sheet": "已报数据", "line": 5, "columns": ["数值"]}
    found[ROW_CLAIM] = {"file": "2027年度申报表.xlsx", "sheet": "对外声明", "line": 3, "columns": ["文字"]}
    return found


def facts() -> dict[str, Any]:
    """The facts of the report: core indicator not met, direct share left open, modified opinion."""
    core = E / T
    return {
        "format": "truezero-report/1",
        "park": {"id": "PX-2", "names": both("东江循环经济产业园", "Dongjiang Circular Economy Park"), "kind": "whole", "province": "江苏"},
        "ruler": RULER,
        "role": "verification",
        "year": "2027",
        "base_year": "2025",
        "years": ["2025", "2026", "2027"],
        "documents": DOCUMENTS,
        "headline": {"item": "indicator.unit_energy_co2", "year": "2027", "verdict": "not_met", "opinion": "modified"},
        "items": _items(core),
        "indicators": _indicators(core),
        "parameters": _parameters(),
        "opinion": {
            "value": "modified",
            "assurance": "limited",
            "reasons": [
                {"key": "example.reason_error", "arguments": {"code": "TZ-ACC-05", "effect_tco2": "910.017416"}},
                {"key": "example.reason_unproven", "arguments": {"tco2": text(UNPROVEN)}},
                {"key": "example.reason_excluded", "arguments": {"count": "2", "table": "activity"}},
            ],
        },
        "findings": _findings(),
        "runs": _runs(),
        "terms": _terms(),
        "energy": _energy(),
        "factors": _factors(),
        "zero_register": _zeros(),
        "level": {
            "strict": text(STRICT),
            "proven": text(PROVEN),
            "claimed": text(E),
            "steps": [
                {"rule": "el.direct_nonfossil", "title": both("直供非化石电力按零计", "direct non-fossil supply counted at zero"), "tco2": text(-DIRECT)},
                {"rule": "el.certificate", "title": both("绿证电力按零计", "certificate electricity counted at zero"), "tco2": text(-UNPROVEN)},
                {"rule": "export.el", "title": both("外送电力抵扣", "credit for electricity sent out"), "tco2": text(-EXPORT_EL)},
                {"rule": "export.heat", "title": both("外送热力抵扣", "credit for heat sent out"), "tco2": text(-EXPORT_HEAT)},
            ],
        },
        "bunkers": [{"carrier": "kerosene", "title": CARRIERS["kerosene"], "quantity": "300.000000", "unit": "t", "tco2": text(300 * KEROSENE)}],
        "reported": _reported(core),
        "claims": [
            {"claim_id": "c1", "text": "园区已建成国家级零碳园区，年减排二氧化碳 4.3 万吨。", "kind": "label", "findings": ["TZ-CLM-01"]},
            {"claim_id": "c2", "text": "2027 年单位能耗碳排放为 0.740 tCO₂/tce。", "kind": "level", "findings": ["TZ-ACC-10"]},
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
            {"enterprise_id": CHP, "name": NAMES[CHP], "industry_code": "4412", "from": "2019-04-01", "to": None, "tco2": text(FUEL[CHP] + EL[CHP] + HEAT[CHP])},
            {"enterprise_id": LIME, "name": NAMES[LIME], "industry_code": "3012", "from": "2016-09-01", "to": None, "tco2": text(FUEL[LIME] + PROCESS[LIME])},
            {"enterprise_id": GRID, "name": NAMES[GRID], "industry_code": "4420", "from": "2021-01-01", "to": None, "tco2": text(EL[GRID])},
            {"enterprise_id": CHEM, "name": NAMES[CHEM], "industry_code": "2614", "from": "2018-06-01", "to": None, "tco2": text(TRANSFORMATION[CHEM])},
            {"enterprise_id": PUBLIC, "name": NAMES[PUBLIC], "industry_code": "7221", "from": "2015-01-01", "to": None, "tco2": text(FUEL[PUBLIC])},
        ],
        "unconfirmed": [
            {"id": "electricity_equivalent_assumed", "title": both("电力等价值", "electricity at primary equivalent"), "value": "0.300000000000", "unit": "kgce/kWh", "candidates": ["0.28078", "0.298", "0.30", "0.3050", "0.3150"], "cite": source("gbt-2589")},
            {"id": "lime", "title": both("石灰过程排放因子", "process factor of lime"), "value": "0.683000000000", "unit": "tCO2/t", "candidates": [], "cite": source("inventory")},
        ],
    }


def _items(core: Fraction) -> list[dict[str, Any]]:
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


def _indicators(core: Fraction) -> list[dict[str, Any]]:
    clean = (670000 * POWER_TCE) / T
    with_gas = (670000 * POWER_TCE + 37000 * GAS_TCE) / T
    shares = {"with_losses": number(470) / 950, "without_own_use": number(470) / 922, "received_only": number(470) / 720, "pv_left_out": number(420) / 950}
    return [
        indicator(
            "unit_energy_co2", CORE_TITLE, core, "not_met",
            kind="core", unit="tCO2/tce", comparison="<=", limit="0.2",
            **{"class": CLASS_20_100},
            proven_value=text(PROVEN / T, 12), low=text(E / (T + 660000 * number("0.015")), 12), high=text((_own_intensity() + UNPROVEN) / (T - 660000 * number("0.01922") - 8000 * number("0.28078")), 12),
            rests_on=["electricity.tce_coefficient", "export_credit", "losses"],
        ),
        indicator(
            "direct_share", both("直接供应比例", "share of direct supply"), shares["with_losses"], "undetermined",
            kind="principle", limit="0.5", low=text(shares["pv_left_out"], 12), high=text(shares["received_only"], 12),
            rests_on=["electricity.direct_share_denominator", "own_pv_as_direct"],
            flips=[
                {"parameter": "electricity.direct_share_denominator", "reading": "without_own_use", "value": text(shares["without_own_use"], 12), "verdict": "met", "flip_point": "940000.000000"},
                {"parameter": "electricity.direct_share_denominator", "reading": "received_only", "value": text(shares["received_only"], 12), "verdict": "met", "flip_point": None},
            ],
            cite=annex4("二（二）3①"),
        ),
        indicator("clean_energy_share", both("清洁能源消费占比", "clean-energy share"), clean, "not_met", limit="0.9", low=text(clean, 12), high=text(with_gas, 12), rests_on=["clean_energy_share"]),
        indicator("product_energy", both("园区企业产出产品单位能耗", "product unit energy"), None, None, unit="1", limit=None, undefined={"reason": {"key": "example.no_limit_standards", "arguments": {}}}),
        indicator("solid_waste_utilisation", both("工业固体废弃物综合利用率", "industrial solid-waste utilisation"), number("0.8634"), "met", limit="0.8", low="0.831200000000", rests_on=["solid_waste_utilisation"]),
        indicator("waste_heat_utilisation", both("余热/余冷/余压综合利用率", "waste heat, cold and pressure utilisation"), number("0.7222"), "met", limit="0.5"),
        indicator("water_reuse", both("工业用水重复利用率", "industrial water reuse"), None, None, limit="0.8", excluded={"reason": "园区工业用水全部为直流海水冷却，不具备重复利用条件（附取水许可证）。"}),
    ]


def _own_intensity() -> Fraction:
    """PX-2 P2-c: exports credited at the operator's own intensity, over 936,000 GJ of power and 1,500,000 GJ of heat."""
    per_gj = FUEL[CHP] / (936000 + 1500000)
    return E + EXPORT_EL + EXPORT_HEAT - per_gj * (60000 * number("3.6") + 100000)


def _parameters() -> list[dict[str, Any]]:
    power = 660000

    def at(coefficient: str) -> Fraction:
        return E / (T + power * (number(coefficient) - POWER_TCE))

    floor_el = (E - sum(EL.values(), Fraction(0))) / T
    both_floors = (E - sum(EL.values(), Fraction(0)) - sum(HEAT.values(), Fraction(0))) / T
    cite3, cite_el = {"document": "ndrc-910", "annex": "3", "clause": "注 1"}, annex4("二（二）3")
    same = E / T
    return [
        {
            "id": "electricity.tce_coefficient", "title": both("电力等价值", "electricity at primary equivalent"), "chosen": "0.30", "conservative": "0.28078", "confidence": "unconfirmed", "cite": cite3,
            "readings": [reading(value, both(f"{value} kgce/kWh", f"{value} kgce/kWh"), at(value), "not_met") for value in ("0.28078", "0.298", "0.30", "0.3050", "0.3150")],
        },
        {
            "id": "export_credit", "title": both("外送电力、热力的抵扣", "credit for power and heat sent out"), "chosen": "annex4_literal", "conservative": "own_intensity", "confidence": "unconfirmed", "cite": cite_el,
            "readings": [
                reading("annex4_literal", both("按附件 4 字面：送出量 × 该类因子", "Annex 4 as written: quantity sent out × factor of its kind"), same, "not_met"),
                reading("own_intensity", both("按经营者自身强度", "at the operator's own intensity"), _own_intensity() / T, "not_met"),
                reading("floor_el", both("电力净受入不低于零", "net electricity not below zero"), floor_el, "not_met"),
                reading("floor_both", both("电力、热力净受入均不低于零", "net electricity and net heat not below zero"), both_floors, "not_met"),
            ],
        },
        {
            "id": "losses", "title": both("园区内损失是否计入综合能源消费量", "losses inside the park in total energy consumption"), "chosen": "included", "conservative": "left_out", "confidence": "unconfirmed", "cite": cite3,
            "readings": [
                reading("included", both("计入", "counted"), same, "not_met"),
                reading("left_out", both("不计入", "left out"), E / (T - 8000 * POWER_TCE - 20000 * HEAT_TCE), "not_met"),
            ],
        },
        {
            "id": "electricity.direct_share_denominator", "title": both("“园区用电”的范围", "what “electricity used by the park” means"), "chosen": "with_losses", "conservative": "with_losses", "confidence": "unconfirmed", "cite": annex4("二（二）3①"),
            "readings": [
                reading("with_losses", both("全部用电量，含厂用电和损失", "all electricity used, own use and losses included"), number(470) / 950, "not_met"),
                reading("without_own_use", both("不含厂用电和损失", "without own use and losses"), number(470) / 922, "met"),
                reading("received_only", both("仅园外供入与自发光伏", "supply from outside and own PV only"), number(470) / 720, "met"),
            ],
        },
        {
            "id": "own_pv_as_direct", "title": both("自发自用光伏是否算直接供应", "Own PV used on the spot as direct supply"), "chosen": "counted", "conservative": "not_counted", "confidence": "unconfirmed", "cite": annex4("二（二）3①"),
            "readings": [reading("counted", both("算", "counted"), number(470) / 950, "not_met"), reading("not_counted", both("不算", "not counted"), number(420) / 950, "not_met")],
        },
        {
            "id": "clean_energy_share", "title": both("清洁能源是否包括天然气", "natural gas as clean energy"), "chosen": "gas_not_counted", "conservative": "gas_not_counted", "confidence": "unconfirmed", "cite": cite3,
            "readings": [reading("gas_not_counted", both("不包括", "not counted"), 670000 * POWER_TCE / T, "not_met"), reading("gas_counted", both("包括", "counted"), (670000 * POWER_TCE + 37000 * GAS_TCE) / T, "not_met")],
        },
        {
            "id": "solid_waste_utilisation", "title": both("危险废物是否计入", "hazardous waste included"), "chosen": "hazardous_out", "conservative": "hazardous_in", "confidence": "unconfirmed", "cite": cite3,
            "readings": [reading("hazardous_out", both("不计入", "left out"), number("0.8634"), "met"), reading("hazardous_in", both("计入", "included"), number("0.8312"), "met")],
        },
        {
            "id": "transformation.coking", "title": both("炼焦是否按碳平衡核算", "coking by carbon balance"), "chosen": "balance", "conservative": "higher", "confidence": "unconfirmed", "cite": annex4("二（二）2"),
            "readings": [reading("balance", both("按碳平衡", "by carbon balance"), None, None), reading("burned", both("按燃料燃烧", "as fuel burned"), None, None)],
        },
    ]


def _findings() -> list[dict[str, Any]]:
    return [
        finding("TZ-ACC-10", "error", "PX-2", {"item": "energy.tce", "filed": "372851.460043", "recomputed": text(T), "unit": "tce", "deviation": text(number("372851.460043") / T - 1, 12)}, [ROW_STATISTICS], effect=number("51359"), unit="tce"),
        finding("TZ-ACC-05", "error", PUBLIC, {"carrier": "kerosene", "quantity": "300.000000", "unit": "t", "deducted": text(300 * KEROSENE)}, [ROW_BUNKER, ROW_FILED], effect=300 * KEROSENE),
        finding("TZ-SUB-07", "error", PUBLIC, {"table": "activity", "column": "数量", "raw": "12O0", "reason": "letter"}, BAD_ROWS),
        finding("TZ-ZER-01", "warning", GRID, {"rule": "el.certificate", "quantity": "200000.000000", "unit": "MWh", "factor": "0.000000000000", "default_factor": "0.832500000000"}, [ROW_CERTIFICATE], effect=UNPROVEN),
        finding("TZ-ACC-07", "warning", "PX-2", {"term": "heat", "received": "0.000000", "credited": "11000.000000", "net": "-11000.000000"}, [ROW_EXPORT_HEAT], effect=number("11000")),
        finding("TZ-ACC-07", "warning", "PX-2", {"term": "el", "received": "41625.000000", "credited": "49950.000000", "net": "-8325.000000"}, [ROW_EXPORT_EL, ROW_DIRECT, ROW_CERTIFICATE], effect=number("8325"), count=27),
        finding("TZ-GRN-02", "question", "PX-2", {"direct": "470000.000000", "total": "950000.000000", "direct_share": "0.494736842105", "limit": "0.500000000000", "reading": "with_losses"}, [ROW_DIRECT, ROW_PV]),
        finding("TZ-CAR-02", "question", LIME, {"product": "lime", "quantity": "20000.000000", "carrier": "natural_gas", "counted": text(FUEL[LIME])}, [ROW_LIME, ROW_KILN]),
        finding("TZ-CLM-01", "note", "PX-2", {"claim": "c1", "words": "国家级零碳园区"}, [ROW_CLAIM]),
    ]


def _runs() -> list[dict[str, Any]]:
    return [
        run("TZ-ACC-01", "error", "passed", tested=3, covered=number("41625"), of=number("41625")),
        run("TZ-ACC-02", "error", "passed", tested=1, covered=number("11000"), of=number("11000")),
        run("TZ-ACC-05", "error", "found", tested=1, covered=300 * KEROSENE, of=300 * KEROSENE),
        run("TZ-ACC-07", "warning", "found", tested=2, covered=number("19325"), of=number("19325")),
        run("TZ-ACC-10", "error", "found", tested=3, covered=E, of=E),
        run("TZ-BAL-01", "error", "could_not_run", reason="no_meter_of_kind", population=6, of=number("41625"), worst=DIRECT),
        run("TZ-BAL-02", "error", "passed", tested=7, covered=E, of=E),
        run("TZ-BAL-04", "error", "could_not_run", reason="no_statements", population=4, of=E, worst=number("52310.5")),
        run("TZ-CAR-01", "error", "not_applicable", reason="no_carbon_out"),
        run("TZ-CAR-02", "question", "found", tested=1, covered=number("13660"), of=number("13660")),
        run("TZ-CLM-01", "note", "found", tested=2),
        run("TZ-COV-03", "warning", "waived", reason="waived_history", who="核查机构授权签字人", until="2028-06-30", worst=number("0")),
        run("TZ-GRN-02", "question", "found", tested=1, covered=DIRECT, of=DIRECT),
        run("TZ-IND-01", "warning", "passed", tested=1, covered=E, of=E),
        run("TZ-SUB-07", "error", "found", tested=43),
        run("TZ-ZER-01", "warning", "found", tested=4, covered=UNPROVEN + DIRECT + EXPORT_EL + EXPORT_HEAT, of=UNPROVEN + DIRECT + EXPORT_EL + EXPORT_HEAT),
    ]


def _terms() -> list[dict[str, Any]]:
    return [
        {
            "term": name,
            "title": TERMS[name],
            "tco2": text(sum(part.values(), Fraction(0))),
            "by_enterprise": [{"enterprise_id": key, "name": NAMES[key], "tco2": text(value)} for key, value in part.items()],
        }
        for name, part in BY_TERM.items()
    ]


def _energy() -> list[dict[str, Any]]:
    standard = source("gbt-2589", "附录 A")
    return [
        carrier("bituminous_coal", CARRIERS["bituminous_coal"], "t", text(COAL_TCE, 12), source("gbt-2589", "实测低位发热量 / 29.307"), {"purchased": 101000, "stock_change": -1000}, {"transformation_in": 100000}),
        carrier("natural_gas", CARRIERS["natural_gas"], "10^3Nm3", "1.330000000000", standard, {"purchased": 37000}, {"final_use": 12000, "transformation_in": 25000}),
        carrier("diesel", CARRIERS["diesel"], "t", "1.457100000000", standard, {"purchased": 1500}, {"final_use": 1500}),
        carrier("kerosene", CARRIERS["kerosene"], "t", "1.471400000000", standard, {"purchased": 300}, {"bunker": 300}),
        carrier("electricity", CARRIERS["electricity"], "MWh", "0.300000000000", {"document": "ndrc-910", "annex": "3", "clause": "注 1"}, {"purchased": 670000, "primary_production": 50000, "sold": 60000}, {"final_use": 942000, "loss": 8000, "transformation_out": 290000}),
        carrier("heat", CARRIERS["heat"], "GJ", "0.034120000000", standard, {"sold": 100000}, {"final_use": 1380000, "loss": 20000, "transformation_out": 1500000}),
        carrier("waste_heat", CARRIERS["waste_heat"], "GJ", "0.034120000000", standard, {}, {"final_use": 200000, "transformation_in": 450000, "recovered": 650000}),
    ]


def _factors() -> list[dict[str, Any]]:
    fuels = source("gbt-32151-34", "附录 C 表 C.1")
    el, heat = annex4("二（二）3①"), annex4("二（二）3②")
    return [
        factor("combustion:bituminous_coal", both("烟煤，实测低位发热量 22.000 GJ/t", "bituminous coal, measured at 22.000 GJ/t"), text(COAL, 12), "tCO2/t", fuels, "secondary", 100000 * COAL, 2, kind="measured"),
        factor("combustion:natural_gas", both("天然气，燃烧", "natural gas, burned"), text(GAS_PER_KNM3, 12), "tCO2/10^3Nm3", fuels, "secondary", 32000 * GAS_PER_KNM3, 2),
        factor("carbon_100:natural_gas", both("天然气，制气（氧化率 100%）", "natural gas, gas making (oxidation 100%)"), text(SMR, 12), "tCO2/10^3Nm3", fuels, "secondary", 5000 * SMR),
        factor("combustion:diesel", both("柴油", "diesel"), text(DIESEL, 12), "tCO2/t", fuels, "secondary", 1500 * DIESEL),
        factor("combustion:kerosene", both("煤油", "kerosene"), text(KEROSENE, 12), "tCO2/t", fuels, "secondary", 300 * KEROSENE),
        factor("annex4.el.grid_other", both("全国化石能源电力排放因子", "National fossil power factor"), "0.832500000000", "tCO2/MWh", el, "primary", number("-8325"), 2, kind="fixed_by_text"),
        factor("annex4.el.direct_nonfossil", both("直接供应的非化石能源电力", "directly supplied non-fossil power"), "0.000000000000", "tCO2/MWh", el, "primary", Fraction(0), kind="fixed_by_text"),
        factor("annex4.el.certificate_renewable", both("绿证绿电交易获取的可再生能源电力", "renewable power by certificate or green trade"), "0.000000000000", "tCO2/MWh", el, "primary", Fraction(0), kind="fixed_by_text"),
        factor("annex4.heat.fossil_default", both("化石能源热力缺省值", "default of fossil heat"), "0.110000000000", "tCO2/GJ", heat, "primary", number("-11000"), kind="fixed_by_text"),
        factor("process.lime", both("石灰过程排放", "process emission of lime"), "0.683000000000", "tCO2/t", source("inventory"), "unconfirmed", number("13660")),
    ]


def _zeros() -> list[dict[str, Any]]:
    return [
        zero("el.direct_nonfossil", both("直供非化石电力按零计", "direct non-fossil supply counted at zero"), GRID, "term.el.tco2", "420000", "MWh", "0", FOSSIL_POWER, proven=True, evidence=["E-07", "E-08"]),
        zero("el.certificate", both("绿证电力按零计", "certificate electricity counted at zero"), GRID, "term.el.tco2", "200000", "MWh", "0", FOSSIL_POWER, proven=False, evidence=[]),
        zero("export.el", both("外送电力抵扣", "credit for electricity sent out"), CHP, "term.el.tco2", "60000", "MWh", "-0.8325", "0", proven=True, evidence=["E-09"]),
        zero("export.heat", both("外送热力抵扣", "credit for heat sent out"), CHP, "term.heat.tco2", "100000", "GJ", "-0.11", "0", proven=True, evidence=["E-10"]),
    ]


def _reported(core: Fraction) -> list[dict[str, Any]]:
    def row(name: str, authority: str, filed: Fraction, recomputed: Fraction, unit: str, total: Fraction, places: int = 6) -> dict[str, Any]:
        difference = recomputed - filed
        return {"item": name, "year": "2027", "authority": authority, "filed": text(filed, places), "recomputed": text(recomputed, places), "difference": text(difference, places), "unit": unit, "share_of_total": text(difference / total, 12)}

    return [
        row("total.tco2", "申报书", E - 300 * KEROSENE, E, "tCO2", E),
        row("energy.tce", "statistics", number("372851.460043"), T, "tce", T),
        row("indicator.unit_energy_co2", "申报书", number("0.740"), core, "tCO2/tce", core, 12),
    ]

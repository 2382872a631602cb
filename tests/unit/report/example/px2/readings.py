"""PX-2: indicators and the open points they rest on."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example.common import (
    CLASS_20_100,
    CORE_TITLE,
    GAS_TCE,
    HEAT_TCE,
    POWER_TCE,
)
from tests.unit.report.example.pieces import (
    annex4,
    both,
    indicator,
    number,
    reading,
    text,
)
from tests.unit.report.example.px2.amounts import EL, HEAT, PROVEN, UNPROVEN, E, T, own_intensity


def indicators(core: Fraction) -> list[dict[str, Any]]:
    clean = (670000 * POWER_TCE) / T
    with_gas = (670000 * POWER_TCE + 37000 * GAS_TCE) / T
    shares = {
        "with_losses": number(470) / 950,
        "without_own_use": number(470) / 922,
        "received_only": number(470) / 720,
        "pv_left_out": number(420) / 950,
    }
    return [
        indicator(
            "unit_energy_co2",
            CORE_TITLE,
            core,
            "not_met",
            kind="core",
            unit="tCO2/tce",
            comparison="<=",
            limit="0.2",
            **{"class": CLASS_20_100},
            proven_value=text(PROVEN / T, 12),
            low=text(E / (T + 660000 * number("0.015")), 12),
            high=text((own_intensity() + UNPROVEN) / (T - 660000 * number("0.01922") - 8000 * number("0.28078")), 12),
            rests_on=["electricity.tce_coefficient", "export_credit", "losses"],
        ),
        indicator(
            "direct_share",
            both("直接供应比例", "share of direct supply"),
            shares["with_losses"],
            "undetermined",
            kind="principle",
            limit="0.5",
            low=text(shares["pv_left_out"], 12),
            high=text(shares["received_only"], 12),
            rests_on=["electricity.direct_share_denominator", "own_pv_as_direct"],
            flips=[
                {
                    "parameter": "electricity.direct_share_denominator",
                    "reading": "without_own_use",
                    "value": text(shares["without_own_use"], 12),
                    "verdict": "met",
                    "flip_point": "940000.000000",
                },
                {
                    "parameter": "electricity.direct_share_denominator",
                    "reading": "received_only",
                    "value": text(shares["received_only"], 12),
                    "verdict": "met",
                    "flip_point": None,
                },
            ],
            cite=annex4("二（二）3①"),
        ),
        indicator(
            "clean_energy_share",
            both("清洁能源消费占比", "clean-energy share"),
            clean,
            "not_met",
            limit="0.9",
            low=text(clean, 12),
            high=text(with_gas, 12),
            rests_on=["clean_energy_share"],
        ),
        indicator(
            "product_energy",
            both("园区企业产出产品单位能耗", "product unit energy"),
            None,
            None,
            unit="1",
            limit=None,
            undefined={"reason": {"key": "example.no_limit_standards", "arguments": {}}},
        ),
        indicator(
            "solid_waste_utilisation",
            both("工业固体废弃物综合利用率", "industrial solid-waste utilisation"),
            number("0.8634"),
            "met",
            limit="0.8",
            low="0.831200000000",
            rests_on=["solid_waste_utilisation"],
        ),
        indicator(
            "waste_heat_utilisation",
            both("余热/余冷/余压综合利用率", "waste heat, cold and pressure utilisation"),
            number("0.7222"),
            "met",
            limit="0.5",
        ),
        indicator(
            "water_reuse",
            both("工业用水重复利用率", "industrial water reuse"),
            None,
            None,
            limit="0.8",
            excluded={"reason": "园区工业用水全部为直流海水冷却，不具备重复利用条件（附取水许可证）。"},
        ),
    ]


def parameters() -> list[dict[str, Any]]:
    power = 660000

    def at(coefficient: str) -> Fraction:
        return E / (T + power * (number(coefficient) - POWER_TCE))

    floor_el = (E - sum(EL.values(), Fraction(0))) / T
    both_floors = (E - sum(EL.values(), Fraction(0)) - sum(HEAT.values(), Fraction(0))) / T
    cite3, cite_el = {"document": "ndrc-910", "annex": "3", "clause": "注 1"}, annex4("二（二）3")
    same = E / T
    return [
        {
            "id": "electricity.tce_coefficient",
            "title": both("电力等价值", "electricity at primary equivalent"),
            "chosen": "0.30",
            "conservative": "0.28078",
            "confidence": "unconfirmed",
            "cite": cite3,
            "readings": [
                reading(value, both(f"{value} kgce/kWh", f"{value} kgce/kWh"), at(value), "not_met")
                for value in ("0.28078", "0.298", "0.30", "0.3050", "0.3150")
            ],
        },
        {
            "id": "export_credit",
            "title": both("外送电力、热力的抵扣", "credit for power and heat sent out"),
            "chosen": "annex4_literal",
            "conservative": "own_intensity",
            "confidence": "unconfirmed",
            "cite": cite_el,
            "readings": [
                reading(
                    "annex4_literal",
                    both(
                        "按附件 4 字面：送出量 × 该类因子", "Annex 4 as written: quantity sent out × factor of its kind"
                    ),
                    same,
                    "not_met",
                ),
                reading(
                    "own_intensity",
                    both("按经营者自身强度", "at the operator's own intensity"),
                    own_intensity() / T,
                    "not_met",
                ),
                reading("floor_el", both("电力净受入不低于零", "net electricity not below zero"), floor_el, "not_met"),
                reading(
                    "floor_both",
                    both("电力、热力净受入均不低于零", "net electricity and net heat not below zero"),
                    both_floors,
                    "not_met",
                ),
            ],
        },
        {
            "id": "losses",
            "title": both("园区内损失是否计入综合能源消费量", "losses inside the park in total energy consumption"),
            "chosen": "included",
            "conservative": "left_out",
            "confidence": "unconfirmed",
            "cite": cite3,
            "readings": [
                reading("included", both("计入", "counted"), same, "not_met"),
                reading(
                    "left_out", both("不计入", "left out"), E / (T - 8000 * POWER_TCE - 20000 * HEAT_TCE), "not_met"
                ),
            ],
        },
        {
            "id": "electricity.direct_share_denominator",
            "title": both("“园区用电”的范围", "what “electricity used by the park” means"),
            "chosen": "with_losses",
            "conservative": "with_losses",
            "confidence": "unconfirmed",
            "cite": annex4("二（二）3①"),
            "readings": [
                reading(
                    "with_losses",
                    both("全部用电量，含厂用电和损失", "all electricity used, own use and losses included"),
                    number(470) / 950,
                    "not_met",
                ),
                reading(
                    "without_own_use", both("不含厂用电和损失", "without own use and losses"), number(470) / 922, "met"
                ),
                reading(
                    "received_only",
                    both("仅园外供入与自发光伏", "supply from outside and own PV only"),
                    number(470) / 720,
                    "met",
                ),
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
                reading("counted", both("算", "counted"), number(470) / 950, "not_met"),
                reading("not_counted", both("不算", "not counted"), number(420) / 950, "not_met"),
            ],
        },
        {
            "id": "clean_energy_share",
            "title": both("清洁能源是否包括天然气", "natural gas as clean energy"),
            "chosen": "gas_not_counted",
            "conservative": "gas_not_counted",
            "confidence": "unconfirmed",
            "cite": cite3,
            "readings": [
                reading("gas_not_counted", both("不包括", "not counted"), 670000 * POWER_TCE / T, "not_met"),
                reading("gas_counted", both("包括", "counted"), (670000 * POWER_TCE + 37000 * GAS_TCE) / T, "not_met"),
            ],
        },
        {
            "id": "solid_waste_utilisation",
            "title": both("危险废物是否计入", "hazardous waste included"),
            "chosen": "hazardous_out",
            "conservative": "hazardous_in",
            "confidence": "unconfirmed",
            "cite": cite3,
            "readings": [
                reading("hazardous_out", both("不计入", "left out"), number("0.8634"), "met"),
                reading("hazardous_in", both("计入", "included"), number("0.8312"), "met"),
            ],
        },
        {
            "id": "transformation.coking",
            "title": both("炼焦是否按碳平衡核算", "coking by carbon balance"),
            "chosen": "balance",
            "conservative": "higher",
            "confidence": "unconfirmed",
            "cite": annex4("二（二）2"),
            "readings": [
                reading("balance", both("按碳平衡", "by carbon balance"), None, None),
                reading("burned", both("按燃料燃烧", "as fuel burned"), None, None),
            ],
        },
    ]

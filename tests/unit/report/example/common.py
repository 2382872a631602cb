"""What the example parks share: ruler, documents, parameters, factors of the method."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example.pieces import CO2_PER_C, annex4, both, number

RULER = {
    "id": "cn-national-2025",
    "title": both(
        "国家级零碳园区建设：核算与指标（发改环资〔2025〕910号）",
        "National zero-carbon park construction: accounting and indicators (NDRC 2025 No. 910)",
    ),
    "sha256": "5c1d9c9e7c0b6f0a2d8e4b73a1f60c52d9be4f17a3c8e0521b6d7f94c2a8e310",
    "status": "complete",
    "gases": ["CO2"],
}

DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": "ndrc-910",
        "number": "发改环资〔2025〕910号",
        "title": both("关于开展零碳园区建设的通知", "Notice on the construction of zero-carbon parks"),
        "issuer": "国家发展改革委、工业和信息化部、国家能源局",
        "published": "2025-07-08",
    },
    {
        "id": "gbt-32151-34",
        "number": "GB/T 32151.34—2024",
        "title": both(
            "温室气体排放核算与报告要求 第34部分", "Requirements of greenhouse gas accounting and reporting, part 34"
        ),
        "issuer": "国家市场监督管理总局",
        "published": "2024-08-23",
    },
    {
        "id": "gbt-2589",
        "number": "GB/T 2589—2020",
        "title": both("综合能耗计算通则", "General rules for calculation of the comprehensive energy consumption"),
        "issuer": "国家市场监督管理总局",
        "published": "2020-09-29",
    },
    {
        "id": "inventory",
        "number": "省级温室气体清单编制指南（试行）",
        "title": both(
            "省级温室气体清单编制指南（试行）", "Guidelines for provincial greenhouse gas inventories (trial)"
        ),
        "issuer": "国家发展改革委",
        "published": "2011-05",
    },
]

GAS_PER_KNM3 = number("38.931") * number("0.0153") * number("0.99") * CO2_PER_C
DIESEL = number("42.652") * number("0.0202") * number("0.98") * CO2_PER_C
KEROSENE = number("43.070") * number("0.0196") * number("0.98") * CO2_PER_C
FOSSIL_POWER, FOSSIL_HEAT = "0.8325", "0.11"
POWER_TCE, HEAT_TCE, GAS_TCE = number("0.30"), number("0.03412"), number("1.33")

TERMS = {
    "fuel": both("用作燃料", "fuel burned"),
    "transformation": both("能源加工转换", "energy transformation"),
    "el": both("电力净受入", "net electricity received"),
    "heat": both("热力净受入", "net heat received"),
    "process": both("工业生产过程", "industrial processes"),
}

CARRIERS = {
    "bituminous_coal": both("烟煤", "bituminous coal"),
    "natural_gas": both("天然气", "natural gas"),
    "diesel": both("柴油", "diesel"),
    "kerosene": both("煤油", "kerosene"),
    "electricity": both("电力", "electricity"),
    "heat": both("热力", "heat"),
    "waste_heat": both("余热余压", "waste heat"),
}

CORE_TITLE = both("单位能耗碳排放", "CO₂ per unit of energy consumed")
CLASS_20_100 = both("20～100 万吨标准煤", "200,000 to 1,000,000 tce")
BELOW_20 = both("低于 20 万吨标准煤", "below 200,000 tce")


def by_enterprise(names: dict[str, str], **amounts: Fraction) -> list[dict[str, str]]:
    """Rows of a term by enterprise."""
    return [{"enterprise_id": key, "name": names[key], "tco2": f"{amounts[key]}"} for key in amounts]


LITERAL = annex4("二（二）3")

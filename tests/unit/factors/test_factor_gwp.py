"""Warming potentials against tables of others: US 40 CFR 98 Table A-1 (AR4) and the GHG Protocol's published lists."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from verify import resources
from verify.ruler import load_ruler
from verify.ruler.marks import load_marked
from verify.submission.contract import vocabulary

FACTORS = resources.rules() / "factors"
Find = Callable[[str], dict[str, Any]]

# 40 CFR 98 Table A-1 as in force 2014 to 2024 (AR4 where AR4 prints the gas)
CFR_98_A1 = {
    "CO2": 1, "CH4": 25, "N2O": 298, "SF6": 22800, "NF3": 17200, "PFC-14": 7390, "PFC-116": 12200, "PFC-218": 8830, "PFC-31-10": 8860,
    "PFC-318": 10300, "PFC-41-12": 9160, "PFC-51-14": 9300, "HFC-23": 14800, "HFC-32": 675, "HFC-125": 3500, "HFC-134": 1100,
    "HFC-134a": 1430, "HFC-227ea": 3220, "HFC-236cb": 1340, "HFC-236ea": 1370, "HFC-236fa": 9810, "HFC-43-10mee": 1640, "HFC-41": 92,
    "HFC-143": 353, "HFC-143a": 4470, "HFC-152a": 124, "HFC-245ca": 693, "HFC-245fa": 1030, "HFC-365mfc": 794,
}  # fmt: skip

# GHG Protocol, Global Warming Potential Values (the common gases), by report
GHG_PROTOCOL = {
    "SAR": {"CH4": "21", "N2O": "310", "SF6": "23900", "HFC-23": "11700", "HFC-134a": "1300", "PFC-14": "6500", "PFC-116": "9200"},
    "TAR": {"CH4": "23", "N2O": "296", "SF6": "22200", "HFC-23": "12000", "HFC-134a": "1300", "PFC-14": "5700", "NF3": "10800"},
    "AR5": {"CH4": "28", "N2O": "265", "SF6": "23500", "NF3": "16100", "HFC-23": "12400", "HFC-134a": "1300", "PFC-14": "6630", "PFC-116": "11100"},
    "AR6": {"CH4_fossil": "29.8", "CH4_nonfossil": "27.0", "N2O": "273", "SF6": "25200", "NF3": "17400", "HFC-23": "14600", "HFC-134a": "1530", "PFC-14": "7380"},
}  # fmt: skip


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    return dict(load_marked(FACTORS / "gwp.yaml").data["values"])


def test_ar4_is_the_us_table(values: dict[str, Any]) -> None:
    ours = {name.removeprefix("AR4."): int(value["value"]) for name, value in values.items() if name.startswith("AR4.")}
    assert ours == CFR_98_A1


@pytest.mark.parametrize("report", GHG_PROTOCOL)
def test_common_gases(values: dict[str, Any], report: str) -> None:
    for gas, printed in GHG_PROTOCOL[report].items():
        assert values[f"{report}.{gas}"]["value"] == printed, gas


def test_what_a_report_does_not_print_is_absent(values: dict[str, Any]) -> None:
    assert not {"SAR.NF3", "SAR.HFC-245fa", "SAR.HFC-365mfc", "SAR.HFC-236cb", "AR4.CH4_fossil"} & set(values)


def test_a_park_and_the_ruler_name_every_report(values: dict[str, Any]) -> None:
    """The sets that a row may be filed in, and those that the ruler can weight with, are those that have numbers here."""
    reports = {name.partition(".")[0] for name in values}
    assert set(vocabulary("gwp_set")) == reports
    assert {one.id for one in load_ruler("ghg-protocol-corporate").text.parameters["gwp_set"].readings} == reports


def test_co2_is_one_in_every_report(values: dict[str, Any]) -> None:
    assert {values[f"{report}.CO2"]["value"] for report in ("SAR", "TAR", "AR4", "AR5", "AR6")} == {"1"}


def test_neighbouring_reports_differ_by_less_than_half(values: dict[str, Any]) -> None:
    """A slip of a digit would show: no gas moved by half between two reports, HFC-41 from SAR to TAR excepted (150 to 97)."""
    reports = ["SAR", "TAR", "AR4", "AR5", "AR6"]
    for one, other in itertools.pairwise(reports):
        for name in values:
            gas = name.removeprefix(f"{one}.")
            if name.startswith(f"{one}.") and f"{other}.{gas}" in values:
                ratio = Fraction(values[f"{other}.{gas}"]["value"]) / Fraction(values[name]["value"])
                assert Fraction(3, 5) <= ratio <= Fraction(5, 3), (one, other, gas)

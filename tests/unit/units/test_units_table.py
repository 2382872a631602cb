"""What the closed table knows, what it refuses, and which spellings mean the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verify.errors import WrongUsage
from verify.units import Units
from verify.units.unit import Unit

# the brief of issue 2, part B: base units of the canonical tables
BASES = {
    "mass": "t", "electricity": "MWh", "heat": "GJ", "gas_volume": "10^3Nm3", "coal_equivalent": "tce", "co2": "tCO2",
    "co2e": "tCO2e", "carbon": "tC", "money": "10^4CNY", "area": "m2", "water": "m3", "volume": "m3", "power": "MW",
    "pressure": "MPa", "temperature": "C", "share": "1", "count": "1", "time": "h",
}  # fmt: skip

SPELLINGS = {
    ("t", "吨", "T", " t ", "公吨", "tonnes"): ("mass", "1"),
    ("万吨", "10^4t", "10⁴ t", "万 t", "×10^4吨", "10**4t"): ("mass", "10000"),
    ("kg", "千克", "公斤", "KG", "㎏"): ("mass", "0.001"),
    ("kWh", "千瓦时", "度", "kW·h", "KWH", "kwh", "ｋＷｈ", "㎾h"): ("electricity", "0.001"),
    ("万kWh", "万千瓦时", "10^4kWh", "万度", "万 kW·h", "万KWH"): ("electricity", "10"),
    ("亿kWh", "亿千瓦时", "10^8kWh"): ("electricity", "100000"),
    ("MWh", "兆瓦时", "MWH"): ("electricity", "1"),
    ("GWh", "吉瓦时"): ("electricity", "1000"),
    ("GJ", "吉焦", "百万千焦", "10^6kJ", "gj"): ("heat", "1"),
    ("TJ", "太焦"): ("heat", "1000"),
    ("MJ", "兆焦"): ("heat", "0.001"),
    ("kcal", "大卡", "千卡"): ("heat", "0.0000041868"),
    ("万大卡", "万千卡", "10^4kcal"): ("heat", "0.041868"),
    ("Nm3", "标准立方米", "Nm³", "标方", "NM3", "N㎥"): ("gas_volume", "0.001"),
    ("万Nm3", "10^4Nm3", "10⁴Nm³", "万标准立方米", "10^4 N m3"): ("gas_volume", "10"),
    ("m3", "立方米", "M3", "m³", "㎥"): ("volume", "1"),
    ("万立方米", "万m3", "10^4m3"): ("volume", "10000"),
    ("千立方米", "10^3m3"): ("volume", "1000"),
    ("tce", "吨标准煤", "吨标煤", "TCE"): ("coal_equivalent", "1"),
    ("万吨标准煤", "万tce", "10^4tce"): ("coal_equivalent", "10000"),
    ("kgce", "千克标准煤", "公斤标煤"): ("coal_equivalent", "0.001"),
    ("tCO2", "吨二氧化碳", "tCO₂", "t CO2", "吨CO2"): ("co2", "1"),
    ("万吨CO2", "万吨二氧化碳", "万tCO2"): ("co2", "10000"),
    ("kgCO2", "千克二氧化碳"): ("co2", "0.001"),
    ("tCO2e", "tCO2eq", "吨二氧化碳当量", "tCO₂e"): ("co2e", "1"),
    ("tC", "吨碳"): ("carbon", "1"),
    ("元", "CNY"): ("money", "0.0001"),
    ("万元", "10^4CNY"): ("money", "1"),
    ("亿元",): ("money", "10000"),
    ("公顷", "ha", "hm2"): ("area", "10000"),
    ("平方米", "m2", "㎡"): ("area", "1"),
    ("亩",): ("area", "2000/3"),
    ("kW", "千瓦", "KW"): ("power", "0.001"),
    ("万千瓦", "10^4kW"): ("power", "10"),
    ("MW", "兆瓦"): ("power", "1"),
    ("MPa", "兆帕", "Mpa"): ("pressure", "1"),
    ("℃", "°C", "C", "摄氏度"): ("temperature", "1"),
    ("%", "％", "百分比"): ("share", "0.01"),
    ("个", "台", "件"): ("count", "1"),
    ("h", "小时"): ("time", "1"),
}

# Texts that people write and that are refused, each for its reason.
REFUSED = {
    "": "blank", "万": "a scale is no unit", "10^4": "a scale is no unit", "104Nm3": "a lost superscript", "104kWh": "a lost superscript",
    "ton": "short, long or metric", "tons": "short, long or metric", "MT": "metric ton or megatonne", "mt": "metric ton or megatonne",
    "mwh": "milli", "mW": "milli", "mj": "milli", "mpa": "milli", "gcal": "gram calorie", "MPa(g)": "a gauge reading is an offset",
    "K": "an offset", "kVA": "apparent power", "Sm3": "15 ℃, not the standard state", "年": "no fixed length", "月": "no fixed length",
    "箱": "no size", "车": "no size", "桶": "no size", "斤": "not in the statistics", "foo": "unknown", "kg/t": "a ratio",
    "10⁻³t": "a negative power", "tce/t": "a ratio", "10^5t": "no such scale", "万GWh": "no such scale", "万万吨": "two scales",
}  # fmt: skip


@pytest.fixture(scope="module")
def units() -> Units:
    return Units.standard()


def test_bases(units: Units) -> None:
    assert {dimension: units.base(dimension) for dimension in units.dimensions} == BASES


@pytest.mark.parametrize("dimension", BASES)
def test_base_converts_to_itself(units: Units, dimension: str) -> None:
    assert units.convert(Fraction(7), units.get(units.base(dimension)), dimension) == 7


@pytest.mark.parametrize(("spellings", "meaning"), SPELLINGS.items(), ids=lambda value: value[0])
def test_spellings(units: Units, spellings: tuple[str, ...], meaning: tuple[str, str]) -> None:
    for text in spellings:
        unit = units.find(text)
        assert unit is not None, text
        assert (unit.dimension, unit.to_base) == (meaning[0], Fraction(meaning[1])), text


@pytest.mark.parametrize("text", REFUSED)
def test_refused(units: Units, text: str) -> None:
    assert units.find(text) is None


def test_standard_is_read_once() -> None:
    assert Units.standard() is Units.standard()


def test_every_name_leads_home(units: Units) -> None:
    for dimension in units.dimensions:
        for unit in units.accepted(dimension):
            assert {found.id for found in map(units.get, unit.names)} == {unit.id}


def test_accepted_lists_own_units_first(units: Units) -> None:
    ids = [unit.id for unit in units.accepted("gas_volume")]
    assert ids.index("10^4Nm3") < ids.index("10^4m3")
    assert not {"t", "kWh", "GJ"} & set(ids)


def test_every_unit_has_a_clause(units: Units) -> None:
    assert [unit.id for dimension in units.dimensions for unit in units.accepted(dimension) if not unit.clause] == []


def test_get_says_what_is_unknown(units: Units) -> None:
    with pytest.raises(WrongUsage) as caught:
        units.get("担")
    assert (caught.value.key, caught.value.arguments) == ("units.unknown", {"text": "担"})


def test_unknown_dimension(units: Units) -> None:
    with pytest.raises(WrongUsage, match=r"units\.unknown_dimension"):
        units.base("beauty")


def test_a_name_of_two_units_does_not_load() -> None:
    one = Unit("t", "mass", Fraction(1), ("t", "吨"))
    two = Unit("lt", "mass", Fraction(2), ("lt", "吨"))
    with pytest.raises(WrongUsage, match=r"units\.duplicate_name"):
        Units({"mass": "t"}, [one, two], {})


def test_names_that_differ_only_in_case_do_not_load_unless_exact() -> None:
    mega = Unit("Mt", "mass", Fraction(10**6), ("Mt",))
    milli = Unit("mt", "mass", Fraction(1, 1000), ("mt",))
    tonne = Unit("t", "mass", Fraction(1), ("t",))
    with pytest.raises(WrongUsage, match=r"units\.duplicate_name"):
        Units({"mass": "t"}, [tonne, mega, milli], {})
    exact = [Unit(unit.id, "mass", unit.to_base, unit.names, exact_case=True) for unit in (mega, milli)]
    table = Units({"mass": "t"}, [tonne, *exact], {})
    assert [table.get(text).to_base for text in ("Mt", "mt")] == [10**6, Fraction(1, 1000)]


def test_a_base_that_is_not_one_does_not_load() -> None:
    with pytest.raises(WrongUsage, match=r"units\.no_base"):
        Units({"mass": "kg"}, [Unit("kg", "mass", Fraction(1, 1000), ("kg",))], {})

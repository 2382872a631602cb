"""Conversions and ratios against hand arithmetic, and the confusions that cost a factor of ten or ten thousand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verify.errors import WrongUsage
from verify.units import Ratio, Unit, Units

F = Fraction


@pytest.fixture(scope="module")
def units() -> Units:
    return Units.standard()


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "expected"),
    [
        ("1", "MWh", "heat", F("3.6")),  # 1 kWh = 3.6 MJ
        ("3.6", "GJ", "electricity", F(1)),
        ("1", "万kWh", "heat", F(36)),
        ("12", "万m3", "gas_volume", F(120)),  # 120 000 m3 = 120 x 10^3 Nm3
        ("5", "m3", "water", F(5)),
        ("5", "万吨", "water", F(50000)),
        ("2.5", "万吨", "co2", F(25000)),  # the annex states emissions in 万吨
        ("1", "tCO2", "co2e", F(1)),
        ("1", "亩", "area", F(2000, 3)),  # 15 亩 = 1 ha
        ("7000", "kcal", "heat", F("0.0293076")),  # 1 kgce = 29 307.6 kJ
    ],
)
def test_convert(units: Units, value: str, unit: str, dimension: str, expected: Fraction) -> None:
    assert units.convert(F(value), units.get(unit), dimension) == expected


@pytest.mark.parametrize(
    ("unit", "dimension"),
    [
        ("L", "mass"),  # litres of oil need a density
        ("m3", "mass"),
        ("Nm3", "mass"),  # so does hydrogen
        ("Nm3", "water"),
        ("t", "heat"),  # steam needs an enthalpy
        ("t", "electricity"),
        ("t", "coal_equivalent"),  # a tonne of coal is no tce
        ("tce", "mass"),
        ("tce", "heat"),  # 29.307 GJ/tce is a value of the ruler, not a unit
        ("kWh", "coal_equivalent"),
        ("tCO2e", "co2"),  # other gases would pass for CO2
        ("tC", "co2"),  # 44/12 is a value of the ruler
        ("t", "co2e"),
        ("t", "carbon"),
        ("%", "count"),
        ("MW", "electricity"),
        ("℃", "heat"),
    ],
)
def test_not_convertible(units: Units, unit: str, dimension: str) -> None:
    assert units.convert(F(1), units.get(unit), dimension) is None


# Ten traps: what was meant, what it is taken for, and by how much the second is wrong.
TRAPS = [
    ("万kWh", "kWh", 10**4),
    ("万kWh", "MWh", 10),
    ("亿kWh", "万kWh", 10**4),
    ("tce", "kgce", 1000),
    ("万tce", "tce", 10**4),
    ("万Nm3", "Nm3", 10**4),
    ("万Nm3", "千立方米", 10),
    ("万吨CO2", "tCO2", 10**4),
    ("TJ", "GJ", 1000),
    ("百万千焦", "MJ", 1000),
    ("万大卡", "kcal", 10**4),
    ("亿元", "万元", 10**4),
]


@pytest.mark.parametrize(("meant", "taken", "times"), TRAPS)
def test_traps_stay_apart(units: Units, meant: str, taken: str, times: int) -> None:
    first, second = units.get(meant), units.get(taken)
    assert units.convert(F(1), first, first.dimension) == times * F(units.convert(F(1), second, first.dimension) or 0)


def test_ratio_of_the_fuel_tables(units: Units) -> None:
    ratio = units.ratio("GJ/10^4Nm3")
    assert (ratio.id, ratio.numerator.id, ratio.denominator.id) == ("GJ/10^4Nm3", "GJ", "10^4Nm3")
    assert 389.31 * float(ratio.to_base) == pytest.approx(38.931)  # GJ per 10^3 Nm3


@pytest.mark.parametrize(
    ("text", "above", "below", "to_base"),
    [
        ("kgCO2/kWh", None, None, F(1)),  # kg/kWh and t/MWh are one number
        ("gCO2/kWh", None, None, F(1, 1000)),
        ("tce/10^4kWh", None, None, F(1, 10)),
        ("kgce/kWh", None, None, F(1)),
        ("kgce/kg", None, None, F(1)),
        ("kgce/MJ", None, None, F(1)),
        ("kgce/m3", None, "gas_volume", F(1)),  # tce per 10^3 Nm3
        ("tCO2/t", None, None, F(1)),
        ("t/t", "carbon", None, None),
        ("kgCO2/TJ", None, None, F(1, 10**6)),
        ("kJ/kg", None, None, F(1, 1000)),
        ("吨CO2/万元", None, None, F(1)),
        ("kgf/cm2/h", None, None, F("0.0980665")),
        ("tC / GJ", None, None, F(1)),
    ],
)
def test_ratio(units: Units, text: str, above: str | None, below: str | None, to_base: Fraction | None) -> None:
    if to_base is None:
        with pytest.raises(WrongUsage, match=r"units\.not_convertible"):
            units.ratio(text, above, below)
    else:
        assert units.ratio(text, above, below).to_base == to_base


def test_ratio_says_what_is_wrong(units: Units) -> None:
    with pytest.raises(WrongUsage, match=r"units\.not_a_ratio"):
        units.ratio("GJ")
    with pytest.raises(WrongUsage, match=r"units\.unknown"):
        units.ratio("GJ/桶")


def test_measure_is_either(units: Units) -> None:
    assert isinstance(units.measure("1"), Unit)
    assert isinstance(units.measure("kgf/cm2"), Unit)
    assert isinstance(units.measure("GJ/t"), Ratio)
    with pytest.raises(WrongUsage, match=r"units\.unknown"):
        units.measure("桶")

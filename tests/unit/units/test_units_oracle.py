"""Our factors against pint, wherever pint has the unit. pint is the oracle here and nowhere else (it knows no tce, 万, Nm3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pint
import pytest

from verify.units import Units

# our id: what pint calls it, and what pint calls our base unit
PAIRS = {
    "t": ("tonne", "tonne"), "kg": ("kilogram", "tonne"), "g": ("gram", "tonne"), "Mg": ("megagram", "tonne"),
    "Gg": ("gigagram", "tonne"), "kt": ("kilotonne", "tonne"), "Mt": ("megatonne", "tonne"), "lb": ("pound", "tonne"),
    "short_ton": ("short_ton", "tonne"), "long_ton": ("long_ton", "tonne"), "10^4t": ("1e4 tonne", "tonne"),
    "kWh": ("kilowatt_hour", "megawatt_hour"), "MWh": ("megawatt_hour", "megawatt_hour"), "GWh": ("gigawatt_hour", "megawatt_hour"),
    "TWh": ("terawatt_hour", "megawatt_hour"), "10^4kWh": ("1e4 kilowatt_hour", "megawatt_hour"),
    "10^8kWh": ("1e8 kilowatt_hour", "megawatt_hour"), "10^6kWh": ("1e6 kilowatt_hour", "megawatt_hour"),
    "J": ("joule", "gigajoule"), "kJ": ("kilojoule", "gigajoule"), "MJ": ("megajoule", "gigajoule"), "GJ": ("gigajoule", "gigajoule"),
    "TJ": ("terajoule", "gigajoule"), "PJ": ("petajoule", "gigajoule"), "cal": ("international_calorie", "gigajoule"),
    "kcal": ("1000 international_calorie", "gigajoule"), "Mcal": ("1e6 international_calorie", "gigajoule"),
    "Gcal": ("1e9 international_calorie", "gigajoule"), "10^4kcal": ("1e7 international_calorie", "gigajoule"),
    "MMBtu": ("1e6 Btu_it", "gigajoule"), "m3": ("meter ** 3", "meter ** 3"), "L": ("liter", "meter ** 3"), "kL": ("kiloliter", "meter ** 3"),
    "mL": ("milliliter", "meter ** 3"), "10^4m3": ("1e4 meter ** 3", "meter ** 3"), "m2": ("meter ** 2", "meter ** 2"),
    "km2": ("kilometer ** 2", "meter ** 2"), "ha": ("hectare", "meter ** 2"), "W": ("watt", "megawatt"), "kW": ("kilowatt", "megawatt"),
    "MW": ("megawatt", "megawatt"), "GW": ("gigawatt", "megawatt"), "10^4kW": ("1e4 kilowatt", "megawatt"), "Pa": ("pascal", "megapascal"),
    "kPa": ("kilopascal", "megapascal"), "MPa": ("megapascal", "megapascal"), "bar": ("bar", "megapascal"),
    "atm": ("standard_atmosphere", "megapascal"), "kgf/cm2": ("kilogram_force / centimeter ** 2", "megapascal"), "s": ("second", "hour"),
    "min": ("minute", "hour"), "h": ("hour", "hour"), "d": ("day", "hour"), "%": ("percent", "dimensionless"),
    "‰": ("permille", "dimensionless"), "1": ("dimensionless", "dimensionless"),
}  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Any:
    return pint.UnitRegistry(non_int_type=Fraction)


@pytest.mark.parametrize("id_", PAIRS)
def test_factor_is_pints(registry: Any, id_: str) -> None:
    theirs, base = PAIRS[id_]
    expected = registry.Quantity(theirs).to(base).magnitude
    assert Units.standard().get(id_).to_base == pytest.approx(expected, rel=1e-14)


def test_power_and_heat_are_pints(registry: Any) -> None:
    units = Units.standard()
    expected = registry.Quantity("megawatt_hour").to("gigajoule").magnitude
    assert units.convert(Fraction(1), units.get("MWh"), "heat") == expected == Fraction(18, 5)

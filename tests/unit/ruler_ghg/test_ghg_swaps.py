"""TZ-FAC under the corporate ruler: averages are due, so that year and place alone can be wrong; CH4 and N2O by weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from ghg_world import activity, emission, world

from verify.checks.registry import registered
from verify.checks.run import _run


def raised(tables: dict[str, list[Any]], **park: Any) -> dict[str, list[tuple[str, Decimal]]]:
    """What every number was, and what it moves, by code."""
    with world(tables, **park) as here:
        named = {}
        for code in (f"TZ-FAC-0{number}" for number in range(1, 7)):
            entry = here.ruler.text.checks[code]
            run, found = _run(here, registered()[code], entry.severity, entry.params)
            assert not run.crash, run.crash
            named[code] = [(one.arguments["is_value"], one.effect) for one in found]
        return {code: list_ for code, list_ in named.items() if list_}  # type: ignore[misc]


def grid(factor: str, year: str = "2023") -> Any:
    return activity("electricity", "purchased", "1000", "MWh", supply="grid", factor=factor, period=year)


@pytest.mark.parametrize(
    ("filed", "year", "is_value", "effect"),
    [
        ("0.5568", "2022", "electricity_national.average@2021", "-20.2"),  # 1000 × (0.5366 − 0.5568)
        ("0.5366", "2021", "electricity_national.average@2022", "20.2"),
    ],
)
def test_two_years_swapped(filed: str, year: str, is_value: str, effect: str) -> None:
    assert raised({"activity": [grid(filed, year)]}, reporting_year=year) == {
        "TZ-FAC-01": [(is_value, Decimal(effect))]
    }


@pytest.mark.parametrize(
    ("filed", "code", "is_value", "effect"),
    [
        ("0.1333", "TZ-FAC-02", "electricity_provincial.yunnan@2023", "546.3"),  # 1000 × (0.6796 − 0.1333)
        ("0.5306", "TZ-FAC-02", "electricity_national.average@2023", "149"),  # the country where the province is due
        ("0.7041", "TZ-FAC-01", "electricity_provincial.tianjin@2022", "-24.5"),
        ("0.6205", "TZ-FAC-03", "electricity_national.life_cycle_footprint@2023", "59.1"),
        ("0.8273", "TZ-FAC-02", "electricity_national.fossil@2023", "-147.7"),
        ("679.6", "TZ-FAC-04", "electricity_provincial.tianjin@2023", "-678920.4"),
    ],
)
def test_a_park_of_tianjin(filed: str, code: str, is_value: str, effect: str) -> None:
    assert raised({"activity": [grid(filed)]}, province="天津") == {code: [(is_value, Decimal(effect))]}


def test_the_number_of_the_province_and_year_is_right() -> None:
    assert raised({"activity": [grid("0.6796")]}, province="天津") == {}


def test_methane_of_a_boiler_in_kilogrammes() -> None:
    """The vector of factors.md 5.3: 10^6 m³ give 0.178055 t CH4 and 0.0035611 t N2O; filed thousandfold, −999 of each."""
    burned = activity("natural_gas", "final_use", "100", "10^4Nm3", source_id="")
    wrong = [emission("CH4_fossil", "178.055", category="combustion"), emission("N2O", "3.5611", category="combustion")]
    named = raised({"activity": [burned], "emissions": wrong})
    # 178.055 × 29.8 × 999/1000 and 3.5611 × 273 × 999/1000
    ch4, n2o = Decimal("-5300.732961"), Decimal("-971.208120")
    assert {code: sorted(list_) for code, list_ in named.items()} == {
        "TZ-FAC-04": sorted([("beside_its_co2", ch4), ("beside_its_co2", n2o)])
    }
    right = [
        emission("CH4_fossil", "0.178055", category="combustion"),
        emission("N2O", "0.003561", category="combustion"),
    ]
    assert raised({"activity": [burned], "emissions": right}) == {}
    assert raised({"activity": [burned], "emissions": [emission("CH4_fossil", "178.055", category="fugitive")]}) == {}

"""Quantities to base units, and heat by the tonne.

Steam enthalpies are the check values that IAPWS prints in the release on IAPWS-IF97 (tables 5 and 15), and the worked rows
redo GJ = t x (h - 83.74) / 1000 by hand.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import seuif97  # type: ignore[import-untyped]

from verify.submission.coerce import Fault
from verify.submission.coerce.decimals import Kept
from verify.submission.coerce.quantities import Measure, measure, quantity
from verify.submission.coerce.steam import State, SteamValues, heat, phase_of
from verify.submission.contract import contracts

from .conftest import Door
from .handing import changed, found

VALUES = SteamValues(Decimal("83.74"))
QUANTITY = contracts()["activity"].columns["quantity"]


@pytest.mark.parametrize(
    ("text", "unit", "dimension", "expected"),
    [
        ("500", "t", "mass", "500"),
        ("500", "kg", "mass", "0.5"),
        ("1.2", "万吨", "mass", "12000"),
        ("380", "GWh", "electricity", "380000"),
        ("38", "万kWh", "electricity", "380"),
        ("1000", "10^4Nm3", "gas_volume", "10000"),
        ("1000", "万立方米", "gas_volume", "10000"),
        ("1000", "kWh", "heat", "3.6"),
        ("60000", "GJ", "heat", "60000"),
        ("1", "百万千焦", "heat", "1"),
        ("5", "吨", "water", "5"),
    ],
)
def test_units_reach_the_base_unit_exactly(text: str, unit: str, dimension: str, expected: str) -> None:
    assert quantity(QUANTITY, (dimension,), text, unit) == Kept(Decimal(expected))


def test_a_conversion_without_end_is_rounded_and_not_blamed_on_the_park() -> None:
    assert quantity(QUANTITY, ("electricity",), "1", "GJ") == Kept(Decimal("0.277778"))  # 1/3.6


def test_finer_than_kept_is_said() -> None:
    assert quantity(QUANTITY, ("electricity",), "1234.5678", "kWh") == Kept(Decimal("1.234568"), rounded=True)


def test_units_that_need_a_density_do_not_convert() -> None:
    found_ = measure("升", ("mass",))
    assert isinstance(found_, Fault)
    assert (found_.code, dict(found_.arguments)) == ("TZ-SUB-11", {"expected": "t"})
    unknown = measure("车", ("mass",))
    assert isinstance(unknown, Fault)
    assert unknown.code == "TZ-SUB-10"


def test_ratios_only_where_any_unit_goes() -> None:
    assert measure("tCO2/tce", ("any",)) == Measure("tCO2/tce", Fraction(1))
    assert measure("kgCO2/kWh", ("any",)) == Measure("tCO2/MWh", Fraction(1))
    assert isinstance(measure("tCO2/tce", ("mass",)), Fault)


CHECKED = [  # p MPa, T K, h kJ/kg: IAPWS R7-97 tables 5 (region 1), 15 (region 2)
    (3, 300, "0.115331273e3"),
    (80, 300, "0.184142828e3"),
    (3, 500, "0.975542239e3"),
    (0.0035, 300, "0.254991145e4"),
    (0.0035, 700, "0.333568375e4"),
    (30, 700, "0.263149474e4"),
]


@pytest.mark.parametrize(("pressure", "kelvin", "enthalpy"), CHECKED)
def test_the_library_gives_the_published_check_values(pressure: float, kelvin: float, enthalpy: str) -> None:
    assert seuif97.pt(pressure, kelvin - 273.15, 4) == pytest.approx(float(enthalpy), rel=1e-8)


def state(
    pressure: str | None, temperature: str | None, *, tonnes: str | None = None, at: str | None = None, phase: str = ""
) -> State:
    given = [None if one is None else Decimal(one) for one in (pressure, temperature, tonnes, at)]
    return State(*given, phase)


def test_steam_by_hand() -> None:
    """1000 t at 3 MPa and 226.85 ℃ (500 K): h = 975.54; (975.54 - 83.74) x 1000 / 1000 = 891.80 GJ."""
    assert heat(Decimal(1000), state("3", "226.85"), VALUES) == Decimal("891.80")


def test_condensate_is_deducted() -> None:
    """Less 400 t at 95 ℃: h' = 398.02; 400 x (398.02 - 83.74) / 1000 = 125.712 GJ; 891.80 - 125.712 = 766.088."""
    assert heat(Decimal(1000), state("3", "226.85", tonnes="400", at="95"), VALUES) == Decimal("766.088")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (state(None, "250"), "no_state"),
        (state("1.0", None), "no_state"),
        (state("3", "226.85", tonnes="400"), "no_condensate_temperature"),
        (state("3", "226.85", tonnes="1400", at="95"), "more_condensate"),
        (state("1.0", "180"), "near_saturation"),
        (state("1.0", "100", phase="steam"), "phase"),
        (state("1.0", "250", phase="water"), "phase"),
        (state("200", "250"), "outside_tables"),
        (state("1.0", "3000"), "outside_tables"),
    ],
)
def test_a_state_that_does_not_hold_is_refused(given: State, reason: str) -> None:
    result = heat(Decimal(1000), given, VALUES)
    assert isinstance(result, Fault)
    assert (result.code, result.reason) == ("TZ-SUB-27", reason)


def test_near_saturation_the_word_decides() -> None:
    """At 1.0 MPa (179.89 ℃) h'' = 2777.12 and h' = 762.68 kJ/kg."""
    assert (
        heat(Decimal(1), state("1.0", "180", phase="steam"), VALUES) == (Decimal("2777.12") - Decimal("83.74")) / 1000
    )
    assert (
        heat(Decimal(1), state("1.0", "179.5", phase="water"), VALUES) == (Decimal("762.68") - Decimal("83.74")) / 1000
    )


def test_which_words_say_steam_or_water() -> None:
    assert [phase_of(word) for word in ("饱和蒸汽", "steam", "热水", "热力", "heat")] == [
        "steam",
        "steam",
        "water",
        "",
        "",
    ]


def test_without_a_reference_value_nothing_is_converted() -> None:
    result = heat(Decimal(1), state("3", "226.85"), None)
    assert isinstance(result, Fault)
    assert result.reason == "no_reference"


def test_the_row_by_the_tonne_ends_in_gigajoules(door: Door, engine) -> None:  # type: ignore[no-untyped-def]
    row = {
        "carrier": "热水",
        "supply": "fossil_heat",
        "quantity": "1,000",
        "unit": "吨",
        "pressure": "3",
        "temperature": "226.85",
    }
    submission = door(changed("activity", 2, **row))
    assert submission.finding_counts == {}
    (kept,) = engine.rows(submission.tables["activity"].filter(lambda t: t.carrier == "heat"))
    assert (kept["quantity"], kept["unit"]) == (Decimal("891.800000"), "GJ")


def test_the_row_by_the_tonne_without_its_state_is_left_out(door: Door) -> None:
    row = {"carrier": "蒸汽", "supply": "fossil_heat", "quantity": "1000", "unit": "t"}
    assert found(door(changed("activity", 2, **row))) == {("TZ-SUB-27", "activity", "quantity", 4)}
    with_state = {**row, "pressure": "3", "temperature": "226.85"}
    submission = door(changed("activity", 2, **with_state), values=None)
    assert submission.findings[0].arguments["reason"] == "no_reference"


def test_condensate_needs_its_temperature(door: Door) -> None:
    row = {
        "carrier": "热水",
        "supply": "fossil_heat",
        "quantity": "1000",
        "unit": "t",
        "pressure": "3",
        "temperature": "226.85",
        "condensate_returned": "400",
    }
    submission = door(changed("activity", 2, **row))
    assert {one.code for one in submission.findings} == {"TZ-SUB-24", "TZ-SUB-27"}

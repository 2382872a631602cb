"""The example reports stand on the printed numbers of the domain pack (park_examples.yaml, PX-1 and PX-2)."""

from __future__ import annotations

import pytest

from tests.unit.report.example import VARIANTS, px1, px2
from tests.unit.report.example.common import KEROSENE
from tests.unit.report.example.pieces import number
from tests.unit.report.example.px2.amounts import EL, FUEL
from verify.canonical import decimal_text


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (px2.E, "275801.269260"),
        (px2.T, "321492.460043"),
        (px2.E / px2.T, "0.857877877518"),
        (sum(FUEL.values()), "270546.123760"),
        (sum(EL.values()), "-8325.000000"),
        (px2.E - 300 * KEROSENE, "274891.252"),
        (px1.E, "38094.842909"),
        (px1.energy(), "229146.550000"),
        (px1.E / px1.energy(), "0.166246635215"),
    ],
)
def test_numbers_are_those_of_the_pack(value: object, printed: str) -> None:
    assert decimal_text(value, len(printed.partition(".")[2])) == printed


@pytest.mark.parametrize("name", VARIANTS)
def test_the_level_closes(name: str) -> None:
    level = VARIANTS[name]()["facts"]["level"]
    steps = sum(number(step["tco2"]) for step in level["steps"])
    assert number(level["strict"]) + steps == number(level["claimed"])

"""Issue 4 of 8, must show 5: every factor trap by its code, naming the number that it is, with tonnes worked out from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from fixtures.simulator import Park, simulate, write_csv
from fixtures.simulator.edits import change, found
from fixtures.simulator.frozen import MET
from fixtures.simulator.pairs.factors import with_lignite
from fixtures.simulator.pairs.gases import PUBLISHED, corporate
from tests.acceptance.entries import acceptance
from verify import road

MONTHLY = replace(MET, park_id="traps")
YEARS = replace(PUBLISHED, park_id="traps-years", monthly=True)
GRID = {"source_id": "grid_rest"}
GAS = {"source_id": "gas_boiler", "flow": "final_use"}
SLACK = Fraction(1, 10**4)  # t; the effect is rounded to the gramme per finding
CARBON = Fraction(44, 12)


@dataclass(frozen=True)
class Trap:
    """One trap: the park that has it, the year and the findings that it must raise: code, number that it is, tonnes."""

    name: str
    park: Park
    year: str
    code: str
    is_value: str
    tonnes: Fraction
    unit: str = "tCO2"


def _quantity(park: Park, year: str, where: dict[str, str]) -> Fraction:
    rows = found(park, "activity", {"period~": year, **where})
    return sum((Fraction(row["quantity"]) for row in rows), Fraction(0))


def _filed(park: Park, year: str, where: dict[str, str], column: str, number: str) -> Park:
    return change(park, "activity", {"period~": year, **where}, {column: number})[0]


def traps() -> Iterator[Trap]:
    """All of must show 5. The national ruler takes 0.8325 for the power of the grid; the corporate one the national average."""
    park = simulate(21, MONTHLY)
    grid, gas = _quantity(park, "2027", GRID), _quantity(park, "2027", GAS)
    for name, number, code, value in (
        ("2021 for the newest year", "0.5568", "TZ-FAC-01", "electricity_national.average@2021"),
        ("2022 for the newest year", "0.5366", "TZ-FAC-01", "electricity_national.average@2022"),
        ("the footprint factor", "0.6205", "TZ-FAC-03", "electricity_national.life_cycle_footprint@2023"),
        ("g for kg", "832.5", "TZ-FAC-04", "annex4.el.grid_other"),
    ):
        twin = _filed(park, "2027", GRID, "factor", number)
        yield Trap(name, twin, "2027", code, value, grid * (Fraction("0.8325") - Fraction(number)))
    tianjin = park.twin()
    tianjin.meta |= {"province": "天津市", "grid_zone": "华北"}
    yield Trap(
        "Yunnan in Tianjin", _filed(tianjin, "2027", GRID, "factor", "0.1333"), "2027", "TZ-FAC-02",
        "electricity_provincial.yunnan@2023", grid * (Fraction("0.8325") - Fraction("0.1333")),
    )  # fmt: skip
    hidden = gas * (Fraction("389.31") - Fraction("38.931")) * Fraction("0.0153") * Fraction("0.99") * CARBON
    yield Trap(
        "gas ten times too low", _filed(park, "2027", GAS, "ncv", "38.931"), "2027", "TZ-FAC-05",
        "gbt32151_34_2024.natural_gas.ncv", hidden,
    )  # fmt: skip
    yield from _swapped_years()
    tce = Fraction(3000) * (Fraction("11.9") - Fraction("20.934")) / Fraction("29.307")
    lignite = with_lignite("20.934", "", "gas_bill")
    yield Trap("lignite as raw coal", lignite, "2027", "TZ-FAC-06", "standard_coal.raw_coal#heat", tce, "tce")


def _swapped_years() -> Iterator[Trap]:
    """0.5366 and 0.5568 swapped where the average of the year is due: q × (that of the year − the other)."""
    park = corporate(simulate(22, YEARS))
    park.meta["province"] = ""
    for year, own, other, value in (
        ("2021", "0.5568", "0.5366", "electricity_national.average@2022"),
        ("2022", "0.5366", "0.5568", "electricity_national.average@2021"),
    ):
        twin = _filed(park, year, GRID, "factor", other)
        moved = _quantity(park, year, GRID) * (Fraction(own) - Fraction(other))
        yield Trap(f"swapped, {year}", twin, year, "TZ-FAC-01", value, moved, "tCO2e")


@acceptance("3.5", "the factor traps, each by its code, the number that it is, and its tonnes")
def factor_traps() -> dict[str, object]:
    """Every trap over the whole road; the tonnes are those of the rows, by fractions."""
    shown: dict[str, object] = {}
    for trap in traps():
        with TemporaryDirectory() as folder:
            write_csv(trap.park, Path(folder) / "park")
            report = road.check(Path(folder) / "park")
        assert not report.crashes, trap.name
        mine = [
            one
            for one in report.facts["findings"]
            if one["code"] == trap.code and one["period"].startswith(trap.year) and one["effect"]["unit"] == trap.unit
        ]
        named = {one["arguments"]["is_value"] for one in mine}
        assert named == {trap.is_value}, (trap.name, named)
        tonnes = sum((Fraction(one["effect"]["value"]) for one in mine), Fraction(0))
        assert abs(tonnes - trap.tonnes) <= SLACK, (trap.name, float(tonnes), float(trap.tonnes))
        others = {one["code"] for one in report.facts["findings"] if one["code"].startswith("TZ-FAC-")} - {trap.code}
        assert not others, (trap.name, others)
        shown[trap.name] = {
            "code": trap.code,
            "is": trap.is_value,
            "moves": f"{float(tonnes):.3f} {trap.unit}",
            "rows": sum(int(one["rows"]) for one in mine),
        }
    return shown

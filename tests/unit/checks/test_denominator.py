"""TZ-IND-03 to 05 on small worlds, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, C, Row, flow, handed, power
from tests.unit.checks.test_relocation import BASE, CLAIM, EF, furnace, made
from tests.unit.checks.world import found as run
from verify.checks.rows import NotApplicable

GAS = Decimal("1.33")  # tce per 10^3 Nm3
MWH = Decimal("0.3")  # tce


def factory(gas: tuple[str, str] = ("1000", "1000"), goods: tuple[str, str] = ("50", "50"), of: str = A) -> list[Row]:
    """A factory that burns bought gas in both years."""
    rows = []
    for year, volume, output in zip((BASE, CLAIM), gas, goods, strict=True):
        rows += [
            flow(of, "natural_gas", "purchased", volume, "10^3Nm3", period=year),
            furnace(year, volume, of),
            made(year, "castings", output, of=of),
        ]
    return rows


def centre(mwh: str, supply: str = "certificate", of: str = B, year: str = CLAIM, **more: Any) -> list[Row]:
    """A consumer of power that it buys itself."""
    used = power(of, "final_use", mwh, period=year, activity_type="终端消费", **more)
    return [power(of, "purchased", mwh, supply, period=year, **more), used]


def park(*rows: Row, **more: list[Row]) -> Any:
    """The world of rows of both tables."""
    tables = {"activity": [r for r in rows if "carrier" in r], "production": [r for r in rows if "product" in r]}
    return handed({name: some for name, some in (tables | more).items() if some})


def test_a_data_centre_on_certificates() -> None:
    """1330 tce of gas; 1000 MWh at zero come to it: the value without them is that of the gas alone."""
    seen = run("TZ-IND-03", park(*factory(), *centre("1000")))
    assert {(one.subject, one.effect or 0) for one in seen} == {(B, 0)}
    arguments = seen[0].arguments
    assert Decimal(arguments["added"]) == 300
    assert Decimal(arguments["without"]) == pytest.approx(EF / GAS, rel=Decimal("1e-9"))
    assert Decimal(arguments["value"]) == pytest.approx(1000 * EF / 1630, rel=Decimal("1e-9"))


def test_what_the_park_buys_for_it() -> None:
    """The grid company of the park receives 1000 MWh more at zero; B uses 1000 MWh and buys nothing itself."""
    rows = [power(C, "purchased", mwh, "certificate", period=year) for year, mwh in ((BASE, "500"), (CLAIM, "1500"))]
    rows += [power(C, "final_use", "500", period=year, activity_type="终端消费") for year in (BASE, CLAIM)]
    used = power(B, "final_use", "1000", period=CLAIM, activity_type="终端消费")
    assert {one.subject for one in run("TZ-IND-03", park(*factory(), *rows, used))} == {B}


@pytest.mark.parametrize(
    "rows",
    [
        [*factory(), *centre("1000"), made(CLAIM, "chips", "7", of=B)],  # a new factory with its products
        [*factory(), *centre("1000", "grid")],  # counts whole, more than the rest
        [*factory(), *centre("40")],  # 12 of 1342 tce
        [*factory(("1000", "1500"), ("50", "75"))],  # growth
        [*factory(("1000", "1500"))],  # more energy that emits as much
        [*factory(), *centre("1000", year=BASE, source_id="old"), *centre("1000", source_id="new")],  # another id
    ],
)
def test_energy_that_does_not_thin_out(rows: list[Row]) -> None:
    assert run("TZ-IND-03", park(*rows)) == []


def test_a_consumer_that_grows_without_its_products() -> None:
    goods = [made(year, "hydrogen", "10", of=B) for year in (BASE, CLAIM)]
    seen = run("TZ-IND-03", park(*factory(), *goods, *centre("100", year=BASE), *centre("1100")))
    assert Decimal(seen[0].arguments["added"]) == 300


def claim(text: str, **more: Any) -> list[Row]:
    """A claim of a reduction since the base year."""
    return [{"claim_id": "C1", "kind": "reduction", "text": text, "year": CLAIM, "base_year": BASE, **more}]


GROWN = [*factory(("1000", "1200")), *centre("100", year=BASE), *centre("3000")]
INTENSITY = {"item": "indicator.unit_energy_co2", "value": Decimal("0.5"), "unit": "tCO2/tce"}


@pytest.mark.parametrize(("text", "more"), [("园区减碳", {}), ("减碳 8%", INTENSITY), ("we cut carbon by 8 %", {})])
def test_a_fall_per_unit_told_as_a_fall(text: str, more: Any) -> None:
    seen = run("TZ-IND-04", park(*GROWN, claims=claim(text, **more)))
    assert [one.arguments["rise"] for one in seen] == ["0.2"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("单位能耗碳排放下降", INTENSITY),
        ("碳排放强度下降 8%", {}),
        ("carbon intensity fell by 8 %", {}),
        ("用水减少 8%", {}),  # of something else
        ("减碳 8 吨", {"item": "total.tco2", "value": Decimal(8), "unit": "tCO2"}),  # its figure is wrong: TZ-CLM-03
        ("减碳", {"kind": "label"}),
    ],
)
def test_what_is_told_as_it_is(text: str, more: Any) -> None:
    world = park(*GROWN, claims=[*claim(text, **more), *claim("强度", claim_id="C2")])
    assert run("TZ-IND-04", world) == []


def test_a_total_that_fell_may_be_called_a_fall() -> None:
    assert run("TZ-IND-04", park(*factory(("1200", "1000")), claims=claim("园区减碳"))) == []


def heat(kind: str, source: str = "s", carrier: str = "heat", **more: Any) -> Row:
    """One row of heat."""
    return flow(A, carrier, kind, "1000", "GJ", source_id=source, **more)


def source(kind: str) -> list[Row]:
    """One plant."""
    return [{"enterprise_id": A, "source_id": "s", "kind": kind}]


def test_recovered_heat_is_no_primary_production() -> None:
    rows = [*factory(), heat("primary_production"), heat("final_use", "u")]
    seen = run("TZ-IND-05", park(*rows, sources=source("waste_heat_unit")))
    assert [(one.subject, one.effect, one.effect_unit) for one in seen] == [(A, Decimal("-34.12"), "tce")]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([heat("recovered"), heat("final_use", "u")], "waste_heat_unit"),
        ([heat("primary_production", supply="nonfossil_heat")], "boiler"),  # of the sun or the ground
        ([heat("primary_production")], "generator"),
        ([power(A, "primary_production", "10", "self_nonfossil", source_id="s")], "storage"),  # panels with a battery
    ],
)
def test_energy_that_counts_once(rows: list[Row], kind: str) -> None:
    def look() -> list[Any]:
        return run("TZ-IND-05", park(*factory(), *rows, sources=source(kind)))

    if any(row["flow"] == "primary_production" for row in rows):
        assert look() == []
    else:
        with pytest.raises(NotApplicable):
            look()


def test_the_discharge_of_a_battery() -> None:
    rows = [power(A, kind, "10", source_id="s") for kind in ("charged", "primary_production")]
    seen = run("TZ-IND-05", park(*factory(), *rows))
    assert [one.effect for one in seen] == [Decimal(-3)]

"""Two further parks, worked by hand here: coking with its carbon balance, steel and methanol with coverage and mass balance.

The arithmetic stands beside each expected value, in rationals; nothing of it calls the code under test.
"""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817  short where arithmetic is written out
from pathlib import Path
from typing import Any

from tests.golden.parks_by_hand import agrees, figures
from verify.ledger import Figures, defaults

C = F(44, 12)  # tCO2 per tC
COKING, STEEL, CHEM, GRID = "91320000MA1000001C", "91320000MA1000002F", "91320000MA1000003J", "91320000MA2000001J"


def row(enterprise: str, source: str, carrier: str, flow: str, quantity: str, unit: str, **more: str) -> dict[str, str]:
    across = {"counterparty": "outside"} if flow in {"purchased", "sold"} else {}
    return {
        "period": "2027",
        "enterprise_id": enterprise,
        "source_id": source,
        "carrier": carrier,
        "flow": flow,
        "quantity": quantity,
        "unit": unit,
        "basis": "meter",
        **across,
        **more,
    }


# ---- H-1: a coking plant with dry quenching -----------------------------------------------------------------------------
COAL = {"ncv": "26.3", "carbon_content": "0.0254"}
COKE = {"ncv": "28.4", "carbon_content": "0.0294"}
GAS = {"ncv": "179.8", "carbon_content": "0.0136"}
TAR = {"ncv": "33.4", "carbon_content": "0.022"}
H1: dict[str, Any] = {
    "title": "H-1",
    "park": {"id": "H-1"},
    "enterprises": [{"enterprise_id": COKING, "name": "焦化厂", "industry_code": "2521"}],
    "activity": [
        row(COKING, "oven", "cleaned_coal", "purchased", "100000", "t", **COAL),
        row(COKING, "oven", "cleaned_coal", "transformation_in", "100000", "t", activity_type="炼焦", **COAL),
        row(COKING, "oven", "coke", "transformation_out", "68000", "t", activity_type="炼焦", **COKE),
        row(COKING, "oven", "coke", "sold", "68000", "t", **COKE),
        row(COKING, "oven", "tar", "transformation_out", "2000", "t", activity_type="炼焦", **TAR),
        row(COKING, "oven", "tar", "sold", "2000", "t", **TAR),
        row(COKING, "oven", "coke_oven_gas", "transformation_out", "3000", "10^4Nm3", activity_type="炼焦", **GAS),
        row(COKING, "oven", "coke_oven_gas", "final_use", "1400", "10^4Nm3", activity_type="炼焦", **GAS),
        row(COKING, "boiler", "coke_oven_gas", "final_use", "1000", "10^4Nm3", activity_type="终端消费", **GAS),
        row(COKING, "oven", "coke_oven_gas", "sold", "600", "10^4Nm3", **GAS),
        row(COKING, "cdq", "waste_heat", "recovered", "200000", "GJ", activity_type="回收能"),
        row(COKING, "cdq", "waste_heat", "transformation_in", "200000", "GJ", activity_type="余热发电"),
        row(
            COKING,
            "cdq",
            "electricity",
            "transformation_out",
            "15",
            "GWh",
            activity_type="余热发电",
            supply="self_waste_heat",
        ),
        row(COKING, "cdq", "electricity", "sold", "5", "GWh", supply="self_waste_heat"),
        row(COKING, "gate", "electricity", "purchased", "20", "GWh", supply="grid"),
        row(COKING, "plant", "electricity", "final_use", "28", "GWh", activity_type="终端消费"),
        row(COKING, "line", "electricity", "loss", "2", "GWh"),
    ],
}
# carbon, tC: in 100000 t x 26.3 GJ/t x 0.0254 = 66802; out coke 68000 x 28.4 x 0.0294 = 56777.28,
# tar 2000 x 33.4 x 0.022 = 1469.6, gas 3000 x 179.8 x 0.0136 = 7335.84: 65582.72 <= 66802, both sides measured: credited
CARBON_IN = 100000 * F("26.3") * F("0.0254")
CARBON_OUT = 68000 * F("28.4") * F("0.0294") + 2000 * F("33.4") * F("0.022") + 3000 * F("179.8") * F("0.0136")
UNDERFIRING = 1400 * F("179.8") * F("0.0136")  # 3423.392 tC
BOILER = 1000 * F("179.8") * F("0.0136") * F("0.99") * C  # 8876.3664 t


def test_h1_carbon_by_hand(tmp_path: Path) -> None:
    assert (F(66802), F("65582.72")) == (CARBON_IN, CARBON_OUT)
    with figures(tmp_path / "park", H1) as found:
        basis = defaults(found.ruler)
        assert agrees(found.item("term.transformation.tco2", basis), "4470.693333")  # (66802 - 65582.72) x 44/12
        assert agrees(found.item("term.fuel.tco2", basis), "21303.279360")  # 3423.392 x 0.99 x 44/12 + 8876.3664
        assert agrees(found.item("term.el.tco2", basis), "12487.500000")  # 20000 x 0.8325 - 5000 x 0.8325
        assert agrees(found.item("total.tco2", basis), "38261.472693")
        assert _near(
            found.item("total.tco2", basis),
            (CARBON_IN - CARBON_OUT) * C + UNDERFIRING * F("0.99") * C + BOILER + 15000 * F("0.8325"),
        )


def test_h1_energy_by_hand(tmp_path: Path) -> None:
    """Coal in, coke, tar and 600 x 10^4 Nm3 of gas out, 15 GWh net: (GJ) / 29.307 + 15 x 300; waste heat nets to zero."""
    gigajoules = 100000 * F("26.3") - 68000 * F("28.4") - 2000 * F("33.4") - 600 * F("179.8")
    expected = gigajoules / F("29.307") + 15 * 300
    with figures(tmp_path / "park", H1) as found:
        basis = defaults(found.ruler)
        assert _near(found.item("energy.tce", basis), expected)
        assert _near(found.item("energy.use.tce", basis), expected)


def test_h1_readings_of_coking_and_underfiring(tmp_path: Path) -> None:
    with figures(tmp_path / "park", H1) as found:
        inside = defaults(found.ruler, {"transformation.underfiring": "inside_balance"})
        assert _near(found.item("term.transformation.tco2", inside), (CARBON_IN - CARBON_OUT + UNDERFIRING) * C)
        assert _near(found.item("term.fuel.tco2", inside), BOILER)
        burned = defaults(found.ruler, {"transformation.coking": "fuel_burned"})
        # the coal burned at its own oxidation of 0.90, no output credited: 66802 x 0.90 x 44/12 = 220446.6
        assert found.item("term.transformation.tco2", burned) == 0
        assert agrees(found.item("term.fuel.tco2", burned), "241749.879360")  # 220446.6 + 21303.27936


def test_h1_defaults_on_one_side_earn_no_credit(tmp_path: Path) -> None:
    """Coal on its default beside measured outputs: the balance could not be run, the input stands alone."""
    bare = {
        **H1,
        "activity": [
            {k: v for k, v in one.items() if one["carrier"] != "cleaned_coal" or k not in COAL}
            for one in H1["activity"]
        ],
    }
    with figures(tmp_path / "park", bare) as found:
        basis = defaults(found.ruler)
        # 100000 x 26.334 x 0.02541 x 44/12, set gbt32151_34_2024
        assert _near(found.item("term.transformation.tco2", basis), 100000 * F("26.334") * F("0.02541") * C)


# ---- H-2: steel with unstated coverage, methanol by mass balance, heat both ways ----------------------------------------
H2: dict[str, Any] = {
    "title": "H-2",
    "park": {"id": "H-2"},
    "enterprises": [
        {"enterprise_id": STEEL, "name": "钢铁厂", "industry_code": "3120"},
        {"enterprise_id": CHEM, "name": "甲醇厂", "industry_code": "2614"},
        {"enterprise_id": GRID, "name": "配售电公司", "industry_code": "4420"},
    ],
    "activity": [
        row(STEEL, "bof", "coke", "purchased", "40000", "t"),
        row(STEEL, "bof", "coke", "final_use", "40000", "t", activity_type="终端消费"),
        row(CHEM, "synthesis", "natural_gas", "purchased", "1000", "10^4Nm3"),
        row(CHEM, "synthesis", "natural_gas", "feedstock", "1000", "10^4Nm3"),
        row(CHEM, "heat", "heat", "purchased", "50000", "GJ", supply="nonfossil_heat"),
        row(CHEM, "heat", "heat", "purchased", "30000", "GJ", supply="fossil_heat"),
        row(CHEM, "heat", "heat", "sold", "10000", "GJ", supply="fossil_heat"),
        row(CHEM, "heat", "heat", "final_use", "70000", "GJ", activity_type="终端消费"),
        row(GRID, "wind", "electricity", "purchased", "900", "GWh", supply="direct_nonfossil"),
        {**row(GRID, "wind", "electricity", "sold", "400", "GWh", supply="direct_nonfossil"), "counterparty": STEEL},
        {
            **row(STEEL, "mill", "electricity", "purchased", "400", "GWh", supply="direct_nonfossil"),
            "counterparty": GRID,
        },
        row(STEEL, "mill", "electricity", "final_use", "400", "GWh", activity_type="终端消费"),
        row(GRID, "wind", "electricity", "sold", "100", "GWh", supply="direct_nonfossil"),
        row(GRID, "own", "electricity", "final_use", "400", "GWh", activity_type="终端消费"),
    ],
    "production": [
        {
            "period": "2027",
            "enterprise_id": STEEL,
            "source_id": "bof",
            "product": "crude_steel_bof",
            "flow": "made",
            "quantity": "100000",
            "unit": "t",
        }
    ],
    "process_balances": [
        {
            "period": "2027",
            "enterprise_id": CHEM,
            "source_id": "synthesis",
            "product": "methanol",
            "flow": "carbon_in",
            "material": "天然气",
            "carrier": "natural_gas",
            "quantity": "1000",
            "unit": "10^4Nm3",
            "carbon_content": "0.5956443",
        },
        {
            "period": "2027",
            "enterprise_id": CHEM,
            "source_id": "synthesis",
            "product": "methanol",
            "flow": "carbon_out",
            "material": "甲醇",
            "quantity": "12000",
            "unit": "t",
            "carbon_content": "0.375",
        },
    ],
}
COKE_BURNED = 40000 * F("28.435") * F("0.0295") * F("0.93") * C


def test_h2_terms_by_hand(tmp_path: Path) -> None:
    with figures(tmp_path / "park", H2) as found:
        basis = defaults(found.ruler)
        assert _near(found.item("term.fuel.tco2", basis), COKE_BURNED)  # coverage not stated: counted beside the factor
        # steel 100000 x 1.6048 + methanol (10000 x 0.5956443 - 12000 x 0.375) tC x 44/12 = 160480 + 5340.291
        assert agrees(found.item("term.process.tco2", basis), "165820.291000")
        assert agrees(found.item("term.heat.tco2", basis), "2200.000000")  # 30000 x 0.11 - 10000 x 0.11; biomass heat 0
        assert found.item("term.el.tco2", basis) == 0  # direct supply at 0, and sent on at 0: no credit
        assert found.item("term.transformation.tco2", basis) == 0
        assert _near(found.item("total.tco2", basis), COKE_BURNED + F("165820.291") + 2200)


def test_h2_readings_of_steel(tmp_path: Path) -> None:
    with figures(tmp_path / "park", H2) as found:
        covered = defaults(found.ruler, {"process.coverage": "covered"})
        assert found.item("term.fuel.tco2", covered) == 0
        other = defaults(found.ruler, {"process_factor.crude_steel_bof": "clinker_set_a_list"})
        assert agrees(found.item("term.process.tco2", other), "165340.291000")  # 160000 + 5340.291


def test_h2_feedstock_in_and_out_of_the_denominator(tmp_path: Path) -> None:
    """coke 0.9714 tce/t; gas 13.3 tce/10^4Nm3; heat 0.03412 tce/GJ; power 300 tce/GWh, net of what is sent out."""
    whole = 40000 * F("0.9714") + 1000 * F("13.3") + 70000 * F("0.03412") + 800 * 300
    with figures(tmp_path / "park", H2) as found:
        assert _near(found.item("energy.tce", defaults(found.ruler)), whole)
        left_out = defaults(found.ruler, {"feedstock_in_denominator": "excluded"})
        assert _near(found.item("energy.tce", left_out), whole - 1000 * F("13.3"))


def test_h2_inside_trade_moves_nothing(tmp_path: Path) -> None:
    """Without the 400 GWh sold inside (both rows), E and T stay: a pair inside cancels."""
    without = {**H2, "activity": [one for one in H2["activity"] if one.get("counterparty") not in {STEEL, GRID}]}
    with figures(tmp_path / "with", H2) as one, figures(tmp_path / "without", without) as other:
        for item in ("total.tco2", "energy.tce"):
            assert one.item(item, defaults(one.ruler)) == other.item(item, defaults(other.ruler))


def _near(value: object, expected: F) -> bool:
    """Equal but for the twelfth place of the factors: below a gramme here."""
    assert isinstance(value, F), value
    return abs(value - expected) < F(1, 10**6)


__all__ = ["Figures"]

"""Every expected value and every listed alternative of the two parks of the pack (issue 1 of 8, must show 2).

An alternative changes only the parameter, rule or rows that its text names. Tolerance: half a unit of the last printed
digit, the half included.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.golden.parks_by_hand import PACK, Row, agrees, edited, examples, figures, shown
from verify.ledger import Figures, defaults, judge, value_key

pytestmark = pytest.mark.skipif(not PACK.is_file(), reason="the domain pack ../shared/domain is not here")

ITEMS = {
    "E_fuel": "term.fuel.tco2",
    "E_transform": "term.transformation.tco2",
    "E_el": "term.el.tco2",
    "E_heat": "term.heat.tco2",
    "E_process": "term.process.tco2",
    "E_park": "total.tco2",
    "tce": "energy.tce",
}
Change = Callable[[dict[str, Any]], None]


def park(identifier: str) -> dict[str, Any]:
    return next(one for one in examples() if one["id"] == identifier)


def value(found: Figures, name: str, assignment: dict[str, str]) -> object:
    """A figure under the name that the pack gives it."""
    if name in ITEMS:
        return found.item(ITEMS[name], assignment)
    if name == "I":
        return found.indicator_value("unit_energy_co2", assignment)
    if name == "direct_share":
        return found.indicator_value("direct_share", assignment)
    if name == "clean_strict":
        return found.indicator_value("clean_energy_share", assignment)
    if name == "clean_gas":
        return found.indicator_value("clean_energy_share", {**assignment, "clean_energy_share": "gas_counted"})
    raise KeyError(name)


NUMBERS = [*ITEMS, "I", "direct_share", "clean_strict", "clean_gas"]


@pytest.mark.parametrize("identifier", ["PX-1", "PX-2"])
def test_expected_values(identifier: str, tmp_path: Path) -> None:
    one = park(identifier)
    with figures(tmp_path / "park", one) as found:
        assignment = defaults(found.ruler)
        for name in NUMBERS:
            printed = one["expected"][name]
            result = value(found, name, assignment)
            assert agrees(result, printed), f"{name}: {shown(result, printed)} is not {printed}"  # type: ignore[arg-type]


@pytest.mark.parametrize("identifier", ["PX-1", "PX-2"])
def test_both_sides_of_the_energy_identity(identifier: str, tmp_path: Path) -> None:
    one = park(identifier)
    with figures(tmp_path / "park", one) as found:
        assignment = defaults(found.ruler)
        assert found.item("energy.use.tce", assignment) == found.item("energy.fence.tce", assignment)


def test_px1_energy_by_carrier(tmp_path: Path) -> None:
    one = park("PX-1")
    with figures(tmp_path / "park", one) as found:
        for carrier, printed in one["expected"]["tce_by_carrier"].items():
            total = sum(
                Fraction(cell["tce"])
                for cell in found.cells
                if cell.get("side") == "fence" and cell["carrier"] == carrier and _printed(cell)
            )
            assert agrees(Fraction(total), printed), carrier


def _printed(cell: Any) -> bool:
    return cell["reading"] in {"", "electricity.tce_coefficient=0.30"}


@pytest.mark.parametrize(
    ("identifier", "indicator", "verdict", "size"),
    [
        ("PX-1", "direct_share", "met", ""),
        ("PX-1", "clean_energy_share", "met", ""),
        ("PX-2", "unit_energy_co2", "not_met", "20-100"),
        ("PX-2", "direct_share", "undetermined", ""),
        ("PX-2", "clean_energy_share", "not_met", ""),
    ],
)
def test_verdicts(identifier: str, indicator: str, verdict: str, size: str, tmp_path: Path) -> None:
    with figures(tmp_path / "park", park(identifier)) as found:
        judged = judge(found, indicator, defaults(found.ruler))
        assert judged.verdict == verdict
        assert judged.chosen.size_class == size


KINDS = {
    "certificate": "certificate_statement",
    "direct_nonfossil": "direct_supply_agreement",
    "self_nonfossil": "meter_ledger",
    "nonfossil_heat": "supplier_statement",
}


def test_px1_core_is_met_as_filed_and_stands_once_its_zeros_are_proven(tmp_path: Path) -> None:
    """As filed the core indicator is met under every reading; without evidence the zeros are claims, so no bare met."""
    one = park("PX-1")
    with figures(tmp_path / "bare", one) as found:
        bare = judge(found, "unit_energy_co2", defaults(found.ruler))
        assert {outcome.verdict for readings in bare.alone.values() for outcome in readings.values()} == {"met"}
        assert bare.chosen.verdict == "met"
        assert bare.verdict == "undetermined"
        assert agrees(bare.chosen.limit, one["expected"]["limit"])
    proven = edited(
        one,
        lambda rows: [
            {**row, "evidence_id": f"E-{row['supply']}"} if row.get("supply") in KINDS else row for row in rows
        ],
    )
    proven["evidence"] = [{"evidence_id": f"E-{supply}", "kind": kind} for supply, kind in KINDS.items()]
    with figures(tmp_path / "proven", proven) as found:
        assert judge(found, "unit_energy_co2", defaults(found.ruler)).verdict == "met"


def test_px2_bunkers_are_listed(tmp_path: Path) -> None:
    one = park("PX-2")
    listed = one["expected"]["bunker_listed"]
    with figures(tmp_path / "park", one) as found:
        assert agrees(found.item("bunker.tco2", defaults(found.ruler)), listed["tCO2"])
        bunker = [cell for cell in found.cells if cell.get("flow") == "bunker" and cell["measure"] == "carbon"]
        assert [(cell["carrier"], cell["quantity"]) for cell in bunker] == [(listed["carrier"], Fraction(listed["t"]))]


# ---- alternatives -----------------------------------------------------------------------------------------------------


def _line(data: dict[str, Any], identifier: str) -> dict[str, Any]:
    return next(line for line in data["method"]["lines"] if line["id"] == identifier)


def _before(data: dict[str, Any], identifier: str, line: dict[str, Any]) -> None:
    lines = data["method"]["lines"]
    lines.insert(lines.index(_line(data, identifier)), line)


def _formula(item: str, formula: str) -> Change:
    def change(data: dict[str, Any]) -> None:
        data["method"]["items"][item]["formula"] = formula

    return change


def _chp_through_the_balance(data: dict[str, Any]) -> None:
    _line(data, "transformation.input")["match"]["activity_type"] += ["火力发电", "供热"]


def _statistics_added_up(data: dict[str, Any]) -> None:
    data["method"]["factors"]["electricity_calorific"] = {
        "title": {"zh": "当量值", "en": "calorific"},
        "unit": "tce/MWh",
        "formula": "coefficient",
        "inputs": {"coefficient": "standard_coal.electricity_calorific"},
        "cite": {"document": "gbt-2589-2020"},
    }
    _line(data, "energy.use.electricity_yield")["factor"] = ["electricity_calorific"]
    _formula("energy.tce", "energy.use.tce")(data)


def _gross(data: dict[str, Any]) -> None:
    _formula("energy.tce", 'sum(tce, side="use", not_flow=["transformation_out", "recovered"])')(data)


def _waste_heat_power_as_primary(data: dict[str, Any]) -> None:
    _formula(
        "energy.tce", 'energy.use.tce - sum(tce, side="use", flow="transformation_out", supply="self_waste_heat")'
    )(data)


def _bunkers_deducted(data: dict[str, Any]) -> None:
    items = data["method"]["items"]
    items["total.tco2"]["formula"] += " - bunker.tco2"


def _raw_coal_coefficient(data: dict[str, Any]) -> None:
    data["values"]["tce.bituminous_coal"] = {"same_as": "standard_coal.raw_coal"}


def _own_pv_left_out(data: dict[str, Any]) -> None:
    _before(
        data,
        "energy.fence.electricity_in",
        {**_line(data, "energy.utilities"), "id": "energy.own_pv", "match": {"supply": "self_nonfossil"}},
    )


def _where(rows: list[Row], source: str, **changed: str) -> list[Row]:
    return [{**row, **changed} if row["source_id"] == source else row for row in rows]


def _all_steam_non_fossil(rows: list[Row]) -> list[Row]:
    return _where(rows, "steam_in", supply="nonfossil_heat")


def _small_users_left_out(rows: list[Row]) -> list[Row]:
    kept = [
        row
        for row in rows
        if row["source_id"] not in {"public_and_small_tenants", "line_and_transformer_loss", "grid_rest"}
    ]
    return _where(kept, "grid_gec", quantity="210")


def _smr_as_feedstock(rows: list[Row]) -> list[Row]:
    return [
        {**row, "flow": "feedstock", "activity_type": ""}
        if row["source_id"] == "smr" and row["flow"] == "transformation_in"
        else row
        for row in rows
    ]


def _no_measured_heat_value(rows: list[Row]) -> list[Row]:
    return [{key: text for key, text in row.items() if key != "ncv"} for row in rows]


COEFFICIENT = "electricity.tce_coefficient"
# id -> what it changes: a reading, an extra value, a rule, rows
ALTERNATIVES: dict[str, dict[str, Any]] = {
    "P1-a": {"readings": {COEFFICIENT: "0.28078"}},
    "P1-b": {"readings": {COEFFICIENT: "0.31"}},
    "P1-c": {"values": {COEFFICIENT: "0.1229"}},
    "P1-d": {"values": {"tce.natural_gas": "1.2143"}},
    "P1-e": {"values": {"annex4.el.grid_other": "0.5306"}},
    "P1-f": {"values": {"annex4.el.grid_other": "0.8273"}},
    "P1-g": {"rows": _all_steam_non_fossil},
    "P1-h": {"rows": _small_users_left_out},
    "P1-i": {"readings": {"own_pv_as_direct": "not_counted"}},
    "P1-j": {"readings": {"electricity.direct_share_denominator": "without_own_use_and_losses"}},
    "P2-a": {"rule": _chp_through_the_balance},
    "P2-b": {"rows": _smr_as_feedstock},
    "P2-c": {"readings": {"export_credit": "own_intensity"}},
    "P2-d": {"readings": {"export_credit": "floor_el"}},
    "P2-e": {"rule": _statistics_added_up},
    "P2-f": {"rule": _gross},
    "P2-g": {"rule": _waste_heat_power_as_primary},
    "P2-h": {"rule": _bunkers_deducted},
    "P2-i": {"rows": _no_measured_heat_value, "rule": _raw_coal_coefficient},
    "P2-j": {"readings": {"electricity.direct_share_denominator": "without_own_use_and_losses"}},
    "P2-k": {"readings": {"electricity.direct_share_denominator": "supply_and_own_pv"}},
    "P2-l": {"values": {"process_factor.lime": "0"}},
    "P2-m": {"readings": {COEFFICIENT: "0.28078"}},
    "P2-n": {"values": {"tce.natural_gas": "1.1000"}},
}


def test_every_alternative_of_the_pack_is_tried() -> None:
    assert {one["id"] for found in examples() for one in found["alternatives"]} == set(ALTERNATIVES)


@pytest.mark.parametrize("identifier", sorted(ALTERNATIVES))
def test_alternative(identifier: str, tmp_path: Path) -> None:
    one = park("PX-1" if identifier.startswith("P1") else "PX-2")
    printed = next(alternative for alternative in one["alternatives"] if alternative["id"] == identifier)
    asked = ALTERNATIVES[identifier]
    varied = edited(one, asked["rows"]) if "rows" in asked else one
    extra = {name: {"tried": Fraction(number)} for name, number in asked.get("values", {}).items()}
    with figures(tmp_path / "park", varied, change=asked.get("rule"), values=extra) as found:
        assignment = defaults(found.ruler, asked.get("readings"))
        for name in extra:
            assignment[name if name in found.ruler.text.parameters else value_key(name)] = "tried"
        _compare(found, assignment, printed, one)


def _compare(found: Figures, assignment: dict[str, str], printed: dict[str, str], one: dict[str, Any]) -> None:
    compared = 0
    for name, text in printed.items():
        if name in {"id", "kind", "what"}:
            continue
        result = _of(found, name, assignment, one)
        assert agrees(result, text), f"{printed['id']} {name}: {shown(result, text)} is not {text}"
        compared += 1
    assert compared


def _of(found: Figures, name: str, assignment: dict[str, str], one: dict[str, Any]) -> Fraction:
    coal = [cell for cell in found.cells if cell.get("carrier") == "bituminous_coal"]
    burned = sum(
        (Fraction(c["tco2"]) for c in coal if c["measure"] == "carbon" and c["term"] == "fuel" and c["reading"] == ""),
        Fraction(0),
    )
    energy = sum((Fraction(c["tce"]) for c in coal if c.get("side") == "use" and c["reading"] == ""), Fraction(0))
    if name == "effect_t":
        total = found.item("total.tco2", assignment)
        assert isinstance(total, Fraction)
        return total - Fraction(one["expected"]["E_park"])
    if name.startswith("own_"):
        exported = "electricity" if name.endswith("kWh") else "heat"
        line = next(c for c in found.cells if c["factor_id"] == "own_intensity" and c["carrier"] == exported)
        return Fraction(line["factor"])
    if name == "E_fuel_coal":
        return burned
    if name == "tce_coal":
        return energy
    if name == "tCO2_per_tce_default_mixed":
        return burned / energy
    if name == "tCO2_per_tce_one_NCV":
        # with one heat value the ratio is carbon content x oxidation x 44/12 x GJ per tce, whatever the heat value
        number = found.ruler.number
        fuel = "gbt32151_34_2024.bituminous_coal"
        return number(f"{fuel}.carbon_content") * number(f"{fuel}.oxidation") * Fraction(44, 12) * Fraction("29.307")
    result = value(found, name, assignment)
    assert isinstance(result, Fraction), result
    return result


def test_px1_without_own_power_in_the_denominator(tmp_path: Path) -> None:
    """The interpretation note of PX-1: T = 217146.55, I = 0.175434."""
    with figures(tmp_path / "park", park("PX-1"), change=_own_pv_left_out) as found:
        assignment = defaults(found.ruler)
        assert agrees(found.item("energy.tce", assignment), "217146.55")
        assert agrees(found.indicator_value("unit_energy_co2", assignment), "0.175434")


def test_px2_with_one_default_heat_value_on_both_sides(tmp_path: Path) -> None:
    """national-ruler 6a: 0.812 with 19.570 on both sides."""
    with figures(tmp_path / "park", edited(park("PX-2"), _no_measured_heat_value)) as found:
        assert agrees(found.indicator_value("unit_energy_co2", defaults(found.ruler)), "0.812")

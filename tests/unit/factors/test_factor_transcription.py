"""Every row of the domain pack stands in rules/factors with the digits as printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verify import resources
from verify.ruler.marks import load_marked

FACTORS = resources.rules() / "factors"
Find = Callable[[str], dict[str, Any]]
Printed = Callable[[str], list[dict[str, str]]]

# Frozen by counting the CSV files by hand (wc -l less the head), so that a lost row shows without the pack.
COUNTS = {
    "gbt32151_34_2024": 26 * 3, "ndrc_other_industry_2013_2015": 20 * 3, "electricity_national": 3 + 3 + 1, "electricity_regional": 7,
    "electricity_provincial": 30, "heat": 4, "process": 45, "standard_coal": 25 - 6 + 2, "annex3": 9, "annex4": 9, "energy": 3,
    "gwp": 29 + 3 * 28 + 30,
}  # fmt: skip

REGIONS = {
    "华北": "north",
    "东北": "northeast",
    "华东": "east",
    "华中": "central",
    "西北": "northwest",
    "南方": "south",
    "西南": "southwest",
}
# The substance after the unit (t clinker, tAl) is in the title; it is no unit.
UNITS = {
    "tCO2/t clinker": "tCO2/t",
    "tCO2/t limestone": "tCO2/t",
    "tCO2/tAl": "tCO2/t",
    "tC/tAl": "tC/t",
    "t/tAl": "t/t",
    "kg/tAl": "kg/t",
}


def test_counts() -> None:
    found = {path.stem.replace("-", "_"): len(load_marked(path).data["values"]) for path in FACTORS.glob("*.yaml")}
    assert {name: found[name] for name in COUNTS} == COUNTS


def test_fuels(factor: Find, printed: Printed) -> None:
    for row in printed("fuels.csv"):
        for name, unit, column in (
            ("ncv", row["ncv_unit"], "ncv"),
            ("carbon_content", "tC/GJ", "carbon_content_tc_per_gj"),
            ("oxidation", "1", "oxidation"),
        ):
            value = factor(f"{row['set_id']}.{row['fuel_id']}.{name}")
            assert (value["value"], value["unit"]) == (row[column], unit), row
            assert value["title"]["zh"].startswith(row["name_zh"])


def test_electricity_national(factor: Find, printed: Printed) -> None:
    for row in printed("electricity_national.csv"):
        if row["kind"] == "older_filing_value":
            entry = factor(f"electricity_national.older_filing_value.{row['value'].replace('.', '_')}")
            unit = entry["unit"]
        else:
            value = factor(f"electricity_national.{row['kind']}")
            unit = value["unit"]
            entry = next(one for one in value["entries"] if one["from"].startswith(row["year"]))
            assert (entry["from"], entry["until"]) == (f"{row['year']}-01-01", f"{row['year']}-12-31")
        assert (entry["value"], unit, entry["confidence"]) == (row["value"], row["unit"], row["confidence"])
        assert entry.get("published", "") == row["published"]


def test_electricity_regional(factor: Find, printed: Printed) -> None:
    for row in printed("electricity_regional.csv"):
        assert _dated(factor(f"electricity_regional.{REGIONS[row['region']]}"), row["year"]) == row["value"], row


def test_electricity_provincial(factor: Find, printed: Printed) -> None:
    values = load_marked(FACTORS / "electricity-provincial.yaml").data["values"]
    by_name = {value["title"]["zh"].removesuffix("电力平均二氧化碳排放因子"): value for value in values.values()}
    rows = printed("electricity_provincial.csv")
    assert set(by_name) == {row["region"] for row in rows}
    for row in rows:
        assert _dated(by_name[row["region"]], row["year"]) == row["value"], row


def _dated(value: dict[str, Any], year: str) -> str:
    return str(
        next(
            one["value"]
            for one in value["entries"]
            if one["from"] == f"{year}-01-01" and one["until"] == f"{year}-12-31"
        )
    )


def test_heat(factor: Find, printed: Printed) -> None:
    names = ["fossil_heat_default", "fossil_heat_default_enterprise", "nonfossil_heat", "steam_reference_enthalpy"]
    for name, row in zip(names, printed("heat.csv"), strict=True):
        value = factor(f"heat.{name}")
        assert (value["value"], value["unit"], value["confidence"]) == (row["value"], row["unit"], row["confidence"])


def test_standard_coal(factor: Find, printed: Printed) -> None:
    candidates = {one["id"]: one for one in factor("standard_coal.electricity_equivalent")["candidates"]}
    for row in printed("standard_coal.csv"):
        name = row["energy_id"].removeprefix("electricity_equivalent_")
        if name == "range":
            assert (candidates["range_low"]["value"], candidates["range_high"]["value"]) == (
                row["value_low"],
                row["value_high"],
            )
        elif name in candidates:
            assert (candidates[name]["value"], candidates[name]["confidence"]) == (row["value"], row["confidence"])
        else:
            value = factor(f"standard_coal.{row['energy_id']}")
            assert (value.get("value", ""), value.get("low", ""), value.get("high", "")) == (
                row["value"],
                row["value_low"],
                row["value_high"],
            )
            assert value["unit"].replace("Nm3", "m3") == row["unit"]
            pair = value.get("tce_consistent_ncv", {"value": "", "unit": ""})
            assert (pair["value"], pair["unit"]) == (row["tce_consistent_ncv"], row["tce_consistent_ncv_unit"])


def test_process(factor: Find, printed: Printed) -> None:
    for row in printed("process.csv"):
        value = factor(f"process.{row['product_id']}.{row['set_id'] or 'national_ef_database'}")
        assert (value.get("value", ""), value["confidence"]) == (row["value"], row["confidence"]), row
        assert value["unit"] == UNITS.get(row["unit"], row["unit"] or "tCO2/t")
        assert value["title"]["zh"] == row["name_zh"]
        assert " ".join(value.get("covers_carbon_of", [])) == row["covers_carbon_of"]

"""The factor files load without a problem, cite what they define, and agree where two of them print one number."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify import resources
from verify.ruler.marks import load_marked
from verify.ruler.values import read_values
from verify.units import Units

Find = Callable[[str], dict[str, Any]]
NUMBER = re.compile(r"\d+(\.\d+)?|44/12")
FACTORS = resources.rules() / "factors"
IDS = sorted(path.stem for path in FACTORS.glob("*.yaml"))


def _path(stem: str) -> Path:
    return FACTORS / f"{stem}.yaml"


@pytest.mark.parametrize("stem", IDS)
def test_loads(stem: str) -> None:
    marked = load_marked(_path(stem))
    assert marked.data["set"] == stem.replace("-", "_")
    values, problems = read_values(marked, prefix=marked.data["set"])
    assert [str(problem) for problem in problems] == []
    assert len(values) == len(marked.data["values"])


@pytest.mark.parametrize("stem", IDS)
def test_every_number_is_cited_and_titled(stem: str) -> None:
    data = load_marked(_path(stem)).data
    used = set()
    for name, value in data["values"].items():
        assert value["title"]["zh"], name
        assert value["title"]["en"], name
        Units.standard().measure(value["unit"])
        for entry in [*value.get("entries", []), *value.get("candidates", []), value]:
            cite = entry.get("cite") or value.get("cite") or data["defaults"].get("cite")
            if entry.get("value") is not None or entry.get("low") is not None:
                assert cite["document"] in data["documents"], name
                assert entry.get("confidence") or value.get("confidence") or data["defaults"].get("confidence"), name
            if cite:
                used.add(cite["document"])
            for key in ("value", "low", "high"):
                assert NUMBER.fullmatch(entry.get(key) or "0"), name
    rules = "".join(file.read_text(encoding="utf-8") for file in resources.rules().glob("*/checks.yaml"))
    used |= {name for name in data["documents"] if f"document: {name}," in rules}  # a check may rest on it too
    assert set(data["documents"]) - used <= {"gbt32151-34-2024"}  # heat.yaml names it in a note


def test_one_document_one_content() -> None:
    found: dict[str, Any] = {}
    for path in [*FACTORS.glob("*.yaml"), resources.rules() / "units.yaml", *resources.rules().glob("*/ruler.yaml")]:
        for identifier, document in (load_marked(path).data.get("documents") or {}).items():
            assert found.setdefault(identifier, document) == document, (identifier, path.name)


def test_values_that_are_not_for_the_park_method_say_so(factor: Find) -> None:
    for name in ("average", "excl_market_traded_nonfossil", "life_cycle_footprint", "older_filing_value.0_5703"):
        assert set(factor(f"electricity_national.{name}")["not_for"]) == {"zh", "en"}
    assert "not_for" in factor("electricity_provincial.yunnan")
    assert "not_for" in factor("process.clinker.software_default")
    assert "not_for" in factor("standard_coal.electricity_equivalent_old_table")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("energy.heat_calorific", "standard_coal.heat_calorific"),
        ("energy.steam_reference_enthalpy", "heat.steam_reference_enthalpy"),
        ("annex4.heat.fossil_default", "heat.fossil_heat_default"),
        ("annex4.heat.nonfossil", "heat.nonfossil_heat"),
    ],
)
def test_a_number_printed_twice_is_one_number(factor: Find, one: str, other: str) -> None:
    keys = ("value", "unit", "confidence")
    defaults = {"confidence": "primary" if one.startswith("annex4") else "secondary"}
    assert [{**defaults, **factor(one)}[key] for key in keys] == [{**defaults, **factor(other)}[key] for key in keys]


def test_annex4_is_the_2022_fossil_factor(factor: Find) -> None:
    in_2022 = next(one for one in factor("electricity_national.fossil")["entries"] if one["from"] == "2022-01-01")
    assert factor("annex4.el.grid_other")["value"] == in_2022["value"] == "0.8325"

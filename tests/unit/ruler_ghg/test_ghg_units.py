"""Tonnes are written in the unit of the ruler's total everywhere: an inventory of seven gases has no amount in tCO2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ghg_world import activity, emission, write

from verify import road
from verify.cli.summary import lines
from verify.cli.trace_lines import Teller
from verify.report.html import render_html
from verify.road import Journey

# CO2 alone is meant where a factor or a ratio of a fuel is printed: tCO2/t, tCO2/MWh, tCO2/tce
BARE = re.compile(r"(?:tCO₂|tCO2|kt CO₂)(?![e/])")


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """A park with findings in tonnes: a total filed too low, an offset, a claim, measured coal and feedstock without paper."""
    paper = {"evidence_id": "E1"}
    coal = {"activity_type": "终端消费", "ncv": "18", "carbon_content": "0.02"}
    rows = [
        activity("electricity", "purchased", "1000", "MWh", supply="grid", **paper),
        activity("electricity", "final_use", "1000", "MWh", **paper),
        activity("bituminous_coal", "purchased", "1000", "t", **paper),
        activity("bituminous_coal", "final_use", "1000", "t", **coal, **paper),
        activity("naphtha", "purchased", "10", "t", **paper),
        activity("naphtha", "feedstock", "10", "t", activity_type="终端消费", **paper),
    ]
    total = {"year": "2023", "item": "total.tco2", "value": "900", "unit": "tCO2e"}
    offset = {"year": "2023", "item": "碳汇抵消", "value": "-100", "unit": "tCO2e"}
    claim = {"claim_id": "C1", "text": "900 t", "kind": "level", **total}
    tables = {
        "activity": rows,
        "emissions": [emission("CH4", "10", **paper)],
        "evidence": [{**paper, "kind": "power_bill"}],
        "reported": [total, offset],
        "claims": [claim],
    }
    folder: Path = tmp_path_factory.mktemp("ghg") / "submission"
    folder.mkdir()
    with road.travel(write(folder, tables, province="江苏", base_year="2023"), role="verification") as here:
        yield here


def test_effects_of_findings_are_in_the_unit_of_the_total(journey: Journey) -> None:
    effects = {one["code"]: one["effect"]["unit"] for one in journey.facts["findings"] if one["effect"]}
    in_tonnes = {code for code, unit in effects.items() if unit == "tCO2e"}
    assert in_tonnes >= {"TZ-ACC-04", "TZ-ACC-11", "TZ-ACC-12", "TZ-ZER-01"}
    assert set(effects.values()) <= {"tCO2e", "tce"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_face_writes_that_unit(journey: Journey, language: str) -> None:
    report = journey.report().document()
    faces = {
        "page": render_html(report, language),  # type: ignore[arg-type]
        "summary": "\n".join(lines(report, language, everything=True)),  # type: ignore[arg-type]
        "explain": "\n".join(
            Teller(journey.world.ruler, report, language).lines(road.explain(journey, "total.tco2"))  # type: ignore[arg-type]
        ),
    }
    for name, face in faces.items():
        assert "tCO₂e" in face, name
        assert [face[one.start() - 40 : one.end() + 10] for one in BARE.finditer(face)] == [], name
    assert "CO2e/" not in re.sub(r"<[^>]*>", "", faces["page"])  # every unit has its printed form


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_ruler_leaves_out_stands_in_the_report(journey: Journey, language: str) -> None:
    clauses = journey.world.ruler.text.unknown_clauses
    assert len(clauses) >= 4
    page = render_html(journey.report().document(), language)  # type: ignore[arg-type]
    assert [clause.en for clause in clauses if clause[language].replace("CO2", "CO₂") not in page] == []

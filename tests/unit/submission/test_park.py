"""park.yaml and the park sheet: every field, and every error with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from verify.engine import Engine
from verify.errors import Located
from verify.ruler.marks import parse_marked
from verify.submission import Park, read
from verify.submission.park import park_from, park_from_rows

from .handing import folder, sound

FULL = """\
id: PX-9
names: {zh: 示例园区, en: Example}
province: 江苏
grid_zone: 华东
kind: 园中园
mother_park: PX-8
manager: 管委会
id_scheme: free
ruler: cn-national-2025
base_year: 2025
base_year_chosen_on: 2026年3月1日
reporting_year: "2027"
boundaries:
  - {from: 2025-01-01, to: 2026-06-30, text: 东至甲路, evidence_id: E1}
  - from: 2026-07-01
    geojson: {type: Polygon, coordinates: [[[120.1, 31.1], [120.2, 31.1], [120.2, 31.2], [120.1, 31.1]]]}
parameters: {electricity.tce_coefficient: reading_300}
basic_conditions:
  zone_level: 省级
  zone_evidence: E2、E3
  capability: {statistics: [E4], metering: E5}
  no_accident: {from_year: 2025, to_year: 2027, evidence: [E6]}
acceptance_record: {document: 某号, issued_on: 2028-01-01, evidence_id: E7}
excluded_indicators: [{indicator: water_reuse, reason: 无工业用水, evidence_id: E8}]
declarations: [{kind: no_affiliates, table: affiliates, text: 无, signed_by: 某, signed_on: 2027-12-31, evidence_id: E9}]
"""


def load(text: str) -> Park:
    return park_from(parse_marked(text, "park.yaml"))


def problems(text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(Located) as error:
        load(text)
    return [(one.line, one.column, one.path, one.key.rpartition(".")[2]) for one in error.value.problems]


def test_every_field() -> None:
    park = load(FULL)
    assert (park.id, park.names.zh, park.kind, park.mother_park, park.id_scheme) == (
        "PX-9",
        "示例园区",
        "park_in_park",
        "PX-8",
        "free",
    )
    assert (park.base_year, park.base_year_chosen_on, park.reporting_year) == ("2025", date(2026, 3, 1), "2027")
    assert [(one.from_, one.to) for one in park.boundaries] == [
        (date(2025, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), None),
    ]
    assert park.boundaries[1].geojson is not None
    assert park.parameters == {"electricity.tce_coefficient": "reading_300"}
    assert park.basic_conditions.zone_evidence == ["E2", "E3"]
    assert park.basic_conditions.capability.metering == ["E5"]
    assert park.basic_conditions.no_accident.to_year == "2027"
    assert park.acceptance_record is not None
    assert park.declarations[0].signed_on == date(2027, 12, 31)


def test_the_least_park() -> None:
    park = load("id: P\n")
    assert (park.kind, park.id_scheme, park.reporting_year, park.names.zh) == ("whole", "uscc", "", "")


def test_errors_have_line_and_column() -> None:
    assert sorted(problems("id: P\nprovnce: 江苏\nkind: half\n")) == [
        (2, 1, "provnce", "park_unknown_key_near"),
        (3, 1, "kind", "not_one_of"),
    ]
    assert [one[2:] for one in problems("names: {zh: x}\n")] == [("id", "park_missing_key")]
    assert [one[2:] for one in problems("id: P\nreporting_year: 2027-03\n")] == [("reporting_year", "park_bad_year")]
    assert [one[2:] for one in problems("id: P\nboundaries:\n  - {from: 2025-02-30}\n")] == [
        ("boundaries[0].from", "park_bad_day")
    ]
    assert [one[2:] for one in problems("id: ' '\n")] == [("id", "park_missing_key")]
    assert [one[3] for one in problems("- a\n")] == ["park_not_mapping"]


def test_a_sheet_gives_the_same_park() -> None:
    rows = {
        "id": "PX-9", "names.zh": "示例园区", "kind": "园中园", "reporting_year": "2027", "province": "",
        "boundaries[0].from": "2025-01-01", "boundaries[0].text": "东至甲路", "boundaries[1].from": "2026-07-01",
        "parameters.electricity.tce_coefficient": "reading_300", "basic_conditions.zone_evidence": "E2, E3",
        "declarations[0].kind": "no_affiliates",
    }  # fmt: skip
    park = park_from_rows(
        "申报.xlsx/园区", [(line, key, value) for line, (key, value) in enumerate(rows.items(), start=2)]
    )
    assert park == load(
        "id: PX-9\nnames: {zh: 示例园区}\nkind: 园中园\nreporting_year: 2027\n"
        "boundaries: [{from: 2025-01-01, text: 东至甲路}, {from: 2026-07-01}]\n"
        "parameters: {electricity.tce_coefficient: reading_300}\nbasic_conditions: {zone_evidence: [E2, E3]}\n"
        "declarations: [{kind: no_affiliates}]\n"
    )


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([(2, "id", "P"), (3, "id", "Q")], 3),
        ([(2, "id", "P"), (5, "boundaries[1].from", "2025-01-01")], 5),
        ([(2, "id", "P"), (7, "names..zh", "x")], 7),
        ([(2, "id", "P"), (8, "colour", "green")], 8),
        ([(2, "id", "P"), (9, "reporting_year", "next")], 9),
    ],
)
def test_a_sheet_names_the_row_of_an_error(rows: list[tuple[int, str, str]], line: int) -> None:
    with pytest.raises(Located) as error:
        park_from_rows("申报.xlsx/园区", rows)
    assert [one.line for one in error.value.problems] == [line]


def test_a_park_of_another_encoding_is_a_clear_error(engine: Engine, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound())
    (path / "park.yaml").write_bytes("id: 园区".encode("gb18030"))
    with pytest.raises(Located, match="not_utf8"):
        read(path, engine=engine, workdir=tmp_path / "w")
    (path / "park.yaml").write_text("id: P\nid: Q\n", encoding="utf-8")
    with pytest.raises(Located, match="duplicate_key"):
        read(path, engine=engine, workdir=tmp_path / "w")

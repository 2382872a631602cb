"""A file of rule tests that is mistyped or hostile is refused with file, line and column; nothing in it is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.rule_tests.small_ruler import NATIONAL, book, place
from verify.errors import Located
from verify.road.rule_tests import rule_tests
from verify.words import LANGUAGES, say

FIGURES = "figures: {total.tco2: 1000 * 0.8325}"
SUM = "1+" * 20_000 + "1"
MISTYPED = [
    # what is typed otherwise, the refusal, where it points
    ("title: {zh: 网电", "titel: {zh: 网电", "ruler.unknown_key", "titel"),
    ("annex: \"4\"}, arithmetic: 1000", "annex: \"4\"}, aritmetic: 1000", "ruler.unknown_key", "aritmetic"),
    ('origin: {arithmetic: "6 % of the tonnes"}', "origin: {}", "rule_tests.no_origin", "origin: {}"),
    ("      activity:\n        -", "      activty:\n        -", "rule_tests.no_table", "activty:"),
    ("carrier, quantity, unit", "carrier, quantty, unit", "rule_tests.no_column", "quantty"),
    ("carbon, tco2]", "carbon, tonnes]", "rule_tests.no_column", "tonnes"),
    ("unit, supply,", "unit, unit,", "rule_tests.column_twice", "unit, \"->\""),
    ('grid, "->", el', "grid, el", "rule_tests.row_width", "[electricity"),
    ("[electricity, 1000,", "[electricity, lots,", "rule_tests.cell", "lots"),
    ("[electricity, 1000,", "[electrcity, 1000,", "rule_tests.cell", "electrcity"),
    ("1000, MWh,", "1000, furlong,", "rule_tests.cell", "furlong"),
    ("electricity, 1000,", 'electricity, "",', "rule_tests.empty_cell", '"", MWh'),
    ("el.in_other, 832.5", "el.in_other, 832·5", "ruler.not_a_number", "832·5"),
    ("activity: {period", "activty: {period", "rule_tests.no_table", "activty: {period"),
    ("flow: purchased", "flw: purchased", "rule_tests.no_column", "flw"),
    (FIGURES, "figures: {total.tco2: 1000 * * 2}", "ruler.not_a_number", "total.tco2"),
    (FIGURES, "figures: {total.tco2: 9 ** 9 ** 9 ** 9}", "ruler.not_a_number", "total.tco2"),
    (FIGURES, f"figures: {{total.tco2: {SUM}}}", "ruler.not_a_number", "total.tco2"),
    (FIGURES, "figures: {total.tco2: __import__('os')}", "ruler.not_a_number", "total.tco2"),
    (FIGURES, "figures: {totl.tco2: 1000}", "rule_tests.not_in_ruler", "totl.tco2"),
    (FIGURES, "proven: {totl.tco2: 1000}", "rule_tests.not_in_ruler", "totl.tco2"),
    (FIGURES, "indicators: {unit_energy: {value: 1}}", "rule_tests.not_in_ruler", "unit_energy"),
    (FIGURES, "indicators: {unit_energy_co2: {value: 1,0}}", "ruler.unknown_key", "0}"),
    (FIGURES, "findings: {TZ-ACC-99: {outcome: found}}", "rule_tests.not_in_ruler", "TZ-ACC-99"),
    (FIGURES, "findings: {TZ-ACC-01: {outcome: found, effect: much}}", "ruler.not_a_number", "effect"),
    (FIGURES, "parameters: {export_credits: literal}", "rule_tests.not_in_ruler", "export_credits"),
    (FIGURES, "parameters: {export_credit: literaly}", "rule_tests.not_in_ruler", "export_credit"),
    (FIGURES, 'parameters: {"value:annex4.el.grid_other": "0.8274"}', "rule_tests.not_in_ruler", '"value:annex4'),
    (FIGURES, "rows_of: printed", "rule_tests.no_rows_of", "rows_of"),
    (FIGURES, "park: {kind: castle}", "ruler.not_one_of", "kind: castle"),
    (FIGURES, "park: {no_such: x}", "ruler.unknown_key", "no_such"),
    (FIGURES, 'year: "27"', "rule_tests.no_year", 'year: "27"'),
    (FIGURES, "base_year: last", "rule_tests.no_year", "base_year"),
    (FIGURES, f"{FIGURES}\n    figures: {{}}", "ruler.duplicate_key", "figures: {}"),
    ("[id, unit, 2025]", "[unit, id, 2025]", "rule_tests.no_column", "unit, id"),
    ("[id, unit, 2025]", "[id, unit, later]", "rule_tests.no_column", "later"),
    ("tCO2/tce, 0.2", "tCO2/furlong, 0.2", "units.unknown", "tCO2/furlong"),
    ("tCO2/tce, 0.2", "tCO2/tce, many", "ruler.not_a_number", "many"),
    ("tCO2/tce, 0.2", "tCO2/tce, 1/0", "ruler.not_a_number", "1/0"),
    ("tCO2/tce, 0.2", "tCO2/tce, 0.2, 7", "rule_tests.row_width", "[annex3.limit"),
    ('covered_share: "1"', "covered_share: much", "ruler.not_a_number", "covered_share"),
    ('covered_share: "1"', 'coverd_share: "1"', "ruler.unknown_key", "coverd_share"),
    ("    values:\n      - [id, unit, 2025]\n", "#\n#", "rule_tests.nothing_expected", "printed:"),
    ("  grid:\n", "\tgrid:\n", "ruler.yaml_tab", "\tgrid"),
    ("title: {zh: 网电", "title: &a {zh: 网电", "ruler.alias", "&a"),
    ("  grounds:\n", "  printed:\n", "ruler.duplicate_key", "  printed:\n    title: {zh: 意见"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "where"), MISTYPED, ids=[f"{n}-{one[2]}" for n, one in enumerate(MISTYPED)]
)
def test_refused_where_it_stands(old: str, new: str, key: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(Located) as refused:
        rule_tests(book(tmp_path, old, new))
    assert refused.value.key == "rule_tests.not_loaded"
    found = {(one.line, one.column): one for one in refused.value.problems if one.key == key}
    line, column = place(where, old, new)
    indent = len(where) - len(where.lstrip())
    assert (line, column + indent) in found or (line, column) in found, [str(one) for one in refused.value.problems]
    for one in found.values():
        assert one.file == f"{NATIONAL}/tests/power.yaml"
        assert all(0 < len(say(one.key, language, **one.arguments)) < 300 for language in LANGUAGES)


def test_every_file_is_read_before_anything_is_refused(tmp_path: Path) -> None:
    folder = book(tmp_path, "1000 * 0.8325", "1000 *")
    (folder / "tests" / "tab.yaml").write_text("title:\n\tzh: 表\n", encoding="utf-8")
    with pytest.raises(Located) as refused:
        rule_tests(folder)
    assert {one.file.rpartition("/")[2] for one in refused.value.problems} == {"power.yaml", "tab.yaml"}


def test_a_ruler_without_tests_has_none(tmp_path: Path) -> None:
    folder = book(tmp_path)
    (folder / "tests" / "power.yaml").unlink()
    assert rule_tests(folder) == []


def test_the_book_itself_is_sound(tmp_path: Path) -> None:
    results = rule_tests(book(tmp_path))
    assert {one.case.id: one.passed for one in results} == dict.fromkeys(
        ("power.grid", "power.printed", "power.grounds"), True
    )

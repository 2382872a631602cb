"""Every code of the lint: a fault planted in a copy of a ruler is found at its file, line and column, and its honest twin is silent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from verify import resources
from verify.road.rule_lint import ground, lint_ruler
from verify.ruler import Ruler, available, load_ruler
from verify.ruler.lint import CODES, Fault, lint, lint_together
from verify.words import LANGUAGES, say

NATIONAL, CORPORATE = "cn-national-2025", "ghg-protocol-corporate"
VALUE = 'title: {zh: 甲, en: one}, confidence: derived, cite: {document: iso-14064-3, clause: "1"}'
TERM = 'formula: sum(tco2, term="fuel")'


def copied(tmp_path: Path, ruler: str = NATIONAL) -> Path:
    folder = tmp_path / ruler
    shutil.copytree(resources.rules() / ruler, folder)
    return folder


def planted(tmp_path: Path, file: str, old: str, new: str, ruler: str = NATIONAL) -> tuple[list[Fault], int]:
    """The lint of a ruler with one text replaced, and the line on which the new text begins."""
    folder = copied(tmp_path, ruler)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return lint_ruler(folder), text[: text.index(old)].count("\n") + 1


def own_value(body: str) -> tuple[str, str, str]:
    """A value of the ruler's own before its first one."""
    return "ruler.yaml", "\nvalues:\n", f"\nvalues:\n  planted: {{{body}, {VALUE}}}\n"


PLANTED = [
    ("RL-01", ("method.yaml", TERM + "\n      cite:", TERM + "\n      when: {}\n#"), -3),
    ("RL-02", ("ruler.yaml", "cite: {document: iso-14064-3, clause: 5.1.7}\n  rows:", "cite: {document: iso-14064-3}\n  rows:"), 0),
    ("RL-03", own_value('unit: "%", value: "5", from: 2024-01-01, published: 2025-06-30'), 2),
    ("RL-04", own_value('unit: "%", entries: [{value: "5", from: 2024-01-01, until: 2025-12-31}, {value: "6", from: 2025-01-01}]'), 2),
    ("RL-05", own_value('unit: "%", value: "5", from: 2025-07-01, until: 2026-12-31'), 2),
    ("RL-05", own_value('unit: "%", value: "5", from: 2026-01-01, until: 2025-12-31'), 2),
    ("RL-06", own_value('unit: "%", value: "5", kind: fixed_by_text'), 2),
    ("RL-07", ("method.yaml", "  factors:\n", '  factors:\n    idle: {title: {zh: 甲, en: one}, unit: "1", formula: "0", cite: {document: ndrc-910, annex: "4"}}\n'), 1),
    ("RL-07", ("method.yaml", "    onsite: {zh:", "    idle: {zh: 甲, en: one}\n    onsite: {zh:"), 0),
    ("RL-07", ("ruler.yaml", "\ndocuments:\n", "\ndocuments:\n  idle: {title: {zh: 甲, en: one}}\n"), 2),
    ("RL-08", ("method.yaml", "formula: ncv * carbon_content * oxidation * co2_per_c * (1 - biogenic_fraction)", "formula: ncv * oxidation * co2_per_c * (1 - biogenic_fraction)"), 0),
    ("RL-08", ("method.yaml", "formula: ncv / gj_per_tce", "formula: ncv * gj_per_tce"), 0),
    ("RL-08", ("method.yaml", "unit: tCO2/MWh", "unit: tCO2/GJ"), 0),
    ("RL-08", ("method.yaml", "inputs: {coefficient: energy.heat_calorific}", "inputs: {coefficient: annex4.heat.fossil_default}"), -1),
    ("RL-08", ("method.yaml", 'oxidation: ["fuel.{carrier}.oxidation", annex4.transformation.oxidation]', 'oxidation: ["fuel.{carrier}.oxidation", annex4.co2_per_c]'), 0),
    ("RL-08", ("method.yaml", "factor: {heat: tCO2/GJ,", "factor: {heat: tCO2/t,"), None),
    ("RL-09", ("method.yaml", TERM, 'formula: sum(tce, term="fuel")'), 0),
    ("RL-09", ("method.yaml", "formula: energy.fence.tce - energy.feedstock_left_out.tce", "formula: energy.fence.tce - total.tco2 - energy.feedstock_left_out.tce"), 0),
    ("RL-09", ("method.yaml", 'activity_type="火力发电") * 3.6 + sum', 'activity_type="火力发电") * 3.5 + sum'), 0),
    ("RL-09", ("indicators.yaml", "holds: energy.tce < value.annex3.size.lower", "holds: energy.tce < value.annex3.limit.class_20_100"), 0),
    ("RL-10", ("indicators.yaml", "limit: annex3.limit.class_20_100", "limit: annex3.size.lower"), 0),
    ("RL-10", ("indicators.yaml", "unit: tCO2/tce", "unit: tCO2e/tce"), 0),
    ("RL-10", ("ruler.yaml", "unit: kgCO2/kWh", "unit: kgCO2e/kWh"), 0),
    ("RL-10", ("parameters.yaml", "same_as: process.crude_steel_bof.clinker_set_a_list", "same_as: energy.gj_per_tce"), 0),
    ("RL-11", ("ruler.yaml", 'value: "1.3300"', 'value: "1.1000"'), None),
    ("RL-12", own_value('unit: kgce/kg, value: "0.7143", kind: fixed_by_text, tce_consistent_ncv: {value: "20.8", unit: GJ/t}'), 2),
    ("RL-15", ("ruler.yaml", "status: complete", "status: complete\nunknown_clauses: [{zh: 甲, en: one}]"), 1),
    ("RL-16", ("ruler.yaml", "status: complete", "status: partial"), 0),
    ("RL-19", ("method.yaml", "match: {class: fuel, flow: feedstock}", "match: {class: fuel, flow: feedstok}"), 0),
    ("RL-19", ("method.yaml", "match: {class: fuel, flow: feedstock}", "match: {class: fuel, flov: feedstock}"), 0),
    ("RL-19", ("method.yaml", "factor: zero\n      default: combustion_default", "factor: zer0\n      default: combustion_default"), 0),
    ("RL-19", ("method.yaml", "      term: feedstock\n", "      term: feed\n"), 0),
    ("RL-19", ("method.yaml", "when: {transformation.coking: fuel_burned}", "when: {transformation.coking: burned}"), 0),
    ("RL-19", ("method.yaml", "proof: [carbon_balance, laboratory_report]", "proof: [carbon_balance, laboratory]"), 0),
    ("RL-19", ("method.yaml", "formula: energy.fence.tce - energy", "formula: energy.fense.tce - energy"), 0),
    ("RL-19", ("method.yaml", 'formula: sum(tco2, term="process")', 'formula: sum(tco2, term="processes")'), 0),
    ("RL-19", ("indicators.yaml", "numerator: total.tco2", "numerator: totals.tco2"), 0),
    ("RL-19", ("indicators.yaml", "limit: annex4.el.direct_share_minimum", "limit: annex4.el.minimum"), 0),
    ("RL-19", ("parameters.yaml", "default: included", "default: incl"), 0),
    ("RL-19", ("checks.yaml", "  TZ-ACC-01:", "  TZ-ACC-99:"), 0),
    ("RL-20", own_value('unit: "%", value: "5"'), 2),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fault", "below"), PLANTED, ids=[f"{at}-{one[0]}" for at, one in enumerate(PLANTED)])
def test_a_planted_fault_is_found_where_it_stands(
    code: str, fault: tuple[str, str, str], below: int | None, tmp_path: Path
) -> None:
    """`below`: how many lines below the beginning of the new text; None: elsewhere (a number is wrong where it is used)."""
    file, old, new = fault
    faults, line = planted(tmp_path, file, old, new)
    found = [one for one in faults if one.code == code]
    assert found, [str(one.problem) for one in faults]
    if below is not None:
        assert any((one.problem.file, one.problem.line) == (f"{NATIONAL}/{file}", line + below) for one in found), [
            str(one.problem) for one in found
        ]
    assert all(one.problem.column >= 1 for one in found)


@pytest.fixture(scope="module")
def honest() -> list[Fault]:
    return lint_ruler(NATIONAL)


def test_the_honest_twin_has_none_of_them(honest: list[Fault]) -> None:
    """Nothing that was planted is found in the ruler itself, but for what it says of itself (RL-17)."""
    assert {one.code for one in honest if one.gravity == "error"} == set()
    assert {one.code for one in honest} <= {"RL-02", "RL-17"}


def test_a_power_of_ten_is_no_matter_of_dimension_and_a_twice_used_word_is(tmp_path: Path) -> None:
    """g for kg has the same dimension: the lint is silent; kWh for MWh of the same dimension too; GJ for MWh is not."""
    for unit, found in (("kgce/MWh", False), ("kgce/GJ", True)):
        faults, _ = planted(tmp_path / unit.replace("/", "-"), "parameters.yaml", "unit: kgce/kWh", f"unit: {unit}")
        assert any(one.code == "RL-08" for one in faults) is found


def test_two_rulers_that_say_two_things_of_one_value_or_document(tmp_path: Path) -> None:
    """RL-13 and RL-14 at the later ruler."""
    folder = copied(tmp_path, CORPORATE)
    text = (folder / "ruler.yaml").read_text(encoding="utf-8")
    text = text.replace('practice.pervasive: {unit: "%", value: "20"', 'practice.pervasive: {unit: "%", value: "25"')
    text = text.replace("number: ISO 14064-3:2019", "number: ISO 14064-3:2006")
    (folder / "ruler.yaml").write_text(text, encoding="utf-8")
    rulers = [load_ruler(NATIONAL), load_ruler(folder)]
    found = {one.code: one for one in lint_together(rulers, ground()) if one.gravity != "note"}
    line = {part: text[: text.index(part)].count("\n") + 1 for part in ("practice.pervasive", "iso-14064-3:")}
    assert found.keys() == {"RL-13", "RL-14"}
    assert found["RL-13"].problem.line == line["practice.pervasive"]
    assert found["RL-13"].problem.arguments["other"] == "25 %"
    assert found["RL-14"].problem.line == line["iso-14064-3:"]


def test_a_number_of_a_factor_file_that_nobody_reaches() -> None:
    """RL-21: with the corporate ruler gone, nothing reaches the warming potentials; with it, all of them."""

    def unreached(*names: str) -> set[str]:
        rulers = [load_ruler(name) for name in names]
        return {str(one.problem.arguments["name"]) for one in lint_together(rulers, ground()) if one.code == "RL-21"}

    assert "gwp.AR6.CH4" not in unreached(CORPORATE)
    together: list[Ruler] = [load_ruler(CORPORATE)]
    lone = together[0].text.model_copy(update={"method": together[0].text.method.model_copy(update={"lines": []})})
    from dataclasses import replace

    bare = replace(together[0], text=lone)
    assert "gwp.AR6.CH4" in {
        str(one.problem.arguments["name"]) for one in lint_together([bare], ground()) if one.code == "RL-21"
    }


def test_an_unchecked_number_is_counted(honest: list[Fault], tmp_path: Path) -> None:
    """RL-17: one number more that was not checked, one more in the count, at the ruler's own id."""
    file, old, new = own_value('unit: "%", value: "5", kind: fixed_by_text')
    faults, _ = planted(tmp_path, file, old, new.replace("confidence: derived", "confidence: unconfirmed"))
    (before,), (after,) = ([one.problem for one in many if one.code == "RL-17"] for many in (honest, faults))
    assert after.arguments["count"] == before.arguments["count"] + 1
    assert (after.file, after.line) == (f"{NATIONAL}/ruler.yaml", 2)


def test_a_ruler_without_tests_is_told_so(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.rmtree(folder / "tests")
    assert "RL-18" in {one.code for one in lint_ruler(folder)}


def test_what_a_partial_ruler_does_not_know_is_counted(tmp_path: Path) -> None:
    """RL-22 in place of RL-02, and RL-15 beside it."""
    faults, _ = planted(
        tmp_path,
        "ruler.yaml",
        "status: complete",
        "status: partial\nunknown_clauses: [{zh: 甲, en: one}, {zh: 乙, en: two}]",
    )
    by_code = {one.code: one.problem.arguments for one in faults}
    assert by_code["RL-15"]["count"] == 2
    assert "RL-02" not in by_code


def test_every_ruler_that_comes_with_truezero_has_no_error() -> None:
    from verify.road.rule_lint import lint_all

    rulers, faults = lint_all()
    assert [one.id for one in rulers] == available()
    assert [str(one.problem) for one in faults if one.gravity == "error"] == []
    # Left as they are: the two documents have no clauses that anybody could name.
    warned = {(one.code, one.problem.arguments.get("document")) for one in faults if one.gravity == "warning"}
    assert warned == {("RL-02", "shandong-public-institutions"), ("RL-02", "ghg-protocol-gwp-values")}


def test_every_code_is_planted_and_has_its_words(tmp_path: Path) -> None:
    elsewhere = {"RL-13", "RL-14", "RL-17", "RL-18", "RL-21", "RL-22"}
    assert set(CODES) == {code for code, _, _ in PLANTED} | elsewhere
    for fault in lint(load_ruler(NATIONAL), ground()):
        for language in LANGUAGES:
            assert say(fault.problem.key, language, **fault.problem.arguments)

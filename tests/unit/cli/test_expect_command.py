"""``truezero expect``: the suite that is shipped, suites that may not run, and what is woken when."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import ROOT, environment, said
from tests.golden.road import frozen
from verify import resources
from verify.report.document import Report

SHIPPED = resources.rules() / "suites" / "cn-national-2025.json"
Change = Callable[[dict[str, Any]], None]


def report(folder: Path, name: str = "honest-not-met", change: Change | None = None) -> Path:
    """report.json of a frozen park, edited."""
    facts = copy.deepcopy(dict(frozen(name).facts))
    if change:
        change(facts)
    path = folder / "report.json"
    path.write_bytes(Report(facts, frozen(name).places).json_bytes())
    return path


def suite(folder: Path, **changes: Any) -> Path:
    """A suite of one expectation, edited."""
    one = {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "difference", "min_value": -0.01, "max_value": 0.01},
        "meta": {"table": "energy", "severity": "error", "title": {"zh": "相抵", "en": "agrees"}, "clause": "1"},
    }
    for path, value in changes.items():
        at: Any = one
        *before, last = path.split("__")
        for name in before:
            at = at[name]
        at[last] = value
    target = folder / "suite.json"
    target.write_text(
        json.dumps({"name": "mine", "expectations": [one]}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return target


def outcomes(text: str) -> dict[str, tuple[str, list[str]]]:
    return {one["title"]["en"]: (one["outcome"], one["rows"]) for one in json.loads(text)["suites"][0]["results"]}


def test_the_shipped_suite_says_what_is_missing(tmp_path: Path) -> None:
    """A park that is not met fails on its core indicator by name, and holds where it is honest."""
    done = said("expect", str(report(tmp_path)), "--json", "--lang", "en")
    assert done.code == 1
    found = outcomes(done.out)
    assert found["every core indicator is within its limit"] == ("failed", ["unit_energy_co2"])
    assert found["no error was found"] == ("passed", [])
    assert found["both sides of the energy identity agree to 0.01 tce"] == ("passed", [])
    assert "could_not_run" not in {outcome for outcome, _ in found.values()}


def test_a_planted_fault_is_found_at_its_row(tmp_path: Path) -> None:
    def spoil(facts: dict[str, Any]) -> None:
        row = facts["energy"][3]
        row["difference"] = "12.5"
        facts["park"]["id"] = row["carrier"]

    path = report(tmp_path, change=spoil)
    carrier = json.loads(path.read_text(encoding="utf-8"))["facts"]["park"]["id"]
    done = said("expect", str(path), "--suite", str(suite(tmp_path)), "--json")
    assert (done.code, outcomes(done.out)["agrees"]) == (1, ("failed", [carrier]))


def test_what_could_not_run_fails_nothing_and_says_why(tmp_path: Path) -> None:
    done = said(
        "expect", str(report(tmp_path)), "--suite", str(suite(tmp_path, kwargs__column="no_such")), "--lang", "en"
    )
    assert done.code == 0
    assert "could not run" in done.out
    assert "no column no_such" in done.out
    hidden = report(tmp_path, change=lambda facts: facts.update(energy=None))
    done = said("expect", str(hidden), "--suite", str(suite(tmp_path)), "--lang", "en")
    assert (done.code, "withholds it" in done.out) == (0, True)


def test_the_appendix_is_the_same_again_and_asks_for_nothing(tmp_path: Path) -> None:
    path = report(tmp_path)
    for name in ("a", "b"):
        assert said("expect", str(path), "-o", str(tmp_path / name), "--fail-level", "never").code == 0
    files = sorted(one.name for one in (tmp_path / "a").iterdir())
    assert files == ["expectations.en.html", "expectations.json", "expectations.zh.html"]
    for name in files:
        data = (tmp_path / "a" / name).read_bytes()
        assert data == (tmp_path / "b" / name).read_bytes()
        assert b"http" not in data.replace(b"http-equiv", b"")
        assert b"<script" not in data


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "unexpected_rows_expectation"}, "unexpected_rows_expectation"),
        ({"type": "expect_column_values_to_match_regex"}, "expect_column_values_to_match_regex"),
        ({"kwargs__row_condition": "__import__('os')"}, "row_condition"),
        ({"kwargs__max_value": {"$PARAMETER": "1+1"}}, "max_value"),
        ({"kwargs__max_value": "NaN"}, "max_value"),
        ({"meta__table": "readings"}, "readings"),
        ({"meta__severity": "fatal"}, "fatal"),
        ({"meta__title": {"en": "x"}}, "both languages"),
        ({"meta__clause": ""}, "rests on"),
        ({"kwargs": {"min_value": 1}}, "argument column"),
    ],
)
def test_what_a_suite_may_not_hold_is_refused_with_file_and_line(
    changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    done = said("expect", str(report(tmp_path)), "--suite", str(suite(tmp_path, **changes)), "--lang", "en")
    assert done.code == 2
    assert words in done.err
    assert "suite.json:" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("text", ["", "[]", '{"name": 1}', "{", '{"name": "a", "expectations": [1]}'])
def test_rubbish_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "suite.json"
    path.write_text(text, encoding="utf-8")
    for words in (("--suite", str(path)), ()):
        done = said("expect", str(report(tmp_path) if words else path), *words, "--lang", "en")
        assert (done.code, "Traceback" in done.err) == (2, False)


def test_it_runs_without_a_network_and_nothing_else_imports_it(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('no network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from verify.cli.app import truezero\nfrom verify.cli.ending import ended\n"
        "def told(*words): return ended(truezero, list(words)), 'great_expectations' in sys.modules\n"
        f"print(told('expect', {str(suite(tmp_path, type='no_such'))!r}), file=sys.stderr)\n"
        f"print(told('expect', {str(report(tmp_path))!r}, '--fail-level', 'never'), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "(0, True)"
    assert next(line for line in done.stderr.splitlines() if line.startswith("(")) == "(2, False)"


def test_every_table_of_the_shipped_suite_has_its_columns() -> None:
    from verify.expectations.suite import read
    from verify.expectations.tables import table

    facts = frozen("honest-met").facts
    for one in read(SHIPPED).expectations:
        assert set(one.columns) <= set(table(facts, one.table).columns)

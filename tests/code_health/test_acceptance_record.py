"""docs/acceptance.json says what was run and measured, keeps failures as failures and names no place of a machine."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest

from tests.acceptance import run
from tests.acceptance.__main__ import chosen, written
from tests.acceptance.entries import Entry, acceptance, entries
from tests.code_health.tree import ROOT


def holds() -> dict[str, object]:
    return {"lines": 3}


def fails() -> dict[str, object]:
    raise ValueError(f"no such file {ROOT}/data")


def test_a_result_and_a_failure_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "entries", lambda: {"9.1": Entry("9.1", "", holds), "9.2": Entry("9.2", "", fails)})
    run.inside("9.1", tmp_path / "one.json")
    run.inside("9.2", tmp_path / "two.json")
    assert json.loads((tmp_path / "one.json").read_text(encoding="utf-8")) == {"result": {"lines": 3}}
    assert json.loads((tmp_path / "two.json").read_text(encoding="utf-8")) == {
        "failure": "ValueError: no such file ./data"
    }


def test_an_id_is_given_once() -> None:
    taken = next(iter(entries()))
    with pytest.raises(ValueError, match="two acceptances"):
        acceptance(taken, "again")(holds)


def test_only_takes_whole_parts_of_an_id() -> None:
    known = {entry_id: Entry(entry_id, "", holds) for entry_id in ("2.1", "2.10", "2.1.1", "3.1")}
    assert list(chosen(known, ["2.1"])) == ["2.1", "2.1.1"]
    assert list(chosen(known, ["3"])) == ["3.1"]
    assert list(chosen(known, [])) == list(known)


def test_a_partial_run_keeps_the_other_records(tmp_path: Path) -> None:
    record = tmp_path / "acceptance.json"
    written(record, ["2.1", "2.2"], {"2.1": {"outcome": "passed"}, "2.2": {"outcome": "passed"}})
    written(record, ["2.2", "2.3"], {"2.2": {"outcome": "failed"}})
    assert json.loads(record.read_text(encoding="utf-8"))["entries"] == {"2.2": {"outcome": "failed"}}


def test_the_record_names_no_place_and_no_host() -> None:
    record = ROOT / "docs" / "acceptance.json"
    text = record.read_text(encoding="utf-8") if record.is_file() else ""
    assert [word for word in (str(ROOT), platform.node()) if len(word) > 3 and word in text] == []


def test_every_record_passed_and_is_an_entry() -> None:
    record = ROOT / "docs" / "acceptance.json"
    kept = json.loads(record.read_text(encoding="utf-8"))["entries"] if record.is_file() else {}
    assert {entry_id: entry["outcome"] for entry_id, entry in kept.items() if entry["outcome"] != "passed"} == {}
    assert sorted(set(kept) - set(entries())) == []

"""Quiet, JSON, colour, levels, lists that are cut, the default folder: what a person or a program relies on."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.command import REPORT, ROOT, Said, block, environment, said
from verify.canonical import canonical_bytes

ESCAPE = "\x1b["


def test_json_is_the_report_and_nothing_else(faulty: Path, tmp_path: Path) -> None:
    one = said("verify", faulty, "-o", tmp_path / "out", "--json")
    assert one.err == ""
    assert one.code == 1
    assert one.out.encode() == (tmp_path / "out" / "report.json").read_bytes() + b"\n"
    assert canonical_bytes(json.loads(one.out)) + b"\n" == one.out.encode()


def test_quiet_says_nothing_and_keeps_its_exit_code(faulty: Path) -> None:
    assert said("check", faulty, "-q") == Said(1, "", "")


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("note", 1), ("never", 0)])
def test_the_fail_level_decides_the_exit_code(level: str, code: int, faulty: Path) -> None:
    assert said("check", faulty, "-q", "--fail-level", level).code == code


def test_a_level_above_every_finding_is_clean() -> None:
    honest = ROOT / "fixtures" / "parks" / "honest-met"
    assert said("check", honest, "-q").code == 0


@pytest.mark.parametrize(
    ("words", "names", "coloured"),
    [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    words: list[str], names: dict[str, str], coloured: bool, faulty: Path
) -> None:
    told = on_a_terminal(["check", str(faulty), "--lang", "en", *words], names)
    assert (ESCAPE + "31m" in told) == coloured  # red
    assert "TZ-SUB-07" in told


def test_a_pipe_gets_no_colour_and_no_progress(checked: Said) -> None:
    assert ESCAPE not in checked.all
    assert checked.err == ""


def test_progress_is_shown_on_a_terminal(faulty: Path) -> None:
    assert "checking TZ-" in on_a_terminal(["check", str(faulty), "--lang", "en"], {})


def test_a_long_list_is_cut_and_says_so(faulty: Path, checked: Said) -> None:
    assert "以上没有列全：" in checked.out
    whole = said("check", faulty, "--all", "--lang", "zh")
    assert "以上没有列全" not in whole.out
    assert whole.out.count(" TZ-BAS-03  ") > checked.out.count(" TZ-BAS-03  ") == 3


def test_a_place_without_a_line_names_the_file_alone(tmp_path: Path) -> None:
    from tests.acceptance import bad_files

    told = block(said("check", bad_files.damaged(tmp_path, "mixed"), "--lang", "zh").out, "TZ-SUB-30")
    assert "→ enterprises.csv" in told
    assert "None" not in told


def test_the_report_goes_beside_the_person(faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = said("verify", faulty, "--lang", "en")
    assert {path.name for path in (tmp_path / f"{faulty.name}-report").iterdir()} == REPORT
    assert "Report written to many-report: report.json" in one.out
    assert faulty.name == "many"
    assert {path.name for path in faulty.iterdir()} == {"park.yaml", *(f"{name}.csv" for name in TABLES)}


def test_the_digests_of_the_last_lines_are_those_of_the_report(faulty: Path, tmp_path: Path) -> None:
    import hashlib

    one = said("verify", faulty, "-o", tmp_path / "out", "--lang", "en")
    facts = json.loads((tmp_path / "out" / "report.json").read_bytes())["facts"]
    digest = hashlib.sha256(canonical_bytes(facts)).hexdigest()
    assert f"facts digest sha256:{digest}" in one.out
    assert f"ruler digest cn-national-2025@sha256:{facts['ruler']['sha256']}" in one.out


def test_a_template_is_not_overwritten_and_is_written_whole(tmp_path: Path) -> None:
    assert said("template", tmp_path / "park.xlsx", "--lang", "en").code == 0
    again = said("template", tmp_path / "park.xlsx", "--lang", "zh")
    assert (again.code, again.out) == (2, "")
    assert "已存在，不会覆盖" in again.err
    assert said("template", tmp_path / "folder", "--tables", "enterprises,activity", "--lang", "en").code == 0
    assert {path.name for path in (tmp_path / "folder").iterdir()} == {
        "park.yaml", "README.md", "enterprises.csv", "activity.csv",
    }  # fmt: skip
    assert said("template", tmp_path / "x.xlsx", "--tables", "enterprises,nix", "--lang", "en").code == 2
    assert not (tmp_path / "x.xlsx").exists()


TABLES = ("enterprises", "sources", "meters", "evidence", "activity")


def on_a_terminal(words: list[str], names: dict[str, str]) -> str:
    """What stands on a terminal of its own after the command."""
    outside, inside = pty.openpty()
    env = environment({"TERM": "xterm", **names})
    env.pop("NO_COLOR", None) if not names else None
    command = [sys.executable, "-m", "verify", *words]
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=inside, stderr=inside)
    os.close(inside)
    told = b""
    try:
        while piece := os.read(outside, 65536):
            told += piece
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(outside)
    child.wait()
    return told.decode("utf-8", errors="replace")

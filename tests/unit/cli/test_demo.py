"""`demo`: one report for each park, and where to look."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.command import REPORT, said
from tests.unit.submission.handing import folder, sound
from verify import resources


def test_every_park_gets_its_report_and_the_faulty_one_comes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parks = tmp_path / "parks"
    for name in ("careless", "honest"):
        folder(parks / name, sound())
    monkeypatch.setattr(resources, "parks", lambda: parks)
    one = said("demo", "-o", tmp_path / "out", "--lang", "zh")
    assert (one.code, one.err) == (0, "")
    lines = one.out.splitlines()
    assert [line.split()[1] for line in lines[1:3]] == ["honest", "careless"]
    assert len({line.index("sha256:") for line in lines[1:3]}) == 1
    suites = {"expectations.json", "expectations.zh.html", "expectations.en.html"}  # over the first park alone
    for name, more in (("honest", suites), ("careless", set())):
        assert {path.name for path in (tmp_path / "out" / name).iterdir()} == REPORT | more
    assert f"先看 {tmp_path / 'out' / 'honest' / 'report.zh.html'}" in lines[3]
    shutil.rmtree(parks / "honest")
    (tmp_path / "file").write_bytes(b"mine")
    assert said("demo", "-o", tmp_path / "file", "--lang", "zh").code == 2

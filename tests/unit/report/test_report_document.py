"""report.json, the digest, and writing all faces or none."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.unit.report.example import VARIANTS, met, not_met
from verify.canonical import files
from verify.canonical.files import write_all
from verify.errors import OurFault
from verify.report import Report, facts_digest, write_report

NAMES = ["report.json", "report.zh.html", "report.en.html", "findings.sarif", "junit.xml"]


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_written_reads_back(name: str, tmp_path: Path) -> None:
    report = Report(**VARIANTS[name]())
    written = write_report(tmp_path / "out", report)
    assert [path.name for path in written] == NAMES
    assert Report.read(written[0]).document() == report.document()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(NAMES)


def test_the_digest_can_be_recomputed_with_the_standard_library(tmp_path: Path) -> None:
    report = Report(**not_met())
    write_report(tmp_path, report, ["zh"])
    facts = json.loads((tmp_path / "report.json").read_bytes())["facts"]
    # RFC 8785 on text, arrays and objects with ASCII keys is sorted compact JSON
    plain = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert hashlib.sha256(plain).hexdigest() == report.digest == facts_digest(facts)


def test_places_do_not_enter_the_digest() -> None:
    one, other = not_met(), not_met()
    other["places"]["claims:c1#1"]["line"] = 999
    assert Report(**one).digest == Report(**other).digest
    other["facts"]["year"] = "2028"
    assert Report(**one).digest != Report(**other).digest


def test_a_fault_of_one_face_writes_nothing(tmp_path: Path) -> None:
    broken = met()
    broken["facts"]["runs"][0]["code"] = "TZ-ZZZ-99"
    with pytest.raises(OurFault):
        write_report(tmp_path / "out", Report(**broken))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"facts": {}}',
        '{"facts": {}, "places": {}, "more": 1}',
        '{"facts": {}, "places": {}, "withheld": []}',
        "not json",
    ],
)
def test_what_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(ValueError):
        Report.read(tmp_path / "report.json")


def test_a_public_report_reads_back_with_what_it_withholds(tmp_path: Path) -> None:
    report = Report(**not_met(), withheld=[{"path": "energy"}], withheld_share="0.4612")
    (tmp_path / "report.json").write_bytes(report.json_bytes())
    again = Report.read(tmp_path / "report.json")
    assert again == report
    assert set(again.document()) == {"facts", "places", "withheld", "withheld_share"}
    assert again.digest == Report(**not_met()).digest  # what is withheld does not enter the digest of the facts
    assert set(Report(**not_met()).document()) == {"facts", "places"}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_all(tmp_path, {"a.json": b"one"})
    write_all(tmp_path, {"a.json": b"two"})
    assert path.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_crash_before_the_rename_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_all(tmp_path, {"a.json": b"one"})

    def crash(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(files.os, "fsync", crash)
    with pytest.raises(OSError, match="no space"):
        write_all(tmp_path, {"a.json": b"two"})
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]

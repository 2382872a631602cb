"""`truezero registry`: exit codes, both languages, the report as data and as pages without a network."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from fixtures.simulator.nation import KINDS, nation
from tests.unit.registry.nation_folder import checked, filed
from verify.cli.app import truezero
from verify.cli.ending import ended
from verify.registry import writing

ROOT = Path(__file__).parents[3]


def run(*words: str) -> int:
    return ended(truezero, ["registry", *words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("parks")
    parks, _ = nation(48, len(KINDS), hours=24)
    filed(place / "registry", parks, 24)
    checked(place / "registry", place / "work")
    return place / "registry"


def test_a_check_that_asks_nothing_new_still_fails_on_what_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(folder), "--lang", "zh") == 1
    told = capsys.readouterr().out
    assert all(code in told for code in KINDS)
    assert "其中新登记 0 个" in told
    assert run("check", str(folder), "-q", "--fail-level", "never") == 0


def test_the_report_is_data_and_pages_without_a_network(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", str(folder), "-o", str(tmp_path / "out"), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document == json.loads((tmp_path / "out" / "registry.json").read_bytes())
    assert [one["code"] for one in document["runs"]] == sorted(KINDS)
    assert len(document["ranking"][0]["parks"]) == 48
    for language in ("zh", "en"):
        page = (tmp_path / "out" / f"registry.{language}.html").read_text(encoding="utf-8")
        assert all(code in page for code in KINDS)
        assert not re.findall(r"<script|(?:src|href)=\"https?:", page)


def test_who_writes_second_and_what_is_no_registry_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(folder):
        assert run("check", str(folder), "--lang", "en") == 2
    assert "another process is writing" in capsys.readouterr().err
    assert run("check", str(tmp_path / "nothing"), "--lang", "zh") == 2
    assert "不是登记册" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_a_report_waits_for_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filed(tmp_path, nation(2, 0, hours=0)[0], 0)
    assert run("report", str(tmp_path), "--lang", "en") == 2
    assert "registry check" in capsys.readouterr().err


@pytest.mark.accept
def test_two_names_of_one_park_on_the_whole_road(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    park = ROOT / "fixtures" / "parks" / "honest-met"
    twin = tmp_path / "twin"
    shutil.copytree(park, twin)
    text = (twin / "park.yaml").read_text(encoding="utf-8")
    own = re.search(r"^id: *(\S+)", text, re.MULTILINE)
    assert own
    (twin / "park.yaml").write_text(text.replace(own[0], "id: another-name", 1), encoding="utf-8")
    assert run("add", str(tmp_path / "registry"), str(park), str(twin), "--no-ranking", "--json") == 0
    assert [one["park"] for one in json.loads(capsys.readouterr().out)] == [own[1].strip("'\""), "another-name"]
    assert run("check", str(tmp_path / "registry"), "--json") == 0
    found = {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found == {"TZ-REG-02", "TZ-REG-10"}  # the certificates are used for the park of one name in both

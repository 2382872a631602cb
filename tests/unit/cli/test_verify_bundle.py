"""``truezero verify-bundle`` as a stranger types it: exit codes, words in both languages, JSON, offline and without an engine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import ROOT as CHECKOUT
from tests.acceptance.command import environment, said
from tests.unit.attest.attested import WORLD
from tests.unit.attest.people import END, KEYS, SIGNED, START
from tests.unit.bundle.signed_bundle import FACTS, ROOT, bundle, report
from verify.attest import profiles, root
from verify.attest.profiles import Revoked
from verify.bundle.writing import write_folder, write_zip
from verify.canonical import canonical_bytes
from verify.report import public_pages

LANGUAGES = ("zh", "en")
HEAVY = {"duckdb", "ibis", "numpy", "openpyxl", "pandas", "polars", "pyarrow", "pydantic"}
ENGINE = {f"verify.{room}" for room in ("checks", "engine", "ledger", "road", "ruler", "submission")}


def pages(document: Any) -> dict[str, bytes]:
    """The program's own."""
    return dict(public_pages(document))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a good bundle, as a folder and as a zip, and the trust root."""
    folder = tmp_path_factory.mktemp("published")
    members = bundle(faces=pages)
    write_folder(folder / "bundle", members)
    write_zip(folder / "bundle.zip", members)
    (folder / "root.json").write_bytes(ROOT)
    return folder


@pytest.fixture(scope="module")
def altered(place: Path) -> Path:
    """The same with one digit of the report changed."""
    members = bundle(faces=pages)
    members["report.json"] = members["report.json"].replace(b"14.750000", b"14.250000")
    write_folder(place / "altered", members)
    return place / "altered"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["bundle", "bundle.zip"])
def test_a_good_bundle(form: str, language: str, place: Path) -> None:
    one = said("verify-bundle", place / form, "--root", place / "root.json", "--lang", language)
    assert (one.code, one.err) == (0, "")
    assert one.out.splitlines()[1] == {"zh": "✓ 核验通过", "en": "✓ VERIFIED"}[language]
    for word in ("Wang Fang", "Li Na", "Body 017", "2028-03-31 09:00:00 UTC", "PX-1", "Clock 1"):
        assert word in one.out
    assert {"zh": "以上核验不能证明：", "en": "What this does not prove:"}[language] in one.out
    assert {"zh": "保留意见", "en": "modified"}[language] in one.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_altered_bundle(language: str, place: Path, altered: Path) -> None:
    one = said("verify-bundle", altered, "--root", place / "root.json", "--lang", language)
    assert one.code == 4
    assert one.out.splitlines()[1] == {"zh": "✕ 核验未通过", "en": "✕ NOT VERIFIED"}[language]
    assert {"zh": "report.json 与签名时不同", "en": "report.json is not what was signed"}[language] in one.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_root_it_says_how_to_pass_one(language: str, place: Path) -> None:
    one = said("verify-bundle", place / "bundle.zip", "--lang", language)
    assert one.code == 4
    assert "--root root.N.dsse.json" in one.out
    assert "--root-sha256" in one.out
    head = one.out.splitlines()[1]
    assert head.startswith("–")
    assert {"zh": "未能核验完毕", "en": "NOT VERIFIED"}[language] in head
    assert {"zh": "自称", "en": "claims to be"}[language] in one.out


def test_the_digest_of_the_root_is_enough(place: Path) -> None:
    digest = root.payload_sha256(ROOT)
    assert said("verify-bundle", place / "bundle", "--root-sha256", digest).code == 0
    assert said("verify-bundle", place / "bundle", "--root-sha256", f"SHA256:{digest.upper()}").code == 0
    both = ("--root", place / "root.json", "--root-sha256")
    assert said("verify-bundle", place / "bundle", *both, digest).code == 0
    assert said("verify-bundle", place / "bundle", *both, "00" * 32).code == 4
    assert said("verify-bundle", place / "bundle", "--root-sha256", "00" * 32).code == 4


@pytest.mark.parametrize(
    "words",
    [
        ["gone.zip"],
        ["bundle", "--root", "gone.json"],
        ["bundle", "--root", "."],
        ["bundle", "--root-sha256", "abc"],
        ["bundle", "--root-sha256", ""],
        [],
        ["bundle", "--nothing"],
        ["loop"],
    ],
    ids=" ".join,
)
def test_wrong_usage(words: list[str], place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    if not (place / "loop").is_symlink():
        (place / "loop").symlink_to("loop")
    for language in LANGUAGES:
        one = said("verify-bundle", *words, "--lang", language)
        assert (one.code, one.out) == (2, "")
        assert one.err


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_bundle_is_not_verified(data: bytes, tmp_path: Path, place: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    one = said("verify-bundle", path, "--root", place / "root.json", "--lang", "en")
    assert (one.code, one.err) == (4, "")
    assert "✕ NOT VERIFIED" in one.out


def test_an_empty_folder_is_not_verified(tmp_path: Path) -> None:
    assert said("verify-bundle", tmp_path, "--lang", "zh").code == 4


@pytest.mark.parametrize("which", ["bundle", "altered"])
def test_json_is_canonical_and_tells_every_check(which: str, place: Path, altered: Path) -> None:
    one = said("verify-bundle", altered.parent / which, "--root", place / "root.json", "--json", "--lang", "en")
    assert one.err == ""
    found = json.loads(one.out)
    assert canonical_bytes(found) + b"\n" == one.out.encode()
    assert one.code == (0 if found["state"] == "verified" else 4)
    assert set(found) == {
        "state",
        "checks",
        "statement",
        "signers",
        "recomputed",
        "notes",
        "digests",
        "first",
        "opened",
    }
    for check in found["checks"]:
        assert set(check) == {"name", "state", "required", "key", "arguments", "text"}
        assert bool(check["text"]) == (check["key"] is not None)
    assert found["statement"]["scope"] == {
        "park": "PX-1",
        "boundary": "whole",
        "period": "2027-01-01/2027-12-31",
    }
    if which == "bundle":
        assert found["recomputed"][0] == {
            "item": "term.fuel.tco2",
            "year": "2027",
            "kind": "claimed",
            "state": "verified",
            "published": "12.500000",
            "recomputed": "12.500000",
            "given": [],
        }
        assert [one["at"] for one in found["signers"]] == ["2028-03-31T09:00:00Z", "2028-03-31T11:00:00Z"]
    else:
        assert {one["name"] for one in found["checks"] if one["state"] == "failed"} == {"members", "report"}


def test_quiet_says_nothing(place: Path, altered: Path) -> None:
    good = said("verify-bundle", place / "bundle", "--root", place / "root.json", "-q")
    bad = said("verify-bundle", altered, "--root", place / "root.json", "-q")
    assert (good.code, good.all, bad.code, bad.all) == (0, "", 4, "")


def test_it_opens_no_socket(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert said("verify-bundle", place / "bundle.zip", "--root", place / "root.json").code == 0


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_it_wakes_no_engine_and_no_ruler(more: list[str], place: Path) -> None:
    code = (
        "import sys; from verify.cli.app import truezero; from verify.cli.ending import ended; "
        "code = ended(truezero, sys.argv[1:]); print(); print(code, *sys.modules)"
    )
    words = ["verify-bundle", str(place / "bundle.zip"), "--root", str(place / "root.json"), *more]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=CHECKOUT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    ended, *loaded = done.stdout.splitlines()[-1].split()
    assert ended == "0"
    assert "verify.bundle.judge" in loaded
    assert sorted((HEAVY | ENGINE) & set(loaded)) == []


def test_a_name_in_a_certificate_steers_no_terminal(tmp_path: Path, place: Path) -> None:
    subject = profiles.name("Wang\x1b[31m\u202eFang", "Body 017")
    made = profiles.person(subject, "w@example.org", KEYS[5].public_key(), "lead", WORLD.body, START, END)
    lead = (made, KEYS[5])
    write_zip(tmp_path / "x.zip", bundle(faces=pages, lead=lead))
    one = said("verify-bundle", tmp_path / "x.zip", "--root", place / "root.json", "--lang", "en")
    assert "\\x1b[31m\\u202eFang" in one.out
    assert "\x1b" not in one.out.replace("\x1b[0m", "")
    assert "\u202e" not in one.out


def test_a_certificate_that_was_revoked_later_is_told(tmp_path: Path, place: Path) -> None:
    from cryptography.x509 import ReasonFlags

    revoked = [Revoked(WORLD.lead.serial_number, SIGNED.replace(month=4, day=2), ReasonFlags.superseded)]
    write_zip(tmp_path / "x.zip", bundle(faces=pages, revoked=revoked))
    words = ("verify-bundle", tmp_path / "x.zip", "--root", place / "root.json", "--lang")
    chinese, english = said(*words, "zh"), said(*words, "en")
    assert (chinese.code, english.code) == (0, 0)
    assert "证书 Wang Fang（Body 017） 在签署之后于 2028-04-02" in chinese.out.replace("\n            ", "")
    assert "superseded" in english.out


def test_what_differs_is_told_by_its_name(tmp_path: Path, place: Path) -> None:
    items = [FACTS["items"][0], FACTS["items"][1] | {"claimed": "14.750003"}, FACTS["items"][2]]
    write_zip(tmp_path / "x.zip", bundle(report(items=items), faces=pages, opinion="unmodified"))
    words = ("verify-bundle", tmp_path / "x.zip", "--root", place / "root.json", "--lang")
    chinese, english = said(*words, "zh"), said(*words, "en")
    assert "碳排放总量 公布 14.750003，重算为 14.750000" in chinese.out
    assert "核查意见不一致：声明为“无保留意见”，报告为“保留意见”" in chinese.out
    assert "opinion: the statement says unmodified, the report modified" in english.out


@pytest.mark.parametrize("section", ["park", "ruler", "indicators", "headline", "terms", "parameters", "members"])
def test_a_report_of_another_shape_is_still_told(section: str, tmp_path: Path, place: Path) -> None:
    from verify.canonical import digest

    for value in (None, [{}], {}):
        facts = FACTS | {section: value}
        data = canonical_bytes(report() | {"facts": facts})
        members = bundle(
            faces=pages,
            edit=lambda held, data=data: held.update({"report.json": data}),
            public_facts_sha256=digest(facts),
        )
        write_zip(tmp_path / "x.zip", members)
        for more in (["--lang", "zh"], ["--lang", "en"], ["--json"]):
            one = said("verify-bundle", tmp_path / "x.zip", "--root", place / "root.json", *more)
            assert (one.code, one.err) == (4, "")

"""SHA256SUMS: the form of coreutils, and the exact set of members (Z8)."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from verify.bundle.member_set import MemberFault, member_faults
from verify.bundle.members import ATTESTED_MEMBERS, SIGNED_MEMBERS
from verify.bundle.refused import Refused
from verify.bundle.sums import parse_sums, write_sums
from verify.bundle.writing import write_folder
from verify.words import LANGUAGES, say

SIGNED = {name: name.encode() for name in SIGNED_MEMBERS} | {"data/activity.csv": b"a\n1\n"}
ATTESTED = {name: name.encode() for name in ATTESTED_MEMBERS}
WHOLE = {**SIGNED, **ATTESTED, "SHA256SUMS": write_sums(SIGNED)}
LINE = "0" * 64 + "  {}\n"


def test_a_whole_set_has_no_fault() -> None:
    assert member_faults(WHOLE) == []
    assert write_sums(WHOLE) == write_sums(SIGNED)  # itself, attest/, log/ and trust/ are never listed
    assert parse_sums(write_sums(SIGNED)) == {name: hashlib.sha256(data).hexdigest() for name, data in SIGNED.items()}


def test_what_may_stand_outside() -> None:
    more = ("log/entries", "log/verdict.tlog-proof", "log/engagement.tlog-proof", "trust/root.12.dsse.json")
    assert member_faults({**WHOLE, **dict.fromkeys([*more, "trust/trusted_root.json"], b"")}) == []
    further = ("attest/further.tsr", "attest/further.0a1b2c3d.tsr", "attest/lead.0a1b2c3d.tsr", "trust/further.pem")
    assert member_faults({**WHOLE, **dict.fromkeys([*further, "trust/further.crls.pem"], b"")}) == []
    for name in ("attest/other.tsr", "attest/further.0A1B2C3D.tsr", "attest/further.0a1b.tsr", "trust/more.pem"):
        assert member_faults({**WHOLE, name: b""}) == [MemberFault("unlisted", name)]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="coreutils are not installed")
def test_coreutils_read_it_and_see_a_change(tmp_path: Path) -> None:
    write_folder(tmp_path / "bundle", WHOLE)
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path / "bundle", capture_output=True, check=False).returncode == 0
    (tmp_path / "bundle" / "index.html").write_bytes(b"PASS")
    assert subprocess.run(check, cwd=tmp_path / "bundle", capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_every_member_altered_removed_renamed(name: str) -> None:
    gone = {key: data for key, data in WHOLE.items() if key != name}
    altered = {**WHOLE, name: WHOLE[name] + b"x"}
    renamed = {**gone, f"{name}.x": WHOLE[name]}
    if name == "SHA256SUMS":
        for members in (gone, renamed, altered):
            with pytest.raises(Refused):
                member_faults(members)
        return
    assert member_faults(gone) == [MemberFault("missing", name)]
    assert member_faults(renamed) == [MemberFault("missing", name), MemberFault("unlisted", f"{name}.x")]
    if name not in ATTESTED:  # what a signature holds is for attest to judge
        assert member_faults(altered) == [MemberFault("altered", name)]


@pytest.mark.parametrize(
    "name",
    [
        "extra.txt",
        "data/b.csv",
        "attest/other.dsse.json",
        "attest/lead.tsr.bak",
        "trust/root.json",
        "trust/root.0.dsse.json",
        "trust/root.01.dsse.json",
        "trust/anchor.pem",
        "log/entries2",
        "sha256sums.txt",
        "SHA256SUMS.asc",
    ],
)
def test_an_unlisted_member(name: str) -> None:
    assert member_faults({**WHOLE, name: b""}) == [MemberFault("unlisted", name)]


def test_two_members_swapped() -> None:
    swapped = {**WHOLE, "index.html": WHOLE["report.json"], "report.json": WHOLE["index.html"]}
    assert member_faults(swapped) == [MemberFault("altered", "index.html"), MemberFault("altered", "report.json")]


def test_a_report_that_nobody_signed() -> None:
    """Listed by nobody, and on the fixed list of what must be signed."""
    sums = write_sums({name: data for name, data in SIGNED.items() if name != "report.json"})
    assert member_faults({**WHOLE, "SHA256SUMS": sums}) == [MemberFault("unsigned", "report.json")]
    without = {name: data for name, data in WHOLE.items() if name != "report.json"}
    assert member_faults({**without, "SHA256SUMS": sums}) == [MemberFault("missing", "report.json")]


def test_before_signing() -> None:
    before = {**SIGNED, "SHA256SUMS": write_sums(SIGNED)}
    assert member_faults(before, attested=False) == []
    assert {fault.member for fault in member_faults(before)} == ATTESTED_MEMBERS


def test_every_fault_has_its_words() -> None:
    for kind in ("missing", "altered", "unlisted", "unsigned"):
        fault = MemberFault(kind, "index.html")  # type: ignore[arg-type]
        assert all("index.html" in say(fault.key, language, member=fault.member) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (LINE.format("a").replace("  ", " "), "Z9"),
        (LINE.format("a").replace("  ", " *"), "Z9"),
        (LINE.format("a").replace("\n", "\r\n"), "Z9"),
        (LINE.format("a").replace("0", "A"), "Z9"),
        (LINE.format("a")[1:], "Z9"),
        (LINE.format("a").rstrip("\n"), "Z9"),
        ("\\" + LINE.format("a"), "Z9"),
        (LINE.format("a") + "\n", "Z9"),
        ("\n" + LINE.format("a"), "Z9"),
        ("# note\n" + LINE.format("a"), "Z9"),
        (LINE.format("a") + LINE.format("a"), "Z9"),
        (LINE.format("b") + LINE.format("a"), "Z9"),
        ("SHA256 (a) = " + "0" * 64 + "\n", "Z9"),
        (LINE.format("数据"), "Z9"),
        ("\ufeff" + LINE.format("a"), "Z9"),
        (LINE.format("../a"), "Z6"),
        (LINE.format("/a"), "Z6"),
        (LINE.format("A") + LINE.format("a"), "Z6"),
        (LINE.format("SHA256SUMS"), "Z8"),
        (LINE.format("attest/lead.tsr"), "Z8"),
        (LINE.format("log/entries"), "Z8"),
        (LINE.format("trust/chain.pem"), "Z8"),
    ],
)
def test_another_form_is_refused(text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_sums(text.encode("utf-8"))
    assert refused.value.rule == rule
    assert all(say(refused.value.key, language, **refused.value.arguments) for language in LANGUAGES)

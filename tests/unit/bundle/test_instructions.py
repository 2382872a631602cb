"""VERIFY.md: the commands that stand in it, run as they stand, on a good bundle and on altered ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.attest.attested import LEAD, REVIEWER, WORLD
from tests.unit.attest.people import KEYS, SIGNED
from tests.unit.attest.people import root as another_root
from tests.unit.bundle.signed_bundle import ENVELOPE, ROOT, bundle, pem, root_file
from verify import resources
from verify.attest.anchors import Anchor, Anchors
from verify.attest.root import payload_sha256
from verify.bundle.canonical_members import read_json
from verify.bundle.instructions import instructions
from verify.canonical import canonical_bytes

PROGRAMS = ("bash", "openssl", "jq", "sha256sum", "base64", "csplit", "date", "stat", "cut")
Members = dict[str, bytes]
needs_programs = pytest.mark.skipif(
    any(shutil.which(one) is None for one in PROGRAMS), reason=f"not all of {', '.join(PROGRAMS)} on this machine"
)
SIGNATURE, STAMP, LISTED, FILES = "Verified OK", "Verification: OK", "not revoked", "members OK"
LEADS, REVIEWERS = "lead.pem: OK", "reviewer.pem: OK"
ALL_GOOD = [SIGNATURE, STAMP, LEADS, LISTED, SIGNATURE, STAMP, REVIEWERS, LISTED, FILES]


def commands() -> str:
    """The one block of commands of the page."""
    (found,) = re.findall(r"```bash\n(.*?)```", instructions().decode("utf-8"), flags=re.DOTALL)
    return str(found)


def followed(
    members: Members, folder: Path, root: bytes = ROOT, text: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """What the commands say, typed in the unpacked folder, with a trust root that lies elsewhere."""
    bundle_folder, elsewhere = folder / "bundle", folder / "elsewhere.json"
    for name, data in members.items():
        (bundle_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle_folder / name).write_bytes(data)
    elsewhere.write_bytes(root)
    text = text or commands()
    assert text.count("R=../root.1.dsse.json") == 1
    script = text.replace("R=../root.1.dsse.json", f"R='{elsewhere}'")
    return subprocess.run(
        ["bash", "-c", script],
        cwd=bundle_folder,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines of good news, without the folder in front."""
    lines = [line.rpartition("/")[2] for line in done.stdout.splitlines()]
    return [line for line in lines if line in ALL_GOOD]


def without(*lost: int) -> list[str]:
    """All good news but the lines at these places."""
    return [line for place, line in enumerate(ALL_GOOD) if place not in lost]


def test_the_page_of_the_bundle_is_that_of_the_templates() -> None:
    assert instructions() == (resources.templates() / "bundle" / "VERIFY.md").read_bytes()
    text = instructions().decode("utf-8")
    assert text.index("## 中文") < text.index("## English")
    for not_checked in ("SM2", "crls.pem", "SHA256SUMS", "verify-bundle"):
        assert all(not_checked in half for half in text.split("## English"))


@needs_programs
def test_a_good_bundle(tmp_path: Path) -> None:
    done = followed(bundle(), tmp_path)
    assert said(done) == ALL_GOOD, done
    assert "CN = Wang Fang" in done.stdout
    assert "CN = Li Na" in done.stdout
    assert SIGNED.strftime("%b %d %H:%M:%S %Y GMT") in done.stdout
    printed = json.loads(done.stdout[done.stdout.index("{") :])
    assert printed["opinion"] == "modified"
    assert done.stdout.split()[0] == payload_sha256(ROOT)
    assert done.stderr == ""


@needs_programs
def test_certificates_and_signatures_are_found_by_key_not_by_place(tmp_path: Path) -> None:
    members = bundle()
    envelope = read_json(members[ENVELOPE])
    envelope["signatures"].reverse()
    members[ENVELOPE] = canonical_bytes(envelope)
    members["trust/chain.pem"] = pem([WORLD.body.certificate, REVIEWER[0], LEAD[0]])
    assert said(followed(members, tmp_path)) == ALL_GOOD


def altered_file(members: Members) -> None:
    members["data/items.csv"] = members["data/items.csv"].replace(b"12.5", b"12.4")


def altered_sums(members: Members) -> None:
    members["SHA256SUMS"] = members["SHA256SUMS"].replace(b"0", b"1", 1)


def altered_statement(members: Members) -> None:
    envelope = read_json(members[ENVELOPE])
    other = bundle(opinion="unmodified")
    envelope["payload"] = read_json(other[ENVELOPE])["payload"]
    members[ENVELOPE] = canonical_bytes(envelope)


def stripped(members: Members) -> None:
    envelope = read_json(members[ENVELOPE])
    del envelope["signatures"][1]
    members[ENVELOPE] = canonical_bytes(envelope)


def signed_by_somebody(members: Members) -> None:
    """The reviewer's certificate is not there; another person's is."""
    other = WORLD.person("reviewer", "Zhao Lei", KEYS[5])
    members["trust/chain.pem"] = pem([LEAD[0], other, WORLD.body.certificate])


def without_the_body(members: Members) -> None:
    members["trust/chain.pem"] = pem([LEAD[0], REVIEWER[0]])


@needs_programs
@pytest.mark.parametrize(
    ("alter", "left"),
    [
        (altered_file, without(8)),
        (altered_sums, without(8)),
        (altered_statement, without(0, 4)),
        (stripped, without(4, 5)),
        (signed_by_somebody, without(4, 6, 7)),
        (without_the_body, without(2, 3, 6, 7)),
    ],
    ids=lambda one: one.__name__ if callable(one) else "",
)
def test_an_altered_bundle_loses_exactly_that_line(
    alter: Callable[[Members], None], left: list[str], tmp_path: Path
) -> None:
    members = bundle()
    alter(members)
    assert said(followed(members, tmp_path)) == left


@needs_programs
def test_a_root_of_somebody_else_does_not_lead_to_the_persons(tmp_path: Path) -> None:
    stranger = another_root("Another root", KEYS[4]).certificate
    root = root_file(anchors=Anchors([Anchor(stranger, SIGNED)], [Anchor(stranger, SIGNED)]))
    assert said(followed(bundle(), tmp_path, root)) == without(1, 2, 3, 5, 6, 7)


@needs_programs
def test_the_time_is_that_of_the_token(tmp_path: Path) -> None:
    """A certificate that ends before its stamp fails, whatever today is; so does one that begins after it."""
    late = SIGNED + timedelta(days=365 * 3)
    members = bundle(times=(late, late + timedelta(hours=1)), listed=late + timedelta(days=7))
    assert said(followed(members, tmp_path)) == without(1, 2, 5, 6)


@needs_programs
def test_it_trusts_no_authority_of_this_machine(tmp_path: Path) -> None:
    """Without -no-CApath openssl takes any root that the system trusts beside the one that is given."""
    stranger = another_root("Another root", KEYS[4]).certificate
    root = root_file(anchors=Anchors([Anchor(stranger, SIGNED)], [Anchor(stranger, SIGNED)]))
    trusted = tmp_path / "trusted"
    trusted.mkdir()
    (trusted / "root.pem").write_bytes(pem([WORLD.root.certificate]))
    subprocess.run(["openssl", "rehash", str(trusted)], check=True, capture_output=True)
    with_system = {"SSL_CERT_DIR": str(trusted)}
    assert said(followed(bundle(), tmp_path, root, **with_system)) == without(1, 2, 3, 5, 6, 7)
    bare = commands().replace("-no-CApath -no-CAstore", "")
    assert said(followed(bundle(), tmp_path, root, bare, **with_system)) == without(1, 5)

"""VERIFY.md by hand: its commands as they stand, on the demo's bundle, with bash, openssl, jq and coreutils and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.published import Published

# Of coreutils (Debian 12: dpkg -L coreutils); `[`, echo and printf are bash's own as well.
COREUTILS = ("base64", "cat", "cp", "csplit", "cut", "date", "mktemp", "sha256sum", "stat")
NAMED = ("openssl", "jq", *COREUTILS)
pytestmark = [installed.programs("bash", *NAMED), installed.openssl()]
SIGNED, STAMPED, LISTED, MEMBERS = "Verified OK", "Verification: OK", "not revoked", "members OK"
LEAD, REVIEWER = "lead.pem: OK", "reviewer.pem: OK"
GOOD = (SIGNED, STAMPED, LEAD, LISTED, SIGNED, STAMPED, REVIEWER, LISTED, MEMBERS)
# What is lost, by place in GOOD
LOSES = {
    "statement": {0, 4},
    "payload_type": set[
        int
    ](),  # the commands fix the type: they read no other, and the signatures are over the right one
    "signature": {0, 1},
    "swapped": {0, 1, 4, 5},
    "stripped": {4, 5},
    "certificate": {2, 3},
    "without_body": {2, 3, 6, 7},
    "token_of_the_other": {5},
    "token": {1},
    "cell": {8},
    "sums": {8},
    "lost": {8},
}


def commands(bundle: Path) -> str:
    """The one block of commands in the bundle's own VERIFY.md, for readers of both languages."""
    text = (bundle / "VERIFY.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```bash\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    assert text.index("## 中文") < text.index("## English") < text.index(block)
    return str(block)


@pytest.fixture(scope="module")
def only_named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the named programs and no other."""
    folder = tmp_path_factory.mktemp("named")
    for name in NAMED:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def followed(bundle: Path, only_named: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """The commands as they stand, in the unpacked folder, with ../root.1.dsse.json beside it."""
    bash = shutil.which("bash")
    assert bash is not None
    return subprocess.run(
        [bash, "-c", text or commands(bundle)],
        cwd=bundle,
        env={"PATH": str(only_named), "TMPDIR": str(bundle.parent), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def good_lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    lines = (line.rpartition("/")[2] for line in done.stdout.splitlines())
    return [line for line in lines if line in GOOD]


def test_every_step_succeeds_on_the_good_bundle(bundle: Path, published: Published, only_named: Path) -> None:
    done = followed(bundle, only_named)
    assert good_lines(done) == list(GOOD)
    assert done.stderr == ""
    when = published.at.strftime("%b %e %H:%M:%S %Y GMT")
    uses = re.findall(r"^ +1\.3\.6\.1\.4\.1\.99999(\.\d\.\d)$", done.stdout, flags=re.MULTILINE)
    assert uses == [".1.1", ".1.2"]
    assert done.stdout.count(f"{when}\nVerification: OK") == 2
    assert done.stdout.count(f"lastUpdate={when}\n") == 2
    assert '"opinion": "unmodified"' in done.stdout
    for word in ("failure", "FAILED", "error", "REVOKED"):
        assert word not in done.stdout


@pytest.mark.parametrize("name", altered.ALTERED)
def test_the_step_of_what_was_altered_fails(name: str, bundle: Path, only_named: Path) -> None:
    altered.ALTERED[name](bundle)
    done = followed(bundle, only_named)
    assert good_lines(done) == [line for place, line in enumerate(GOOD) if place not in LOSES[name]], done.stderr
    if LOSES[name]:
        assert re.search("failure|FAILED|error|REVOKED", done.stdout + done.stderr)


def test_who_is_on_the_lists_is_told(bundle: Path, published: Published, only_named: Path) -> None:
    (bundle / "trust/crls.pem").write_bytes(published.revoked.read_bytes())
    done = followed(bundle, only_named)
    assert good_lines(done) == [line for place, line in enumerate(GOOD) if place != 7]
    assert "REVOKED or no list" in done.stdout
    (bundle / "trust/crls.pem").write_bytes(b"")
    assert LISTED not in good_lines(followed(bundle, only_named))


def test_under_another_trust_root_the_persons_are_nobody(bundle: Path, published: Published, only_named: Path) -> None:
    shutil.copy(published.stranger, bundle.parent / published.root.name)
    assert good_lines(followed(bundle, only_named)) == [SIGNED, SIGNED, MEMBERS]


def test_a_program_that_is_not_named_would_be_missed(bundle: Path, only_named: Path) -> None:
    """The broken twin: the same commands with one more program."""
    text = commands(bundle).replace("jq '.predicate", "grep '.predicate")
    assert "grep: command not found" in followed(bundle, only_named, text).stderr
    assert os.environ["PATH"] != str(only_named)

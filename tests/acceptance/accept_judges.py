"""Issue 3 of 8: programs that are not ours on the demo's bundle, VERIFY.md by hand, and what `verify-bundle` costs."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from benchmarks import bundle
from tests.acceptance.entries import acceptance
from tests.acceptance.run import ROOT
from tests.judges import installed

_BY_HAND = "tests/judges/test_verify_by_hand.py"


@acceptance("2.1", "programs that are not ours accept the demo's bundle, each its part, and refuse altered copies")
def judges() -> dict[str, object]:
    found = _tests("tests/judges")
    versions = installed.versions()
    return {
        "judges": {name: version for name, version in versions.items() if version},
        "not_here": sorted(name for name, version in versions.items() if not version),
        "tests": found,
    }


@acceptance("2.5", "cold verify-bundle of the demo's bundle, whole process, beside python -c 'import cryptography'")
def cold() -> dict[str, object]:
    return {ratio.name: ratio.record() for ratio in bundle.measure()}


@acceptance(
    "2.6", "VERIFY.md as it stands, with bash, openssl, jq and coreutils alone, on a good bundle and altered ones"
)
def by_hand() -> dict[str, object]:
    versions = installed.versions()
    return {
        "tests": _tests(_BY_HAND, "tests/unit/bundle/test_instructions.py"),
        "programs": {name: versions[name] for name in ("openssl", "jq", "sha256sum")},
    }


def _tests(*paths: str) -> dict[str, dict[str, int]]:
    """Run tests in a process of their own: for each file how many passed and were skipped. Raises where one fails."""
    with TemporaryDirectory() as folder:
        record = Path(folder, "junit.xml")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:warnings", f"--junitxml={record}", *paths],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:]
        cases = list(etree.parse(record).iter("testcase"))
    counts: dict[str, Counter[str]] = {}
    for one in cases:
        name = str(one.get("classname")).rpartition(".")[2].removeprefix("test_")
        counts.setdefault(name, Counter())["skipped" if one.find("skipped") is not None else "passed"] += 1
    return {name: dict(sorted(count.items())) for name, count in sorted(counts.items())}

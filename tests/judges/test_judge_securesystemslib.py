"""securesystemslib: the DSSE envelope under a threshold of two keys."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.parts import ENVELOPE, ROLES, Parts

pytestmark = installed.python_package("securesystemslib")


def says(bundle: Path, parts: Parts, threshold: int = 2) -> str:
    keys = (
        f"{hashlib.sha256(parts.of(role, 'spki').read_bytes()).hexdigest()}={parts.of(role, 'key')}" for role in ROLES
    )
    script = installed.SCRIPTS / "threshold.py"
    return installed.run([installed.PYTHON, script, bundle / ENVELOPE, threshold, *keys]).stdout.strip()


def test_both_signatures_count(parts: Parts) -> None:
    assert says(parts.bundle, parts) == "good 2"


@pytest.mark.parametrize(
    ("name", "left"), [("statement", 0), ("payload_type", 0), ("signature", 1), ("swapped", 0), ("stripped", 1)]
)
def test_an_altered_envelope_falls_short(name: str, left: int, bundle: Path, parts: Parts) -> None:
    altered.ALTERED[name](bundle)
    said = says(bundle, parts)
    assert said.startswith("bad")
    assert f"Found: {left}, Expected 2" in said

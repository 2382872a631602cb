"""``disclose`` and ``verify-bundle --opening`` on a small bundle; from a submission on: test_disclose_flow.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.command import Said, said
from tests.unit.bundle.signed_bundle import ROOT
from tests.unit.bundle.test_committed import MADE, holding
from verify.attest.commit.opening import write_opening
from verify.bundle.zip_write import zip_bytes


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A bundle with commitments, its root, and what opens all its rows."""
    (tmp_path / "bundle.zip").write_bytes(zip_bytes(holding()))
    (tmp_path / "root.json").write_bytes(ROOT)
    (tmp_path / "openings.json").write_bytes(write_opening(MADE.opening))
    (tmp_path / "openings.json").chmod(0o600)
    return tmp_path


def disclosed(place: Path, *words: str | Path, out: str = "buyer.json") -> Said:
    openings = ("--openings", place / "openings.json")
    return said(
        "disclose", place / "bundle.zip", *openings, "--for", "Buyer 1", *words, "-o", place / out, "--lang", "en"
    )


def judged(place: Path, opening: str) -> tuple[dict[str, str], list[dict[str, object]]]:
    words = ("--root", place / "root.json", "--opening", place / opening, "--json")
    told = json.loads(said("verify-bundle", place / "bundle.zip", *words).out)
    return {one["name"]: one["state"] for one in told["checks"]}, told["opened"]


def test_one_enterprise_is_opened_for_one_reader(place: Path) -> None:
    done = disclosed(place, "--enterprise", "A")
    assert (done.code, "2 rows opened for Buyer 1" in done.out) == (0, True)
    assert (place / "buyer.json").stat().st_mode & 0o777 == 0o600
    states, rows = judged(place, "buyer.json")
    assert (states["commitments"], states["opening"]) == ("verified", "verified")
    assert sorted((one["value"], one["unit"], one["texts"]) for one in rows) == [
        ("3", "t", {"enterprise_id": "A"}),
        ("6.000001", "MWh", {"enterprise_id": "A"}),
    ]
    shown = said(
        *("verify-bundle", place / "bundle.zip", "--root", place / "root.json"),
        *("--opening", place / "buyer.json", "--lang", "en"),
    )
    assert "Opened rows" in shown.out
    assert "6.000001" in shown.out


def test_an_altered_opening_is_refused(place: Path) -> None:
    assert disclosed(place, "--all", out="regulator.json").code == 0
    path = place / "regulator.json"
    path.write_bytes(path.read_bytes().replace(b'"value":"3"', b'"value":"4"', 1))
    states, rows = judged(place, "regulator.json")
    assert (states["commitments"], states["opening"], rows) == ("verified", "failed", [])


def test_what_the_command_refuses(place: Path) -> None:
    nobody = disclosed(place, "--enterprise", "nobody")
    assert (nobody.code, "no row fits" in nobody.all) == (2, True)
    assert disclosed(place, "--all", out="openings.json").code == 2  # nothing is written over
    (place / "openings.json").chmod(0o644)
    loose = disclosed(place, "--all")
    assert (loose.code, "chmod 600" in loose.all) == (2, True)
    assert not (place / "buyer.json").exists()


def test_openings_may_not_lie_in_what_is_published(tmp_path: Path) -> None:
    from verify.cli.sign import apart
    from verify.errors import WrongUsage

    apart(tmp_path / "openings.json", tmp_path / "draft")
    with pytest.raises(WrongUsage, match="openings_inside"):
        apart(tmp_path / "draft" / "openings.json", tmp_path / "draft")

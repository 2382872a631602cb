"""The JDK's ECDSA and PKIX: signatures, and the path with its revocation lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.parts import ROLES, Parts, take_apart
from tests.judges.published import Published

pytestmark = installed.programs("java", "javac")
SOURCE = installed.SCRIPTS.parent / "unit" / "attest" / "Judge.java"
Says = Callable[..., str]


@pytest.fixture(scope="module")
def says(tmp_path_factory: pytest.TempPathFactory) -> Says:
    """Judge.java, compiled once: `good`, or `bad` behind the reason that PKIX gives."""
    classes = tmp_path_factory.mktemp("classes")
    compiled = installed.run(["javac", "-d", classes, SOURCE])
    assert compiled.returncode == 0, compiled.stdout
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    return lambda *words: installed.run(["java", *quick, "-cp", classes, "Judge", *words]).stdout.strip()


def path(parts: Parts, role: str, at: datetime, lists: Path | None = None) -> tuple[object, ...]:
    ders = (parts.of(role, "der"), parts.body_der, parts.anchor_der)
    return "path", int(at.timestamp()), *ders, *(("lists", lists) if lists else ())


@pytest.mark.parametrize("role", ROLES)
def test_it_takes_the_signature(role: str, parts: Parts, says: Says) -> None:
    assert says("signature", parts.of(role, "spki"), parts.of(role, "sig"), parts.signed) == "good"


@pytest.mark.parametrize("name", ["statement", "signature", "swapped"])
def test_it_refuses_an_altered_one(name: str, bundle: Path, published: Published, says: Says, tmp_path: Path) -> None:
    altered.ALTERED[name](bundle)
    parts = take_apart(bundle, published.root, tmp_path / "parts")
    assert says("signature", parts.lead_spki, parts.lead_sig, parts.signed) == "bad"


def test_it_takes_the_path_with_its_lists_at_the_signed_time(parts: Parts, published: Published, says: Says) -> None:
    for role in ROLES:
        assert says(*path(parts, role, published.at, published.folder / "trust/crls.pem")) == "good"
    assert says(*path(parts, "lead", published.at + timedelta(days=366))) == "EXPIRED\nbad"


def test_it_refuses_a_person_on_the_lists(parts: Parts, published: Published, says: Says) -> None:
    """A minute after: it takes a revocation for one from its date on, whatever the reason (we do not: I5)."""
    after = published.at + timedelta(minutes=1)
    assert says(*path(parts, "lead", after, published.revoked)) == "good"
    assert says(*path(parts, "reviewer", after, published.revoked)) == "REVOKED\nbad"


def test_it_refuses_an_altered_certificate_and_another_root(
    bundle: Path, published: Published, says: Says, tmp_path: Path
) -> None:
    at, lists = published.at, published.folder / "trust/crls.pem"
    foreign = take_apart(bundle, published.stranger, tmp_path / "foreign")
    assert says(*path(foreign, "lead", at, lists)).endswith("bad")
    altered.certificate(bundle)
    parts = take_apart(bundle, published.root, tmp_path / "parts")
    assert says(*path(parts, "lead", at, lists)) == "INVALID_SIGNATURE\nbad"

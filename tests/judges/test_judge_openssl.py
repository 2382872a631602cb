"""openssl: signatures over the pre-authentication encoding, the chain at the signed time, revocation lists, both time stamps."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.parts import ROLES, Parts, take_apart
from tests.judges.published import Published

pytestmark = installed.openssl()
DAY = timedelta(days=1)


def says(*words: object) -> tuple[bool, str]:
    done = installed.run(["openssl", *words])
    return done.returncode == 0, done.stdout


def signed(parts: Parts, role: str, key: str = "") -> tuple[bool, str]:
    person = parts.of(key or role, "key")
    return says("dgst", "-sha256", "-verify", person, "-signature", parts.of(role, "sig"), parts.signed)


def chained(parts: Parts, role: str, at: datetime, *more: object) -> tuple[bool, str]:
    moment = ("-attime", int(at.timestamp()), "-no-CApath", "-no-CAstore", "-CAfile", parts.anchor_pem)
    return says("verify", *moment, "-untrusted", parts.bundle / altered.CHAIN, *more, parts.of(role, "pem"))


def stamped(parts: Parts, role: str, at: datetime, token: str = "") -> tuple[bool, str]:
    words = ("-data", parts.of(role, "sig"), "-in", parts.token(token or role), "-CAfile", parts.clocks_pem)
    return says("ts", "-verify", *words, "-attime", int(at.timestamp()))


@pytest.fixture
def others(bundle: Path, tmp_path: Path) -> Parts:
    """A copy to alter; `again` takes it apart."""
    return Parts(bundle, tmp_path / "parts")


def again(parts: Parts, root: Path) -> Parts:
    return take_apart(parts.bundle, root, parts.folder)


@pytest.mark.parametrize("role", ROLES)
def test_a_signature_is_over_the_payload_as_received(role: str, parts: Parts) -> None:
    assert signed(parts, role) == (True, "Verified OK\n")
    other = ROLES[1 - ROLES.index(role)]
    assert not signed(parts, role, key=other)[0]


@pytest.mark.parametrize("name", ["statement", "payload_type", "signature", "swapped"])
def test_a_signature_of_an_altered_envelope_fails(name: str, others: Parts, published: Published) -> None:
    altered.ALTERED[name](others.bundle)
    good, said = signed(again(others, published.root), "lead")
    assert not good
    assert "Verification failure" in said or "bad signature" in said


@pytest.mark.parametrize("role", ROLES)
def test_the_chain_holds_at_the_signed_time_alone(role: str, parts: Parts, published: Published) -> None:
    assert chained(parts, role, published.at)[0]
    assert "not yet valid" in chained(parts, role, published.at - DAY)[1]
    assert "has expired" in chained(parts, role, published.at + 366 * DAY)[1]


@pytest.mark.parametrize(
    ("name", "words"),
    [("certificate", "certificate signature failure"), ("without_body", "unable to get local issuer certificate")],
)
def test_an_altered_chain_fails(name: str, words: str, others: Parts, published: Published) -> None:
    altered.ALTERED[name](others.bundle)
    good, said = chained(again(others, published.root), "lead", published.at)
    assert not good
    assert words in said


def test_the_chain_does_not_end_in_another_root(others: Parts, published: Published) -> None:
    assert not chained(again(others, published.stranger), "lead", published.at)[0]


def test_a_person_on_the_lists_is_refused(parts: Parts, published: Published) -> None:
    lists = ("-crl_check_all", "-CRLfile")
    for role in ROLES:
        assert chained(parts, role, published.at, *lists, published.folder / "trust/crls.pem")[0]
    assert chained(parts, "lead", published.at, *lists, published.revoked)[0]
    good, said = chained(parts, "reviewer", published.at, *lists, published.revoked)
    assert not good
    assert "certificate revoked" in said


@pytest.mark.parametrize("role", ROLES)
def test_a_time_stamp_is_over_this_signature(role: str, parts: Parts, published: Published) -> None:
    good, said = stamped(parts, role, published.at)
    assert good, said
    other = ROLES[1 - ROLES.index(role)]
    good, said = stamped(parts, role, published.at, token=other)
    assert not good
    assert "message imprint mismatch" in said


def test_an_altered_time_stamp_or_signature_fails(others: Parts, published: Published) -> None:
    altered.token(others.bundle)
    good, said = stamped(again(others, published.root), "lead", published.at)
    assert not good
    assert "Verification: FAILED" in said
    altered.signature(others.bundle)
    assert not stamped(again(others, published.root), "lead", published.at)[0]


def test_a_time_stamp_of_another_authority_fails(others: Parts, published: Published) -> None:
    good, said = stamped(again(others, published.stranger), "lead", published.at)
    assert not good
    assert "certificate verify error" in said

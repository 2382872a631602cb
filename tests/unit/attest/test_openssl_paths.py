"""openssl as a second verifier of chains and CRLs, and where we differ from it on purpose (I4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from tests.unit.attest import openssl
from tests.unit.attest.people import END, KEYS, LISTED, SIGNED, World, root
from verify.attest import identity, revocation
from verify.attest.profiles import Revoked
from verify.errors import NotVerified

WORLD = World()
DAY = timedelta(days=1)


def says(folder: Path, leaf: x509.Certificate, world: World, at: datetime, *more: object) -> tuple[bool, str]:
    """Does `openssl verify` accept the chain at this moment, and what does it say?"""
    done = openssl.run(
        *(
            "verify",
            "-attime",
            int(at.timestamp()),
            "-CAfile",
            openssl.pem(folder / "root.pem", WORLD.root.certificate),
        ),
        *("-untrusted", openssl.pem(folder / "chain.pem", world.body.certificate), *more),
        openssl.pem(folder / "leaf.pem", leaf),
    )
    return done.returncode == 0, (done.stdout + done.stderr).decode()


def we_accept(leaf: x509.Certificate, world: World, at: datetime) -> bool:
    try:
        identity.verify_person(leaf, [world.body.certificate], [WORLD.root.certificate], "lead", at)
    except NotVerified:
        return False
    return True


@openssl.needed
@pytest.mark.parametrize(
    ("world", "at", "good"),
    [
        (WORLD, SIGNED, True),
        (WORLD, END + DAY, False),
        (World(root("Accreditation root", KEYS[5])), SIGNED, False),
        (World(root("Other root", KEYS[5])), SIGNED, False),
    ],
)
def test_both_judge_a_chain_alike(world: World, at: datetime, good: bool, tmp_path: Path) -> None:
    assert says(tmp_path, world.lead, world, at)[0] is good
    assert we_accept(world.lead, world, at) is good


@openssl.needed
def test_openssl_does_not_know_the_role(tmp_path: Path) -> None:
    """Why the role is our own check: a reviewer's certificate passes everywhere else as the lead's."""
    assert says(tmp_path, WORLD.reviewer, WORLD, SIGNED)[0]
    assert not we_accept(WORLD.reviewer, WORLD, SIGNED)


@openssl.needed
def test_both_read_our_lists(tmp_path: Path) -> None:
    listed = LISTED + timedelta(hours=1)
    for revoked, good in (([], True), ([Revoked(WORLD.lead.serial_number, SIGNED - DAY)], False)):
        lists = openssl.pem(tmp_path / "crls.pem", *WORLD.lists(*revoked))
        accepted, text = says(tmp_path, WORLD.lead, WORLD, listed, "-crl_check_all", "-CRLfile", lists)
        assert accepted is good, text
        assert good or "revoked" in text


@openssl.needed
def test_we_accept_what_was_revoked_later_and_openssl_does_not(tmp_path: Path) -> None:
    """I4: at the moment of signing openssl calls the list not yet valid, and the certificate revoked."""
    held = WORLD.lists(Revoked(WORLD.lead.serial_number, SIGNED + DAY, x509.ReasonFlags.superseded))
    lists = openssl.pem(tmp_path / "crls.pem", *held)
    accepted, text = says(tmp_path, WORLD.lead, WORLD, SIGNED, "-crl_check_all", "-CRLfile", lists)
    assert not accepted
    assert "CRL is not yet valid" in text
    standing = revocation.standing(WORLD.lead, WORLD.body.certificate, held, SIGNED)
    assert standing.revoked_at == SIGNED + DAY

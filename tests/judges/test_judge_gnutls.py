"""GnuTLS certtool: the chain up to the root, and the revocation lists. It judges as of today (3.7.9 takes no other moment)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.parts import ROLES, Parts, take_apart
from tests.judges.published import Published

pytestmark = installed.programs("certtool")
LISTS = "trust/crls.pem"


def chained(parts: Parts, role: str, lists: Path) -> tuple[bool, str]:
    """Is the person's chain trusted, and not on the lists?"""
    body = parts.body_pem.read_bytes() if parts.body_pem.exists() else b""
    whole = parts.folder / "whole.pem"
    whole.write_bytes(parts.of(role, "pem").read_bytes() + body)
    words = ("--load-ca-certificate", parts.anchor_pem, "--load-crl", lists, "--infile", whole)
    done = installed.run(["certtool", "--verify", *words])
    return done.returncode == 0, done.stdout


def listed(issuer: Path, one_list: Path) -> bool:
    """Did this authority sign this list?"""
    done = installed.run(["certtool", "--verify-crl", "--load-ca-certificate", issuer, "--infile", one_list])
    return done.returncode == 0 and "Verification output: Verified." in done.stdout


@pytest.mark.parametrize("role", ROLES)
def test_the_chain_is_trusted_and_nobody_is_revoked(role: str, parts: Parts) -> None:
    good, said = chained(parts, role, parts.bundle / LISTS)
    assert good, said
    assert "Chain verification output: Verified. The certificate is trusted." in said
    assert said.count("Checked against CRL[") == 2


@pytest.mark.parametrize("name", ["certificate", "without_body"])
def test_an_altered_chain_is_not(name: str, bundle: Path, published: Published, tmp_path: Path) -> None:
    altered.ALTERED[name](bundle)
    good, said = chained(take_apart(bundle, published.root, tmp_path / "parts"), "lead", bundle / LISTS)
    assert not good
    assert "Not verified" in said


def test_another_root_is_not_trusted(bundle: Path, published: Published, tmp_path: Path) -> None:
    assert not chained(take_apart(bundle, published.stranger, tmp_path / "parts"), "lead", bundle / LISTS)[0]


def test_a_person_on_the_lists_is_refused(parts: Parts, published: Published) -> None:
    assert chained(parts, "lead", published.revoked)[0]
    good, said = chained(parts, "reviewer", published.revoked)
    assert not good
    assert "revoked" in said


def test_each_list_is_signed_by_its_issuer(parts: Parts, tmp_path: Path) -> None:
    pems = (parts.bundle / LISTS).read_text().split("-----BEGIN")[1:]
    taken = []
    for pem in pems:
        one = tmp_path / "one.pem"
        one.write_text("-----BEGIN" + pem)
        taken.append((listed(parts.anchor_pem, one), listed(parts.body_pem, one)))
        der = tmp_path / "one.der"
        installed.run(["certtool", "--crl-info", "--outder", "--infile", one, "--outfile", der])
        altered.flip(der)
        for issuer in (parts.anchor_pem, parts.body_pem):
            done = installed.run(
                ["certtool", "--verify-crl", "--inder", "--load-ca-certificate", issuer, "--infile", der]
            )
            assert "Verification output: Verified." not in done.stdout
    assert sorted(taken) == [(False, True), (True, False)]

"""Keys at rest: encrypted, for their owner only, never written over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.unit.attest import openssl
from verify.attest import keys
from verify.errors import WrongUsage

SECRET = "核查 passphrase".encode()


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(WrongUsage) as error:
        call()
    assert SECRET.decode() not in str(error.value)
    return error.value.key


def test_a_key_reads_back(tmp_path: Path) -> None:
    key = keys.generate()
    keys.write(tmp_path / "lead.key", key, SECRET)
    assert keys.read(tmp_path / "lead.key", SECRET).private_numbers() == key.private_numbers()
    assert (tmp_path / "lead.key").read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "lead.key"
    before = os.umask(0)
    try:
        keys.write(path, keys.generate(), SECRET)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    for mode in (0o640, 0o604, 0o660):
        path.chmod(mode)
        assert reason(lambda: keys.read(path, SECRET)) == "attest.key_readable"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    keys.write(tmp_path / "lead.key", keys.generate(), SECRET)
    before = (tmp_path / "lead.key").read_bytes()
    assert reason(lambda: keys.write(tmp_path / "lead.key", keys.generate(), SECRET)) == "attest.key_exists"
    assert (tmp_path / "lead.key").read_bytes() == before


def test_passphrases(tmp_path: Path) -> None:
    assert reason(lambda: keys.write(tmp_path / "a.key", keys.generate(), b"")) == "attest.passphrase_empty"
    assert list(tmp_path.iterdir()) == []
    keys.write(tmp_path / "a.key", keys.generate(), SECRET)
    assert reason(lambda: keys.read(tmp_path / "a.key", b"another")) == "attest.key_unreadable"
    assert reason(lambda: keys.read(tmp_path / "a.key", b"")) == "attest.key_unreadable"


def test_files_that_are_no_such_key(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    plain = keys.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    seal = BestAvailableEncryption(SECRET)
    wide = ec.generate_private_key(ec.SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal)
    edwards = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal)
    cases = {plain: "key_in_the_clear", b"": "key_in_the_clear", wide: "key_not_p256", edwards: "key_not_p256"}
    cases[wide[:90]] = "key_unreadable"
    for data, expected in cases.items():
        path.write_bytes(data)
        path.chmod(0o600)
        assert reason(lambda: keys.read(path, SECRET)) == f"attest.{expected}"


@openssl.needed
def test_openssl_reads_the_file(tmp_path: Path) -> None:
    keys.write(tmp_path / "a.key", keys.generate(), b"secret")
    assert openssl.run("pkey", "-in", tmp_path / "a.key", "-passin", "pass:secret", "-noout").returncode == 0
    assert openssl.run("pkey", "-in", tmp_path / "a.key", "-passin", "pass:other", "-noout").returncode != 0

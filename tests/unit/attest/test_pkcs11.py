"""A key on a token: SoftHSM2 as the token, `cryptography` and openssl as those who verify what it signed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.acceptance.command import said
from tests.unit.attest import openssl
from tests.unit.attest.local import DAY, ENROLLED, authority, enrolled, request
from tests.unit.attest.statements import statement
from verify.attest import der, pkcs11_uri, profiles, requests, signing
from verify.attest.pkcs11 import open_token
from verify.attest.requests import Request
from verify.attest.statement import Signatory, write
from verify.cli.signer import signer_of
from verify.errors import WrongUsage

PIN = "pin-81726354"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
          "/usr/lib64/pkcs11/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")  # fmt: skip
MODULE = next((one for one in (os.environ.get("SOFTHSM2_MODULE", ""), *PLACES) if one and Path(one).is_file()), None)


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(WrongUsage) as error:
        call()
    assert PIN not in str(error.value)
    return error.value.key


# Addresses: no token needed.


def test_an_address() -> None:
    uri = "pkcs11:token=Body%20017;serial=a1;object=%e7%8e%8b%e8%8a%b3;id=%01%ff;type=private?module-path=/lib/x.so"
    found = pkcs11_uri.read(uri)
    assert found.token == {"token": "Body 017", "serial": "a1"}
    assert (found.label, found.key_id, found.module) == ("王芳", b"\x01\xff", Path("/lib/x.so"))
    assert pkcs11_uri.read("pkcs11:object=a", "/lib/y.so").module == Path("/lib/y.so")
    assert pkcs11_uri.read("pkcs11:id=%00&a?module-path=y", "/lib/y.so").key_id == b"\x00&a"


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("lead.key.pem", "token_address"),
        ("PKCS11:object=a", "token_address"),
        ("pkcs11:", "token_address"),
        ("pkcs11:token=a", "token_address"),
        ("pkcs11:object=a;object=b", "token_address"),
        ("pkcs11:object=a;colour=red", "token_address"),
        ("pkcs11:object=a;slot-id=0", "token_address"),
        ("pkcs11:object=a;x-vendor=1", "token_address"),
        ("pkcs11:object=a;type=public", "token_address"),
        ("pkcs11:object=a;", "token_address"),
        ("pkcs11:object", "token_address"),
        ("pkcs11:object=a b", "token_address"),
        ("pkcs11:object=a%2", "token_address"),
        ("pkcs11:object=a%zz", "token_address"),
        ("pkcs11:object=%ff", "token_address"),
        ("pkcs11:object=a#b", "token_address"),
        ("pkcs11:object=a/b", "token_address"),
        ("pkcs11:object=a?module-name=x", "token_address"),
        ("pkcs11:object=a?module-path=x&module-path=y", "token_address"),
        (f"pkcs11:object=a?pin-value={PIN}", "token_pin_in_address"),
        (f"pkcs11:pin-value={PIN};object=a", "token_pin_in_address"),
        ("pkcs11:object=a?module-path=x&pin-source=file:pin", "token_pin_in_address"),
        ("pkcs11:object=a", "token_module"),
        ("pkcs11:object=a?module-path=", "token_module"),
    ],
)
def test_an_address_that_is_refused(uri: str, key: str) -> None:
    assert reason(lambda: pkcs11_uri.read(uri)) == f"attest.{key}"


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)  # as if it were not installed
    asked: list[str] = []

    def pin() -> bytes:
        asked.append("pin")
        return b""

    assert reason(lambda: open_token("pkcs11:object=a?module-path=x", pin)) == "attest.token_extra"
    assert asked == []


# With a token.


@dataclass(frozen=True)
class Box:
    """An initialised token: how its addresses begin and end."""

    library: Any

    def uri(self, label: str, token: str = "Body 017") -> str:
        """The address of a key."""
        return f"pkcs11:token={token.replace(' ', '%20')};object={label}?module-path={MODULE}"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """SoftHSM2 with a token that holds keys: two good ones, one of P-384, one of RSA, a label used twice."""
    pkcs11 = pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed: pip install 'truezero[pkcs11]'")
    util = shutil.which("softhsm2-util")
    if util is None or MODULE is None:
        pytest.skip("SoftHSM2 is not installed: no token here. Debian: apt-get install softhsm2")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    held = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")  # the library reads it when it is loaded
    for label in ("Body 017", "Another"):
        command = [util, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "87654321"]
        subprocess.run(command, check=True, capture_output=True)
    library = pkcs11.lib(MODULE)
    curves = ("secp256r1", "secp256r1", "secp384r1", "secp256r1", "secp256r1")
    with library.get_token(token_label="Body 017").open(user_pin=PIN, rw=True) as session:
        for at, (label, curve) in enumerate(zip(("lead", "reviewer", "wide", "twice", "twice"), curves, strict=True)):
            value = {pkcs11.Attribute.EC_PARAMS: pkcs11.util.ec.encode_named_curve_parameters(curve)}
            curve_of = session.create_domain_parameters(pkcs11.KeyType.EC, value, local=True)
            public, _ = curve_of.generate_keypair(store=True, label=label, id=bytes((at + 1,)))
            if label == "reviewer":
                public.destroy()
        session.generate_keypair(pkcs11.KeyType.RSA, 2048, store=True, label="rsa", id=b"\x09")
    yield Box(library)
    pkcs11.unload(MODULE)
    os.environ.pop("SOFTHSM2_CONF") if held is None else os.environ.update(SOFTHSM2_CONF=held)


def pin() -> bytes:
    return PIN.encode()


def test_a_token_signs_in_strict_der(box: Box, tmp_path: Path) -> None:
    token = open_token(box.uri("lead"), pin)
    key = token.public_key()
    for at in range(40):  # a short r or s comes up in one of 128
        message = f"message {at}".encode()
        signature = token.sign(message)
        assert der.from_p1363(der.to_p1363(signature)) == signature
        der.verify_p256(key, signature, message)
    assert PIN not in repr(token)
    if openssl.PROGRAM is not None:
        (tmp_path / "k").write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        (tmp_path / "s").write_bytes(signature)
        done = openssl.run("dgst", "-sha256", "-verify", tmp_path / "k", "-signature", tmp_path / "s", feed=message)
        assert done.stdout == b"Verified OK\n"


def test_the_key_by_its_id_and_its_token(box: Box) -> None:
    by_id = open_token(f"pkcs11:id=%01;token=Body%20017?module-path={MODULE}", pin)
    assert by_id.public_key() == open_token(box.uri("lead"), pin).public_key()
    found = box.library.get_token(token_label="Body 017")
    serial = found.serial.decode().strip()
    open_token(f"pkcs11:object=lead;serial={serial};model=SoftHSM%20v2", pin, MODULE)


def test_a_person_with_a_token_is_enrolled_and_signs(box: Box, tmp_path: Path) -> None:
    token = open_token(box.uri("lead"), pin)
    asked = requests.write(Request("王芳", None, "wang@body.example.org", token.public_key()), token.sign)
    held = authority(tmp_path)
    lead, reviewer = held.enrol(asked, "lead", ENROLLED), enrolled(held, "reviewer")
    listed = [Signatory("lead", profiles.spki_of(lead)), Signatory("reviewer", profiles.spki_of(reviewer))]
    envelope = signing.sign(write(statement(signatories=listed)), token.sign, lead)
    der.verify_p256(lead.public_key(), envelope.signatures[0].sig, envelope.signed_bytes())
    assert held.enrol(request(), "lead", ENROLLED + DAY).subject != lead.subject


@pytest.mark.parametrize(
    ("label", "secret", "key"),
    [
        ("lead", b"9999", "token_pin"),
        ("lead", b"", "token_pin"),
        ("lead", b"\xff", "token_pin"),
        ("nobody", PIN.encode(), "token_key_count"),
        ("twice", PIN.encode(), "token_key_count"),
        ("wide", PIN.encode(), "token_not_p256"),
        ("rsa", PIN.encode(), "token_not_p256"),
    ],
)
def test_what_does_not_open(label: str, secret: bytes, key: str, box: Box) -> None:
    assert reason(lambda: open_token(box.uri(label), lambda: secret)) == f"attest.{key}"


def test_a_token_that_is_not_there(box: Box, tmp_path: Path) -> None:
    assert reason(lambda: open_token(box.uri("lead", "Nobody"), pin)) == "attest.token_count"
    every = f"pkcs11:object=lead?module-path={MODULE}"  # two tokens and a free slot fit
    assert reason(lambda: open_token(every, pin)) == "attest.token_count"
    (tmp_path / "no.so").write_bytes(b"no library")
    for place in (tmp_path / "no.so", tmp_path / "nowhere.so"):
        uri = f"pkcs11:object=lead?module-path={place}"
        assert reason(lambda uri=uri: open_token(uri, pin)) == "attest.token_library"


def test_a_key_without_its_public_half(box: Box) -> None:
    token = open_token(box.uri("reviewer"), pin)
    assert token.sign(b"message")
    assert reason(token.public_key) == "attest.token_public_key"


def test_a_token_through_the_command(box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", PIN)
    words = ("--name", "王芳", "--email", "wang@body.example.org", "--lang", "zh", "-o", tmp_path / "request.pem")
    one = said("keys", "request", box.uri("lead"), *words)
    assert (one.code, one.err) == (0, "")
    assert "使用令牌上的私钥" in one.out
    asked = requests.read((tmp_path / "request.pem").read_bytes())
    der.verify_p256(asked.key, signer_of(box.uri("lead"), None, "zh")(b"message"), b"message")
    monkeypatch.setenv("TRUEZERO_PKCS11_MODULE", str(MODULE))
    der.verify_p256(asked.key, signer_of("pkcs11:token=Body%20017;object=lead", None, "zh")(b"message"), b"message")
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", f"{PIN}0")
    refused = said("keys", "request", box.uri("lead"), *words[:-1], tmp_path / "second.pem")
    assert (refused.code, refused.out) == (2, "")
    assert "PIN 不对" in refused.err
    assert PIN not in one.all + refused.all

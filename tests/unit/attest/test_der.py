"""ECDSA signatures: one encoding (SEC 1 C.8 in X.690 DER), r and s in range, P-256 only."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

from verify.attest import der
from verify.errors import NotVerified

N = der.P256_ORDER
KEY = ec.generate_private_key(ec.SECP256R1())


def signed(r: int = 5, s: int = 7) -> bytes:
    return der.from_integers(r, s)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("", "empty"),
        ("3006020105020107 00", "an octet behind"),
        ("3106020105020107", "outer tag SET"),
        ("3206020105020107", "another outer tag"),
        ("2006020105020107", "outer tag without its class bit"),
        ("300602010502010700", "an octet behind the integers"),
        ("3009020105020107020101", "three integers"),
        ("3003020105", "one integer"),
        ("308106020105020107", "long form of a short length"),
        ("3080020105020107 0000", "indefinite length"),
        ("300702020005020107", "a zero before r"),
        ("30070201050202 0007", "a zero before s"),
        ("3006020185020107", "a negative r"),
        ("3006020100020107", "r is zero"),
        ("3006020105020100", "s is zero"),
        ("3006040105020107", "r is no INTEGER"),
        ("3005 0200 020107", "r without octets"),
        ("3006020105020207", "s is cut short"),
    ],
)
def test_other_encodings_are_refused(data: str, what: str) -> None:
    with pytest.raises(NotVerified) as error:
        der.integers(bytes.fromhex(data))
    assert error.value.key == "attest.signature_encoding"


@pytest.mark.parametrize("pair", [(N, 1), (1, N), (N + 1, 1), (1, 2**256), (0, 1), (-1, 1)])
def test_r_and_s_are_in_range(pair: tuple[int, int]) -> None:
    with pytest.raises(NotVerified):
        der.from_integers(*pair)


def test_the_plain_case() -> None:
    assert der.integers(bytes.fromhex("3006020105020107")) == (5, 7)
    assert der.integers(signed(N - 1, N - 1)) == (N - 1, N - 1)


def test_p1363_is_padded_to_32_octets() -> None:
    fixed = der.to_p1363(signed())
    assert (len(fixed), fixed[31], fixed[63]) == (64, 5, 7)
    assert der.from_p1363(fixed) == signed()


@pytest.mark.parametrize("length", [0, 63, 65, 96])
def test_p1363_has_64_octets(length: int) -> None:
    with pytest.raises(NotVerified):
        der.from_p1363(b"\x01" * length)


def test_p384_has_its_own_width() -> None:
    assert len(der.to_p1363(der.from_integers(5, 7, der.P384_ORDER), der.P384_ORDER)) == 96


def test_orders_are_those_of_the_curves() -> None:
    """SEC 2: (n-1)·G is -G, so the public key of the private value n-1 has the x of G, and n is no private value."""
    for curve, order in ((ec.SECP256R1(), der.P256_ORDER), (ec.SECP384R1(), der.P384_ORDER)):
        one = ec.derive_private_key(1, curve).public_key().public_numbers()
        last = ec.derive_private_key(order - 1, curve).public_key().public_numbers()
        assert last.x == one.x
        assert last.y != one.y


def test_rfc_6979_signature_verifies() -> None:
    """RFC 6979 A.2.5: P-256, SHA-256, message "sample"."""
    public = ec.EllipticCurvePublicNumbers(
        0x60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6,
        0x7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299,
        ec.SECP256R1(),
    ).public_key()
    r = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
    s = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
    der.verify_p256(public, der.from_integers(r, s), b"sample")
    with pytest.raises(NotVerified) as error:
        der.verify_p256(public, der.from_integers(r, s), b"samplf")
    assert error.value.key == "attest.signature_wrong"


def test_raw_signatures_are_refused() -> None:
    """The example of the DSSE specification is r‖s; we take DER only (E2)."""
    signature = KEY.sign(b"m", ec.ECDSA(hashes.SHA256()))
    der.verify_p256(KEY.public_key(), signature, b"m")
    with pytest.raises(NotVerified):
        der.verify_p256(KEY.public_key(), der.to_p1363(signature), b"m")


def test_another_hash_is_another_signature() -> None:
    signature = KEY.sign(hashlib.sha256(b"m").digest(), ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    der.verify_p256(KEY.public_key(), signature, b"m")
    with pytest.raises(NotVerified):
        der.verify_p256(KEY.public_key(), KEY.sign(b"m", ec.ECDSA(hashes.SHA384())), b"m")


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()])
def test_other_keys_are_refused(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> None:
    with pytest.raises(NotVerified) as error:
        der.verify_p256(key.public_key(), signed(), b"m")
    assert error.value.key == "attest.key_type"

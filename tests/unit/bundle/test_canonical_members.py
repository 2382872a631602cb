"""JSON and PEM members stand in one form only (Z9)."""

from __future__ import annotations

import base64
import datetime
import textwrap

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from verify.bundle.canonical_members import check_canonical, json_lines, read_json, read_json_lines
from verify.bundle.pem import pem_blocks, pem_bytes

GOOD = b'{"a":["1",2,null,true],"b":{"x":"\xe4\xb8\xad"}}'


def certificate(name: str) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(day).not_valid_after(day + datetime.timedelta(days=1))
    return builder.sign(key, hashes.SHA256())


ONE, TWO = certificate("one"), certificate("two")
CHAIN = pem_bytes(("CERTIFICATE", one.public_bytes(Encoding.DER)) for one in (ONE, TWO))


def refused(name: str, data: bytes) -> bool:
    """Whether the member is refused, by its rule and name."""
    found = check_canonical({name: data, "index.html": b"", "VERIFY.md": b"{"})
    assert all((one.rule, one.member) == ("Z9", name) for one in found)
    return bool(found)


def test_canonical_json_passes() -> None:
    assert not refused("report.json", GOOD)
    assert read_json(GOOD) == {"a": ["1", 2, None, True], "b": {"x": "中"}}
    assert check_canonical({"report.json": GOOD, "index.html": b"\xff", "data/a.csv": b"1.50\n"}) == []


@pytest.mark.parametrize("name", ["report.json", "findings.sarif", "attest/verification.dsse.json"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD + b"\n",
        b" " + GOOD,
        GOOD.replace(b":", b": "),
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":{"x":1,"x":2}}',
        b'{"a":"\\u4e2d"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b"\xef\xbb\xbf{}",
        '{"a":"中"}'.encode("utf-16"),
        '{"a":"é"}'.encode("latin-1"),
        b"{'a':1}",
        b"{}{}",
        b'{"a":1,}',
        b"[" * 100_000 + b"]" * 100_000,
        b"1" * 5000,
    ],
)
def test_any_other_json_is_refused(name: str, data: bytes) -> None:
    assert refused(name, data)


def test_json_lines() -> None:
    data = json_lines([{"v": "1"}, {"v": "2"}])
    assert data == b'{"v":"1"}\n{"v":"2"}\n'
    assert read_json_lines(data) == [{"v": "1"}, {"v": "2"}]
    assert not refused("commitments.jsonl", data)
    for other in (data[:-1], data + b"\n", data.replace(b"\n", b"\r\n"), b'{"v": "1"}\n'):
        assert refused("commitments.jsonl", other)


def test_canonical_pem_is_what_other_programs_write() -> None:
    text = ONE.public_bytes(Encoding.PEM)
    assert pem_bytes([("CERTIFICATE", ONE.public_bytes(Encoding.DER))]) == text
    assert not refused("trust/chain.pem", text)
    assert len(x509.load_pem_x509_certificates(CHAIN)) == 2
    assert not refused("trust/chain.pem", CHAIN)
    assert not refused("trust/chain.pem", b"")  # an empty set has a form too; attest asks for what it needs
    for name in (
        "trust/further.pem",
        "trust/further.crls.pem",
    ):  # nothing asks for these, so an empty one would go unseen
        assert refused(name, b"")
    assert not refused("trust/further.pem", CHAIN)
    assert refused("trust/further.crls.pem", CHAIN)


def other_pems() -> list[bytes]:
    text = ONE.public_bytes(Encoding.PEM)
    one, two = (
        f"{block}-----END CERTIFICATE-----\n".encode()
        for block in CHAIN.decode().split("-----END CERTIFICATE-----\n")[:2]
    )
    der = ONE.public_bytes(Encoding.DER)
    wide = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 76))

    def block(content: bytes) -> bytes:
        lines = "\n".join(textwrap.wrap(base64.b64encode(content).decode(), 64))
        return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n".encode()

    return [
        two + one,  # another order
        one + one,
        b"subject=one\n" + text,
        text + b"\n",
        text.rstrip(b"\n"),
        text.replace(b"\n", b"\r\n"),
        text.replace(b"CERTIFICATE", b"TRUSTED CERTIFICATE"),
        text.replace(b"CERTIFICATE", b"X509 CRL"),
        text.replace(b"BEGIN CERTIFICATE", b"BEGIN X509 CRL"),
        text.replace(b"BEGIN CERTIFICATE", b"BEGIN PRIVATE KEY").replace(b"END CERTIFICATE", b"END PRIVATE KEY"),
        f"-----BEGIN CERTIFICATE-----\n{wide}\n-----END CERTIFICATE-----\n".encode(),
        block(der + b"\0"),
        block(der[:-1]),
        block(b"\x31" + der[1:]),
        block(b"\x30\x80" + der[4:] + b"\0\0"),
        block(b"\x30\x83\0" + der[2:]),
        block(b""),
        "证书".encode() + text,
    ]


@pytest.mark.parametrize("data", other_pems())
def test_any_other_pem_is_refused(data: bytes) -> None:
    assert refused("trust/chain.pem", data)


def test_spare_bits_of_base64_are_refused() -> None:
    """The last sign before = carries bits that decode to nothing."""
    der = b"\x30\x02\x05\x00"
    good = pem_bytes([("CERTIFICATE", der)])
    assert pem_blocks(good) == [("CERTIFICATE", der)]
    assert b"MAIFAA==" in good
    assert refused("trust/chain.pem", good.replace(b"AA==", b"AB=="))


def test_every_byte_of_a_json_and_a_pem_counts() -> None:
    """One changed bit is refused, or another document: never the same value from other bytes."""
    for name, data, read in (
        ("a.json", GOOD, read_json),
        ("trust/chain.pem", ONE.public_bytes(Encoding.PEM), pem_blocks),
    ):
        for place in range(len(data)):
            for bit in range(8):
                mutant = bytearray(data)
                mutant[place] ^= 1 << bit
                if not refused(name, bytes(mutant)):
                    assert read(bytes(mutant)) != read(data)

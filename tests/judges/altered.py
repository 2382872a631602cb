"""Ways to alter the unpacked bundle, each in one place: what the judges are asked to refuse."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.judges.parts import ENVELOPE

CHAIN, FIGURES = "trust/chain.pem", "data/indicators.csv"
Alter = Callable[[Path], None]


def flipped(data: bytes, place: int = -1) -> bytes:
    """The same octets but for one bit of the one at `place`."""
    place %= len(data)
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def flip(path: Path, place: int = -1) -> None:
    """Flip one bit of a file."""
    path.write_bytes(flipped(path.read_bytes(), place))


def read(path: Path) -> Any:
    """The JSON of a file."""
    return json.loads(path.read_bytes())


def write(path: Path, value: object) -> None:
    """JSON in RFC 8785's form, for values without numbers."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True), encoding="utf-8")


def _statement(envelope: dict[str, Any], **predicate: object) -> None:
    held = json.loads(base64.b64decode(envelope["payload"]))
    held["predicate"] |= predicate
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    envelope["payload"] = base64.b64encode(text.encode()).decode()


def statement(bundle: Path) -> None:
    """Another opinion under the same signatures."""
    envelope = read(bundle / ENVELOPE)
    _statement(envelope, opinion="adverse")
    write(bundle / ENVELOPE, envelope)


def payload_type(bundle: Path) -> None:
    """The same statement under another type."""
    write(bundle / ENVELOPE, read(bundle / ENVELOPE) | {"payloadType": "application/json"})


def signature(bundle: Path) -> None:
    """One bit of the lead's signature: the last of s."""
    envelope = read(bundle / ENVELOPE)
    first = envelope["signatures"][0]
    first["sig"] = base64.b64encode(flipped(base64.b64decode(first["sig"]))).decode()
    write(bundle / ENVELOPE, envelope)


def swapped(bundle: Path) -> None:
    """Each signature under the other's key."""
    envelope = read(bundle / ENVELOPE)
    one, two = envelope["signatures"]
    one["sig"], two["sig"] = two["sig"], one["sig"]
    write(bundle / ENVELOPE, envelope)


def stripped(bundle: Path) -> None:
    """The reviewer's signature is gone."""
    envelope = read(bundle / ENVELOPE)
    del envelope["signatures"][1]
    write(bundle / ENVELOPE, envelope)


def certificates(bundle: Path) -> dict[str, x509.Certificate]:
    """The certificates of the chain by common name: the lead's begins with Demo Lead."""
    held = x509.load_pem_x509_certificates((bundle / CHAIN).read_bytes())
    return {str(one.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value): one for one in held}


def _chain(bundle: Path, ders: list[bytes]) -> None:
    pems = (x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in ders)
    (bundle / CHAIN).write_bytes(b"".join(pems))


def certificate(bundle: Path) -> None:
    """The lead's certificate with another octet in what its authority signed: the year of its end."""
    ders = []
    for name, one in certificates(bundle).items():
        der = one.public_bytes(Encoding.DER)
        end = one.not_valid_after_utc.strftime("%y%m%d%H%M%SZ").encode()
        later = f"{int(end[:2]) + 1:02d}".encode() + end[2:]
        ders.append(der.replace(end, later) if name.startswith("Demo Lead") else der)
    _chain(bundle, ders)


def without_body(bundle: Path) -> None:
    """The certificate between the persons and the root is gone."""
    _chain(bundle, [one.public_bytes(Encoding.DER) for name, one in certificates(bundle).items() if "Demo" in name])


def token_of_the_other(bundle: Path) -> None:
    """The reviewer's time stamp is the lead's."""
    (bundle / "attest/reviewer.tsr").write_bytes((bundle / "attest/lead.tsr").read_bytes())


def token(bundle: Path) -> None:
    """One bit of the time-stamp authority's signature on the lead's token."""
    flip(bundle / "attest/lead.tsr")


def cell(bundle: Path) -> None:
    """A published figure, one digit; it is still a number."""
    path = bundle / FIGURES
    data = path.read_bytes()
    number = re.search(rb"\d\.\d+", data)
    assert number is not None
    last = number.end() - 1
    path.write_bytes(data[:last] + (b"1" if data[last:][:1] != b"1" else b"2") + data[last + 1 :])


def sums(bundle: Path) -> None:
    """A changed file, and the list changed with it."""
    before = hashlib.sha256((bundle / FIGURES).read_bytes()).hexdigest()
    cell(bundle)
    after = hashlib.sha256((bundle / FIGURES).read_bytes()).hexdigest()
    path = bundle / "SHA256SUMS"
    path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


def lost(bundle: Path) -> None:
    """A listed file is gone."""
    (bundle / "report.en.html").unlink()


ALTERED: Mapping[str, Alter] = {
    one.__name__: one
    for one in (
        *(statement, payload_type, signature, swapped, stripped, certificate, without_body),
        *(token_of_the_other, token, cell, sums, lost),
    )
}

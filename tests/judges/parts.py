"""A bundle taken apart for other programs: with the standard library and `cryptography`, not with our own readers."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ENVELOPE = "attest/verification.dsse.json"
ROLES = ("lead", "reviewer")


@dataclass(frozen=True)
class Parts:
    """Files in `folder`: payload, signed; anchor.pem, clocks.pem, body.pem; lead.pem, lead.key, lead.spki, lead.sig, and so on.

    Every certificate lies there as .pem and as .der.
    """

    bundle: Path
    folder: Path

    def __getattr__(self, name: str) -> Path:
        """`parts.lead_sig` is the file lead.sig."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.folder / name.replace("_", ".")

    def of(self, role: str, kind: str) -> Path:
        """The file of one person."""
        return self.folder / f"{role}.{kind}"

    def token(self, role: str) -> Path:
        """The time-stamp token of one person."""
        return self.bundle / "attest" / f"{role}.tsr"


def take_apart(bundle: Path, root: Path, folder: Path) -> Parts:
    """The parts of a bundle's folder, under the trust root in the file `root`. Raises where there is no such part."""
    folder.mkdir(parents=True, exist_ok=True)
    envelope = json.loads((bundle / ENVELOPE).read_bytes())
    payload = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"].encode()
    (folder / "payload").write_bytes(payload)
    (folder / "signed").write_bytes(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
    keys = {one["role"]: one["spki_sha256"] for one in json.loads(payload)["predicate"]["signatories"]}
    held = x509.load_pem_x509_certificates((bundle / "trust" / "chain.pem").read_bytes())
    by_key = {hashlib.sha256(spki(one)).hexdigest(): one for one in held}
    signatures = {one["keyid"]: base64.b64decode(one["sig"]) for one in envelope["signatures"]}
    for role in ROLES:
        person = by_key.pop(keys[role])
        _put(folder, role, person)
        (folder / f"{role}.spki").write_bytes(spki(person))
        form = PublicFormat.SubjectPublicKeyInfo
        (folder / f"{role}.key").write_bytes(person.public_key().public_bytes(Encoding.PEM, form))
        if keys[role] in signatures:
            (folder / f"{role}.sig").write_bytes(signatures[keys[role]])
    for body in by_key.values():
        _put(folder, "body", body)
    trusted = json.loads(base64.b64decode(json.loads(root.read_bytes())["payload"]))["trusted_root"]
    for name, authorities in (("anchor", "certificateAuthorities"), ("clocks", "timestampAuthorities")):
        for anchor in _anchors(trusted[authorities]):
            _put(folder, name, anchor)
    return Parts(bundle, folder)


def spki(certificate: x509.Certificate) -> bytes:
    """The DER of its public key."""
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _anchors(authorities: list[dict[str, Any]]) -> Iterator[x509.Certificate]:
    """The last certificate of each chain: the one that is trusted by itself."""
    for one in authorities:
        yield x509.load_der_x509_certificate(base64.b64decode(one["certChain"]["certificates"][-1]["rawBytes"]))


def _put(folder: Path, name: str, certificate: x509.Certificate) -> None:
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / f"{name}.der").write_bytes(certificate.public_bytes(Encoding.DER))

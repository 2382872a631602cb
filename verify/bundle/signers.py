"""Who signed, by the names in their certificates, and whose clock said when: for a person who reads the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from verify.attest import anchors as trusted
from verify.attest import dsse, timestamp
from verify.attest.anchors import Anchors
from verify.attest.outcome import Check
from verify.attest.policy import Material
from verify.attest.profiles import spki_of
from verify.attest.statement import Statement
from verify.errors import NotVerified

_STEPS = ("signature", "time", "chain", "revocation")


@dataclass(frozen=True)
class Signer:
    """One signatory of the statement; `name` is that of its checks (``lead``, ``further.0a1b2c3d``).

    `person`, `organisation`, `body` (who issued the certificate) and `clock` are as the certificates say, '' where one is
    missing; only where `holds` is true is it established that they are so.
    """

    name: str
    role: str
    spki_sha256: str
    person: str
    organisation: str
    body: str
    at: datetime | None
    clock: str
    holds: bool


def signers(
    statement: Statement,
    material: Material,
    anchors: Anchors | None,
    checks: Sequence[Check],
    times: Mapping[str, datetime],
) -> tuple[Signer, ...]:
    """The signatories in the order of the statement, with what the checks found of each."""
    states = {one.name: one.state for one in checks}
    found: list[Signer] = []
    people = [*material.certificates, *material.further]
    for name, listed in statement.named().items():
        held = next((one for one in people if spki_of(one) == listed.spki_sha256), None)
        chain = _clock(name, listed.spki_sha256, material, anchors) if anchors is not None else ()
        found.append(
            Signer(
                name,
                listed.role,
                listed.spki_sha256,
                _named(held.subject, x509.NameOID.COMMON_NAME) if held else "",
                _named(held.subject, x509.NameOID.ORGANIZATION_NAME) if held else "",
                _named(held.issuer, x509.NameOID.COMMON_NAME) if held else "",
                times.get(name),
                _named(chain[0].subject, x509.NameOID.COMMON_NAME) if chain else "",
                all(states.get(f"{step}.{name}") == "verified" for step in _STEPS),
            )
        )
    return tuple(found)


def _clock(name: str, spki: str, material: Material, anchors: Anchors) -> tuple[x509.Certificate, ...]:
    """The chain of the authority that stamped a signature; empty where it does not hold."""
    with suppress(NotVerified):
        signature = next((one.sig for one in dsse.read(material.envelope).signatures if one.keyid == spki), None)
        if signature is not None and name in material.tokens:
            roots = trusted.certificates(anchors.clocks)
            return timestamp.verify(material.tokens[name], signature, roots, material.certificates).chain
    return ()


def _named(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    held = name.get_attributes_for_oid(oid)
    if held:
        return str(held[0].value)
    return name.rfc4514_string() if oid == x509.NameOID.COMMON_NAME else ""

"""The signatures of a bundle: the reader's trust root, the certificates, the attestation, and the files that repeat it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography import x509

from verify.attest import certificates, dsse, policy, sigstore
from verify.attest.anchors import Anchors
from verify.attest.further import required_by
from verify.attest.outcome import Check, Record
from verify.attest.policy import Material
from verify.attest.profiles import spki_of
from verify.attest.statement import ROLES, SUBJECT, Statement
from verify.bundle.members import FURTHER_CHAIN, FURTHER_LISTS
from verify.bundle.signers import Signer, signers
from verify.bundle.trust import Held, Trusted, trusted
from verify.bundle.verdict import RESTS, Note
from verify.errors import NotVerified

ENVELOPE, CHAIN, LISTS = "attest/verification.dsse.json", "trust/chain.pem", "trust/crls.pem"
_TOKEN = re.compile(r"attest/([a-z0-9.]+)\.tsr", re.ASCII)
_NOBODY = Anchors((), ())


@dataclass(frozen=True)
class Attested:
    """What the signatures came to; `statement` is None where there is none to be read."""

    statement: Statement | None
    signers: tuple[Signer, ...]
    trusted: Trusted | None
    notes: tuple[Note, ...]


def attested(
    record: Record, members: Mapping[str, bytes], held: Held | None, ruler: Mapping[str, Any] | None
) -> Attested:
    """Checks root, certificates, those of `verify.attest.policy`, sigstore.<role> and log.

    `ruler` is what ruler.json holds: it says which further signatures there must be.
    """
    trust = _root(record, members, held)
    anchors = trust.root.anchors if trust is not None else None
    read = record.run("certificates", lambda: _material(members))
    material = read or Material(members.get(ENVELOPE, b""), _tokens(members), (), ())
    subject = hashlib.sha256(members[SUBJECT]).hexdigest() if SUBJECT in members else None
    outcome = policy.verify(material, anchors or _NOBODY, subject, _required(record, ruler))
    record.checks += _resting(outcome.checks, anchors is not None, read is not None)
    for role in ROLES:
        _sigstore(record, role, members, material, outcome.statement)
    if outcome.statement is None:
        return Attested(None, (), trust, ())
    found = signers(outcome.statement, material, anchors, record.checks, outcome.times)
    return Attested(outcome.statement, found, trust, tuple(_dates([*material.lists, *material.further_lists])))


def _root(record: Record, members: Mapping[str, bytes], held: Held | None) -> Trusted | None:
    if held is None:
        record.skip("root", "bundle.no_root")
        return None
    found = record.run("root", lambda: trusted(held, members))
    if found is not None:
        key = "bundle.root_recognised" if found.recognised else "bundle.root_as_held"
        record.note(key, version=str(found.held), sha256=found.sha256)
    return found


def _material(members: Mapping[str, bytes]) -> Material:
    for name in (CHAIN, LISTS):
        if name not in members:
            raise NotVerified("bundle.member_missing", member=name)
    return Material(
        members.get(ENVELOPE, b""),
        _tokens(members),
        certificates.read_pem(members[CHAIN]),
        certificates.read_pem_lists(members[LISTS]),
        certificates.read_pem(members.get(FURTHER_CHAIN, b"")),
        certificates.read_pem_lists(members.get(FURTHER_LISTS, b"")),
    )


def _tokens(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tokens by the name of whose signature they stamp; one that nobody needs fails the check `unused`."""
    return {match[1]: data for name, data in members.items() if (match := _TOKEN.fullmatch(name))}


def _required(record: Record, ruler: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Which further signatures the ruler asks for. Whether it is the signed ruler is for the check `ruler`."""
    try:
        return required_by(ruler) if ruler is not None else ()
    except NotVerified as error:
        record.checks.append(Check("further", "failed", error.key, error.arguments))
        return ()


def _resting(checks: Sequence[Check], anchored: bool, read: bool) -> list[Check]:
    """The checks of the attestation; what failed only because root or certificates are missing was not made."""
    missing: set[str | None] = set()
    if not anchored:
        missing.add("attest.no_anchor")
    if not read:
        missing |= {"attest.certificate_missing", "attest.crl_missing"}
    if missing:
        missing.add("attest.unused")
    return [replace(one, state="not_checked", key=RESTS, arguments={}) if one.key in missing else one for one in checks]


def _sigstore(
    record: Record, role: str, members: Mapping[str, bytes], material: Material, statement: Statement | None
) -> None:
    name, member = f"sigstore.{role}", f"attest/{role}.sigstore.json"
    listed = [one.spki_sha256 for one in statement.signatories if one.role == role] if statement is not None else []
    person = next((one for one in material.certificates if spki_of(one) in listed[:1]), None)
    if person is None or role not in material.tokens:
        record.skip(name, RESTS)
    elif member not in members:
        record.run(name, lambda: _missing(member))
    else:
        envelope = dsse.read(material.envelope)  # the statement came out of it
        record.run(name, lambda: sigstore.derived(members[member], envelope, person, material.tokens[role]))


def _missing(member: str, key: str = "bundle.member_missing") -> None:
    raise NotVerified(key, member=member)


def _dates(lists: Sequence[x509.CertificateRevocationList]) -> Iterator[Note]:
    """When each revocation list was issued and the next one is due (I3)."""
    for one in lists:
        until = one.next_update_utc or "–"
        arguments = {"issuer": one.issuer.rfc4514_string(), "from": one.last_update_utc, "until": until}
        yield Note("bundle.list_dates", arguments)

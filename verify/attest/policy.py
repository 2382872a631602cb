"""Verifying an attestation: small checks in order, none of them silent (E6-E8, I1-I7, T1-T5, V3).

Signatures are matched to the signatories of the signed payload by key, and must stand in their order. Time comes from
each signature's own token; chain and revocation are judged at that time. Whatever lies beside and is not used, fails.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import anchors as trusted
from verify.attest import der, dsse, identity, timestamp
from verify.attest.anchors import Anchors
from verify.attest.certificates import BROKEN
from verify.attest.further import Further
from verify.attest.outcome import Check, Record, State, overall
from verify.attest.profiles import spki_of
from verify.attest.statement import FURTHER, PAYLOAD_TYPE, Signatory, Statement
from verify.attest.statement import read as read_statement
from verify.attest.support import Material, Support
from verify.errors import NotVerified

__all__ = ["Material", "Outcome", "verify"]


@dataclass(frozen=True)
class Outcome:
    """The checks in the order in which they were made, the statement where it could be read, and when each signer signed."""

    checks: tuple[Check, ...]
    statement: Statement | None
    times: Mapping[str, datetime]

    @property
    def state(self) -> State:
        """Verified, failed or not checked, for the whole."""
        return overall(list(self.checks))


@dataclass(frozen=True)
class _Signer:
    """Somebody whose signature, time, chain and standing hold."""

    role: str
    certificate: x509.Certificate
    stamp: timestamp.Stamp


def verify(
    material: Material, anchors: Anchors, subject_sha256: str | None = None, required: Collection[str] = ()
) -> Outcome:
    """Judge an attestation offline. Never raises for what the material says: every refusal is a failed check.

    `subject_sha256` is the digest of the SHA256SUMS that lies beside; without it the check `subject` is not made, and
    the whole is not verified. `required` names the algorithms of further signatures that the ruler requires
    (`further.required_by`): each is a check ``further.<algorithm>``.
    """
    record = Record()
    judged = _Judge(record, material, anchors)
    statement = judged.statement(subject_sha256)
    if statement is None:
        return Outcome(tuple(record.checks), None, {})
    signers, times = judged.signers(statement, required)
    judged.together(signers)
    record.run("unused", judged.support.nothing_over)
    return Outcome(tuple(record.checks), statement, times)


class _Judge:
    """One verification: what is being judged, and what it rests on."""

    def __init__(self, record: Record, material: Material, anchors: Anchors) -> None:
        self.record, self.material, self.anchors = record, material, anchors
        self.envelope = dsse.Envelope("", b"", ())
        self.support = Support(record, material, anchors)

    def statement(self, subject_sha256: str | None) -> Statement | None:
        """Checks envelope, statement, subject, signatories (E1-E3, E6, E8)."""
        envelope = self.record.run("envelope", lambda: _envelope(self.material.envelope))
        if envelope is None:
            return None
        self.envelope = envelope
        found = self.record.run("statement", lambda: read_statement(envelope.payload))
        if found is None:
            return None
        if subject_sha256 is None:
            self.record.skip("subject", "attest.subject_absent")
        else:
            self.record.run("subject", lambda: _subject(found, subject_sha256))
        self.record.run("signatories", lambda: _signatories(found, envelope))
        return found

    def signers(self, statement: Statement, required: Collection[str]) -> tuple[list[_Signer], dict[str, datetime]]:
        """Checks signature, time, chain and revocation of each signatory: leads and reviewers that hold, and when they
        and the further signatories that hold have signed, by name."""
        further = Further(self.record, self.support, self.envelope)
        found: dict[str, _Signer] = {}
        for name, listed in statement.named().items():
            if listed.role == FURTHER:
                further.signatory(name, listed)
            elif (signer := self._signer(name, listed)) is not None:
                found[name] = signer
        further.required(required)
        return list(found.values()), {name: one.stamp.at for name, one in found.items()} | further.times

    def together(self, signers: Sequence[_Signer]) -> None:
        """Checks two_persons (I6) and order (I7), where both roles hold: every lead against every reviewer."""
        leads = [one for one in signers if one.role == "lead"]
        reviewers = [one for one in signers if one.role == "reviewer"]
        if not leads or not reviewers:
            self.record.skip("two_persons", "attest.roles_incomplete")
            self.record.skip("order", "attest.roles_incomplete")
            return
        pairs = [(lead, reviewer) for lead in leads for reviewer in reviewers]
        self.record.run("two_persons", lambda: _two_persons(pairs))
        ordered = self.record.run("order", lambda: _order(pairs))
        shared = next((lead.stamp for lead, reviewer in pairs if lead.stamp.same_authority(reviewer.stamp)), None)
        if ordered and shared is not None:  # T2: nobody else vouches for the times
            self.record.note("attest.one_clock", authority=identity.subject_text(shared.chain[0]))

    def _signer(self, name: str, listed: Signatory) -> _Signer | None:
        steps = ("signature", "time", "chain", "revocation", "time_revocation")
        certificate = next((one for one in self.material.certificates if spki_of(one) == listed.spki_sha256), None)
        if certificate is not None and not _known(certificate):  # E8: reported, and counts for nothing
            self.support.used.certificates.add(certificate)
            self.record.skip(f"signature.{name}", "attest.algorithm_unknown", required=False, role=listed.role)
            return None
        signature = self.record.run(f"signature.{name}", lambda: self._signature(listed, certificate))
        if signature is None or certificate is None:
            self.support.not_made(name, steps[1:])
            return None
        stamp = self.record.run(f"time.{name}", lambda: self.support.stamp(name, signature))
        if stamp is None:
            self.support.not_made(name, steps[2:])
            return None
        chain = self.record.run(f"chain.{name}", lambda: self._chain(certificate, listed.role, stamp.at))
        if chain is None:
            self.support.not_made(name, steps[3:4])
        elif not self.support.standing(f"revocation.{name}", chain, self.material.lists, stamp.at):
            chain = None
        timed = self.support.clock(name, stamp)
        return _Signer(listed.role, certificate, stamp) if timed and chain is not None else None

    def _signature(self, listed: Signatory, certificate: x509.Certificate | None) -> bytes:
        if certificate is None:
            raise NotVerified("attest.certificate_missing", role=listed.role)
        held = [one.sig for one in self.envelope.signatures if one.keyid == listed.spki_sha256]
        if len(held) != 1:
            raise NotVerified("attest.signature_missing", role=listed.role)
        der.verify_p256(certificate.public_key(), held[0], self.envelope.signed_bytes())
        return held[0]

    def _chain(self, leaf: x509.Certificate, role: str, at: datetime) -> list[x509.Certificate]:
        people = self.anchors.people
        chain = identity.verify_person(leaf, self.material.certificates, trusted.certificates(people), role, at)
        trusted.within(people, chain[-1], at)
        self.support.used.chain(chain)
        return chain


def _envelope(data: bytes) -> dsse.Envelope:
    found = dsse.read(data)
    if found.payload_type != PAYLOAD_TYPE:
        raise NotVerified("attest.payload_type", found=found.payload_type, wanted=PAYLOAD_TYPE)
    return found


def _subject(statement: Statement, sha256: str) -> None:
    if statement.subject_sha256 != sha256:
        raise NotVerified("attest.subject_other", signed=statement.subject_sha256, found=sha256)


def _signatories(statement: Statement, envelope: dsse.Envelope) -> None:
    """E6, E8: exactly the listed have signed, each once, under the digest of the own key, in the order of the payload."""
    wanted = [one.spki_sha256 for one in statement.signatories]
    found = [one.keyid for one in envelope.signatures]
    for listed in statement.signatories:
        if listed.spki_sha256 not in found:
            raise NotVerified("attest.signature_missing", role=listed.role)
    if set(found) - set(wanted):
        raise NotVerified("attest.signature_unlisted")
    if found != wanted:
        raise NotVerified("attest.signature_order")


def _two_persons(pairs: Sequence[tuple[_Signer, _Signer]]) -> None:
    for lead, reviewer in pairs:
        identity.two_persons(lead.certificate, reviewer.certificate)


def _order(pairs: Sequence[tuple[_Signer, _Signer]]) -> bool:
    for lead, reviewer in pairs:
        if reviewer.stamp.at < lead.stamp.at:
            raise NotVerified("attest.order", lead=lead.stamp.at, reviewer=reviewer.stamp.at)
    return True


def _known(certificate: x509.Certificate) -> bool:
    try:
        return isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    except BROKEN:
        return False

"""Verifying an attestation: small checks in order, none of them silent (E6-E8, I1-I7, T1-T5, V3).

Signatures are matched to the signatories of the signed payload by key, and must stand in their order. Time comes from
each signature's own token; chain and revocation are judged at that time. Whatever lies beside and is not used, fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import anchors as trusted
from verify.attest import der, dsse, identity, revocation, timestamp
from verify.attest.anchors import Anchors
from verify.attest.certificates import BROKEN
from verify.attest.outcome import Check, Record, State, overall
from verify.attest.profiles import spki_of
from verify.attest.revocation import Standing
from verify.attest.statement import PAYLOAD_TYPE, Signatory, Statement
from verify.attest.statement import read as read_statement
from verify.errors import NotVerified


@dataclass(frozen=True)
class Material:
    """What a bundle brings: the envelope's bytes, one token per signer by name, intermediates and persons, CRLs.

    Certificates and lists come from certificates.py, which has read them to the last extension.
    """

    envelope: bytes
    tokens: Mapping[str, bytes]
    certificates: Sequence[x509.Certificate]
    lists: Sequence[x509.CertificateRevocationList]


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
    at: datetime


def verify(material: Material, anchors: Anchors, subject_sha256: str | None = None) -> Outcome:
    """Judge an attestation offline. Never raises for what the material says: every refusal is a failed check.

    `subject_sha256` is the digest of the SHA256SUMS that lies beside; without it the check `subject` is not made, and
    the whole is not verified.
    """
    record = Record()
    judged = _Judge(record, material, anchors)
    statement = judged.statement(subject_sha256)
    if statement is None:
        return Outcome(tuple(record.checks), None, {})
    signers = judged.signers(statement)
    judged.together(signers)
    judged.nothing_over()
    return Outcome(tuple(record.checks), statement, {name: one.at for name, one in signers.items()})


class _Judge:
    """One verification: what is being judged, and what of the material has been used."""

    def __init__(self, record: Record, material: Material, anchors: Anchors) -> None:
        self.record, self.material, self.anchors = record, material, anchors
        self.envelope = dsse.Envelope("", b"", ())
        self.used: set[x509.Certificate] = set()
        self.issuers: set[x509.Name] = set()
        self.tokens: set[str] = set()

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

    def signers(self, statement: Statement) -> dict[str, _Signer]:
        """Checks signature, time, chain and revocation of each signatory; those that hold, by name: the role, and for
        a further signatory of one role the beginning of the key's digest behind it."""
        found: dict[str, _Signer] = {}
        for listed in statement.signatories:
            first = not any(
                one.role == listed.role for one in statement.signatories[: statement.signatories.index(listed)]
            )
            name = listed.role if first else f"{listed.role}.{listed.spki_sha256[:8]}"
            signer = self._signer(name, listed)
            if signer is not None:
                found[name] = signer
        return found

    def together(self, signers: Mapping[str, _Signer]) -> None:
        """Checks two_persons (I6) and order (I7), where both roles hold: every lead against every reviewer."""
        leads = [one for one in signers.values() if one.role == "lead"]
        reviewers = [one for one in signers.values() if one.role == "reviewer"]
        if not leads or not reviewers:
            self.record.skip("two_persons", "attest.roles_incomplete")
            self.record.skip("order", "attest.roles_incomplete")
            return
        pairs = [(lead, reviewer) for lead in leads for reviewer in reviewers]
        self.record.run("two_persons", lambda: _two_persons(pairs))
        self.record.run("order", lambda: _order(pairs))

    def nothing_over(self) -> None:
        """Check unused: no certificate, list or token lies there that nothing rests on."""
        self.record.run("unused", self._unused)

    def _signer(self, name: str, listed: Signatory) -> _Signer | None:
        steps = ("signature", "time", "chain", "revocation", "time_revocation")
        certificate = next((one for one in self.material.certificates if spki_of(one) == listed.spki_sha256), None)
        if certificate is not None and not _known(certificate):  # E8: reported, and counts for nothing
            self.used.add(certificate)
            self.record.skip(f"signature.{name}", "attest.algorithm_unknown", required=False, role=listed.role)
            return None
        signature = self.record.run(f"signature.{name}", lambda: self._signature(listed, certificate))
        if signature is None or certificate is None:
            self._not_made(name, steps[1:])
            return None
        stamp = self.record.run(f"time.{name}", lambda: self._stamp(name, signature))
        if stamp is None:
            self._not_made(name, steps[2:])
            return None
        chain = self.record.run(f"chain.{name}", lambda: self._chain(certificate, listed.role, stamp.at))
        if chain is None:
            self._not_made(name, steps[3:4])
        elif not self._standing(f"revocation.{name}", chain, stamp.at):
            chain = None
        return _Signer(listed.role, certificate, stamp.at) if self._clock(name, stamp) and chain is not None else None

    def _signature(self, listed: Signatory, certificate: x509.Certificate | None) -> bytes:
        if certificate is None:
            raise NotVerified("attest.certificate_missing", role=listed.role)
        held = [one.sig for one in self.envelope.signatures if one.keyid == listed.spki_sha256]
        if len(held) != 1:
            raise NotVerified("attest.signature_missing", role=listed.role)
        der.verify_p256(certificate.public_key(), held[0], self.envelope.signed_bytes())
        return held[0]

    def _stamp(self, name: str, signature: bytes) -> timestamp.Stamp:
        if name not in self.material.tokens:
            raise NotVerified("attest.time_missing")
        self.tokens.add(name)
        stamp = timestamp.verify(
            self.material.tokens[name],
            signature,
            trusted.certificates(self.anchors.clocks),
            self.material.certificates,
        )
        trusted.within(self.anchors.clocks, stamp.chain[-1], stamp.at)
        self.used.update(stamp.chain)
        return stamp

    def _chain(self, leaf: x509.Certificate, role: str, at: datetime) -> list[x509.Certificate]:
        people = self.anchors.people
        chain = identity.verify_person(leaf, self.material.certificates, trusted.certificates(people), role, at)
        trusted.within(people, chain[-1], at)
        self.used.update(chain)
        return chain

    def _standing(self, name: str, chain: Sequence[x509.Certificate], at: datetime) -> bool:
        self.issuers.update(one.subject for one in chain[1:])
        found = self.record.run(name, lambda: revocation.verify_chain(chain, self.material.lists, at))
        for one in found or []:
            if one.revoked_at is not None:
                self._later(one)
        return found is not None

    def _clock(self, name: str, stamp: timestamp.Stamp) -> bool:
        """An authority that publishes no revocation list is not checked, and said; one that does must be judged by it."""
        issuers = [one.subject for one in stamp.chain[1:]]
        listed = any(held.issuer in issuers for held in self.material.lists)
        if not listed and not any(_publishes_lists(one) for one in stamp.chain[:-1]):
            self.record.skip(f"time_revocation.{name}", "attest.time_no_list", required=False)
            return True
        return self._standing(f"time_revocation.{name}", stamp.chain, stamp.at)

    def _later(self, one: Standing) -> None:
        self.record.note("attest.revoked_later", subject=one.subject, revoked=one.revoked_at, reason=one.reason)

    def _not_made(self, name: str, steps: Sequence[str]) -> None:
        for step in steps:
            self.record.skip(f"{step}.{name}", "attest.rests_on_failed", required=step != "time_revocation")

    def _unused(self) -> None:
        for certificate in self.material.certificates:
            if certificate not in self.used:
                raise NotVerified("attest.unused", what=identity.subject_text(certificate))
        for held in self.material.lists:
            if held.issuer not in self.issuers:
                raise NotVerified("attest.unused", what=held.issuer.rfc4514_string())
        if unused := sorted(set(self.material.tokens) - self.tokens):
            raise NotVerified("attest.unused", what=unused[0])


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


def _order(pairs: Sequence[tuple[_Signer, _Signer]]) -> None:
    for lead, reviewer in pairs:
        if reviewer.at < lead.at:
            raise NotVerified("attest.order", lead=lead.at, reviewer=reviewer.at)


def _known(certificate: x509.Certificate) -> bool:
    try:
        return isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    except BROKEN:
        return False


def _publishes_lists(certificate: x509.Certificate) -> bool:
    return any(isinstance(one.value, x509.CRLDistributionPoints) for one in certificate.extensions)

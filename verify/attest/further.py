"""Further signatories: the same bytes signed once more by another algorithm, SM2 as yet (E8; ADR 0017).

Such a signature is added to those of lead and reviewer and stands for neither. It is judged like theirs, with its own
token, chain and lists, by OpenSSL where that is present; else each check that needs it is *not checked*, and says why.
Only where the ruler requires the algorithm does the whole rest on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import anchors as trusted
from verify.attest import asn1, dsse, further_path, identity, openssl, revocation, shape, sm2
from verify.attest.algorithms import ECDSA
from verify.attest.certificates import BROKEN
from verify.attest.openssl import OpenSSL
from verify.attest.outcome import Check, NotChecked, Record, Value
from verify.attest.profiles import spki_octets, spki_of
from verify.attest.sm2 import Signed
from verify.attest.statement import FURTHER, Signatory
from verify.attest.support import Support
from verify.errors import NotVerified

ALGORITHMS = (sm2.WORD,)
_STEPS = ("signature", "time", "chain", "revocation", "time_revocation")


def required_by(ruler: Mapping[str, Any]) -> tuple[str, ...]:
    """The algorithms that a ruler requires, from its plain data (`Ruler.plain()`, ``ruler.json`` of a bundle): those of
    ``text.attestation.further``. Raises NotVerified `attest.ruler_unreadable` for another shape."""
    try:
        section = ruler["text"].get("attestation")
        listed = [] if section is None else shape.items(section["further"], "attestation.further")
        return tuple(sorted({shape.word(one, "attestation.further") for one in listed}))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotVerified("attest.ruler_unreadable", detail=str(error)) from None


def verified(
    certificate: x509.Certificate, signature: bytes, message: bytes, program: Callable[[], OpenSSL] = openssl.find
) -> None:
    """The signature of a further signatory over a message holds.

    Raises NotVerified: `attest.key_type` where the key is not one of SM2, `attest.signature_encoding`, with or without a
    program; `attest.signature_wrong`; NotChecked as `openssl.find` and `OpenSSL.verify_sm2` do.
    """
    if not sm2.is_key(certificate):
        raise NotVerified("attest.key_type", wanted="SM2")
    sm2.formed(signature)
    program().verify_sm2(Signed(spki_octets(certificate), message, signature))


class Further:
    """The further signatories of one verification. `times`: when those signed of whom every check holds, by name."""

    def __init__(self, record: Record, support: Support, envelope: dsse.Envelope) -> None:
        self.record, self.support, self.envelope = record, support, envelope
        self.times: dict[str, datetime] = {}
        self.reasons: dict[str, list[Check | None]] = {}  # by algorithm: of each signatory the check that does not hold

    def signatory(self, name: str, listed: Signatory) -> None:
        """Checks signature, time, chain, revocation and time_revocation of one signatory, none of them required."""
        certificate = next((one for one in self.support.material.further if spki_of(one) == listed.spki_sha256), None)
        before = len(self.record.checks)
        at = self._judge(name, listed, certificate)
        made = self.record.checks[before:]
        wrong = next((one for one in made if one.state != "verified" and not _admitted(one)), None)
        if certificate is not None and sm2.is_key(certificate):
            self.reasons.setdefault(sm2.WORD, []).append(wrong)
        if wrong is None and at is not None:
            self.times[name] = at

    def required(self, algorithms: Collection[str]) -> None:
        """Check further.<algorithm> of each that the ruler requires: one signatory at least of whom every check holds."""
        for algorithm in sorted(set(algorithms)):
            name, reasons = f"further.{algorithm}", self.reasons.get(algorithm, [])
            if algorithm not in ALGORITHMS:
                self.record.skip(name, "attest.further_unknown", algorithm=algorithm)
            elif not reasons:
                self.record.run(name, partial(_missing, algorithm))
            elif None in reasons:
                self.record.run(name, lambda: None)
            else:
                self._because(name, reasons[0])

    @cached_property
    def program(self) -> OpenSSL | NotChecked:
        """The program, looked for once, or why there is none."""
        try:
            return openssl.find()
        except NotChecked as error:
            return error

    def _judge(self, name: str, listed: Signatory, certificate: x509.Certificate | None) -> datetime | None:
        held = [one.sig for one in self.envelope.signatures if one.keyid == listed.spki_sha256]
        self._run("signature", name, lambda: self._signature(listed, certificate, held))
        if certificate is None or self.record.checks[-1].state == "failed":
            self.support.not_made(name, _STEPS[1:], required=False)
            return None
        stamp = self._run("time", name, lambda: self.support.stamp(name, held[0]))  # its octets need no OpenSSL
        if stamp is None:
            self.support.not_made(name, _STEPS[2:], required=False)
            return None
        chain = self._run("chain", name, lambda: self._chain(certificate, stamp.at))
        if chain is not None:
            self.support.standing(
                f"revocation.{name}", chain, self._lists(), stamp.at, holds=self._holds, required=False
            )
        else:
            self._because(f"revocation.{name}", self.record.checks[-1], required=False)
        self.support.clock(name, stamp, required=False)
        return stamp.at

    def _signature(self, listed: Signatory, certificate: x509.Certificate | None, held: Sequence[bytes]) -> None:
        if certificate is None:
            raise NotVerified("attest.certificate_missing", role=listed.role)
        if len(held) != 1:
            raise NotVerified("attest.signature_missing", role=listed.role)
        if not sm2.is_key(certificate) and not _of_persons(certificate):  # E8: an algorithm to come
            raise NotChecked("attest.algorithm_unknown", role=listed.role)
        verified(certificate, held[0], self.envelope.signed_bytes(), self._present)

    def _chain(self, leaf: x509.Certificate, at: datetime) -> list[x509.Certificate]:
        """By our own code where all issuers are P-256 bodies and roots; by OpenSSL where one signs with SM2."""
        material, people = self.support.material, self.support.anchors.people
        pool, anchors = [*material.certificates, *material.further], trusted.certificates(people)
        paths = further_path.by_names(leaf, pool, anchors)
        if any(not sm2.signed_with(one) and not _by_persons_algorithm(one) for one in paths[0]):
            self.support.used_further.chain(paths[0])
            raise NotChecked("attest.algorithm_unknown", role=FURTHER)
        if not all(any(sm2.signed_with(one) for one in path) for path in paths):
            chain = identity.verify_further(leaf, pool, anchors, at)
        else:
            self.support.used_further.chain(paths[0])  # what cannot be judged here rests on it all the same
            if paths[0][-1] not in anchors:
                _not_anchored(paths[0], anchors)
            chain = further_path.verify_path(self._present(), paths, at)
        trusted.within(people, chain[-1], at)
        self.support.used_further.chain(chain)
        return chain

    def _holds(self, held: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
        """Is a list signed by its issuer, whichever of the two algorithms it has?"""
        if not sm2.is_key(issuer):
            return revocation.signed_by(held, issuer)
        if not sm2.signed_with(held):
            return False
        try:
            self._present().verify_sm2(Signed(spki_octets(issuer), held.tbs_certlist_bytes, held.signature))
        except NotChecked:
            raise
        except NotVerified:
            return False
        return True

    def _lists(self) -> list[x509.CertificateRevocationList]:
        return [*self.support.material.lists, *self.support.material.further_lists]

    def _present(self) -> OpenSSL:
        if isinstance(self.program, NotChecked):
            raise NotChecked(self.program.key, **self.program.arguments)
        return self.program

    def _because(self, name: str, reason: Check | None, *, required: bool = True) -> None:
        """A check that is not made, for the reason for which another was not."""
        if reason is None or reason.key is None or reason.state == "failed":
            self.record.skip(name, "attest.rests_on_failed", required=required)
        else:
            self.record.skip(name, reason.key, required=required, **reason.arguments)

    def _run(self, step: str, name: str, check: Callable[[], Value]) -> Value | None:
        return self.record.run(f"{step}.{name}", check, required=False)


def _of_persons(certificate: x509.Certificate) -> bool:
    """A key that a lead or a reviewer has: no algorithm of a further signatory."""
    try:
        return isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    except BROKEN:
        return False


def _by_persons_algorithm(certificate: x509.Certificate) -> bool:
    return (
        asn1.encode(asn1.SEQUENCE, asn1.encode_oid(certificate.signature_algorithm_oid.dotted_string)) in ECDSA.values()
    )


def _admitted(check: Check) -> bool:
    return check.name.startswith("time_revocation.") and check.key == "attest.time_no_list"


def _missing(algorithm: str) -> None:
    raise NotVerified("attest.further_missing", algorithm=algorithm)


def _not_anchored(path: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]) -> None:
    """A reader whose trust root names no SM2 authority cannot judge one; to a reader whose root does, it is a stranger."""
    if not any(sm2.is_key(one) for one in anchors):
        raise NotChecked("attest.further_no_anchor", issuer=path[-1].issuer.rfc4514_string())
    raise NotVerified("attest.chain_refused", subject=identity.subject_text(path[0]), detail="no anchor of this name")

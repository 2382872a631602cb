"""What a signature rests on: its token, its chain, the lists of its issuers; and which of the material was used.

Time comes from each signature's own token; validity and revocation are judged at that time (I1). Whatever lies in the
material and nothing rests on it, fails the check `unused`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from verify.attest import anchors as trusted
from verify.attest import identity, revocation, timestamp
from verify.attest.anchors import Anchors
from verify.attest.outcome import Record
from verify.attest.revocation import Holds
from verify.errors import NotVerified

Certificates = Sequence[x509.Certificate]
Lists = Sequence[x509.CertificateRevocationList]


@dataclass(frozen=True)
class Material:
    """What a bundle brings: the envelope's bytes, one token per signer by name (`Statement.named`), intermediates and
    persons, CRLs; and apart from them what only further signatories need (trust/further.pem, trust/further.crls.pem).

    Certificates and lists come from certificates.py, which has read them to the last extension.
    """

    envelope: bytes
    tokens: Mapping[str, bytes]
    certificates: Certificates
    lists: Lists
    further: Certificates = ()
    further_lists: Lists = ()


@dataclass
class Used:
    """Certificates that a chain went through, and the names of the issuers whose lists it needed."""

    certificates: set[x509.Certificate] = field(default_factory=set)
    issuers: set[x509.Name] = field(default_factory=set)

    def chain(self, chain: Certificates) -> None:
        """A chain rests on its certificates and on the lists of its issuers; the last is its own, or not at hand."""
        self.certificates.update(chain)
        self.issuers.update(one.issuer for one in chain)


class Support:
    """The material of one verification, and what of it was used: by persons and clocks, and by further signatories."""

    def __init__(self, record: Record, material: Material, anchors: Anchors) -> None:
        self.record, self.material, self.anchors = record, material, anchors
        self.used, self.used_further = Used(), Used()
        self.tokens: set[str] = set()

    def stamp(self, name: str, signature: bytes) -> timestamp.Stamp:
        """The stamp of the token of this name over these octets. Raises NotVerified `attest.time_missing`, as
        `timestamp.verify` does, and `attest.anchor_window`."""
        if name not in self.material.tokens:
            raise NotVerified("attest.time_missing")
        self.tokens.add(name)
        clocks = trusted.certificates(self.anchors.clocks)
        stamp = timestamp.verify(self.material.tokens[name], signature, clocks, self.material.certificates)
        trusted.within(self.anchors.clocks, stamp.chain[-1], stamp.at)
        self.used.certificates.update(stamp.chain)
        return stamp

    def standing(
        self,
        name: str,
        chain: Certificates,
        lists: Lists,
        at: datetime,
        *,
        holds: Holds = revocation.signed_by,
        required: bool = True,
    ) -> bool:
        """The check `name`: no certificate of the chain was revoked at `at`; one revoked later is noted (I5)."""
        found = self.record.run(name, lambda: revocation.verify_chain(chain, lists, at, holds), required=required)
        for one in found or []:
            if one.revoked_at is not None:
                self.record.note("attest.revoked_later", subject=one.subject, revoked=one.revoked_at, reason=one.reason)
        return found is not None

    def clock(self, name: str, stamp: timestamp.Stamp, *, required: bool = True) -> bool:
        """The check `time_revocation` of a signer. An authority that publishes no revocation list is not checked, and
        said; one that does must be judged by it."""
        issuers = [one.subject for one in stamp.chain[1:]]
        listed = any(held.issuer in issuers for held in self.material.lists)
        if not listed and not any(_publishes_lists(one) for one in stamp.chain[:-1]):
            self.record.skip(f"time_revocation.{name}", "attest.time_no_list", required=False)
            return True
        self.used.chain(stamp.chain)
        lists = self.material.lists
        return self.standing(f"time_revocation.{name}", stamp.chain, lists, stamp.at, required=required)

    def not_made(self, name: str, steps: Sequence[str], *, required: bool = True) -> None:
        """Checks of a signer that rest on one that failed."""
        for step in steps:
            held = required and step != "time_revocation"
            self.record.skip(f"{step}.{name}", "attest.rests_on_failed", required=held)

    def nothing_over(self) -> None:
        """Nothing lies there that nothing rests on, and nothing twice. Raises NotVerified `attest.unused`."""
        held, used, further = self.material, self.used, self.used_further
        for certificates, good in (
            (held.certificates, used.certificates | further.certificates),
            (held.further, further.certificates - set(held.certificates)),
        ):
            for certificate in certificates:
                if certificate not in good:
                    raise NotVerified("attest.unused", what=identity.subject_text(certificate))
        issuers = {one.issuer for one in held.lists}
        for one in held.lists:
            if one.issuer not in used.issuers | further.issuers:
                raise NotVerified("attest.unused", what=one.issuer.rfc4514_string())
        for one in held.further_lists:
            if one.issuer not in further.issuers - issuers:
                raise NotVerified("attest.unused", what=one.issuer.rfc4514_string())
            issuers.add(one.issuer)  # one list of each issuer (I2)
        if over := sorted(set(held.tokens) - self.tokens):
            raise NotVerified("attest.unused", what=over[0])


def _publishes_lists(certificate: x509.Certificate) -> bool:
    return any(isinstance(one.value, x509.CRLDistributionPoints) for one in certificate.extensions)

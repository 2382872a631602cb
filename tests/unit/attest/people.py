"""A small world of certificates for tests: an accreditation root, a body, two persons, a time-stamp authority."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import profiles
from verify.attest.profiles import Issuer

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2030, 1, 1, tzinfo=UTC)
SIGNED = datetime(2028, 3, 31, 9, 0, 0, tzinfo=UTC)
LISTED = SIGNED + timedelta(days=7)
NEXT = LISTED + timedelta(days=30)
KEYS = [ec.generate_private_key(ec.SECP256R1()) for _ in range(6)]


def root(common_name: str = "Accreditation root", key: ec.EllipticCurvePrivateKey = KEYS[0]) -> Issuer:
    """A self-signed root."""
    return Issuer(profiles.root(profiles.name(common_name), key, START, END), key)


@dataclass
class World:
    """Root and body with their keys, the leaves with theirs; `root` also names the time-stamp authority."""

    root: Issuer = field(default_factory=root)
    body: Issuer = field(init=False)
    lead: x509.Certificate = field(init=False)
    reviewer: x509.Certificate = field(init=False)
    clock: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        body_name = profiles.name("Body 017 CA", "Body 017")
        self.body = Issuer(profiles.body(body_name, KEYS[1].public_key(), self.root, START, END), KEYS[1])
        self.lead = self.person("lead", "Wang Fang", KEYS[2])
        self.reviewer = self.person("reviewer", "Li Na", KEYS[3])
        clock = profiles.name("Clock 1", "Test time")
        self.clock = profiles.time_authority(clock, KEYS[4].public_key(), self.root, START, END)

    def person(self, role: str, common_name: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
        """Another person of the body."""
        email = f"{common_name.lower().replace(' ', '.')}@body.example.org"
        subject = profiles.name(common_name, "Body 017")
        return profiles.person(subject, email, key.public_key(), role, self.body, START, END)

    def lists(self, *revoked: profiles.Revoked, at: datetime = LISTED) -> list[x509.CertificateRevocationList]:
        """The CRL of the root, and that of the body with `revoked`."""
        return [
            profiles.revocation_list(self.root, at, at + (NEXT - LISTED)),
            profiles.revocation_list(self.body, at, at + (NEXT - LISTED), revoked),
        ]

    @property
    def lead_key(self) -> ec.EllipticCurvePrivateKey:
        """The private key of the lead."""
        return KEYS[2]

    @property
    def reviewer_key(self) -> ec.EllipticCurvePrivateKey:
        """The private key of the reviewer."""
        return KEYS[3]

    @property
    def clock_key(self) -> ec.EllipticCurvePrivateKey:
        """The private key of the time-stamp authority."""
        return KEYS[4]

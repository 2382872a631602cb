"""X.509 profiles (attestation section 4): accreditation root → verification-body CA → person; time-stamp authority.

Object identifiers stand under a private enterprise number. `PEN` is a placeholder until IANA has given us ours: no
certificate made under it may outlive the release that names the real number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from verify.attest import asn1

PEN = "99999"
ROLES = {
    "lead": ObjectIdentifier(f"1.3.6.1.4.1.{PEN}.1.1"),
    "reviewer": ObjectIdentifier(f"1.3.6.1.4.1.{PEN}.1.2"),
}
FURTHER = ObjectIdentifier(f"1.3.6.1.4.1.{PEN}.1.3")  # a further signatory (ADR 0017), never lead or reviewer
TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


@dataclass(frozen=True)
class Issuer:
    """A certificate authority that can sign: its certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Revoked:
    """One line of a CRL. `invalid_since` is the invalidityDate, where the moment of the loss is known."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified
    invalid_since: datetime | None = None


def name(common_name: str, organisation: str | None = None) -> x509.Name:
    """A subject of a common name, within an organisation."""
    held = [] if organisation is None else [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation)]
    return x509.Name([*held, x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])


def spki_sha256(key: object) -> str:
    """SHA-256 of a public key's DER SubjectPublicKeyInfo, in lower-case hex: who signed (E7). TypeError for no key."""
    if not hasattr(key, "public_bytes"):
        raise TypeError(f"{type(key).__name__} is no public key")
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(key.public_bytes(serialization.Encoding.DER, form)).hexdigest()


def spki_of(certificate: x509.Certificate) -> str:
    """`spki_sha256` of a certificate's key, read from its octets: also for a key that the library does not know (SM2)."""
    return hashlib.sha256(spki_octets(certificate)).hexdigest()


def spki_octets(certificate: x509.Certificate) -> bytes:
    """The DER SubjectPublicKeyInfo of a certificate, whatever its algorithm."""
    parts = asn1.element(certificate.tbs_certificate_bytes).children()  # RFC 5280 4.1.2: version is [0], or absent
    return parts[6 if parts[0].tag == 0xA0 else 5].raw


def root(subject: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime) -> x509.Certificate:
    """A self-signed accreditation root, pathlen 1."""
    builder = _builder(subject, key.public_key(), subject, start, end)
    return _authority(builder, 1, key.public_key()).sign(key, _hash(key))


def body(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, issuer: Issuer, start: datetime, end: datetime
) -> x509.Certificate:
    """A verification-body CA, pathlen 0: it names persons and no further authority."""
    builder = _builder(subject, key, issuer.certificate.subject, start, end)
    return _authority(builder, 0, issuer.key.public_key()).sign(issuer.key, _hash(issuer.key))


def person(
    subject: x509.Name,
    email: str,
    key: ec.EllipticCurvePublicKey,
    role: str,
    issuer: Issuer,
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    """A person in one role: digitalSignature and nonRepudiation, the role as the one extended key usage, a SAN."""
    builder = (
        _builder(subject, key, issuer.certificate.subject, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ROLES[role]]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    )
    return _linked(builder, issuer.key.public_key()).sign(issuer.key, _hash(issuer.key))


def time_authority(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer: Issuer,
    start: datetime,
    end: datetime,
) -> x509.Certificate:
    """A time-stamp authority: timeStamping alone and critical (RFC 3161 2.3)."""
    builder = (
        _builder(subject, key, issuer.certificate.subject, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([TIME_STAMPING]), critical=True)
    )
    return _linked(builder, issuer.key.public_key()).sign(issuer.key, _hash(issuer.key))


def revocation_list(
    issuer: Issuer, this_update: datetime, next_update: datetime, revoked: Iterable[Revoked] = (), number: int = 1
) -> x509.CertificateRevocationList:
    """The full CRL of one issuer (RFC 5280 section 5), with the number of the list."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(this_update)
        .next_update(next_update)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(one.at)
        if one.reason is not x509.ReasonFlags.unspecified:  # RFC 5280 5.3.1: absent rather than unspecified
            entry = entry.add_extension(x509.CRLReason(one.reason), critical=False)
        if one.invalid_since is not None:
            entry = entry.add_extension(x509.InvalidityDate(one.invalid_since), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, _hash(issuer.key))


def usage(*allowed: str) -> x509.KeyUsage:
    """A KeyUsage extension with these bits only, by the names of `cryptography`."""
    bits = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    rest = ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{bit: bit in allowed for bit in (*bits, *rest)})


def _builder(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, issuer: x509.Name, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(
    builder: x509.CertificateBuilder, path_length: int, issuer: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    constraints = x509.BasicConstraints(ca=True, path_length=path_length)
    signing = usage("key_cert_sign", "crl_sign")
    return _linked(builder.add_extension(constraints, critical=True).add_extension(signing, critical=True), issuer)


def _linked(builder: x509.CertificateBuilder, issuer: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)


def _hash(key: ec.EllipticCurvePrivateKey) -> hashes.SHA256 | hashes.SHA384:
    return hashes.SHA384() if isinstance(key.curve, ec.SECP384R1) else hashes.SHA256()

"""Who signed: certificate chains of persons and of time-stamp authorities, judged at a given moment (I1).

RFC 5280 section 6 by `cryptography`'s x509.verification, with our own policies. Its defaults are never used: they accept
a leaf without extended key usage and refuse ours. It has no revocation: see revocation.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from verify.attest.certificates import BROKEN
from verify.attest.profiles import FURTHER, ROLES, TIME_STAMPING, spki_of, usage
from verify.errors import NotVerified

Certificates = Sequence[x509.Certificate]
Use = Callable[[x509.Certificate, x509.ExtendedKeyUsage | None], None]  # raises where the use is another
Extension = TypeVar("Extension", bound=x509.ExtensionType)
_PERSON = usage("digital_signature", "content_commitment")


def verify_person(
    leaf: x509.Certificate, intermediates: Certificates, anchors: Certificates, role: str, at: datetime
) -> list[x509.Certificate]:
    """The chain of a person in `role` at the moment `at`, leaf first, anchor last.

    Raises NotVerified: `attest.not_valid_then`, `attest.leaf_is_authority`, `attest.key_type`, `attest.key_usage`,
    `attest.role_missing`, `attest.authority_profile`, `attest.chain_refused`.
    """
    _leaf(leaf, at)
    if not _is_curve(leaf, ec.SECP256R1):
        raise NotVerified("attest.key_type", wanted="P-256")
    return _named_by_body(leaf, intermediates, anchors, at, _role(role, ROLES[role]))


def verify_further(
    leaf: x509.Certificate, intermediates: Certificates, anchors: Certificates, at: datetime
) -> list[x509.Certificate]:
    """The chain of a further signatory whom one of our bodies names (ADR 0017): a person's profile with the use of a
    further signatory, whatever the key. Raises NotVerified as `verify_person` does, but for `attest.key_type`."""
    _leaf(leaf, at)
    return _named_by_body(leaf, intermediates, anchors, at, _role("further", FURTHER))


def verify_time_authority(
    leaf: x509.Certificate, intermediates: Certificates, anchors: Certificates, at: datetime
) -> list[x509.Certificate]:
    """The chain of a time-stamp authority at the moment `at`: timeStamping alone and critical (RFC 3161 2.3).

    Raises NotVerified as `verify_person` does, `attest.time_role` for another extended key usage.
    """
    _leaf(leaf, at)
    _time_usage(leaf, _found(leaf, x509.KeyUsage))
    _time_role(leaf, _found(leaf, x509.ExtendedKeyUsage))
    policy = (
        ExtensionPolicy.permit_all()
        .require_present(x509.KeyUsage, Criticality.AGNOSTIC, lambda _, one, held: _time_usage(one, held))
        .require_present(x509.ExtendedKeyUsage, Criticality.CRITICAL, lambda _, one, held: _time_role(one, held))
    )
    return _path(leaf, intermediates, anchors, at, policy)


def two_persons(lead: x509.Certificate, reviewer: x509.Certificate) -> None:
    """I6: another key, another subject, and no alternative name in common. Raises NotVerified `attest.one_person`."""
    if spki_of(lead) == spki_of(reviewer):
        raise NotVerified("attest.one_person", same="SPKI")
    if same_subject(lead, reviewer):
        raise NotVerified("attest.one_person", same=subject_text(lead))
    if shared := _alternative_names(lead) & _alternative_names(reviewer):
        raise NotVerified("attest.one_person", same=min(shared))


def same_subject(one: x509.Certificate, other: x509.Certificate) -> bool:
    """Do two certificates name one subject, case, width and blanks aside?"""
    return _comparable(one.subject) == _comparable(other.subject)


def has_role(leaf: x509.Certificate, role: x509.ObjectIdentifier) -> bool:
    """Does a certificate hold this role, and no other use? Nobody holds both roles, nor anyExtendedKeyUsage."""
    held = _found(leaf, x509.ExtendedKeyUsage)
    return held is not None and list(held) == [role]


def subject_text(certificate: x509.Certificate) -> str:
    """The subject as RFC 4514 writes it."""
    return certificate.subject.rfc4514_string()


def _named_by_body(
    leaf: x509.Certificate, intermediates: Certificates, anchors: Certificates, at: datetime, role: Use
) -> list[x509.Certificate]:
    _person_usage(leaf, _found(leaf, x509.KeyUsage))
    role(leaf, _found(leaf, x509.ExtendedKeyUsage))
    policy = (
        ExtensionPolicy.permit_all()
        .require_present(x509.KeyUsage, Criticality.AGNOSTIC, lambda _, one, held: _person_usage(one, held))
        .require_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, lambda _, one, held: role(one, held))
    )
    chain = _path(leaf, intermediates, anchors, at, policy)
    for authority in chain[1:]:
        _authority_profile(authority)
    constraints = _found(chain[1], x509.BasicConstraints) if len(chain) > 1 else None
    if constraints is None or constraints.path_length != 0:  # persons are named by a body, never by the root itself
        raise NotVerified("attest.authority_profile", subject=subject_text(chain[-1]))
    return chain


def _path(
    leaf: x509.Certificate, intermediates: Certificates, anchors: Certificates, at: datetime, policy: ExtensionPolicy
) -> list[x509.Certificate]:
    authorities = (
        ExtensionPolicy.permit_all()
        .require_present(x509.BasicConstraints, Criticality.CRITICAL, _is_authority)
        .require_present(x509.KeyUsage, Criticality.AGNOSTIC, _signs_certificates)
    )
    if not anchors:
        raise NotVerified("attest.no_anchor")
    verifier = (
        PolicyBuilder()
        .store(Store(list(anchors)))
        .time(at.astimezone(UTC).replace(tzinfo=None))
        .extension_policies(ca_policy=authorities, ee_policy=policy)
        .build_client_verifier()
    )
    try:
        return verifier.verify(leaf, list(intermediates)).chain
    except VerificationError as error:
        raise NotVerified("attest.chain_refused", subject=subject_text(leaf), detail=str(error)) from None


def _leaf(leaf: x509.Certificate, at: datetime) -> None:
    if not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
        raise NotVerified("attest.not_valid_then", subject=subject_text(leaf), at=at.isoformat())
    constraints = _found(leaf, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        raise NotVerified("attest.leaf_is_authority", subject=subject_text(leaf))


def _found(certificate: x509.Certificate, kind: type[Extension]) -> Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
    except BROKEN as error:  # an extension twice, or one that is no DER
        raise NotVerified("attest.chain_refused", subject=subject_text(certificate), detail=str(error)) from None


def _person_usage(leaf: x509.Certificate, held: x509.KeyUsage | None) -> None:
    if held != _PERSON:
        raise NotVerified("attest.key_usage", subject=subject_text(leaf))


def _time_usage(leaf: x509.Certificate, held: x509.KeyUsage | None) -> None:
    if held is None or not held.digital_signature or held.key_cert_sign:
        raise NotVerified("attest.key_usage", subject=subject_text(leaf))


def _role(role: str, use: x509.ObjectIdentifier) -> Use:
    def check(leaf: x509.Certificate, held: x509.ExtendedKeyUsage | None) -> None:
        if held is None or not has_role(leaf, use):
            raise NotVerified("attest.role_missing", subject=subject_text(leaf), role=role)

    return check


def _time_role(leaf: x509.Certificate, held: x509.ExtendedKeyUsage | None) -> None:
    critical = held is not None and leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).critical
    if held is None or not critical or list(held) != [TIME_STAMPING]:
        raise NotVerified("attest.time_role", subject=subject_text(leaf))


def _is_authority(_: Policy, one: x509.Certificate, held: x509.BasicConstraints) -> None:
    if not held.ca:
        raise ValueError(f"{subject_text(one)} is no authority")


def _signs_certificates(_: Policy, one: x509.Certificate, held: x509.KeyUsage) -> None:
    if not held.key_cert_sign:
        raise ValueError(f"{subject_text(one)} may not sign certificates")


def _authority_profile(authority: x509.Certificate) -> None:
    held = _found(authority, x509.KeyUsage)
    if held is None or not held.crl_sign or not _is_curve(authority, ec.SECP256R1, ec.SECP384R1):
        raise NotVerified("attest.authority_profile", subject=subject_text(authority))


def _is_curve(certificate: x509.Certificate, *curves: type[ec.EllipticCurve]) -> bool:
    try:
        key = certificate.public_key()
    except BROKEN:  # a curve that the library does not know
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, curves)


def _comparable(subject: x509.Name) -> tuple[tuple[str, str], ...]:
    """Names that differ in case, width or blanks only are one name (RFC 5280 7.1)."""
    return tuple(
        (one.oid.dotted_string, " ".join(unicodedata.normalize("NFKC", str(one.value)).casefold().split()))
        for one in subject
    )


def _alternative_names(certificate: x509.Certificate) -> set[str]:
    held = _found(certificate, x509.SubjectAlternativeName)
    return set() if held is None else {str(one.value).casefold() for one in held}

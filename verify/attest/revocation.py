"""Revocation lists that travel with a bundle, judged at the moment of signing (I2-I5; RFC 5280 section 5).

A certificate revoked after signing for a plain reason stays good, visibly; a compromised key never does. That is
deliberately not what OpenSSL and Java compute: they judge at the moment of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest.identity import subject_text
from verify.errors import NotVerified

Lists = Sequence[x509.CertificateRevocationList]
Holds = Callable[[x509.CertificateRevocationList, x509.Certificate], bool]  # list, issuer: is it signed by that key?
COMPROMISE = {  # I5
    x509.ReasonFlags.key_compromise,
    x509.ReasonFlags.ca_compromise,
    x509.ReasonFlags.aa_compromise,
}
# What a full CRL of its own issuer may hold; a critical extension beside these changes what the list means (5.2).
_KNOWN = (x509.CRLNumber, x509.AuthorityKeyIdentifier)
_KNOWN_OF_ENTRY = (x509.CRLReason, x509.InvalidityDate)


@dataclass(frozen=True)
class Standing:
    """What a CRL says of one certificate that is good at the moment asked for; `revoked_at` when revoked later (I4)."""

    subject: str
    this_update: datetime
    next_update: datetime
    revoked_at: datetime | None = None
    reason: str | None = None


def signed_by(held: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Is a list signed with the ECDSA key of its issuer?"""
    key = issuer.public_key()
    return isinstance(key, ec.EllipticCurvePublicKey) and held.is_signature_valid(key)


def verify_chain(
    chain: Sequence[x509.Certificate], lists: Lists, at: datetime, holds: Holds = signed_by
) -> list[Standing]:
    """The standing at `at` of every certificate of a chain (leaf first) but its anchor, by the CRLs of their issuers.

    `holds` judges the signature of a list. Raises NotVerified as `standing` does.
    """
    return [standing(one, issuer, lists, at, holds) for one, issuer in pairwise(chain)]


def standing(
    certificate: x509.Certificate, issuer: x509.Certificate, lists: Lists, at: datetime, holds: Holds = signed_by
) -> Standing:
    """The standing of one certificate at `at`.

    Raises NotVerified: `attest.crl_missing`, `attest.crl_twice` (I2: one per issuer), `attest.crl_wrong` (signature,
    window, or an extension that makes it partial), `attest.crl_too_early` (I3), `attest.revoked` (I4, I5).
    """
    held = _list_of(issuer, lists, holds)
    this_update, next_update = held.last_update_utc, held.next_update_utc
    if next_update is None or next_update <= this_update:
        raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail="nextUpdate")
    if this_update < at:  # I3: a list from before the signature cannot know what was revoked before it
        raise NotVerified("attest.crl_too_early", issuer=subject_text(issuer), this_update=this_update, at=at)
    entry = held.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return Standing(subject_text(certificate), this_update, next_update)
    try:
        reason, invalid_since = _entry(entry, issuer)
    except ValueError as error:
        raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail=str(error)) from None
    late = entry.revocation_date_utc > at and (invalid_since is None or invalid_since > at)
    if not late or reason in COMPROMISE:
        raise NotVerified(
            "attest.revoked", subject=subject_text(certificate), revoked=entry.revocation_date_utc, reason=reason.value
        )
    return Standing(subject_text(certificate), this_update, next_update, entry.revocation_date_utc, reason.value)


def current(lists: Lists, now: datetime) -> None:
    """At the assembly of a bundle, never at reading (I3): no nextUpdate has passed. Raises NotVerified `attest.crl_stale`."""
    for held in lists:
        if held.next_update_utc is None or held.next_update_utc <= now:
            raise NotVerified("attest.crl_stale", issuer=held.issuer.rfc4514_string(), next_update=held.next_update_utc)


def _list_of(issuer: x509.Certificate, lists: Lists, holds: Holds) -> x509.CertificateRevocationList:
    named = [one for one in lists if one.issuer == issuer.subject]
    if not named:
        raise NotVerified("attest.crl_missing", issuer=subject_text(issuer))
    if len(named) > 1:
        raise NotVerified("attest.crl_twice", issuer=subject_text(issuer))
    (held,) = named
    if not _signs_lists(issuer) or not holds(held, issuer):
        raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail="signature")
    if any(one.critical and not isinstance(one.value, _KNOWN) for one in held.extensions):
        raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail="critical extension")
    if any(isinstance(one.value, x509.DeltaCRLIndicator | x509.IssuingDistributionPoint) for one in held.extensions):
        raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail="not the full list")
    return held


def _signs_lists(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return False


def _entry(entry: x509.RevokedCertificate, issuer: x509.Certificate) -> tuple[x509.ReasonFlags, datetime | None]:
    reason, invalid_since = x509.ReasonFlags.unspecified, None
    for one in entry.extensions:
        if isinstance(one.value, x509.CRLReason):
            reason = one.value.reason
        elif isinstance(one.value, x509.InvalidityDate):
            invalid_since = one.value.invalidity_date_utc
        elif one.critical and not isinstance(one.value, _KNOWN_OF_ENTRY):
            raise NotVerified("attest.crl_wrong", issuer=subject_text(issuer), detail="critical extension of an entry")
    return reason, invalid_since

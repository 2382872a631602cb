"""What a certificate, a request, a list or a trust root is, in rows of a label and a value. Private keys have no rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509

from verify.attest import profiles, shape
from verify.attest.identity import has_role, subject_text
from verify.report.visible import visible
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.attest.anchors import Anchor
    from verify.attest.authority_state import Issued
    from verify.attest.requests import Request
    from verify.attest.root import Root

Row = list[str]
_ROLES = {**profiles.ROLES, "further": profiles.FURTHER}


def certificate_rows(certificate: x509.Certificate, lang: Language, role: str | None = None) -> list[Row]:
    """Subject, role, issuer, validity, serial, key digest; `role` where it is known better than by its extensions."""
    names = _alternative(certificate)
    return [
        _row("subject", subject_text(certificate), lang),
        *([_row("email", names, lang)] if names else []),
        _row("role", role_word(role or role_of(certificate), lang), lang),
        _row("issuer", certificate.issuer.rfc4514_string(), lang),
        _row("valid", window(certificate.not_valid_before_utc, certificate.not_valid_after_utc, lang), lang),
        _row("serial", f"{certificate.serial_number:x}", lang),
        _row("key_digest", f"sha256:{profiles.spki_of(certificate)}", lang),
    ]


def request_rows(asked: Request, lang: Language) -> list[Row]:
    """Subject, address and key digest of a request."""
    return [
        _row("subject", asked.subject.rfc4514_string(), lang),
        _row("email", asked.email, lang),
        _row("key_digest", f"sha256:{profiles.spki_sha256(asked.key)}", lang),
    ]


def list_rows(held: x509.CertificateRevocationList, lang: Language) -> list[Row]:
    """Issuer, number, window of a revocation list, and a row for each entry."""
    number = [str(one.value.crl_number) for one in held.extensions if isinstance(one.value, x509.CRLNumber)]
    entries = [
        ["", say("keys.list_entry", lang, serial=f"{one.serial_number:x}", at=shape.stamp(one.revocation_date_utc),
                 reason=_reason(one))]
        for one in held
    ]  # fmt: skip
    return [
        _row("issuer", held.issuer.rfc4514_string(), lang),
        _row("list_number", ", ".join(number), lang),
        _row("list_window", window(held.last_update_utc, held.next_update_utc, lang), lang),
        *(entries or [["", say("keys.list_empty", lang)]]),
    ]


def root_lines(data: bytes, held: Root, name: str, lang: Language) -> Iterator[str]:
    """Version, signers and digests of a root file: what readers learn elsewhere (R4)."""
    from verify.attest.root import payload_sha256

    count, threshold = len(held.keys), held.threshold
    yield say("keys.root_version", lang, version=held.version, count=count, threshold=threshold)
    yield say("keys.root_digest", lang, digest=payload_sha256(data))
    yield say("keys.root_file", lang, path=name, digest=hashlib.sha256(data).hexdigest())


def root_rows(held: Root, lang: Language, signers: Mapping[int, str] | None = None) -> list[Row]:
    """Signers and anchors of a trust root, each anchor with its window; `signers`: digests by number, where known."""
    known = {spki: f"{number}  " for number, spki in (signers or {}).items()}
    rows = [_row("root_key", f"{known.get(spki, '')}sha256:{spki}", lang) for spki in held.keys]
    for key, anchors in (("anchors_people", held.anchors.people), ("anchors_clocks", held.anchors.clocks)):
        rows += [_row(key, _anchor(one, lang), lang) for one in anchors]
    logs = held.log_trust
    if logs is not None:
        rows += [_row("root_log", str(one), lang) for one in logs.logs]
        rows += [_row("root_witness", str(one), lang) for one in logs.witnesses.values()]
    return rows


def issued_row(one: Issued, lang: Language) -> Row:
    """One line of an authority's record: serial, role, subject, end of validity, whether it is revoked."""
    state = say("keys.standing_good", lang)
    if one.revoked is not None:
        at, reason = shape.stamp(one.revoked.at), one.revoked.reason.value
        state = say("keys.standing_revoked", lang, at=at, reason=reason)
    certificate = one.certificate
    within = window(certificate.not_valid_before_utc, certificate.not_valid_after_utc, lang)
    subject = visible(subject_text(certificate))
    return [f"{certificate.serial_number:x}", role_word(one.role, lang), subject, within, state]


def role_of(certificate: x509.Certificate) -> str:
    """The role that the extensions of a certificate give it: of a person, root, body, clock, or none."""
    for role, oid in {**_ROLES, "clock": profiles.TIME_STAMPING}.items():
        if has_role(certificate, oid):
            return role
    found = [one.value for one in certificate.extensions if isinstance(one.value, x509.BasicConstraints)]
    if not found or not found[0].ca:
        return "none"
    return "root" if certificate.issuer == certificate.subject else "body"


def role_word(role: str, lang: Language) -> str:
    """The word for a role."""
    return say(f"attest.role.{role}" if role in _ROLES else f"keys.role_{role}", lang)


def window(start: datetime, end: datetime | None, lang: Language) -> str:
    """From when to when, in UTC."""
    if end is None:
        return say("keys.window_open", lang, start=shape.stamp(start))
    return say("keys.window", lang, start=shape.stamp(start), end=shape.stamp(end))


def numbers(found: Sequence[int]) -> str:
    """``1, 3``."""
    return ", ".join(map(str, sorted(found)))


def _row(key: str, value: str, lang: Language) -> Row:
    return ["  " + say(f"keys.{key}", lang), visible(value)]


def _anchor(anchor: Anchor, lang: Language) -> str:
    digest = profiles.spki_of(anchor.certificate)
    return f"{subject_text(anchor.certificate)}  {window(anchor.start, anchor.end, lang)}  sha256:{digest}"


def _alternative(certificate: x509.Certificate) -> str:
    for one in certificate.extensions:
        if isinstance(one.value, x509.SubjectAlternativeName):
            return ", ".join(str(name.value) for name in one.value)
    return ""


def _reason(entry: x509.RevokedCertificate) -> str:
    found = [one.value.reason.value for one in entry.extensions if isinstance(one.value, x509.CRLReason)]
    return found[0] if found else x509.ReasonFlags.unspecified.value

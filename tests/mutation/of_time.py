"""Tokens missing, of other bytes, of another authority, of a clock that was not one, and at times that do not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import DAY, GOOD, HOME, OTHER_PARK, SEAL, SECOND, STRANGERS, sealed, stamp
from tests.unit.attest.attested import REVIEWED
from tests.unit.attest.people import END, LISTED, SIGNED, START
from tests.unit.bundle.signed_bundle import ENVELOPE
from verify.attest import asn1, keys, profiles
from verify.attest.clock import Clock
from verify.attest.profiles import TIME_STAMPING, Issuer

ROLES = {"lead": SIGNED, "reviewer": REVIEWED}
SIGNATURES = dict(zip(ROLES, SEAL.signatures, strict=True))


def _with(role: str, token: bytes) -> dict[str, bytes]:
    """The bundle with another token, and the file that repeats it."""
    return replace(SEAL, tokens={**SEAL.tokens, role: token}).members()


@group("a token of something else")
def messages() -> Iterator[Mutant]:
    for role, at in ROLES.items():
        other = next(one for one in ROLES if one != role)
        sig = SIGNATURES[role].sig
        for what, token in {
            "the other signature": SEAL.tokens[other],
            "the other signature, at this time": stamp(SIGNATURES[other].sig, at),
            "the signature of another bundle": OTHER_PARK.tokens[role],
            "the payload": stamp(SEAL.payload, at),
            "the signed bytes": stamp(SEAL.envelope.signed_bytes(), at),
            "the envelope": stamp(GOOD[ENVELOPE], at),
            "the digest of the signature": stamp(hashlib.sha256(sig).digest(), at),
            "a NUL": stamp(b"\0", at),
            "the signature without its last byte": stamp(sig[:-1], at),
            "itself": stamp(SEAL.tokens[role], at),
        }.items():
            yield Mutant(f"{role}: {what}", _with(role, token), {f"time.{role}"}, alone=True)
    crossed = replace(SEAL, tokens={"lead": SEAL.tokens["reviewer"], "reviewer": SEAL.tokens["lead"]})
    yield Mutant("the two exchanged", crossed.members(), {"time.lead", "time.reviewer"}, alone=True)


@group("a token that is not there, or too many")
def missing() -> Iterator[Mutant]:
    for role in ROLES:
        left = {name: data for name, data in GOOD.items() if name != f"attest/{role}.tsr"}
        yield Mutant(f"{role}: none", left, {f"time.{role}"})
        yield Mutant(f"{role}: empty", _with(role, b""), {f"time.{role}"}, alone=True)
        for name in ("attest/further.tsr", f"attest/{role}.00000000.tsr"):
            yield Mutant(f"{role}: also as {name}", GOOD | {name: GOOD[f"attest/{role}.tsr"]}, {"unused"}, alone=True)
        token = SEAL.tokens[role]
        status, held = asn1.element(token).children()
        for what, other in {
            "without its status": held.raw,
            "with a text that nobody signed": _response(_status(0, "granted"), held.raw),
            "granted with changes": _response(_status(1), held.raw),
            "rejected": _response(_status(2), held.raw),
            "rejected, without a token": asn1.encode(asn1.SEQUENCE, _status(2)),
            "with a byte behind": token + b"\x00",
            "twice": _response(status.raw, held.raw, held.raw),
            "in a long length": _long(token),
            "as text": token.hex().encode(),
        }.items():
            yield Mutant(f"{role}: {what}", _with(role, other), {f"time.{role}"}, alone=True)


def _status(value: int, text: str = "") -> bytes:
    said = [asn1.encode(asn1.SEQUENCE, asn1.encode(0x0C, text.encode()))] if text else []
    return asn1.encode(asn1.SEQUENCE, asn1.encode_integer(value), *said)


def _response(*parts: bytes) -> bytes:
    return asn1.encode(asn1.SEQUENCE, *parts)


def _long(token: bytes) -> bytes:
    body = asn1.element(token).body
    return bytes([token[0], 0x83]) + len(body).to_bytes(3, "big") + body


@group("a token of another clock")
def clocks() -> Iterator[Mutant]:
    for what, clock in {**_clocks(), "of another authority": STRANGERS.clock}.items():
        for role, at in ROLES.items():
            token = stamp(SIGNATURES[role].sig, at, clock)
            yield Mutant(f"{role}: {what}", _with(role, token), {f"time.{role}"}, alone=True)
        both = sealed(clock=clock).members()
        yield Mutant(f"both: {what}", both, {"time.lead", "time.reviewer"}, alone=True)
    stranger = sealed(clock=STRANGERS.clock)
    for what, more in {
        "its certificate": STRANGERS.clock.certificate,
        "its root": STRANGERS.root.certificate,
    }.items():
        packed = replace(stranger, chain=(*SEAL.chain, more)).members()
        checks = {"time.lead", "time.reviewer"}
        yield Mutant(f"both: of another authority, {what} in the chain", packed, checks, alone=True)


def _clocks() -> dict[str, Clock]:
    """Whoever can make a token, and is no clock of this authority."""
    return {
        "no use": _clock(use=None),
        "a use that is not critical": _clock(critical=False),
        "another use": _clock(use=[ExtendedKeyUsageOID.CODE_SIGNING]),
        "a use more": _clock(use=[TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]),
        "any use": _clock(use=[ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]),
        "also a lead": _clock(use=[TIME_STAMPING, profiles.ROLES["lead"]]),
        "an authority": _clock(ca=True, usage=("digital_signature", "key_cert_sign")),
        "a key that may not sign": _clock(usage=("key_agreement",)),
        "expired before": _clock(window=(START, SIGNED - SECOND)),
        "not yet valid": _clock(window=(REVIEWED + SECOND, END)),
        "named by a person": _clock(issuer=Issuer(*HOME.lead)),
        "the lead's own key": Clock(*HOME.lead),
        "the body's own key": Clock(HOME.body.certificate, HOME.body.key),
        "the clock's certificate over another key": Clock(HOME.clock.certificate, keys.generate()),
    }


def _clock(
    *,
    issuer: Issuer = HOME.root,
    window: tuple[datetime, datetime] = (START, END),
    ca: bool = False,
    usage: Sequence[str] = ("digital_signature",),
    use: Sequence[x509.ObjectIdentifier] | None = (TIME_STAMPING,),
    critical: bool = True,
) -> Clock:
    key = keys.generate()
    builder = (
        x509.CertificateBuilder()
        .subject_name(profiles.name("Clock 1", "Test time"))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(window[0])
        .not_valid_after(window[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(profiles.usage(*usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    if use is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(use), critical=critical)
    return Clock(builder.sign(issuer.key, hashes.SHA256()), key)


@group("times that do not fit")
def times() -> Iterator[Mutant]:
    chains = {"chain.lead", "chain.reviewer"}
    late = {f"{kind}.{role}" for kind in ("revocation", "time_revocation") for role in ROLES}
    for what, both, checks in (
        ("the review a second before", (SIGNED, SIGNED - SECOND), {"order"}),
        ("exchanged", (REVIEWED, SIGNED), {"order"}),
        ("the review a year before", (SIGNED, SIGNED - 365 * DAY), {"order"}),
        ("both after the lists", (LISTED + SECOND, LISTED + SECOND), late),
        ("the review after the lists", (SIGNED, LISTED + SECOND), {"revocation.reviewer", "time_revocation.reviewer"}),
        ("before the certificates", (START - DAY, START - DAY), {*chains, "time.lead", "time.reviewer"}),
        ("after the certificates", (END + DAY, END + DAY), {*chains, "time.lead", "time.reviewer"}),
    ):
        yield Mutant(what, sealed(times=both).members(), checks, alone=True)

"""Certificates that were not valid, not of the role, not of the body; certificates revoked; revocation lists that do not serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import DAY, GOOD, HOME, SEAL, SECOND, STRANGERS, Person, sealed
from tests.unit.attest.attested import REVIEWED
from tests.unit.attest.people import END, LISTED, NEXT, SIGNED, START
from tests.unit.bundle.signed_bundle import pem, root_file
from verify.attest import keys, profiles
from verify.attest.anchors import Anchor, Anchors
from verify.attest.profiles import Issuer, Revoked
from verify.attest.revocation import COMPROMISE
from verify.bundle.trust import Held

Reason = x509.ReasonFlags
PEOPLE = ("lead", "reviewer")
TIMES = {"lead": SIGNED, "reviewer": REVIEWED}
NAMES = {"lead": "Wang Fang", "reviewer": "Li Na"}
# RFC 5280 5.3.1; removeFromCRL has no place in a full list.
PLAIN = [one for one in Reason if one not in COMPROMISE and one is not Reason.remove_from_crl]

# Serial, whether the root's list names it, and when the first signature was made that rests on it.
SERIALS: dict[str, tuple[int, bool, datetime]] = {
    "lead": (HOME.lead[0].serial_number, False, SIGNED),
    "reviewer": (HOME.reviewer[0].serial_number, False, REVIEWED),
    "body": (HOME.body.certificate.serial_number, True, SIGNED),
    "clock": (HOME.clock.certificate.serial_number, True, SIGNED),
}


@group("a certificate not valid at signing")
def windows() -> Iterator[Mutant]:
    for role in PEOPLE:
        at = TIMES[role]
        for what, window in {
            "expired a second before": {"end": at - SECOND},
            "expired a year before": {"end": at - 365 * DAY},
            "valid a second after": {"start": at + SECOND},
            "valid from a year after": {"start": at + 365 * DAY},
        }.items():
            person = HOME.person(role, NAMES[role], **window)
            yield Mutant(f"{role}: {what}", _by(role, person).members(), {f"chain.{role}"}, alone=True)
    chains = {"chain.lead", "chain.reviewer"}
    for what, window in {"expired": (START, SIGNED - DAY), "not yet valid": (REVIEWED + DAY, END)}.items():
        name = HOME.body.certificate.subject
        body = Issuer(profiles.body(name, HOME.body.key.public_key(), HOME.root, *window), HOME.body.key)
        yield Mutant(f"body: {what}", sealed(body=body.certificate).members(), chains, alone=True)
        top = Issuer(profiles.root(HOME.root.certificate.subject, HOME.root.key, *window), HOME.root.key)
        times = {"time.lead", "time.reviewer"}  # the clock hangs from the same root
        anchors = Anchors([Anchor(top.certificate, START)], [Anchor(HOME.root.certificate, START)])
        yield _under(f"root: {what}", anchors, chains)
        anchors = Anchors([Anchor(HOME.root.certificate, START)], [Anchor(top.certificate, START)])
        yield _under(f"root of the clock: {what}", anchors, times)
    here = Anchor(HOME.root.certificate, START)
    for what, anchor in {
        "closed before": Anchor(HOME.root.certificate, START, SIGNED - SECOND),
        "opened after": Anchor(HOME.root.certificate, REVIEWED + SECOND),
    }.items():
        yield _under(f"window of the root: {what}", Anchors([anchor], [here]), chains)
        yield _under(f"window of the clock's root: {what}", Anchors([here], [anchor]), {"time.lead", "time.reviewer"})


def _by(role: str, person: Person, **changes: Any) -> Any:
    return sealed(**({role: person} | changes))


def _under(name: str, anchors: Anchors, checks: set[str]) -> Mutant:
    """A bundle whose root, and that of the reader, names these anchors."""
    data = root_file(1, HOME.signers, anchors=anchors)
    return Mutant(name, replace(SEAL, roots={1: data}).members(), checks, Held(data), alone=True)


@group("a certificate of another kind")
def kinds() -> Iterator[Mutant]:
    own = {"lead": profiles.ROLES["lead"], "reviewer": profiles.ROLES["reviewer"]}
    for role in PEOPLE:
        other = own["reviewer" if role == "lead" else "lead"]
        for what, changes in {
            "no use": {"use": None},
            "the other role": {"use": [other]},
            "both roles": {"use": [own[role], other]},
            "any use": {"use": [ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]},
            "its role and any use": {"use": [own[role], ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]},
            "that of a further signatory": {"use": [profiles.FURTHER]},
            "that of a clock": {"use": [ExtendedKeyUsageOID.TIME_STAMPING]},
            "that of a client": {"use": [ExtendedKeyUsageOID.CLIENT_AUTH]},
            "key usage without signatures": {"usage": ("key_agreement",)},
            "key usage without commitment": {"usage": ("digital_signature",)},
            "key usage of an authority": {"usage": ("digital_signature", "content_commitment", "key_cert_sign")},
            "no key usage": {"usage": None},
            "an authority": {"ca": True},
            "a critical extension of nobody": {"critical": True},
            "issued by the root": {"issuer": HOME.root},
            "issued by itself": {"issuer": None},
            "issued by a stranger of the body's name": {"issuer": STRANGERS.body},
            "issued by the other person": {"issuer": Issuer(*_other(role))},
        }.items():
            person = _person(role, **changes)
            yield Mutant(f"{role}: {what}", _by(role, person).members(), {f"chain.{role}"}, alone=True)
        bold = _person(role, key=ec.generate_private_key(ec.SECP384R1()))
        yield Mutant(f"{role}: a key on P-384", _by(role, bold).members(), {f"signature.{role}"}, alone=True)
        stranger = STRANGERS.lead if role == "lead" else STRANGERS.reviewer
        chain = (*SEAL.chain, stranger[0], STRANGERS.body.certificate)
        whole = replace(_by(role, stranger), chain=tuple(one for one in chain if one != SEAL.people[role]))
        yield Mutant(f"{role}: of another authority", whole.members(), {f"chain.{role}"}, alone=True)
    chains = {"chain.lead", "chain.reviewer"}
    for what, body in _bodies().items():
        yield Mutant(f"body: {what}", sealed(body=body).members(), chains, alone=True)
    bodies = {one: HOME.person(one, NAMES[one], issuer=STRANGERS.body) for one in PEOPLE}
    forged = sealed(**bodies, body=STRANGERS.body.certificate)
    yield Mutant("persons and body of another authority", forged.members(), chains, alone=True)


def _person(role: str, **changes: Any) -> Person:
    key = changes.pop("key", None) or keys.generate()
    issuer = changes.pop("issuer", HOME.body)
    subject = profiles.name(NAMES[role], "Body 017")
    use = changes.pop("use", [profiles.ROLES[role]])
    usage = changes.pop("usage", ("digital_signature", "content_commitment"))
    by = Issuer(None, key) if issuer is None else issuer  # type: ignore[arg-type]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=changes.get("ca", False), path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(f"{role}@body.example.org")]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    if usage is not None:
        builder = builder.add_extension(profiles.usage(*usage), critical=True)
    if use is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(use), critical=False)
    if changes.get("critical"):
        unknown = x509.UnrecognizedExtension(ObjectIdentifier(f"1.3.6.1.4.1.{profiles.PEN}.9"), b"\x05\x00")
        builder = builder.add_extension(unknown, critical=True)
    return builder.sign(by.key, hashes.SHA256()), key


def _other(role: str) -> Person:
    return HOME.reviewer if role == "lead" else HOME.lead


def _bodies() -> dict[str, x509.Certificate]:
    """Certificates over the key and the name of the body that do not name a body."""
    name, key = HOME.body.certificate.subject, HOME.body.key.public_key()

    def made(ca: bool, depth: int | None, usage: Sequence[str], by: Issuer = HOME.root) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(by.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(START)
            .not_valid_after(END)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=depth), critical=True)
            .add_extension(profiles.usage(*usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
            .sign(by.key, hashes.SHA256())
        )

    both = ("key_cert_sign", "crl_sign")
    return {
        "no authority": made(False, None, both),
        "any depth": made(True, None, both),
        "one more level": made(True, 1, both),
        "may not sign certificates": made(True, 0, ("crl_sign",)),
        "may not sign lists": made(True, 0, ("key_cert_sign",)),
        "named by a stranger of the root's name": made(True, 0, both, STRANGERS.root),
        "named by itself": made(True, 0, both, HOME.body),
    }


@group("a certificate that is not there, or too many")
def chains() -> Iterator[Mutant]:
    lead, reviewer, body = SEAL.chain
    for what, chain, checks in (
        ("without the lead", (reviewer, body), {"signature.lead"}),
        ("without the reviewer", (lead, body), {"signature.reviewer"}),
        ("without the body", (lead, reviewer), {"chain.lead", "chain.reviewer"}),
        ("without persons", (body,), {"signature.lead", "signature.reviewer"}),
        ("empty", (), {"signature.lead", "signature.reviewer"}),
        ("with a person more", (*SEAL.chain, HOME.person("lead", "Zhao Min")[0]), {"unused"}),
        ("with a stranger's body", (*SEAL.chain, STRANGERS.body.certificate), {"unused"}),
        ("with a stranger's root", (*SEAL.chain, STRANGERS.root.certificate), {"unused"}),
        ("with another certificate of the lead's key", (*SEAL.chain, _person("lead", key=HOME.lead[1])[0]), {"unused"}),
    ):
        files = GOOD | {"trust/chain.pem": pem(chain)}
        follow = {"sigstore.lead", "sigstore.reviewer", "chain.lead", "signature.lead"}
        yield Mutant(f"chain {what}", files, checks | (follow if what.startswith("with another") else set()))


@group("a certificate revoked")
def revoked() -> Iterator[Mutant]:
    """Before signing, for whatever reason; at any date, where a key was compromised (I4, I5)."""
    for who, (serial, above, at) in SERIALS.items():
        checks = _checks_of(who)
        for reason in PLAIN:
            yield _revoked(f"{who}: {reason.value}, before", Revoked(serial, at - DAY, reason), above, checks)
        yield _revoked(f"{who}: at the moment of signing", Revoked(serial, at), above, checks)
        since = Revoked(serial, REVIEWED + DAY, Reason.superseded, at - SECOND)
        yield _revoked(f"{who}: after, invalid since before", since, above, checks)
        since = Revoked(serial, REVIEWED + DAY, Reason.superseded, at)
        yield _revoked(f"{who}: after, invalid since the moment of signing", since, above, checks)
        for reason in sorted(COMPROMISE, key=str):
            for what, moment in {
                "before": at - DAY,
                "at signing": at,
                "after": REVIEWED + DAY,
                "long after": REVIEWED + 6 * DAY,
            }.items():
                yield _revoked(f"{who}: {reason.value}, {what}", Revoked(serial, moment, reason), above, checks)
            later = Revoked(serial, REVIEWED + DAY, reason, REVIEWED + SECOND)
            yield _revoked(f"{who}: {reason.value}, after, invalid since after", later, above, checks)


def _checks_of(who: str) -> set[str]:
    if who in PEOPLE:
        return {f"revocation.{who}"}
    return {f"{'time_' if who == 'clock' else ''}revocation.{role}" for role in PEOPLE}


def _revoked(name: str, one: Revoked, above: bool, checks: set[str]) -> Mutant:
    lists = HOME.lists(above=[one]) if above else HOME.lists(one)
    return Mutant(name, replace(SEAL, lists=lists).members(), checks, alone=True)


@group("a revocation list that does not serve")
def lists() -> Iterator[Mutant]:
    of_root, of_body = SEAL.lists
    both = {f"{kind}.{role}" for kind in ("revocation", "time_revocation") for role in PEOPLE}
    body = {"revocation.lead", "revocation.reviewer"}
    for what, held, checks in (
        ("that of the root is missing", (of_body,), both),
        ("that of the body is missing", (of_root,), body),
        ("older than both signatures", HOME.lists(at=SIGNED - SECOND), both),
        ("older than the second signature", HOME.lists(at=REVIEWED - SECOND), both),
        ("a year older", HOME.lists(at=SIGNED - 365 * DAY), both),
        ("those of a stranger", STRANGERS.lists(), both),
        ("that of the body by a stranger", (of_root, STRANGERS.lists()[1]), body),
        ("that of the root by a stranger", (STRANGERS.lists()[0], of_body), both),
        ("that of the body by its lead", (of_root, _list(_named(HOME.lead))), body),
        ("two of the body", (*SEAL.lists, HOME.lists(at=LISTED + DAY)[1]), body),
        ("two of the root", (*SEAL.lists, HOME.lists(at=LISTED + DAY)[0]), both),
        ("one more, of nobody", (*SEAL.lists, _list(_nobody())), {"unused"}),
        ("a partial list", (of_root, _list(HOME.body, x509.DeltaCRLIndicator(1))), body),
        ("a list of authorities alone", (of_root, _list(HOME.body, _point(ca=True))), body),
        ("a list of some reasons", (of_root, _list(HOME.body, _point(some=frozenset({Reason.superseded})))), body),
        ("a critical extension of nobody", (of_root, _list(HOME.body, _unknown())), body),
        ("no next list", (of_root, _list(HOME.body, until=LISTED)), body),
    ):
        yield Mutant(what, replace(SEAL, lists=tuple(held)).members(), checks, alone=True)
    yield Mutant("no list", GOOD | {"trust/crls.pem": b""}, {"revocation.lead", "revocation.reviewer"}, alone=True)
    yield Mutant("certificates for lists", GOOD | {"trust/crls.pem": GOOD["trust/chain.pem"]}, {"canonical"})
    yield Mutant("lists for certificates", GOOD | {"trust/chain.pem": GOOD["trust/crls.pem"]}, {"canonical"})


def _named(person: Person) -> Issuer:
    """The body's name over another key."""
    return Issuer(HOME.body.certificate, person[1])


def _nobody() -> Issuer:
    key = keys.generate()
    return Issuer(profiles.root(profiles.name("Nobody"), key, START, END), key)


def _list(
    issuer: Issuer, extension: x509.ExtensionType | None = None, until: datetime = NEXT
) -> x509.CertificateRevocationList:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(LISTED)
        .next_update(until)
        .add_extension(x509.CRLNumber(2), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(issuer.key, hashes.SHA256())


def _point(*, ca: bool = False, some: frozenset[x509.ReasonFlags] | None = None) -> x509.IssuingDistributionPoint:
    return x509.IssuingDistributionPoint(None, None, False, ca, some, False, False)


def _unknown() -> x509.UnrecognizedExtension:
    return x509.UnrecognizedExtension(ObjectIdentifier(f"1.3.6.1.4.1.{profiles.PEN}.9"), b"\x05\x00")

"""The two signatures over a draft, and the bundle that comes of it: sign, countersign, assemble (attestation.md 3 to 6).

A draft is a folder of members. The lead's signature comes with it; the reviewer's is added; certificates and revocation
lists are packed last, for a list must be newer than the signatures (I3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verify.attest import certificates, dsse, further, policy, revocation, root, signing, sigstore, sm2
from verify.attest import statement as statements
from verify.attest.log import reading
from verify.attest.outcome import Record
from verify.attest.policy import Material
from verify.attest.profiles import spki_of
from verify.attest.root import Root
from verify.attest.signing import Signer
from verify.bundle import bindings, check_canonical, member_faults, pem_bytes, read_json
from verify.bundle import logged as in_bundle
from verify.bundle.members import FURTHER_CHAIN, FURTHER_LISTS
from verify.bundle.reported import each, reported
from verify.canonical import canonical_bytes
from verify.errors import NotVerified
from verify.report import public_pages
from verify.road.draft import Draft

Stamper = Callable[[bytes], bytes]  # signature octets to a DER TimeStampResp over them
ENVELOPE = "attest/verification.dsse.json"
CHAIN, LISTS, RULER = "trust/chain.pem", "trust/crls.pem", "ruler.json"


def sign(
    draft: Draft, signer: Signer, lead: x509.Certificate, reviewer: x509.Certificate, stamp: Stamper
) -> dict[str, bytes]:
    """The members of the draft with the lead's signature and its time. Raises as `verify.attest.signing.sign`."""
    envelope = signing.sign(draft.payload, signer, lead)
    return {
        **draft.members,
        ENVELOPE: dsse.write(envelope),
        "attest/lead.tsr": stamp(envelope.signatures[0].sig),
        CHAIN: _pem([lead, reviewer]),
    }


def countersign(members: Mapping[str, bytes], signer: Signer, stamp: Stamper) -> dict[str, bytes]:
    """The members with the reviewer's signature and its time.

    What the lead signed must be what lies there: raises NotVerified `bundle.member_…` and `attest.subject_other`, and as
    `verify.attest.signing.countersign` does.
    """
    envelope = signed_so_far(members)
    lead, reviewer = _people(members, envelope)
    both = signing.countersign(envelope, signer, reviewer, lead)
    (own,) = (one.sig for one in both.signatures if one.keyid == spki_of(reviewer))
    return {**members, ENVELOPE: dsse.write(both), "attest/reviewer.tsr": stamp(own)}


def attach(
    members: Mapping[str, bytes], person: x509.Certificate, signature: bytes, stamp: Stamper
) -> dict[str, bytes]:
    """The members with the signature of a further signatory, made elsewhere over `to_be_signed` (ADR 0017), and its time.

    Raises as `verify.attest.signing.attach`, and NotVerified as `countersign`.
    """
    both = signing.attach(signed_so_far(members), person, signature)
    (name,) = (
        name
        for name, one in statements.read(both.payload).named().items()
        if one.role == statements.FURTHER and one.spki_sha256 == spki_of(person)
    )
    held = certificates.read_pem(members.get(FURTHER_CHAIN, b""))
    return {
        **members,
        ENVELOPE: dsse.write(both),
        f"attest/{name}.tsr": stamp(signature),
        FURTHER_CHAIN: _pem([*held, person]),
    }


def to_be_signed(members: Mapping[str, bytes]) -> bytes:
    """The bytes that a further signatory signs elsewhere: those that lead and reviewer signed. Raises NotVerified."""
    return signing.to_be_signed(signed_so_far(members))


def reviewable(members: Mapping[str, bytes]) -> None:
    """Whether a draft can be reviewed: what lies there is what the lead signed, for this reviewer, and tables, figures,
    pages and statement follow from the one report. Raises NotVerified, before a key is asked for."""
    envelope = signed_so_far(members)
    _people(members, envelope)
    record = Record()
    each(record, "canonical", check_canonical(members))
    reported(record, members, statements.read(envelope.payload), bindings.plain_ruler(members), public_pages)
    for check in record.checks:
        if check.state == "failed":
            raise NotVerified(str(check.key), **check.arguments)


def signed_so_far(members: Mapping[str, bytes]) -> dsse.Envelope:
    """The envelope of a draft, over exactly the members that lie there. Raises NotVerified."""
    if ENVELOPE not in members:
        raise NotVerified("bundle.member_missing", member=ENVELOPE)
    for fault in member_faults(members, attested=False):
        raise NotVerified(fault.key, member=fault.member)
    envelope = dsse.read(members[ENVELOPE])
    stated = statements.read(envelope.payload)
    found = hashlib.sha256(members[statements.SUBJECT]).hexdigest()
    if stated.subject_sha256 != found:
        raise NotVerified("attest.subject_other", signed=stated.subject_sha256, found=found)
    return envelope


def assemble(
    members: Mapping[str, bytes],
    people: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    roots: Sequence[bytes],
    held: Root,
    now: datetime,
) -> dict[str, bytes]:
    """The members of the whole bundle. `people`: the certificates of those who signed and of their authorities; `roots`:
    the versions of the trust root, oldest first, that end in `held`; `now` judges the lists (I3).

    Raises NotVerified with the first check that does not hold: a bundle that nobody could verify is not published.
    """
    envelope = signed_so_far(members)
    revocation.current(lists, now)
    stated = statements.read(envelope.payload)
    material = _material(members, people, lists)
    outcome = policy.verify(
        material,
        held.anchors,
        stated.subject_sha256,
        further.required_by(read_json(members[RULER], RULER)) if RULER in members else (),
    )
    for check in outcome.checks:
        if check.state == "failed" or (check.required and check.state != "verified"):
            raise NotVerified(str(check.key), **check.arguments)
    whole = {**members, CHAIN: _pem(material.certificates), LISTS: _pem(material.lists)}
    if material.further:
        whole[FURTHER_CHAIN] = _pem(material.further)
    if material.further_lists:
        whole[FURTHER_LISTS] = _pem(material.further_lists)
    for name, one in stated.named().items():
        if name in statements.ROLES:
            person = next(held for held in material.certificates if spki_of(held) == one.spki_sha256)
            whole[f"attest/{name}.sigstore.json"] = sigstore.write(envelope, person, material.tokens[name])
    whole["trust/trusted_root.json"] = canonical_bytes(held.trusted)
    for data in roots:
        whole[f"trust/root.{root.read(dsse.read(data).payload).version}.dsse.json"] = data
    return whole


def log_named(members: Mapping[str, bytes]) -> str | None:
    """The log that the signed statement of a draft names. Raises NotVerified where there is no statement."""
    return statements.read(signed_so_far(members).payload).log_origin


def logged(members: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The log files of a bundle: its verdict and the opening of its engagement, by the log of this folder. Raises NotVerified
    `bundle.log_unnamed` where the statement names no log, `log.origin` another one; and with the first check that fails: the
    keys of log and witnesses are for readers."""
    envelope = dsse.read(members[ENVELOPE])
    stated = statements.read(envelope.payload)
    log = reading.open_log(folder)
    if stated.log_origin is None:
        raise NotVerified("bundle.log_unnamed", member=str(folder))
    found = in_bundle.files(log, envelope.payload)
    record = Record()
    in_bundle.logged(record, {**members, **found}, stated, bindings.plain_ruler(members), None, ())
    for check in record.checks:
        if check.state == "failed":
            raise NotVerified(str(check.key), **check.arguments)
    return found


def _material(
    members: Mapping[str, bytes],
    people: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
) -> Material:
    """What the policy judges; SM2 certificates and their lists lie apart, so that other programs read the rest (ADR 0017)."""
    known = {*people, *certificates.read_pem(members[CHAIN]), *certificates.read_pem(members.get(FURTHER_CHAIN, b""))}
    apart = {one for one in known if sm2.is_key(one)}
    names = {one.subject for one in apart}
    tokens = {
        name.removeprefix("attest/").removesuffix(".tsr"): data
        for name, data in members.items()
        if name.endswith(".tsr")
    }
    return Material(
        members[ENVELOPE],
        tokens,
        list(known - apart),
        [one for one in lists if one.issuer not in names],
        list(apart),
        [one for one in lists if one.issuer in names],
    )


def _people(members: Mapping[str, bytes], envelope: dsse.Envelope) -> tuple[x509.Certificate, x509.Certificate]:
    stated = statements.read(envelope.payload)
    held = {spki_of(one): one for one in certificates.read_pem(members.get(CHAIN, b""))}
    found = []
    for role in statements.ROLES:
        one = next(
            (held[one.spki_sha256] for one in stated.signatories if one.role == role and one.spki_sha256 in held), None
        )
        if one is None:
            raise NotVerified("attest.certificate_missing", role=role)
        found.append(one)
    return found[0], found[1]


def _pem(held: Sequence[x509.Certificate] | Sequence[x509.CertificateRevocationList]) -> bytes:
    label = "CERTIFICATE" if isinstance(held[0], x509.Certificate) else "X509 CRL"
    return pem_bytes((label, one.public_bytes(Encoding.DER)) for one in held)

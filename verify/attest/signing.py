"""The two signatures of an attestation: the lead signs, an independent reviewer countersigns the same bytes (I6).
Further ones, made by other programs over the same bytes, are attached after them (ADR 0017).

`keyid` is the SPKI digest of the signer and the signatures stand in the order of the payload's signatories, so that
not even these unsigned places can change unseen.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import der, dsse, further, identity, statement
from verify.attest.profiles import ROLES, spki_of
from verify.errors import NotVerified, WrongUsage

Signer = Callable[
    [bytes], bytes
]  # message to DER signature, ECDSA P-256 with SHA-256: a key, or a token that holds one


def with_key(key: ec.EllipticCurvePrivateKey) -> Signer:
    """The signer that a private key is."""
    return lambda message: key.sign(message, ec.ECDSA(hashes.SHA256()))


def sign(payload: bytes, signer: Signer, lead: x509.Certificate) -> dsse.Envelope:
    """The envelope with the signature of the lead.

    Raises NotVerified `attest.statement`; WrongUsage `attest.signer_role`, `attest.signer_unlisted`,
    `attest.signer_key` where the key is not that of the certificate.
    """
    envelope = dsse.Envelope(statement.PAYLOAD_TYPE, payload, ())
    return _signed(envelope, signer, lead, "lead")


def countersign(
    envelope: dsse.Envelope, signer: Signer, reviewer: x509.Certificate, lead: x509.Certificate
) -> dsse.Envelope:
    """The envelope with both signatures.

    The reviewer is another person than the lead by key, subject and role, and the lead's signature must hold first.
    Raises as `sign` does; NotVerified `attest.one_person`, `attest.signature_wrong`, `attest.signature_missing`;
    WrongUsage `attest.already_signed`.
    """
    if any(one.keyid == spki_of(reviewer) for one in envelope.signatures):
        raise WrongUsage("attest.already_signed", subject=identity.subject_text(reviewer))
    if [one.keyid for one in envelope.signatures] != [spki_of(lead)]:
        raise NotVerified("attest.signature_missing", role="lead")
    der.verify_p256(lead.public_key(), envelope.signatures[0].sig, envelope.signed_bytes())
    _in_role(envelope, lead, "lead")
    identity.two_persons(lead, reviewer)
    return _signed(envelope, signer, reviewer, "reviewer")


def to_be_signed(envelope: dsse.Envelope) -> bytes:
    """The octets that a further signatory signs with a program or token of its own: the pre-authentication encoding of
    the payload, which lead and reviewer have signed too. SM2: with SM3 and the identity 1234567812345678, DER.

    Raises NotVerified `attest.payload_type`.
    """
    _typed(envelope)
    return envelope.signed_bytes()


def attach(envelope: dsse.Envelope, certificate: x509.Certificate, signature: bytes) -> dsse.Envelope:
    """The envelope with the signature of a further signatory, which was made elsewhere over `to_be_signed`.

    Lead and reviewer have signed before. Raises NotVerified `attest.payload_type`, `attest.signature_missing`, and as
    `further.verified` does, NotChecked among them: what cannot be verified here is not attached; WrongUsage
    `attest.signer_unlisted`, `attest.already_signed`.
    """
    message, spki = to_be_signed(envelope), spki_of(certificate)
    stated = statement.read(envelope.payload)
    listed, signed = stated.signatory(spki), {one.keyid for one in envelope.signatures}
    if listed is None or listed.role != statement.FURTHER:
        raise WrongUsage("attest.signer_unlisted", subject=identity.subject_text(certificate), role=statement.FURTHER)
    if spki in signed:
        raise WrongUsage("attest.already_signed", subject=identity.subject_text(certificate))
    for one in stated.signatories:
        if one.role in ROLES and one.spki_sha256 not in signed:
            raise NotVerified("attest.signature_missing", role=one.role)
    further.verified(certificate, signature, message)
    return _added(envelope, dsse.Signature(spki, signature))


def _signed(envelope: dsse.Envelope, signer: Signer, person: x509.Certificate, role: str) -> dsse.Envelope:
    _in_role(envelope, person, role)
    signature = signer(envelope.signed_bytes())
    try:
        der.verify_p256(person.public_key(), signature, envelope.signed_bytes())
    except NotVerified:
        raise WrongUsage("attest.signer_key", subject=identity.subject_text(person)) from None
    return _added(envelope, dsse.Signature(spki_of(person), signature))


def _added(envelope: dsse.Envelope, signature: dsse.Signature) -> dsse.Envelope:
    signatures = (*envelope.signatures, signature)
    order = [one.spki_sha256 for one in statement.read(envelope.payload).signatories]
    return dsse.Envelope(
        envelope.payload_type, envelope.payload, tuple(sorted(signatures, key=lambda one: order.index(one.keyid)))
    )


def _in_role(envelope: dsse.Envelope, person: x509.Certificate, role: str) -> None:
    _typed(envelope)
    if not identity.has_role(person, ROLES[role]):
        raise WrongUsage("attest.signer_role", subject=identity.subject_text(person), role=role)
    listed = statement.read(envelope.payload).signatory(spki_of(person))
    if listed is None or listed.role != role:
        raise WrongUsage("attest.signer_unlisted", subject=identity.subject_text(person), role=role)


def _typed(envelope: dsse.Envelope) -> None:
    if envelope.payload_type != statement.PAYLOAD_TYPE:
        raise NotVerified("attest.payload_type", found=envelope.payload_type, wanted=statement.PAYLOAD_TYPE)

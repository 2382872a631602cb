"""What may be another and the bundle still verifies, each with the reason. No byte by itself is among these: of those the
list of exempt ones is empty.

They need an issuer, an authority, or arithmetic that leaves signer and content as they were; every one leaves what two people
signed untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from tests.mutation.mutant import Files
from tests.mutation.of_people import PLAIN, SERIALS
from tests.mutation.of_roots import FIRST, NEW, OLD, SECOND, THIRD, signed_by
from tests.mutation.small import DAY, GOOD, HOME, SEAL, Seal, founded, sealed, stamp
from tests.unit.attest.attested import REVIEWED
from tests.unit.attest.people import LISTED, SIGNED, START
from tests.unit.bundle.signed_bundle import HELD, pem, root_file
from verify.attest import asn1, der, root
from verify.attest.anchors import Anchor, Anchors
from verify.attest.profiles import Revoked
from verify.bundle.trust import Held


@dataclass(frozen=True)
class Stays:
    """A bundle that differs from the good one and is verified; `note` is the key of what a reader is told, if anything."""

    name: str
    why: str
    bundle: Files = field(repr=False)
    held: Held = HELD
    note: str | None = None


def all_of_them() -> Iterator[Stays]:
    """Every one."""
    yield from revoked_later()
    yield from issued_again()
    yield from roots()
    yield from clock_without_list()
    yield from n_minus_s()


def revoked_later() -> Iterator[Stays]:
    why = "I4, I5: what was revoked after signing, and whose key was not lost, has signed; the reader is told"
    for who, (serial, above, _) in SERIALS.items():
        for reason in PLAIN:
            one = Revoked(serial, REVIEWED + DAY, reason)
            lists = HOME.lists(above=[one]) if above else HOME.lists(one)
            name = f"{who} revoked later: {reason.value}"
            yield Stays(name, why, replace(SEAL, lists=lists).members(), note="attest.revoked_later")


def issued_again() -> Iterator[Stays]:
    why = "I2, I3: any full list of the issuer from after the signatures serves; its dates are printed"
    later = HOME.lists(at=LISTED + 365 * DAY)
    yield Stays("lists of a year later", why, replace(SEAL, lists=later).members(), note="bundle.list_dates")
    yield Stays("lists made again", why, replace(SEAL, lists=HOME.lists()).members(), note="bundle.list_dates")
    why = "a trusted clock may stamp a signature again: it says that the signature existed then, which is so"
    again = sealed(times=(SIGNED + DAY, REVIEWED + DAY))
    signatures = zip(("lead", "reviewer"), SEAL.signatures, strict=True)
    stamped = {role: stamp(one.sig, SIGNED + DAY) for role, one in signatures}
    yield Stays("both signatures stamped a day later", why, replace(SEAL, tokens=stamped).members())
    why = "ECDSA is randomised: two who sign the same statement again have signed it"
    yield Stays("signed again by the same two", why, again.members())
    why = "in the path of a signature or a token, and brought by the trust root or the token itself: adds nobody"
    for what, more in {"clock": HOME.clock.certificate, "root": HOME.root.certificate}.items():
        files = replace(SEAL, chain=(*SEAL.chain, more)).members()
        yield Stays(f"the certificate of the {what} in the chain", why, files)


def roots() -> Iterator[Stays]:
    why = "R4: a reader may hold a later version than a bundle carries, or start from an earlier one"
    both = replace(SEAL, roots={1: FIRST, 2: SECOND}).members()
    for name, files, held in (
        ("the reader holds the next version", GOOD, Held(SECOND)),
        ("the reader holds the version after the next", GOOD, Held(THIRD)),
        ("the reader holds the first of two", both, HELD),
        ("the reader holds the second of two", both, Held(SECOND)),
    ):
        yield Stays(name, why, files, held)
    why = "who holds the first version alone trusts the first version: offline nobody can tell of a second"
    yield Stays("the second version taken away", why, replace(SEAL, roots={1: FIRST}).members())
    why = "R1: a threshold of the right keys has signed; one signature more or less names no other authority"
    fewer = {1: FIRST, 2: signed_by(SECOND, OLD[0], *NEW)}
    yield Stays("a later version without a signature that it does not need", why, replace(SEAL, roots=fewer).members())
    by_digest = Held(None, root.payload_sha256(FIRST))
    for what, signers in {"signed again": OLD, "without a signature that it does not need": OLD[:1]}.items():
        one = {1: signed_by(FIRST, *signers)}
        yield Stays(f"the root known by its digest, {what}", why, replace(SEAL, roots=one).members(), by_digest)


def clock_without_list() -> Iterator[Stays]:
    """The one case in which taking something away hides something: the reader is told that it was not looked at."""
    why = "an authority of time that names no distribution point may publish no list; whether it does, a bundle cannot show"
    elsewhere = founded("Root of a clock")
    anchors = Anchors([Anchor(HOME.root.certificate, START)], [Anchor(elsewhere.root.certificate, START)])
    data = root_file(1, HOME.signers, anchors=anchors)
    seal = replace(sealed(clock=elsewhere.clock), roots={1: data})
    yield Stays("the list of a clock's own root", why, seal.members(), Held(data), "attest.time_no_list")


def n_minus_s() -> Iterator[Stays]:
    """Of an ECDSA signature (r, s) everybody can make (r, n-s), which every program takes for the same signer's."""
    why = (
        "the same signer over the same octets; most issuers' programs write either form, so a reader cannot refuse one, "
        "and nothing signed later covers it"
    )
    files = GOOD | {"trust/crls.pem": pem([other_s_of_list(one) for one in SEAL.lists])}
    yield Stays("revocation lists", why, files)
    lead, reviewer, body = SEAL.chain
    for what, chain in {"lead": (other_s(lead), reviewer, body), "body": (lead, reviewer, other_s(body))}.items():
        changed = replace(SEAL, chain=chain, people={"lead": chain[0], "reviewer": chain[1]})
        yield Stays(f"certificate of the {what}", why, changed.members())
    tokens = {role: other_s_of_token(token) for role, token in SEAL.tokens.items()}
    yield Stays("tokens, with the files that repeat them", why, replace(SEAL, tokens=tokens).members())
    stamped = _malleated_and_stamped()
    yield Stays("both signatures, stamped again by a trusted clock", why, stamped.members())


def _malleated_and_stamped() -> Seal:
    signatures = []
    for one in SEAL.signatures:
        r, s = der.integers(one.sig)
        signatures.append(replace(one, sig=der.from_integers(r, der.P256_ORDER - s)))
    tokens = {"lead": stamp(signatures[0].sig, SIGNED), "reviewer": stamp(signatures[1].sig, REVIEWED)}
    return replace(SEAL, signatures=tuple(signatures), tokens=tokens)


def other_s(certificate: x509.Certificate) -> x509.Certificate:
    """A certificate with (r, n-s) for its (r, s)."""
    return x509.load_der_x509_certificate(_outer(certificate.public_bytes(Encoding.DER)))


def other_s_of_list(held: x509.CertificateRevocationList) -> x509.CertificateRevocationList:
    """The same of a list."""
    return x509.load_der_x509_crl(_outer(held.public_bytes(Encoding.DER)))


def _outer(data: bytes) -> bytes:
    covered, algorithm, signature = asn1.element(data).children()
    other = asn1.encode(asn1.BIT_STRING, b"\x00" + _other(signature.body[1:]))
    return asn1.encode(asn1.SEQUENCE, covered.raw, algorithm.raw, other)


def other_s_of_token(token: bytes) -> bytes:
    """The same of the signature of a clock in its token."""
    status, content = asn1.element(token).children()
    kind, wrapped = content.children()
    *head, signers = wrapped.children()[0].children()
    *fields, signature = signers.children()[0].children()
    other = asn1.encode(asn1.OCTET_STRING, _other(signature.body))
    signer = asn1.encode(asn1.SEQUENCE, *(one.raw for one in fields), other)
    signed = asn1.encode(asn1.SEQUENCE, *(one.raw for one in head), asn1.encode(asn1.SET, signer))
    return asn1.encode(asn1.SEQUENCE, status.raw, asn1.encode(asn1.SEQUENCE, kind.raw, asn1.encode(0xA0, signed)))


def _other(signature: bytes) -> bytes:
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, der.P256_ORDER - s)

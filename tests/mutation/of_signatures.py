"""Signatures stripped, swapped, repeated, added, in another encoding, over other bytes; roles exchanged; one person twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.mutation.mutant import Mutant, group
from tests.mutation.small import (
    CONTENT,
    GOOD,
    HOME,
    OTHER_PARK,
    REPORT,
    SEAL,
    Person,
    Seal,
    payload_of,
    sealed,
    signature,
    stamp,
)
from tests.unit.attest.people import SIGNED
from tests.unit.bundle.signed_bundle import ENVELOPE
from verify.attest import asn1, der, dsse, keys
from verify.attest.profiles import spki_of
from verify.attest.statement import PAYLOAD_TYPE, Signatory
from verify.canonical import canonical_bytes

LEAD, REVIEWER = SEAL.signatures
THIRD = HOME.person("reviewer", "Zhao Min")
NOBODY = keys.generate()
SIGNED_BYTES = SEAL.envelope.signed_bytes()


def _with(*signatures: dsse.Signature, **changes: Any) -> dict[str, bytes]:
    return replace(SEAL, signatures=signatures, **changes).members()


@group("a signature stripped")
def stripped() -> Iterator[Mutant]:
    listed = {"signatories"}
    yield Mutant("of the lead", _with(REVIEWER), {*listed, "signature.lead"}, alone=True)
    yield Mutant("of the reviewer", _with(LEAD), {*listed, "signature.reviewer"}, alone=True)
    for role, left, other in (("lead", REVIEWER, "reviewer"), ("reviewer", LEAD, "lead")):
        token, person = {other: SEAL.tokens[other]}, {other: SEAL.people[other]}
        chain = tuple(one for one in SEAL.chain if one != SEAL.people[role])
        bare = _with(left, tokens=token, people=person, chain=chain)
        yield Mutant(f"with every trace of the {role}", bare, {"members"})
        kept = GOOD | bare
        yield Mutant(f"of the {role}, without certificate", kept, {*listed, f"signature.{role}"}, alone=True)
        yield Mutant(f"of the {role}, empty", _as_lists({role: ""}), {f"signature.{role}", "envelope"})
    yield Mutant("of both", GOOD | {ENVELOPE: _no_signatures()}, {"envelope"}, alone=True)


def _no_signatures() -> bytes:
    return canonical_bytes(json.loads(GOOD[ENVELOPE]) | {"signatures": []})


def _as_lists(sigs: dict[str, str]) -> dict[str, bytes]:
    document = json.loads(GOOD[ENVELOPE])
    for place, role in enumerate(("lead", "reviewer")):
        document["signatures"][place]["sig"] = sigs.get(role, document["signatures"][place]["sig"])
    return GOOD | {ENVELOPE: canonical_bytes(document)}


@group("signatures in other places")
def places() -> Iterator[Mutant]:
    crossed = dsse.Signature(LEAD.keyid, REVIEWER.sig), dsse.Signature(REVIEWER.keyid, LEAD.sig)
    wrong = {"signature.lead", "signature.reviewer"}
    yield Mutant("in the other order", _with(REVIEWER, LEAD), {"signatories"}, alone=True)
    yield Mutant("under each other's key id", _with(*crossed), wrong, alone=True)
    yield Mutant("key ids crossed and in the other order", _with(*crossed[::-1]), {"signatories", *wrong}, alone=True)
    yield Mutant("the lead's in both places", _with(LEAD, replace(REVIEWER, sig=LEAD.sig)), wrong, alone=True)
    yield Mutant("the reviewer's in both places", _with(replace(LEAD, sig=REVIEWER.sig), REVIEWER), wrong, alone=True)
    both = _with(*crossed, tokens={"lead": stamp(REVIEWER.sig), "reviewer": stamp(LEAD.sig)})
    yield Mutant("crossed, each with a token", both, wrong, alone=True)
    for kind in ("tsr", "sigstore.json"):
        one, other = f"attest/lead.{kind}", f"attest/reviewer.{kind}"
        check = {"time.lead", "time.reviewer"} if kind == "tsr" else {"sigstore.lead", "sigstore.reviewer"}
        yield Mutant(f"the files .{kind} exchanged", GOOD | {one: GOOD[other], other: GOOD[one]}, check)


@group("a signature repeated")
def repeated() -> Iterator[Mutant]:
    for who, one in (("lead", LEAD), ("reviewer", REVIEWER)):
        for what, keyid in {
            "the same key id": one.keyid,
            "its key id in capitals": one.keyid.upper(),
            "no key id": "",
            "the key id of nobody": spki_of(THIRD[0]),
            "a short key id": one.keyid[:8],
            "a name": who,
        }.items():
            again = dsse.Signature(keyid, one.sig)
            for where, signatures in (("first", (again, LEAD, REVIEWER)), ("last", (LEAD, REVIEWER, again))):
                checks = {"signatories", f"signature.{who}"}
                yield Mutant(f"of the {who} {where}, under {what}", _with(*signatures), checks, alone=True)
        other = REVIEWER if one is LEAD else LEAD
        only = _with(*(replace(held, keyid=held.keyid.upper()) if held is one else held for held in (LEAD, REVIEWER)))
        checks = {"signatories", f"signature.{who}"}
        yield Mutant(f"of the {who} under its key id in capitals alone", only, checks, alone=True)
        twice = _with(*(one if held is one else replace(other, sig=one.sig) for held in (LEAD, REVIEWER)))
        yield Mutant(f"of the {who} under both key ids", twice, {f"signature.{_other(who)}"}, alone=True)


def _other(role: str) -> str:
    return "reviewer" if role == "lead" else "lead"


@group("a third signature")
def third() -> Iterator[Mutant]:
    of_third = signature(THIRD, SEAL.payload)
    unknown = dsse.Signature("0b" * 32, NOBODY.sign(SIGNED_BYTES, ec.ECDSA(hashes.SHA256())))
    garbage = dsse.Signature("0c" * 32, b"\x30\x06\x02\x01\x01\x02\x01\x01")
    for what, one in (("nobody", unknown), ("another person of the body", of_third), ("nobody, no signature", garbage)):
        for where, signatures in {
            "first": (one, LEAD, REVIEWER),
            "between": (LEAD, one, REVIEWER),
            "last": (LEAD, REVIEWER, one),
        }.items():
            yield Mutant(f"of {what}, {where}", _with(*signatures), {"signatories"}, alone=True)
    packed = _with(LEAD, REVIEWER, of_third, chain=(*SEAL.chain, THIRD[0]))
    yield Mutant("of another person, with certificate", packed, {"signatories", "unused"}, alone=True)
    token = packed | {"attest/further.tsr": stamp(of_third.sig)}
    yield Mutant("of another person, with certificate and token", token, {"signatories", "unused"}, alone=True)
    instead = _with(LEAD, of_third, chain=(SEAL.chain[0], THIRD[0], SEAL.chain[2]))
    yield Mutant("in place of the reviewer", instead, {"signatories", "signature.reviewer", "unused"}, alone=True)
    hidden = _with(LEAD, replace(of_third, keyid=REVIEWER.keyid), chain=(SEAL.chain[0], THIRD[0], SEAL.chain[2]))
    yield Mutant("in place of the reviewer, under that key id", hidden, {"signature.reviewer", "unused"}, alone=True)


@group("a signature in another encoding")
def encodings() -> Iterator[Mutant]:
    for role, one in (("lead", LEAD), ("reviewer", REVIEWER)):
        r, s = der.integers(one.sig)
        for what, octets in {
            "r and n-s": der.from_integers(r, der.P256_ORDER - s),
            "r||s": der.to_p1363(one.sig),
            "r and s exchanged": der.from_integers(s, r),
            "a zero in front of r": _sequence(b"\x00" + _integer(r), _integer(s)),
            "a zero in front of s": _sequence(_integer(r), b"\x00" + _integer(s)),
            "s plus n": _sequence(_integer(r), _integer(s + der.P256_ORDER)),
            "r plus n": _sequence(_integer(r + der.P256_ORDER), _integer(s)),
            "minus s": _sequence(_integer(r), asn1.encode_integer(-s)[2:]),
            "s of zero": _sequence(_integer(r), b"\x00"),
            "both zero": _sequence(b"\x00", b"\x00"),
            "a long length": b"\x30\x81" + one.sig[1:],
            "an indefinite length": b"\x30\x80" + one.sig[2:] + b"\x00\x00",
            "a byte behind": one.sig + b"\x00",
            "a NULL inside": asn1.encode(0x30, one.sig[2:], b"\x05\x00"),
            "a SET": b"\x31" + one.sig[1:],
            "one integer": asn1.encode(0x30, asn1.encode_integer(r)),
            "the signature of another bundle": OTHER_PARK.signatures[0 if role == "lead" else 1].sig,
        }.items():
            changed = replace(one, sig=octets)
            signatures = tuple(changed if held is one else held for held in (LEAD, REVIEWER))
            checks = {f"signature.{role}", f"time.{role}"}
            yield Mutant(f"of the {role}: {what}", _with(*signatures), checks, alone=True)
            if what != "r and n-s":  # with a token of its own: stays.py
                tokens = {**SEAL.tokens, role: stamp(octets)}
                stamped = _with(*signatures, tokens=tokens)
                yield Mutant(f"of the {role}, stamped: {what}", stamped, {f"signature.{role}"}, alone=True)


def _integer(value: int) -> bytes:
    return asn1.encode_integer(value)[2:]


def _sequence(r: bytes, s: bytes) -> bytes:
    return asn1.encode(0x30, asn1.encode(0x02, r), asn1.encode(0x02, s))


@group("a signature over other bytes")
def bytes_signed() -> Iterator[Mutant]:
    for role, person in (("lead", HOME.lead), ("reviewer", HOME.reviewer)):
        certificate, key = person
        good = key.sign
        sha256 = ec.ECDSA(hashes.SHA256())
        for what, octets in {
            "the payload without its encoding": good(SEAL.payload, sha256),
            "SHA256SUMS": good(GOOD["SHA256SUMS"], sha256),
            "the envelope": good(GOOD[ENVELOPE], sha256),
            "the encoding of another type": good(dsse.pae("application/json", SEAL.payload), sha256),
            "the encoding with SHA-384": good(SIGNED_BYTES, ec.ECDSA(hashes.SHA384())),
            "the statement of another bundle": good(OTHER_PARK.envelope.signed_bytes(), sha256),
            "the encoding, by a key of nobody": NOBODY.sign(SIGNED_BYTES, sha256),
            "the encoding, by Ed25519": Ed25519PrivateKey.generate().sign(SIGNED_BYTES),
        }.items():
            changed = dsse.Signature(spki_of(certificate), octets)
            signatures = tuple(changed if held.keyid == changed.keyid else held for held in (LEAD, REVIEWER))
            stamped = _with(*signatures, tokens={**SEAL.tokens, role: stamp(octets)})
            yield Mutant(f"{role}: {what}", stamped, {f"signature.{role}"}, alone=True)
    for kind in ("application/json", "application/vnd.in-toto+json; charset=utf-8", "APPLICATION/VND.IN-TOTO+JSON", ""):
        left = replace(SEAL, payload_type=kind).members()
        yield Mutant(f"type {kind!r} beside the signatures", left, {"envelope"}, alone=True)
        again = _signed_by(SEAL.payload, HOME.lead, HOME.reviewer, kind)
        yield Mutant(f"type {kind!r}, signed", again.members(), {"envelope"}, alone=True)


def _signed_by(payload: bytes, lead: Person, reviewer: Person, kind: str = PAYLOAD_TYPE) -> Seal:
    signatures = signature(lead, payload, kind), signature(reviewer, payload, kind)
    tokens = {"lead": stamp(signatures[0].sig), "reviewer": stamp(signatures[1].sig, SIGNED)}
    return replace(
        SEAL,
        payload=payload,
        payload_type=kind,
        signatures=signatures,
        tokens=tokens,
        people={"lead": lead[0], "reviewer": reviewer[0]},
        chain=tuple({lead[0]: None, reviewer[0]: None, HOME.body.certificate: None}),
    )


@group("roles and persons")
def roles() -> Iterator[Mutant]:
    """Signed by those whom the statement lists, and not by two people in two roles."""
    lead, reviewer = HOME.lead, HOME.reviewer
    chains = {"chain.lead", "chain.reviewer"}
    yield Mutant("roles exchanged", sealed(lead=reviewer, reviewer=lead).members(), chains, alone=True)
    leads = HOME.person("lead", "Zhao Min")
    yield Mutant("two leads", sealed(reviewer=leads).members(), {"chain.reviewer"}, alone=True)
    yield Mutant("two reviewers", sealed(lead=THIRD).members(), {"chain.lead"}, alone=True)
    for what, other in {
        "the same subject": HOME.person("reviewer", "Wang Fang", email="other@body.example.org"),
        "the same subject in capitals": HOME.person("reviewer", "WANG FANG", email="other@body.example.org"),
        "the same subject with a blank more": HOME.person("reviewer", "Wang  Fang ", email="o@body.example.org"),
        "the same subject in wide letters": HOME.person("reviewer", "Ｗａｎｇ Fang", email="o@body.example.org"),
        "the same e-mail": HOME.person("reviewer", "Zhou Jie", email="wang.fang@body.example.org"),
        "the same e-mail in capitals": HOME.person("reviewer", "Zhou Jie", email="Wang.Fang@Body.Example.ORG"),
    }.items():
        yield Mutant(f"one person: {what}", sealed(reviewer=other).members(), {"two_persons"}, alone=True)
    same_key = HOME.person("reviewer", "Zhou Jie", key=lead[1])
    for what, listed in _lists_of(same_key).items():
        seal = _signed_by(listed, lead, same_key)
        yield Mutant(f"one key: {what}", seal.members(), {"statement"}, alone=True)
    one = _signed_by(_lists_of(lead)["under both roles"], lead, lead)
    yield Mutant("one key, one certificate, both roles", one.members(), {"statement"}, alone=True)
    for what, signatories in {
        "nobody": [],
        "the lead alone": [("lead", lead)],
        "the reviewer alone": [("reviewer", reviewer)],
        "two leads": [("lead", lead), ("lead", reviewer)],
        "two reviewers": [("reviewer", lead), ("reviewer", reviewer)],
        "a role of no name": [("lead", lead), ("reviewer", reviewer), ("witness", THIRD)],
    }.items():
        payload = _raw_signatories(signatories)
        yield Mutant(f"signatories: {what}", _signed_by(payload, lead, reviewer).members(), {"statement"}, alone=True)
    wanted = [Signatory("lead", spki_of(lead[0])), Signatory("reviewer", spki_of(reviewer[0]))]
    wanted.append(Signatory("reviewer", spki_of(THIRD[0])))
    absent = _signed_by(payload_of(REPORT, dict(CONTENT), lead, reviewer, signatories=wanted), lead, reviewer)
    yield Mutant("a second reviewer listed who has not signed", absent.members(), {"signatories"})


def _lists_of(same: Person) -> dict[str, bytes]:
    return {
        "under both roles": _raw_signatories([("lead", HOME.lead), ("reviewer", same)]),
        "under one role": _raw_signatories([("lead", HOME.lead), ("lead", same)]),
    }


def _raw_signatories(listed: list[tuple[str, Person]]) -> bytes:
    document = json.loads(SEAL.payload)
    document["predicate"]["signatories"] = [{"role": role, "spki_sha256": spki_of(one[0])} for role, one in listed]
    return canonical_bytes(document)

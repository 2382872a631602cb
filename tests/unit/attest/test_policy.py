"""The whole attestation: what verifies, and the check that fails for each way of being wrong (E6-E8, I1-I7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.attest import attested
from tests.unit.attest.attested import (
    ANCHORS,
    LEAD,
    REVIEWED,
    REVIEWER,
    WORLD,
    failed,
    judged,
    material,
    signed,
    stamps,
)
from tests.unit.attest.people import KEYS, LISTED, SIGNED, START, World, root
from tests.unit.attest.statements import SUMS
from verify.attest import asn1, certificates, dsse, profiles
from verify.attest.anchors import Anchor, Anchors
from verify.attest.outcome import Check, overall
from verify.attest.policy import Material
from verify.attest.profiles import Revoked, spki_of
from verify.errors import NotVerified
from verify.words import LANGUAGES, say

DAY = timedelta(days=1)
GOOD = material()
ENVELOPE = dsse.read(GOOD.envelope)
FIRST, SECOND = ENVELOPE.signatures
Reason = x509.ReasonFlags


def with_signatures(*signatures: dsse.Signature, held: Material = GOOD) -> Material:
    return replace(held, envelope=dsse.write(replace(ENVELOPE, signatures=signatures)))


def test_a_good_attestation_verifies_in_every_check() -> None:
    outcome = judged(GOOD)
    assert outcome.state == "verified"
    assert [(one.name, one.state) for one in outcome.checks] == [
        (name, "verified")
        for name in (
            *("envelope", "statement", "subject", "signatories"),
            *("signature.lead", "time.lead", "chain.lead", "revocation.lead", "time_revocation.lead"),
            *("signature.reviewer", "time.reviewer", "chain.reviewer", "revocation.reviewer"),
            *("time_revocation.reviewer", "two_persons", "order", "unused"),
        )
    ]
    assert outcome.times == {"lead": SIGNED, "reviewer": REVIEWED}
    assert outcome.statement is not None
    assert outcome.statement.opinion == "modified"


def test_another_subject_and_none() -> None:
    assert failed(judged(GOOD, subject="00" * 32)) == {"subject": "attest.subject_other"}
    assert judged(GOOD, subject=None).state == "not_checked"


@pytest.mark.parametrize(
    ("signatures", "key"),
    [
        ((FIRST,), "attest.signature_missing"),
        ((SECOND,), "attest.signature_missing"),
        ((SECOND, FIRST), "attest.signature_order"),
        ((FIRST, SECOND, FIRST), "attest.signature_order"),
        ((FIRST, SECOND, replace(FIRST, keyid="another")), "attest.signature_unlisted"),
        ((replace(FIRST, keyid=""), SECOND), "attest.signature_missing"),
    ],
)
def test_signatures_stripped_swapped_or_repeated(signatures: tuple[dsse.Signature, ...], key: str) -> None:
    outcome = judged(with_signatures(*signatures))
    assert outcome.state == "failed"
    assert failed(outcome)["signatories"] == key


def test_signatures_under_the_digest_of_each_other() -> None:
    exchanged = (replace(FIRST, sig=SECOND.sig), replace(SECOND, sig=FIRST.sig))
    found = failed(judged(with_signatures(*exchanged)))
    assert found["signature.lead"] == found["signature.reviewer"] == "attest.signature_wrong"


def test_the_other_signature_of_the_same_key_has_no_time() -> None:
    """(r, n-s) verifies wherever (r, s) does: the token is over the octets, so it belongs to one of them only."""
    from verify.attest import der

    r, s = der.integers(FIRST.sig)
    twin = der.from_integers(r, der.P256_ORDER - s)
    found = failed(judged(with_signatures(replace(FIRST, sig=twin), SECOND)))
    assert found == {"time.lead": "attest.time_wrong_message", "unused": "attest.unused"}


def test_roles_exchanged() -> None:
    listed = judged(material(lead=REVIEWER, reviewer=LEAD))
    assert failed(listed)["chain.lead"] == failed(listed)["chain.reviewer"] == "attest.role_missing"


def test_one_person_twice() -> None:
    again = (WORLD.person("reviewer", "Wang Fang", KEYS[5]), KEYS[5])
    assert failed(judged(material(reviewer=again))) == {"two_persons": "attest.one_person"}


def test_one_key_twice_cannot_be_written() -> None:
    again = (WORLD.person("reviewer", "Li Na", WORLD.lead_key), WORLD.lead_key)
    with pytest.raises(NotVerified):
        material(reviewer=again)


def test_somebody_who_is_not_listed() -> None:
    held = signed(attested.payload(), LEAD, REVIEWER, (WORLD.clock, WORLD.clock_key))
    outcome = judged(replace(GOOD, envelope=dsse.write(held), tokens=stamps(held)))
    assert failed(outcome) == {"signatories": "attest.signature_unlisted"}


@pytest.mark.parametrize("opinion", ["unmodified", "adverse"])
def test_the_payload_of_another_attestation(opinion: str) -> None:
    other = dsse.Envelope(ENVELOPE.payload_type, attested.payload(opinion=opinion), ENVELOPE.signatures)
    found = failed(judged(replace(GOOD, envelope=dsse.write(other))))
    assert found["signature.lead"] == "attest.signature_wrong"


def test_another_payload_type() -> None:
    other = replace(ENVELOPE, payload_type="application/json")
    assert failed(judged(replace(GOOD, envelope=dsse.write(other)))) == {"envelope": "attest.payload_type"}


def test_tokens_missing_exchanged_or_of_another_clock() -> None:
    lead, reviewer = GOOD.tokens["lead"], GOOD.tokens["reviewer"]
    assert failed(judged(replace(GOOD, tokens={"lead": lead})))["time.reviewer"] == "attest.time_missing"
    swapped = failed(judged(replace(GOOD, tokens={"lead": reviewer, "reviewer": lead})))
    assert swapped["time.lead"] == swapped["time.reviewer"] == "attest.time_wrong_message"
    extra = replace(GOOD, tokens={**GOOD.tokens, "third": lead})
    assert failed(judged(extra)) == {"unused": "attest.unused"}
    stranger = Anchors(ANCHORS.people, [Anchor(root("Other root", KEYS[5]).certificate, START)])
    assert failed(judged(GOOD, stranger))["time.lead"] == "attest.chain_refused"


def test_the_reviewer_signs_after_the_lead() -> None:
    """I7: the same second is allowed."""
    assert judged(material(times=(SIGNED, SIGNED))).state == "verified"
    assert failed(judged(material(times=(REVIEWED, SIGNED)))) == {"order": "attest.order"}


@pytest.mark.parametrize("when", [START - DAY, attested.LISTED + timedelta(days=900)])
def test_signed_outside_the_validity_of_the_chain(when: object) -> None:
    assert judged(material(times=(when, when))).state == "failed"  # type: ignore[arg-type]


def test_revoked_before_signing_fails_and_after_stays_visible() -> None:
    serial = WORLD.lead.serial_number
    before = judged(material(revoked=[Revoked(serial, SIGNED - DAY, Reason.superseded)]))
    assert failed(before) == {"revocation.lead": "attest.revoked"}
    after = judged(material(revoked=[Revoked(serial, SIGNED + DAY, Reason.superseded)]))
    assert after.state == "verified"
    (noted,) = [one for one in after.checks if one.key and one.name != "order"]  # one clock: test_one_clock.py
    assert (noted.name, noted.key, noted.arguments["reason"]) == (
        "revocation.lead",
        "attest.revoked_later",
        "superseded",
    )
    stolen = judged(material(revoked=[Revoked(serial, SIGNED + DAY, Reason.key_compromise)]))
    assert failed(stolen) == {"revocation.lead": "attest.revoked"}


def test_lists_missing_early_or_unused() -> None:
    root_list, body_list = GOOD.lists
    assert failed(judged(replace(GOOD, lists=[root_list])))["revocation.lead"] == "attest.crl_missing"
    assert failed(judged(material(listed=SIGNED + timedelta(hours=1)))) == {
        "revocation.reviewer": "attest.crl_too_early",
        "time_revocation.reviewer": "attest.crl_too_early",
    }
    other = World(root("Other root", KEYS[5])).lists()[0]
    assert failed(judged(replace(GOOD, lists=[*GOOD.lists, other]))) == {"unused": "attest.unused"}
    assert failed(judged(replace(GOOD, lists=[*GOOD.lists, body_list])))["revocation.lead"] == "attest.crl_twice"


def test_certificates_missing_or_unused() -> None:
    lead, reviewer, body = GOOD.certificates
    without = failed(judged(replace(GOOD, certificates=[reviewer, body])))
    assert without["signature.lead"] == "attest.certificate_missing"
    assert failed(judged(replace(GOOD, certificates=[lead, reviewer])))["chain.lead"] == "attest.chain_refused"
    extra = WORLD.person("lead", "Zhao Min", KEYS[5])
    assert failed(judged(replace(GOOD, certificates=[*GOOD.certificates, extra]))) == {"unused": "attest.unused"}


def test_an_anchor_inside_the_bundle_is_no_anchor() -> None:
    stranger = Anchors([Anchor(root("Other root", KEYS[5]).certificate, START)], ANCHORS.clocks)
    held = replace(GOOD, certificates=[*GOOD.certificates, WORLD.root.certificate])
    assert failed(judged(held, stranger))["chain.lead"] == "attest.chain_refused"
    assert judged(held).state == "verified"


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (START, None, "verified"),
        (SIGNED, REVIEWED, "verified"),
        (SIGNED + timedelta(seconds=1), None, "failed"),
        (START, REVIEWED - timedelta(seconds=1), "failed"),
    ],
)
def test_an_anchor_counts_within_its_window(start: object, end: object, state: str) -> None:
    window = [Anchor(WORLD.root.certificate, start, end)]  # type: ignore[arg-type]
    for anchors in (Anchors(window, ANCHORS.clocks), Anchors(ANCHORS.people, window)):
        assert judged(GOOD, anchors).state == state


def test_a_clock_without_lists_is_said_and_not_required() -> None:
    """Section 17 leaves revocation of time-stamp authorities open: not checked, visibly."""
    apart = root("Time root", KEYS[5])
    clock = profiles.time_authority(
        profiles.name("Clock 3"), WORLD.clock_key.public_key(), apart, START, LISTED + timedelta(days=300)
    )
    from verify.attest import timestamp
    from verify.attest.clock import Clock

    tokens = {
        role: Clock(clock, WORLD.clock_key).answer(timestamp.request(one.sig), SIGNED)
        for role, one in zip(("lead", "reviewer"), ENVELOPE.signatures, strict=True)
    }
    outcome = judged(replace(GOOD, tokens=tokens), Anchors(ANCHORS.people, [Anchor(apart.certificate, START)]))
    assert outcome.state == "verified"
    assert [one.name for one in outcome.checks if one.state == "not_checked"] == [
        "time_revocation.lead",
        "time_revocation.reviewer",
    ]


def test_every_required_check_counts() -> None:
    assert overall([]) == "not_checked"
    assert overall([Check("a", "verified"), Check("b", "not_checked")]) == "not_checked"
    assert overall([Check("a", "verified"), Check("b", "not_checked", required=False)]) == "verified"
    assert overall([Check("a", "not_checked"), Check("b", "failed", required=False)]) == "failed"


def flipped(data: bytes) -> list[bytes]:
    """The octets with one bit of each flipped, another bit from place to place."""
    return [data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :] for at in range(len(data))]


def pem_changed(data: bytes, read: Callable[[bytes], object], put: Callable[[object], Material]) -> list[bytes]:
    """Mutants of a PEM file that are not refused."""
    left = []
    for mutant in flipped(data):
        try:
            held = put(read(mutant))
        except NotVerified:
            continue
        if judged(held).state == "verified":
            left.append(mutant)
    return left


def test_every_octet_of_the_envelope_counts() -> None:
    verified = [one for one in flipped(GOOD.envelope) if judged(replace(GOOD, envelope=one)).state == "verified"]
    assert verified == []


def test_every_octet_of_certificates_and_lists_counts() -> None:
    chain = certificates.write_pem(list(GOOD.certificates))
    lists = certificates.write_pem(list(GOOD.lists))
    assert certificates.read_pem(chain) == list(GOOD.certificates)
    assert certificates.read_pem_lists(lists) == list(GOOD.lists)
    assert pem_changed(chain, certificates.read_pem, lambda held: replace(GOOD, certificates=held)) == []  # type: ignore[arg-type]
    assert pem_changed(lists, certificates.read_pem_lists, lambda held: replace(GOOD, lists=held)) == []  # type: ignore[arg-type]


def test_octets_that_no_issuer_signed() -> None:
    """A BIT STRING that says it has unused bits is taken by the libraries: found by flipping every bit of a chain."""
    for data, read in (
        (WORLD.lead.public_bytes(Encoding.DER), certificates.read_der),
        (GOOD.lists[0].public_bytes(Encoding.DER), certificates.read_der_list),
    ):
        *_, signature = asn1.element(data).children()
        place = len(data) - len(signature.body)
        read(data)
        for altered in (
            data[:place] + b"\x01" + data[place + 1 : -1] + bytes((data[-1] & 0xFE,)),
            data[: place + 1] + b"\x31" + data[place + 2 :],
        ):
            with pytest.raises(NotVerified):
                read(altered)


def test_pem_in_another_form() -> None:
    one = WORLD.lead.public_bytes(Encoding.PEM)
    for data in (b"\n" + one, one + b"\n", one + one, one.replace(b"\n", b"\r\n"), one[:-1], b"x" + one):
        with pytest.raises(NotVerified):
            certificates.read_pem(data)
    assert certificates.read_pem(b"") == []


def test_a_reason_can_be_said_in_both_languages() -> None:
    held = [
        GOOD,
        with_signatures(FIRST),
        with_signatures(SECOND, FIRST),
        replace(GOOD, tokens={}),
        replace(GOOD, lists=[]),
    ]
    for language in LANGUAGES:
        for one in held:
            for check in judged(one, subject=SUMS).checks:
                assert say(f"attest.check.{check.name.partition('.')[0]}", language)
                assert say(f"attest.state.{check.state}", language)
                assert check.key is None or say(check.key, language, **check.arguments)


def test_the_digest_names_the_signer() -> None:
    assert [one.keyid for one in ENVELOPE.signatures] == [spki_of(WORLD.lead), spki_of(WORLD.reviewer)]

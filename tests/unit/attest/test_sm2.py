"""Further signatories (E8, ADR 0017): an SM2 key that signs the same bytes, judged by openssl where it is present, said to
be unchecked where it is not, and never counted for lead or reviewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.unit.attest import national
from tests.unit.attest.attested import ANCHORS, LEAD, REVIEWED, REVIEWER, WORLD, failed, judged, payload, signed, stamps
from tests.unit.attest.further_signed import BOTH, Nation, asked, of_the_nation, resigned, states, with_further
from tests.unit.attest.people import END, KEYS, START
from verify.attest import certificates, dsse, profiles, timestamp
from verify.attest.clock import Clock
from verify.attest.further import required_by
from verify.attest.outcome import Check
from verify.attest.policy import Material
from verify.attest.profiles import spki_of
from verify.attest.statement import Signatory
from verify.errors import NotVerified
from verify.words import LANGUAGES, say

pytestmark = national.needed
STEPS = ("signature", "time", "chain", "revocation", "time_revocation")
DUMMY = b"\x30\x06\x02\x01\x05\x02\x01\x07"  # a signature in form


def test_a_colleague_with_an_sm2_key_verifies(nation: Nation) -> None:
    """Named by the body's P-256 key: chain and lists are those of the others."""
    outcome = judged(with_further(nation.colleague))
    assert states(outcome) == {f"{step}.further": ("verified", None) for step in STEPS}
    assert outcome.state == "verified"
    assert outcome.times["further"] == REVIEWED + timedelta(hours=1)


def test_a_person_of_a_national_authority_verifies(nation: Nation) -> None:
    outcome = judged(of_the_nation(nation), nation.anchors)
    assert states(outcome) == {f"{step}.further": ("verified", None) for step in STEPS}
    assert outcome.state == "verified"


def test_two_further_signatories_have_names_of_their_own(nation: Nation) -> None:
    held = (nation.person.certificate, nation.authority.certificate, nation.colleague.certificate)
    both = with_further(nation.person, nation.colleague, certificates=held, lists=nation.lists())
    outcome = judged(both, nation.anchors)
    second = f"further.{spki_of(nation.colleague.certificate)[:8]}"
    assert outcome.state == "verified"
    assert set(outcome.times) == {"lead", "reviewer", "further", second}


def test_an_altered_signature(nation: Nation) -> None:
    held = with_further(nation.colleague)
    envelope = dsse.read(held.envelope)
    last = envelope.signatures[-1].sig
    altered = resigned(held, last[:-1] + bytes((last[-1] ^ 1,)))
    assert failed(judged(altered)) == {"signature.further": "attest.signature_wrong", "unused": "attest.unused"}
    loose = resigned(held, last + b"\x00")
    assert failed(judged(loose))["signature.further"] == "attest.signature_encoding"


def test_another_distid_message_or_key(nation: Nation) -> None:
    own = nation.colleague
    for held in (
        with_further(own, distid="distid:somebody@example.org"),
        with_further(own, message=b"something else"),
        resigned(
            with_further(own), national.sign(dsse.read(with_further(own).envelope).signed_bytes(), nation.person.key)
        ),
    ):
        assert failed(judged(held))["signature.further"] == "attest.signature_wrong"


def test_a_certificate_swapped(nation: Nation) -> None:
    held = with_further(nation.colleague, certificates=(nation.person.certificate,))
    found = failed(judged(held, nation.anchors))
    assert found == {"signature.further": "attest.certificate_missing", "unused": "attest.unused"}
    again = national.certificate(
        nation.folder, "Somebody else", national.NAMED_BY_BODY, WORLD.root, private=nation.colleague.key
    )
    held = with_further(nation.colleague, certificates=(again.certificate,))  # same key, named by the root itself
    assert failed(judged(held))["chain.further"] == "attest.authority_profile"


def test_a_signature_stripped(nation: Nation) -> None:
    held = with_further(nation.colleague)
    envelope = dsse.read(held.envelope)
    stripped = replace(held, envelope=dsse.write(replace(envelope, signatures=envelope.signatures[:2])))
    assert failed(judged(stripped))["signatories"] == "attest.signature_missing"


def test_time_and_token(nation: Nation) -> None:
    held = with_further(nation.colleague)
    lead = replace(held, tokens={**held.tokens, "further": held.tokens["lead"]})
    assert failed(judged(lead))["time.further"] == "attest.time_wrong_message"
    without = replace(held, tokens={name: one for name, one in held.tokens.items() if name != "further"})
    assert failed(judged(without))["time.further"] == "attest.time_missing"


def test_without_openssl(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs it is not checked and said; time and a chain of P-256 authorities are; nothing that was wrong is hidden."""
    held, abroad = with_further(nation.colleague), of_the_nation(nation)
    monkeypatch.setenv("PATH", "")
    absent = ("not_checked", "attest.openssl_absent")
    outcome = judged(held)
    assert states(outcome) == {f"{step}.further": ("verified", None) for step in STEPS} | {"signature.further": absent}
    assert outcome.state == "verified"
    assert not any(one.required for one in outcome.checks if one.state == "not_checked")
    found = states(judged(abroad, nation.anchors))
    assert found["signature.further"] == found["chain.further"] == found["revocation.further"] == absent
    assert judged(abroad, nation.anchors).state == "verified"
    required = asked(held, ANCHORS, "sm2")
    assert states(required)["further.sm2"] == absent
    assert required.state == "not_checked"

    last = dsse.read(held.envelope).signatures[-1].sig
    altered = dsse.read(held.envelope)
    changed = replace(altered.signatures[-1], sig=last[:-1] + bytes((last[-1] ^ 1,)))
    bound = replace(held, envelope=dsse.write(replace(altered, signatures=(*altered.signatures[:-1], changed))))
    assert failed(judged(bound))["time.further"] == "attest.time_wrong_message"
    assert failed(judged(resigned(held, b"\x30\x00")))["signature.further"] == "attest.signature_encoding"
    extra = replace(abroad, further=[*abroad.further, nation.colleague.certificate])
    assert failed(judged(extra, nation.anchors)) == {"unused": "attest.unused"}


def test_required_by_the_ruler(nation: Nation) -> None:
    assert asked(with_further(nation.colleague), ANCHORS, "sm2").state == "verified"
    none = asked(with_further(), ANCHORS, "sm2")
    assert failed(none) == {"further.sm2": "attest.further_missing"}
    wrong = asked(with_further(nation.colleague, message=b"something else"), ANCHORS, "sm2")
    assert states(wrong)["further.sm2"] == ("not_checked", "attest.rests_on_failed")
    assert wrong.state == "failed"
    later = asked(with_further(nation.colleague), ANCHORS, "sm2", "mldsa44")
    assert states(later)["further.mldsa44"] == ("not_checked", "attest.further_unknown")
    assert later.state == "not_checked"


def test_one_sound_signature_meets_the_requirement(nation: Nation) -> None:
    """The national person cannot be judged by this reader, the colleague can."""
    held = (nation.person.certificate, nation.colleague.certificate)
    outcome = asked(with_further(nation.person, nation.colleague, certificates=held), ANCHORS, "sm2")
    assert states(outcome)["further.sm2"] == ("verified", None)
    assert outcome.state == "verified"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ({}, ()),
        ({"attestation": None}, ()),
        ({"attestation": {"further": ["sm2"], "cite": {}}}, ("sm2",)),
        ({"attestation": {"further": ["sm2", "mldsa44", "sm2"]}}, ("mldsa44", "sm2")),
    ],
)
def test_what_a_ruler_requires(text: object, found: tuple[str, ...]) -> None:
    assert required_by({"text": text}) == found


@pytest.mark.parametrize(
    "text", [[], {"attestation": {}}, {"attestation": {"further": "sm2"}}, {"attestation": {"further": ["SM2 "]}}]
)
def test_what_a_ruler_requires_cannot_be_read(text: object) -> None:
    with pytest.raises(NotVerified) as error:
        required_by({"text": text})
    assert error.value.key == "attest.ruler_unreadable"


def test_nothing_lies_there_unused_or_twice(nation: Nation) -> None:
    good = with_further(nation.colleague)
    body_list = WORLD.lists()[1]
    extra = WORLD.person("lead", "Zhao Min", KEYS[5])
    for changed in (
        replace(good, further=[*good.further, extra]),
        replace(good, further=[*good.further, WORLD.body.certificate]),
        replace(good, further=[*good.further, WORLD.lead]),
        replace(good, certificates=[*good.certificates, *good.further]),
        replace(good, further_lists=nation.lists()),
        replace(good, tokens={**good.tokens, "further.0a1b2c3d": good.tokens["further"]}),
    ):
        assert failed(judged(changed)) == {"unused": "attest.unused"}
    assert failed(judged(replace(good, further_lists=[body_list])))["unused"] == "attest.unused"
    assert failed(judged(replace(with_further(), further_lists=nation.lists()))) == {"unused": "attest.unused"}


def test_a_further_role_stands_for_nobody(nation: Nation) -> None:
    """A P-256 key is listed as what it is; an SM2 key under a person's role is not checked and counts for nothing (E8)."""
    third = WORLD.person("lead", "Zhao Min", KEYS[5])
    listed = [*BOTH, Signatory("further", spki_of(third))]
    held = signed(payload(signatories=listed), LEAD, REVIEWER, (third, KEYS[5]))
    made = Material(dsse.write(held), stamps(held), with_further().certificates, WORLD.lists(), [third])
    assert failed(judged(made))["signature.further"] == "attest.key_type"
    with pytest.raises(NotVerified):
        payload(signatories=[BOTH[0], Signatory("further", spki_of(nation.colleague.certificate))])


def test_octets_changed(nation: Nation) -> None:
    """A bit of every 23rd octet of the envelope and of the further certificates."""
    good = of_the_nation(nation)
    chain = certificates.write_pem(list(good.further))
    left = []
    for data, put in (
        (good.envelope, lambda held: replace(good, envelope=held)),
        (chain, lambda held: replace(good, further=certificates.read_pem(held))),
    ):
        for at in range(0, len(data), 23):
            try:
                changed = put(data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :])
            except NotVerified:
                continue
            left += [at] if judged(changed, nation.anchors).state == "verified" else []
    assert left == []


def test_an_algorithm_to_come(nation: Nation) -> None:
    """E8: the signature of a further signatory whose algorithm is not known here is said; all the rest is judged."""
    key = ed25519.Ed25519PrivateKey.generate()
    usage = x509.ExtendedKeyUsage([profiles.FURTHER])
    person = profiles.person(
        profiles.name("Sun Yu"), "sun.yu@body.example.org", key.public_key(), "lead", WORLD.body, START, END
    )  # type: ignore[arg-type]
    builder = x509.CertificateBuilder(
        person.issuer,
        person.subject,
        key.public_key(),
        person.serial_number,
        START,
        END,
        [
            x509.Extension(one.oid, one.critical, usage if isinstance(one.value, x509.ExtendedKeyUsage) else one.value)
            for one in person.extensions
        ],
    )
    certificate = builder.sign(WORLD.body.key, hashes.SHA256())
    listed = [*BOTH, Signatory("further", spki_of(certificate))]
    envelope = signed(payload(signatories=listed), LEAD, REVIEWER)
    made = dsse.Signature(spki_of(certificate), key.sign(envelope.signed_bytes()))
    whole = replace(envelope, signatures=(*envelope.signatures, made))
    tokens = stamps(envelope) | {
        "further": Clock(WORLD.clock, WORLD.clock_key).answer(timestamp.request(made.sig), REVIEWED)
    }
    held = Material(dsse.write(whole), tokens, with_further().certificates, WORLD.lists(), [certificate])
    outcome = asked(held, ANCHORS)
    unknown = ("not_checked", "attest.algorithm_unknown")
    assert states(outcome) == {f"{step}.further": ("verified", None) for step in STEPS} | {"signature.further": unknown}
    assert outcome.state == "verified"
    assert failed(asked(held, ANCHORS, "sm2")) == {"further.sm2": "attest.further_missing"}


def test_every_reason_is_said_in_both_languages(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    held, abroad = with_further(nation.colleague), of_the_nation(nation)
    outcomes = [asked(held, ANCHORS, "sm2", "other"), asked(with_further(), ANCHORS, "sm2"), judged(abroad)]
    monkeypatch.setenv("PATH", "")
    outcomes.append(judged(held))
    for language in LANGUAGES:
        for check in (one for outcome in outcomes for one in outcome.checks):
            assert said(check, language)
        assert say("attest.role.further", language)


def said(check: Check, language: object) -> bool:
    words = say(f"attest.check.{check.name.partition('.')[0]}", language)  # type: ignore[arg-type]
    return bool(words and (check.key is None or say(check.key, language, **check.arguments)))  # type: ignore[arg-type]


# An SM2 key under the role of a person: said, and neither needed nor counted (E8).


def as_person(nation: Nation, listed: list[Signatory]) -> Material:
    held = signed(payload(signatories=listed), LEAD, REVIEWER)
    third = dsse.Signature(spki_of(nation.person.certificate), DUMMY)
    envelope = replace(held, signatures=(*held.signatures, third))
    people = [WORLD.lead, WORLD.reviewer, WORLD.body.certificate, nation.person.certificate]
    return Material(dsse.write(envelope), stamps(held), people, WORLD.lists())


def test_a_third_signature_is_said_and_not_counted(nation: Nation) -> None:
    third = Signatory("lead", spki_of(nation.person.certificate))
    outcome = judged(as_person(nation, [*BOTH, third]))
    assert outcome.state == "verified"
    (unknown,) = [one for one in outcome.checks if one.state == "not_checked"]
    assert (unknown.name, unknown.key) == (f"signature.lead.{third.spki_sha256[:8]}", "attest.algorithm_unknown")
    assert failed(asked(as_person(nation, [*BOTH, third]), ANCHORS, "sm2")) == {"further.sm2": "attest.further_missing"}


def test_it_is_listed_or_it_fails(nation: Nation) -> None:
    assert failed(judged(as_person(nation, BOTH))) == {
        "signatories": "attest.signature_unlisted",
        "unused": "attest.unused",
    }


def test_it_replaces_nobody(nation: Nation) -> None:
    """SM2 alone never satisfies the default policy."""
    listed = [Signatory("lead", spki_of(nation.person.certificate)), BOTH[1]]
    held = signed(payload(signatories=listed), REVIEWER)
    first = dsse.Signature(spki_of(nation.person.certificate), DUMMY)
    envelope = replace(held, signatures=(first, *held.signatures))
    tokens = {"reviewer": stamps(held)["lead"]}
    people = [WORLD.reviewer, WORLD.body.certificate, nation.person.certificate]
    outcome = judged(Material(dsse.write(envelope), tokens, people, WORLD.lists()))
    assert failed(outcome) == {}
    assert outcome.state == "not_checked"

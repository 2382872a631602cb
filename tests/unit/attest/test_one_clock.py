"""Both times from one authority: verified, and said (T2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest.attested import ANCHORS, REVIEWED, WORLD, judged, material
from tests.unit.attest.people import END, KEYS, LISTED, NEXT, SIGNED, START, root
from verify.attest import dsse, profiles, timestamp
from verify.attest.anchors import Anchor, Anchors
from verify.attest.clock import Clock
from verify.attest.outcome import Check
from verify.attest.policy import Outcome
from verify.attest.profiles import Issuer
from verify.words import LANGUAGES, say

GOOD = material()
APART = root("Time root", KEYS[5])
FRESH = ec.generate_private_key(ec.SECP256R1())


def clock(common_name: str, key: ec.EllipticCurvePrivateKey, issuer: Issuer = APART) -> Clock:
    name = profiles.name(common_name, "Test time")
    return Clock(profiles.time_authority(name, key.public_key(), issuer, START, END), key)


def timed(lead: Clock, reviewer: Clock, *units: Issuer) -> Outcome:
    """The good attestation with the tokens of these clocks; `units` are authorities of time below `APART`."""
    first, second = dsse.read(GOOD.envelope).signatures
    tokens = {
        "lead": lead.answer(timestamp.request(first.sig), SIGNED),
        "reviewer": reviewer.answer(timestamp.request(second.sig), REVIEWED),
    }
    anchors = Anchors(ANCHORS.people, [*ANCHORS.clocks, Anchor(APART.certificate, START)])
    below = [one.certificate for one in units]
    lists = [
        *GOOD.lists,
        *(profiles.revocation_list(one, LISTED, NEXT) for one in (*units, *([APART] if units else []))),
    ]
    return judged(replace(GOOD, tokens=tokens, certificates=[*GOOD.certificates, *below], lists=lists), anchors)


def order(outcome: Outcome) -> Check:
    (found,) = [one for one in outcome.checks if one.name == "order"]
    assert outcome.state == "verified", outcome.checks
    return found


def test_one_authority_stays_verified_and_is_said() -> None:
    found = order(judged(GOOD))
    assert (found.state, found.key) == ("verified", "attest.one_clock")
    for language in LANGUAGES:
        assert "Clock 1" in say(str(found.key), language, **found.arguments)


def test_two_unrelated_authorities() -> None:
    assert order(timed(Clock(WORLD.clock, WORLD.clock_key), clock("Clock 2", FRESH))).key is None


@pytest.mark.parametrize(
    "second",
    [clock("Clock 2", WORLD.clock_key), clock("CLOCK 1", FRESH)],
    ids=["the same key under another name", "another key of the same name"],
)
def test_one_authority_under_two_certificates(second: Clock) -> None:
    assert order(timed(Clock(WORLD.clock, WORLD.clock_key), second)).key == "attest.one_clock"


def test_two_units_of_one_authority() -> None:
    """A time-stamp service renews its units: other keys and names, one issuer that is no root."""
    key = KEYS[1]
    service = Issuer(profiles.body(profiles.name("Time service"), key.public_key(), APART, START, END), key)
    other = Issuer(profiles.body(profiles.name("Time office"), FRESH.public_key(), APART, START, END), FRESH)
    one, two = clock("Unit 1", KEYS[4], service), clock("Unit 2", FRESH, service)
    assert order(timed(one, two, service)).key == "attest.one_clock"
    assert order(timed(one, clock("Unit 2", FRESH, other), service, other)).key is None


def test_an_order_that_does_not_hold_says_so_alone() -> None:
    found = [one for one in judged(material(times=(REVIEWED, SIGNED))).checks if one.name == "order"]
    assert [(one.state, one.key) for one in found] == [("failed", "attest.order")]

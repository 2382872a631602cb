"""A whole attestation for tests, and how to make one that is wrong in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest.people import LISTED, SIGNED, START, World
from tests.unit.attest.statements import SUMS, statement
from verify.attest import dsse, policy, signing, timestamp
from verify.attest.anchors import Anchor, Anchors
from verify.attest.clock import Clock
from verify.attest.policy import Material, Outcome
from verify.attest.profiles import Revoked, spki_of
from verify.attest.statement import PAYLOAD_TYPE, Signatory, write

WORLD = World()
REVIEWED = SIGNED + timedelta(hours=2)
ANCHORS = Anchors([Anchor(WORLD.root.certificate, START)], [Anchor(WORLD.root.certificate, START)])
Person = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]
LEAD: Person = (WORLD.lead, WORLD.lead_key)
REVIEWER: Person = (WORLD.reviewer, WORLD.reviewer_key)


def signed(payload: bytes, *people: Person) -> dsse.Envelope:
    """An envelope with the signatures of these people, whatever the rules of signing say."""
    bare = dsse.Envelope(PAYLOAD_TYPE, payload, ())
    return replace(
        bare,
        signatures=tuple(
            dsse.Signature(spki_of(certificate), signing.with_key(key)(bare.signed_bytes()))
            for certificate, key in people
        ),
    )


def stamps(envelope: dsse.Envelope, lead: datetime = SIGNED, reviewer: datetime = REVIEWED) -> dict[str, bytes]:
    """A token over each of the first two signatures."""
    clock = Clock(WORLD.clock, WORLD.clock_key)
    times = {"lead": lead, "reviewer": reviewer}
    return {
        role: clock.answer(timestamp.request(one.sig), at)
        for (role, at), one in zip(times.items(), envelope.signatures, strict=False)
    }


def payload(lead: Person = LEAD, reviewer: Person = REVIEWER, **changes: Any) -> bytes:
    """A statement that lists these two."""
    listed = [Signatory("lead", spki_of(lead[0])), Signatory("reviewer", spki_of(reviewer[0]))]
    return write(statement(**({"signatories": listed} | changes)))


def material(
    lead: Person = LEAD,
    reviewer: Person = REVIEWER,
    revoked: Sequence[Revoked] = (),
    times: tuple[datetime, datetime] = (SIGNED, REVIEWED),
    listed: datetime = LISTED,
    **changes: Any,
) -> Material:
    """What a good bundle brings, by these two people."""
    envelope = signed(payload(lead, reviewer, **changes), lead, reviewer)
    return Material(
        dsse.write(envelope),
        stamps(envelope, *times),
        [lead[0], reviewer[0], WORLD.body.certificate],
        WORLD.lists(*revoked, at=listed),
    )


def judged(held: Material, anchors: Anchors = ANCHORS, subject: str | None = SUMS) -> Outcome:
    """The verdict on it."""
    return policy.verify(held, anchors, subject)


def failed(outcome: Outcome) -> dict[str, str | None]:
    """Failed checks and the key of the reason."""
    return {one.name: one.key for one in outcome.checks if one.state == "failed"}

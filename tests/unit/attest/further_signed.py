"""Attestations with SM2 signatures for tests: who signs beside lead and reviewer, and what lies in the bundle for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from tests.unit.attest import national
from tests.unit.attest.attested import ANCHORS, LEAD, REVIEWED, REVIEWER, WORLD, payload, signed, stamps
from tests.unit.attest.national import Held
from tests.unit.attest.people import START
from tests.unit.attest.statements import SUMS
from verify.attest import dsse, policy, timestamp
from verify.attest.anchors import Anchor, Anchors
from verify.attest.clock import Clock
from verify.attest.policy import Material, Outcome
from verify.attest.profiles import spki_of
from verify.attest.statement import Signatory

BOTH = [Signatory("lead", spki_of(WORLD.lead)), Signatory("reviewer", spki_of(WORLD.reviewer))]


@dataclass(frozen=True)
class Nation:
    """An SM2 root and authority, a person of theirs, and a person with an SM2 key whom the body of the others names."""

    folder: Path
    root: Held
    authority: Held
    person: Held
    colleague: Held

    def lists(self, *revoked: str) -> list[x509.CertificateRevocationList]:
        """The list of the root, and that of the authority with these lines."""
        roots = national.revocations(self.folder, self.root)
        return [roots, national.revocations(self.folder, self.authority, *revoked)]

    @property
    def anchors(self) -> Anchors:
        """What a reader of that country trusts."""
        return Anchors([*ANCHORS.people, Anchor(self.root.certificate, START)], ANCHORS.clocks)


def nation(folder: Path) -> Nation:
    """A nation whose files lie in the folder."""
    root = national.certificate(folder, "National root", national.AUTHORITY.format(""))
    authority = national.certificate(folder, "National authority", national.AUTHORITY.format(",pathlen:0"), root)
    person = national.certificate(folder, "Wang Fang SM2", national.PERSON, authority)
    colleague = national.certificate(folder, "Zhao Min", national.NAMED_BY_BODY, WORLD.body)
    return Nation(folder, root, authority, person, colleague)


def with_further(
    *people: Held,
    certificates: tuple[x509.Certificate, ...] | None = None,
    lists: list[x509.CertificateRevocationList] | None = None,
    distid: str = national.DISTID,
    message: bytes | None = None,
) -> Material:
    """A good attestation that these people have signed with SM2 as well, an hour after the reviewer."""
    listed = [*BOTH, *(Signatory("further", spki_of(one.certificate)) for one in people)]
    envelope = signed(payload(signatories=listed), LEAD, REVIEWER)
    tokens, clock = stamps(envelope), Clock(WORLD.clock, WORLD.clock_key)
    for one in people:
        made = national.sign(message or envelope.signed_bytes(), one.key, distid)
        spki = spki_of(one.certificate)
        name = f"further.{spki[:8]}" if "further" in tokens else "further"
        tokens[name] = clock.answer(timestamp.request(made), REVIEWED + timedelta(hours=1))
        envelope = replace(envelope, signatures=(*envelope.signatures, dsse.Signature(spki, made)))
    held = tuple(one.certificate for one in people) if certificates is None else certificates
    chain = [WORLD.lead, WORLD.reviewer, WORLD.body.certificate]
    return Material(dsse.write(envelope), tokens, chain, WORLD.lists(), held, lists or ())


def of_the_nation(nation: Nation, *revoked: str) -> Material:
    """The national person has signed; chain and lists lie there."""
    held = (nation.person.certificate, nation.authority.certificate)
    return with_further(nation.person, certificates=held, lists=nation.lists(*revoked))


def resigned(held: Material, signature: bytes) -> Material:
    """Another further signature, with a token of its own."""
    envelope = dsse.read(held.envelope)
    *others, last = envelope.signatures
    token = Clock(WORLD.clock, WORLD.clock_key).answer(timestamp.request(signature), REVIEWED)
    changed = replace(envelope, signatures=(*others, replace(last, sig=signature)))
    return replace(held, envelope=dsse.write(changed), tokens={**held.tokens, "further": token})


def states(outcome: Outcome) -> dict[str, tuple[str, str | None]]:
    """State and reason of each check of further signatories."""
    return {one.name: (one.state, one.key) for one in outcome.checks if "further" in one.name}


def asked(held: Material, anchors: Anchors, *required: str) -> Outcome:
    return policy.verify(held, anchors, SUMS, required)

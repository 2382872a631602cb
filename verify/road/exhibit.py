"""A bundle for show: everything a signed publication needs, with an authority that lives only as long as it is made.

The demo and the tests use it. Its root is nobody's: what such a bundle proves is how verification works.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from verify.attest import authority, certificates, keys, requests, signing, timestamp
from verify.attest.authority import Authority
from verify.attest.profiles import spki_of
from verify.attest.statement import Signatory
from verify.road import sealing
from verify.road.draft import Draft, of_journey
from verify.road.mandate import Mandate
from verify.road.run import Journey

MANDATE = Mandate("demo/0001", "https://demo.invalid/")  # RFC 2606: a name that nobody has
PEOPLE = (("lead", "Demo Lead (demo only)"), ("reviewer", "Demo Reviewer (demo only)"))
ORGANISATION = "TrueZero demo (for demonstration only)"


@dataclass(frozen=True)
class Exhibit:
    """The members of a bundle and the trust root file under which it verifies."""

    members: Mapping[str, bytes] = field(repr=False)
    root: bytes = field(repr=False)


def exhibit(journey: Journey, at: datetime) -> Exhibit:
    """The bundle of a journey, signed at `at` by two people who do not exist."""
    with TemporaryDirectory(prefix="truezero-") as folder:
        local = authority.create(Path(folder) / "authority", ORGANISATION, secrets.token_bytes(24).hex().encode(), at)
        return of_authority(local, journey, at)


def of_authority(local: Authority, journey: Journey, at: datetime, mandate: Mandate = MANDATE) -> Exhibit:
    """The same under an authority that is there."""
    held = {role: keys.generate() for role, _ in PEOPLE}
    people = {
        role: local.enrol(requests.request(held[role], name, ORGANISATION, f"{role}@demo.invalid"), role, at)
        for role, name in PEOPLE
    }
    clock = local.clock()
    signers = {role: signing.with_key(key) for role, key in held.items()}
    listed = tuple(Signatory(role, spki_of(people[role])) for role, _ in PEOPLE)
    made: Draft = of_journey(journey, mandate, listed, at)

    def stamp(signature: bytes) -> bytes:
        return clock.answer(timestamp.request(signature), at)

    one = sealing.sign(made, signers["lead"], people["lead"], people["reviewer"], stamp)
    both = sealing.countersign(one, signers["reviewer"], stamp)
    chain = certificates.read_pem(local.chain(*people.values()))
    lists = certificates.read_pem_lists(local.lists(at))
    members = sealing.assemble(both, chain, lists, local.roots, local.root, at)
    return Exhibit(members, local.roots[0])

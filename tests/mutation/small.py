"""What a small signed bundle is made of, so that one part can be another one and everything that follows from it is made again.

An attacker is assumed to be thorough: files that repeat a signature (attest/*.sigstore.json) and the shape of the trust
root are redone to fit wherever that needs nobody's key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest.attested import LEAD, REVIEWED, REVIEWER, WORLD, Person
from tests.unit.attest.people import END, LISTED, NEXT, SIGNED, START
from tests.unit.attest.statements import statement
from tests.unit.bundle import signed_bundle
from tests.unit.bundle.signed_bundle import CELLS, ENVELOPE, FACTS, ROOT, ROOT_KEYS, Members, content_of, figure, pem
from verify.attest import dsse, keys, profiles, root, signing, sigstore, timestamp
from verify.attest.anchors import Anchor, Anchors
from verify.attest.clock import Clock
from verify.attest.profiles import Issuer, Revoked
from verify.attest.statement import PAYLOAD_TYPE, write
from verify.bundle.trust import Held
from verify.canonical import canonical_bytes
from verify.errors import NotVerified

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Realm:
    """An accreditation root with its body, clock and two persons, and the trust root that names it."""

    root: Issuer
    body: Issuer
    clock: Clock
    lead: Person
    reviewer: Person
    signers: tuple[Key, ...]
    first: bytes = field(repr=False)  # version 1 of the trust root

    @property
    def held(self) -> Held:
        """What a reader holds who trusts this authority."""
        return Held(self.first)

    def person(self, role: str, name: str, **changes: Any) -> Person:
        """A person of the body; `changes`: key, email, start, end, issuer."""
        key: Key = changes.pop("key", None) or keys.generate()
        issuer = changes.pop("issuer", self.body)
        email = changes.pop("email", f"{name.lower().replace(' ', '.')}@body.example.org")
        window = changes.pop("start", START), changes.pop("end", END)
        return profiles.person(profiles.name(name, "Body 017"), email, key.public_key(), role, issuer, *window), key

    def lists(
        self, *revoked: Revoked, above: Sequence[Revoked] = (), at: datetime = LISTED
    ) -> tuple[x509.CertificateRevocationList, ...]:
        """The list of the root with `above`, and that of the body with `revoked`."""
        until = at + (NEXT - LISTED)
        return (
            profiles.revocation_list(self.root, at, until, above),
            profiles.revocation_list(self.body, at, until, revoked),
        )

    def root_file(self, version: int = 1, **changes: Any) -> bytes:
        """A version of this trust root; `changes` as in `signed_bundle.root_file`."""
        named = {"anchors": _anchors(self.root), "keys": self.signers}
        return signed_bundle.root_file(version, **(named | changes))


def _anchors(root_of: Issuer) -> Anchors:
    return Anchors([Anchor(root_of.certificate, START)], [Anchor(root_of.certificate, START)])


def founded(name: str) -> Realm:
    """Another authority, with keys of its own and names like those of the first."""
    key = {one: keys.generate() for one in ("root", "body", "clock", "lead", "reviewer", "signer")}
    top = Issuer(profiles.root(profiles.name(name), key["root"], START, END), key["root"])
    named = profiles.name("Body 017 CA", "Body 017")
    body = Issuer(profiles.body(named, key["body"].public_key(), top, START, END), key["body"])
    stamped_by = profiles.time_authority(
        profiles.name("Clock 1", "Test time"), key["clock"].public_key(), top, START, END
    )
    clock = Clock(stamped_by, key["clock"])
    first = signed_bundle.root_file(1, (key["signer"],), anchors=_anchors(top))
    bare = Realm(top, body, clock, LEAD, REVIEWER, (key["signer"],), first)
    lead = bare.person("lead", "Wang Fang", key=key["lead"])
    return Realm(top, body, clock, lead, bare.person("reviewer", "Li Na", key=key["reviewer"]), bare.signers, first)


HOME = Realm(WORLD.root, WORLD.body, Clock(WORLD.clock, WORLD.clock_key), LEAD, REVIEWER, tuple(ROOT_KEYS), first=ROOT)
STRANGERS = founded("Accreditation root")


@dataclass(frozen=True)
class Seal:
    """A bundle before it is put together; `people` are the certificates by role whose signatures are repeated elsewhere."""

    content: Mapping[str, bytes]
    payload: bytes
    signatures: tuple[dsse.Signature, ...]
    tokens: Mapping[str, bytes]
    people: Mapping[str, x509.Certificate]
    chain: tuple[x509.Certificate, ...]
    lists: tuple[x509.CertificateRevocationList, ...]
    roots: Mapping[int, bytes]
    payload_type: str = PAYLOAD_TYPE

    @property
    def envelope(self) -> dsse.Envelope:
        """The signatures over the payload."""
        return dsse.Envelope(self.payload_type, self.payload, self.signatures)

    def members(self) -> Members:
        """All files."""
        return {
            **self.content,
            ENVELOPE: dsse.write(self.envelope),
            **{f"attest/{name}.tsr": token for name, token in self.tokens.items()},
            **{f"attest/{role}.sigstore.json": self._derived(role) for role in self.people},
            "trust/chain.pem": pem(self.chain),
            "trust/crls.pem": pem(self.lists),
            "trust/trusted_root.json": canonical_bytes(
                root.read(dsse.read(self.roots[max(self.roots)]).payload).trusted
            ),
            **{f"trust/root.{version}.dsse.json": data for version, data in self.roots.items()},
        }

    def _derived(self, role: str) -> bytes:
        try:
            return sigstore.write(self.envelope, self.people[role], self.tokens[role])
        except (NotVerified, KeyError):  # nothing to repeat: the file of the bundle that was altered stays
            return SEAL._derived(role)


def signature(person: Person, payload: bytes, payload_type: str = PAYLOAD_TYPE) -> dsse.Signature:
    """The signature of a person over a payload, whatever the rules of signing say."""
    certificate, key = person
    message = dsse.pae(payload_type, payload)
    return dsse.Signature(profiles.spki_of(certificate), signing.with_key(key)(message))


def stamp(octets: bytes, at: datetime = SIGNED, clock: Clock = HOME.clock) -> bytes:
    """A token over these octets."""
    return clock.answer(timestamp.request(octets), at)


def payload_of(document: Mapping[str, Any], content: Members, lead: Person, reviewer: Person, **changes: Any) -> bytes:
    """The statement over such a bundle."""
    held = signed_bundle.statement_of(document, content, lead, reviewer, signed_bundle.RULER)
    return write(statement(**(held | changes)))


def sealed(
    realm: Realm = HOME,
    *,
    content: Members | None = None,
    payload: bytes | None = None,
    lead: Person | None = None,
    reviewer: Person | None = None,
    times: tuple[datetime, datetime] = (SIGNED, REVIEWED),
    lists: Sequence[x509.CertificateRevocationList] | None = None,
    clock: Clock | None = None,
    body: x509.Certificate | None = None,
    document: Mapping[str, Any] | None = None,
) -> Seal:
    """A bundle that two people have signed, in every part as it should be but for what is given."""
    one, other = lead or realm.lead, reviewer or realm.reviewer
    files = CONTENT if content is None else content
    payload = payload or payload_of(document or REPORT, files, one, other)
    signatures = (signature(one, payload), signature(other, payload))
    clocks = clock or realm.clock
    return Seal(
        files,
        payload,
        signatures,
        {"lead": stamp(signatures[0].sig, times[0], clocks), "reviewer": stamp(signatures[1].sig, times[1], clocks)},
        {"lead": one[0], "reviewer": other[0]},
        (one[0], other[0], body or realm.body.certificate),
        tuple(realm.lists() if lists is None else lists),
        {1: realm.first},
    )


def _other_report() -> dict[str, Any]:
    """Another park, so that every table differs."""
    items = [
        figure("term.fuel.tco2", "tCO2", "13.500000"),
        figure("total.tco2", "tCO2", "15.750000") | {"proven": None, "strict": None},
        figure("energy.tce", "tce", "63.000000"),
    ]
    terms = [FACTS["terms"][0] | {"tco2": "13.500000"}, FACTS["terms"][1]]
    indicators = [FACTS["indicators"][0] | {"limit": "0.4"}]
    return signed_bundle.report(park=FACTS["park"] | {"id": "PX-2"}, items=items, terms=terms, indicators=indicators)


REPORT = signed_bundle.report()
CONTENT = content_of(REPORT)
SEAL = sealed()
GOOD = SEAL.members()
OTHER_REPORT = _other_report()
OTHER_CONTENT = content_of(OTHER_REPORT, cells=[CELLS[0] | {"claimed": "13.5"}])
# The same authority and lead, another park and reviewer; and a bundle of another authority about the same park.
OTHER_PARK = sealed(
    content=OTHER_CONTENT,
    document=OTHER_REPORT,
    reviewer=HOME.person("reviewer", "Zhao Min"),
    times=(SIGNED + DAY, REVIEWED + DAY),
)
OTHER_AUTHORITY = sealed(STRANGERS)

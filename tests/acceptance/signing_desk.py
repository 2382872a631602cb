"""A desk at which two people sign a small report: their authority and keys in a folder, drafts, and the commands as they type them.

What is signed is the small bundle of the unit tests, so that no submission is verified on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest.statements import statement
from tests.unit.bundle.signed_bundle import RULER, content_of, report, statement_of
from verify.attest import certificates, keys, requests, signing, timestamp
from verify.attest.authority import Authority, create
from verify.bundle.writing import write_folder
from verify.report import public_pages
from verify.road import sealing
from verify.road.draft import Draft

SECRET = b"a passphrase of the desk"
PEOPLE = {"lead": "Wang Fang", "reviewer": "Li Na"}


@dataclass(frozen=True)
class Desk:
    """Everything that the commands need, in the folder `at`; `certificates` by role."""

    at: Path
    people: Mapping[str, x509.Certificate]

    @property
    def authority(self) -> Authority:
        """The authority, with its passphrase."""
        return Authority(self.at / "authority", SECRET)

    @property
    def root(self) -> Path:
        """The trust root that a reader holds."""
        return self.at / "authority" / "trust" / "root.1.dsse.json"

    def draft(self) -> Draft:
        """What the lead is going to sign."""
        document = report()
        members = content_of(document, faces=public_pages)
        lead, reviewer = ((self.people[role], self.key(role)) for role in PEOPLE)
        return Draft(
            members,
            statement(**statement_of(document, members, lead, reviewer, RULER)),
            report=None,  # type: ignore[arg-type]  # for eyes only: nobody looks here
        )

    def key(self, role: str) -> ec.EllipticCurvePrivateKey:
        """The private key of a person."""
        return keys.read(self.at / f"{role}.key.pem", SECRET)

    def drafts(self) -> None:
        """`one/` with the lead's signature and `both/` with both, each a draft."""
        clock, now = self.authority.clock(), datetime.now(UTC)

        def stamp(signature: bytes) -> bytes:
            return clock.answer(timestamp.request(signature), now)

        signers = {role: signing.with_key(self.key(role)) for role in PEOPLE}
        one = sealing.sign(self.draft(), signers["lead"], self.people["lead"], self.people["reviewer"], stamp)
        write_folder(self.at / "one", one)
        write_folder(self.at / "both", sealing.countersign(one, signers["reviewer"], stamp))
        (self.at / "chain.pem").write_bytes(self.authority.chain())
        self.renew_lists()

    def renew_lists(self) -> None:
        """The revocation lists of now: later than every signature that was made (I3)."""
        (self.at / "crls.pem").write_bytes(self.authority.lists(datetime.now(UTC)))

    def sign(self, submission: Path, out: Path) -> list[str | Path]:
        """The words of the lead's command."""
        people = ["--certificate", self.at / "lead.pem", "--reviewer", self.at / "reviewer.pem"]
        files = ["--engagement", self.at / "engagement.yaml", *people]
        return ["sign", submission, *files, *self._who("lead"), "-o", out]

    def countersign(self, draft: Path) -> list[str | Path]:
        """The words of the reviewer's."""
        return ["countersign", draft, *self._who("reviewer")]

    def publish(self, draft: Path, out: Path) -> list[str | Path]:
        """The words of whoever publishes."""
        files = ["--chain", self.at / "chain.pem", "--lists", self.at / "crls.pem", "--root", self.root]
        return ["publish", draft, *files, "-o", out, "--lang", "en"]

    def _who(self, role: str) -> list[str | Path]:
        secret = self.at / "secret"
        return [
            *("--key", self.at / f"{role}.key.pem", "--passphrase-file", secret, "-q", "--yes", "--lang", "en"),
            *("--clock", self.at / "authority", "--clock-passphrase-file", secret),
        ]


def desk(at: Path) -> Desk:
    """A new one in the folder `at`, with both drafts."""
    (at / "secret").write_bytes(SECRET + b"\n")
    (at / "secret").chmod(0o600)
    (at / "engagement.yaml").write_text("engagement_id: x/1\nverifier: https://body.example.org/\n", encoding="utf-8")
    now = datetime.now(UTC)
    authority = create(at / "authority", "Body 017", SECRET, now)
    people = {}
    for role, name in PEOPLE.items():
        key = keys.generate()
        keys.write(at / f"{role}.key.pem", key, SECRET)
        asked = requests.request(key, name, "Body 017", f"{role}@body.example.org")
        people[role] = authority.enrol(asked, role, now)
        (at / f"{role}.pem").write_bytes(certificates.write_pem([people[role]]))
    found = Desk(at, people)
    found.drafts()
    return found

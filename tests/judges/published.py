"""The demo's bundle on disk, with the trust root beside it, made once per run of the tests."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509

from verify import resources
from verify.attest import authority
from verify.bundle.writing import write_folder, write_zip
from verify.road import exhibit
from verify.road.run import travel

_ROOT = "root.1.dsse.json"


@dataclass(frozen=True)
class Published:
    """`place` holds bundle/, bundle.zip, root.1.dsse.json; revoked.pem (lists that name the reviewer); another authority."""

    place: Path

    @property
    def folder(self) -> Path:
        """The unpacked bundle. Never write into it: copy it."""
        return self.place / "bundle"

    @property
    def zip(self) -> Path:
        """The same as one file."""
        return self.place / "bundle.zip"

    @property
    def root(self) -> Path:
        """The trust root, as a reader got it elsewhere."""
        return self.place / _ROOT

    @property
    def revoked(self) -> Path:
        """Revocation lists of the same authorities, with the reviewer's certificate on them."""
        return self.place / "revoked.pem"

    @property
    def stranger(self) -> Path:
        """The trust root of another authority."""
        return self.place / "stranger" / "trust" / _ROOT

    @property
    def at(self) -> datetime:
        """The moment of both signatures and of the lists."""
        return datetime.fromisoformat(json.loads((self.place / "at.json").read_text(encoding="utf-8")))


def shared(folder: Path) -> Published:
    """The bundle under `folder`, made by whichever process of the tests comes first; the others wait for it."""
    place = folder / "published"
    with (folder / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            building = Path(mkdtemp(dir=folder))
            _make(building, datetime.now(UTC).replace(microsecond=0))
            building.rename(place)
    return Published(place)


def _make(place: Path, at: datetime) -> None:
    """GnuTLS of Debian 12 judges a chain as of today and takes no other moment, so `at` is now."""
    local = authority.create(place / "authority", exhibit.ORGANISATION, b"a passphrase of the tests", at)
    with travel(resources.parks() / "honest-met", role="verification") as journey:
        made = exhibit.of_authority(local, journey, at)
    write_folder(place / "bundle", made.members)
    write_zip(place / "bundle.zip", made.members)
    (place / _ROOT).write_bytes(made.root)
    (reviewer,) = (one.certificate for one in local.state.issued if one.role == "reviewer")
    local.revoke(reviewer.serial_number, at, x509.ReasonFlags.key_compromise)
    (place / "revoked.pem").write_bytes(local.lists(at))
    authority.create(place / "stranger", "Another body", b"a passphrase of the tests", at)
    (place / "at.json").write_text(json.dumps(at.isoformat()), encoding="utf-8")

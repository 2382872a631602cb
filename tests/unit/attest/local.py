"""A local authority for tests: made once in a folder of its own and copied for each test that changes it."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import requests
from verify.attest.authority import Authority, create

MADE = datetime(2028, 3, 1, 8, 30, 0, 250_000, tzinfo=UTC)  # moments of certificates are whole seconds
ENROLLED = MADE + timedelta(days=1)
DAY = timedelta(days=1)
SECRET = "机构 passphrase".encode()
BODY = "核查机构 017"
_PLACE = tempfile.TemporaryDirectory()  # goes with the process
PEOPLE = {role: ec.generate_private_key(ec.SECP256R1()) for role in ("lead", "reviewer")}
NAMES = {"lead": ("王芳", "wang@body.example.org"), "reviewer": ("李娜", "li@body.example.org")}


@cache
def made() -> Path:
    """The folder of an authority as it is made."""
    folder = Path(_PLACE.name) / "authority"
    create(folder, BODY, SECRET, MADE)
    return folder


def authority(folder: Path) -> Authority:
    """A copy of it."""
    shutil.copytree(made(), folder / "authority")
    return Authority(folder / "authority", SECRET)


def request(role: str = "lead", key: ec.EllipticCurvePrivateKey | None = None) -> bytes:
    """The request of one of the two people."""
    name, email = NAMES[role]
    return requests.request(key or PEOPLE[role], name, BODY, email)


def enrolled(held: Authority, role: str = "lead") -> x509.Certificate:
    """The certificate of one of the two people."""
    return held.enrol(request(role), role, ENROLLED)


def recorded(held: Authority) -> bytes:
    """The authority's memory, as it stands on disk."""
    return (held.folder / "issued.json").read_bytes()


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }

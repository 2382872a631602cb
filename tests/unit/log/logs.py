"""Keys, drafts and small logs for tests; every key comes from a fixed seed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.attest.log import appending, cosignature, ed25519, kinds, reading, trust
from verify.attest.log.appending import Draft
from verify.attest.log.entries import Opening
from verify.attest.log.note import COSIGNATURE, ED25519, Key
from verify.attest.log.reading import Log
from verify.attest.log.trust import Trust

ORIGIN = "log.example.org/truezero"
BODY = "body-017"
START = datetime(2027, 1, 10, 9, tzinfo=UTC)
WITNESSES = {"regulator": "witness.gov.example", "ngo": "watch.example.org", "campus": "log.uni.example"}
PLACE = {"codes": ["91150000000000001X"], "polygons": [], "sources": []}


def private(name: str) -> Ed25519PrivateKey:
    """The key of this name."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


LOG = private("log")
KEY = Key(ORIGIN, ED25519, ed25519.public_of(LOG))


def policy(least: str = "2", *, log: Key = KEY) -> bytes:
    """The policy that names the log and three witnesses."""
    lines = [f"log {log}"]
    lines += [
        f"witness {name} {Key(host, COSIGNATURE, ed25519.public_of(private(name)))}" for name, host in WITNESSES.items()
    ]
    return "\n".join([*lines, f"group some {least} {' '.join(WITNESSES)}", "quorum some", ""]).encode()


TRUST: Trust = trust.read(policy())
OPENED = {"engagement_id": "body-017/2026-0042", "park": "PX-1", "period": "2026", "scope": "whole"}
CONTENTS: dict[str, dict[str, Any]] = {
    kinds.OPENED: OPENED,
    kinds.SUBMISSION: {"facts_sha256": "01" * 32, "manifest_sha256": "02" * 32},
    kinds.HISTORY: {"root_sha256": "03" * 32},
    kinds.CHOICE: {"name": "nonce_sha256", "value": "04" * 32},
    kinds.VERDICT: {"opinion": "unmodified", "statement_sha256": "05" * 32, "verdicts": {"indicator.a": "met"}},
    kinds.TERMINATED: {"by": "park", "reason": "the park ended the contract"},
    kinds.SUPERSEDED: {"by": "body-017", "reason": "a meter was read again"},
    kinds.WITHDRAWN: {"by": "body-017", "reason": "evidence was forged"},
    kinds.RELEASE: {"name": "verifier.html", "sha256": "06" * 32},
    kinds.KEY: {"event": "added", "key": "07" * 32, "reason": "a new lead"},
}


def draft(kind: str, *, body: str = BODY, salt: str = "", **changes: Any) -> Draft:
    """A draft of this kind; links and deadline by name, everything else replaces members of the content."""
    links = {name: changes.pop(name) for name in ("deadline", "engagement", "about") if name in changes}
    if kind == kinds.OPENED:
        links.setdefault("deadline", "2027-06-30")
    content = CONTENTS[kind] | changes
    salted = hashlib.sha256(f"{body}{kind}{sorted(content.items())}{salt}".encode()).hexdigest()
    return Draft(Opening(body, kind, content, salted), **links)


def opened(number: int, body: str = BODY) -> Draft:
    """An opening that differs from the others."""
    return draft(kinds.OPENED, body=body, deadline="2099-12-31", engagement_id=f"{body}/2026-{number:04d}")


def new(folder: Path, *batches: list[Draft]) -> Log:
    """A log in a new folder, each batch appended a day after the one before."""
    appending.create(folder, ORIGIN, LOG)
    for at, drafts in enumerate(batches):
        appending.append(folder, LOG, drafts, START + timedelta(days=at))
    return reading.open_log(folder)


def cosigned(folder: Path, *names: str, at: datetime = START + timedelta(days=30)) -> Log:
    """The same log with the lines of these witnesses."""
    for name in names or WITNESSES:
        text = reading.open_log(folder).note.text
        appending.cosign(folder, text, cosignature.make(text, WITNESSES[name], private(name), int(at.timestamp())))
    return reading.open_log(folder)

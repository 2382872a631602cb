"""The sampling seed (L10): SHA-256 over the root of the tree that first holds the submission, then the verifier's nonce.

The digest of the nonce is logged before the submission, so the verifier cannot choose it when it knows what there is to sample;
the park does not know the nonce. The tree is that of all entries up to the submission's own: whoever has the log works the same
seed out at any later size. The salt of a submission follows from its content, so that nobody tries salts until a seed pleases.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.attest.log import entries, kinds, merkle, reading
from verify.attest.log.entries import Entry, Opening
from verify.attest.log.reading import Log
from verify.canonical import digest
from verify.errors import NotVerified

NONCE = 32  # octets
CHOICE = "nonce_sha256"  # name of the choice whose value is the digest of the nonce


@dataclass(frozen=True)
class Drawn:
    """A seed (64 hexadecimal digits) and what it follows from: entries of submission and choice, size and root of the tree."""

    seed: str
    submission: int
    choice: int
    size: int
    root: str
    nonce_sha256: str


def seed(root: bytes, nonce: bytes) -> str:
    """The seed of a root and a nonce of 32 octets each."""
    return hashlib.sha256(root + nonce).hexdigest()


def salt_of(body: str, content: Mapping[str, Any]) -> str:
    """The salt of a submission. Its digests cannot be guessed, so nothing is given away."""
    return digest({"body": body, "content": content, "kind": kinds.SUBMISSION})


def draw(log: Log, index: int, nonce: bytes, openings: Iterable[Opening] = ()) -> Drawn:
    """The seed for the submission at `index`; `openings`: texts that are not released yet.

    Raises NotVerified `log.seed_early` where the log has no such entry yet, `log.seed_no_submission` where the entry is
    another, or of no engagement, `log.seed_sealed` where a text that decides is missing, `log.seed_salt`, `log.seed_nonce` where
    no nonce or another was logged before the submission, `log.seed_twice` where more than one was.
    """
    if index >= log.size:
        raise NotVerified("log.seed_early", index=str(index), size=str(log.size))
    before = [(at, entries.read(data)) for at, data in zip(range(index + 1), log.entries(), strict=False)]
    own = before[index][1]
    if own.kind != kinds.SUBMISSION or own.engagement is None:
        raise NotVerified("log.seed_no_submission", index=str(index))
    given = {one.digest: one for one in openings}
    if (text := _text(log, index, own, given)).salt != salt_of(own.body, text.content):
        raise NotVerified("log.seed_salt", index=str(index))
    found = [(at, value) for at, one in before if (value := _nonce(log, at, one, own, given)) is not None]
    if len(found) > 1:
        raise NotVerified("log.seed_twice", index=str(found[1][0]))
    wanted = hashlib.sha256(nonce).hexdigest()
    if len(nonce) != NONCE or [value for _, value in found] != [wanted]:
        raise NotVerified("log.seed_nonce", index=str(index))
    root = merkle.root(index + 1, log.whole())
    return Drawn(seed(root, nonce), index, found[0][0], index + 1, root.hex(), wanted)


def _nonce(log: Log, at: int, entry: Entry, own: Entry, given: Mapping[str, Opening]) -> str | None:
    """The digest of a nonce that this entry logs for the engagement of `own`; None where it does not."""
    if (entry.kind, entry.body, entry.engagement) != (kinds.CHOICE, own.body, own.engagement):
        return None
    content = _text(log, at, entry, given).content
    return str(content["value"]) if content["name"] == CHOICE else None


def _text(log: Log, at: int, entry: Entry, given: Mapping[str, Opening]) -> Opening:
    data = log.released(at)
    if data is None and entry.digest in given:
        data = given[entry.digest].data()
    if data is None:
        raise NotVerified("log.seed_sealed", index=str(at))
    return reading.opens(entry, data, at)

"""The trust root of a bundle, held against the one that a reader brought along (attestation R1 to R4).

A bundle carries every version of the root that its publisher knew, from the first on; none of them is a source of anchors by
itself. What the reader holds decides: a newer version counts when it is chained to the held one, an older one is not used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.attest import root
from verify.attest.root import Root
from verify.canonical import canonical_bytes
from verify.errors import NotVerified

SHAPED = "trust/trusted_root.json"  # the newest version again, as other programs take it
_FILE = re.compile(r"trust/root\.([1-9][0-9]{0,5})\.dsse\.json", re.ASCII)


@dataclass(frozen=True)
class Held:
    """What a reader holds before reading: a root file, the SHA-256 of a root's payload, or both.

    With a digest alone, the root of that digest is taken from the bundle: it is the digest that is trusted.
    """

    file: bytes | None = field(default=None, repr=False)
    sha256: str | None = None


@dataclass(frozen=True)
class Trusted:
    """`root` names the anchors to judge by. `held` is the version that the reader brought, `sha256` that of its payload.

    `recognised`: the digest was given; else the file was accepted as the reader's own.
    """

    root: Root
    held: int
    sha256: str
    recognised: bool


def trusted(held: Held, members: Mapping[str, bytes]) -> Trusted:
    """The newest root that the held one leads to.

    Raises NotVerified: `bundle.root_absent`, `bundle.root_not_here`, `bundle.root_name`, `bundle.root_other`,
    `bundle.root_shape`, `attest.root_unknown`, and as `verify.attest.root.successor` does, where a version is missing,
    wrong, or not signed by the version before it.
    """
    files = _files(members)
    start = held.file if held.file is not None else _known(files, held.sha256)
    sha256 = root.payload_sha256(start)
    if held.sha256 not in {None, sha256}:
        raise NotVerified("attest.root_unknown")
    own, chain = root.own(start), _chain(files)
    newest = len(chain)
    if own.version == newest + 1:
        root.successor(chain[-1], start)
    elif own.version <= newest and files[own.version] != start:
        raise NotVerified("bundle.root_other", version=str(own.version))
    if members.get(SHAPED) != canonical_bytes(chain[-1].trusted):
        raise NotVerified("bundle.root_shape", member=SHAPED)
    return Trusted(chain[-1] if newest > own.version else own, own.version, sha256, held.sha256 is not None)


def _files(members: Mapping[str, bytes]) -> dict[int, bytes]:
    found = {int(match[1]): data for name, data in members.items() if (match := _FILE.fullmatch(name))}
    if not found:
        raise NotVerified("bundle.root_absent")
    return found


def _known(files: Mapping[int, bytes], sha256: str | None) -> bytes:
    """The file of the bundle whose payload has the digest that the reader holds."""
    for data in files.values():
        if root.payload_sha256(data) == sha256:
            return data
    raise NotVerified("bundle.root_not_here")


def _chain(files: Mapping[int, bytes]) -> list[Root]:
    """Every version from the first on, so that each signature can be held against the keys that made it."""
    found: list[Root] = []
    for version, data in sorted(files.items()):
        one = root.successor(found[-1], data) if found else root.first(data, root.payload_sha256(data))
        if not found and one.version != 1:
            raise NotVerified("attest.root_version", held="0", found=str(one.version))
        if one.version != version:
            raise NotVerified("bundle.root_name", named=str(version), version=str(one.version))
        found.append(one)
    return found

"""The two files of a commitment: the public one, and the one that the park keeps. RFC 8785 bytes, checked when read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.canonical import canonical_bytes, digest
from verify.errors import NotVerified, WrongUsage
from verify.history.leaf import KINDS, Leaf, Path
from verify.history.salts import SECRET_BYTES

PUBLIC_FORMAT, OPENING_FORMAT = "truezero-history/1", "truezero-history-opening/1"
_HEX = re.compile(r"[0-9a-f]{64}")
_HEAD = {"format", "park", "place", "ruler", "years", "base_year", "reporting_year", "leaves", "root"}


@dataclass(frozen=True)
class Public:
    """What everybody may see. `head`: park, place, ruler, years; `leaves`: (kind, name, year, label, sha256), sorted."""

    head: Mapping[str, Any]
    leaves: tuple[tuple[str, str, str, str, str], ...]
    root: str

    @property
    def park(self) -> str:
        """The id under which the park filed then."""
        return str(self.head["park"])

    @property
    def years(self) -> frozenset[str]:
        """The years that are frozen."""
        return frozenset(self.head["years"])


@dataclass(frozen=True)
class Opening:
    """What the park keeps: the secret, and what it committed to; leaves may be missing, then only equality can be told."""

    root: str
    secret: bytes
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Frozen:
    """A commitment, with its opening where the park hands it over."""

    public: Public
    opening: Opening | None = None


def public_document(head: Mapping[str, Any], leaves: list[tuple[str, str, str, str, str]]) -> dict[str, Any]:
    """The public file as a value; `root` is the digest of everything else in it."""
    names = ("kind", "name", "year", "label", "sha256")
    body = {"format": PUBLIC_FORMAT, **head, "leaves": [dict(zip(names, one, strict=True)) for one in sorted(leaves)]}
    return {**body, "root": digest(body)}


def public_bytes(public: Public) -> bytes:
    """The public file."""
    return canonical_bytes(public_document(public.head, list(public.leaves)))


def opening_bytes(opening: Opening) -> bytes:
    """The file that the park keeps."""
    leaves = [{"path": list(one.path), "content": one.content} for one in sorted(opening.leaves, key=lambda x: x.path)]
    return canonical_bytes(
        {"format": OPENING_FORMAT, "root": opening.root, "secret": opening.secret.hex(), "leaves": leaves}
    )


def read_public(data: bytes, file: str) -> Public:
    """Raises NotVerified `history.altered` where the root is not that of the rest, WrongUsage `history.unreadable`."""
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or set(plain) != _HEAD or plain["format"] != PUBLIC_FORMAT:
            raise _unreadable(file)
        leaves = [(one["kind"], one["name"], one["year"], one["label"], one["sha256"]) for one in plain["leaves"]]
        sound = all(one[0] in KINDS and _HEX.fullmatch(one[3]) and _HEX.fullmatch(one[4]) for one in leaves)
        head = {key: plain[key] for key in _HEAD - {"format", "leaves", "root"}}
        shaped = isinstance(head["place"], dict) and {"codes", "polygons"} == set(head["place"])
        if not sound or not shaped or not {"id", "sha256"} <= set(head["ruler"]):
            raise _unreadable(file)
        root = public_document(head, leaves)["root"]
    except (KeyError, TypeError, ValueError):
        raise _unreadable(file) from None
    if root != plain["root"] or len(leaves) != len({one[3] for one in leaves}):
        raise NotVerified("history.altered", file=file)
    return Public(head, tuple(sorted(leaves)), root)


def read_opening(data: bytes, file: str) -> Opening:
    """Raises WrongUsage `history.unreadable`."""
    try:
        plain = json.loads(data)
        if plain["format"] != OPENING_FORMAT:
            raise _unreadable(file)
        secret = bytes.fromhex(plain["secret"])
        leaves = tuple(Leaf(Path(*map(str, one["path"])), one["content"]) for one in plain["leaves"])
        root = str(plain["root"])
    except (KeyError, TypeError, ValueError):
        raise _unreadable(file) from None
    if len(secret) != SECRET_BYTES:
        raise _unreadable(file)
    return Opening(root, secret, leaves)


def _unreadable(file: str) -> WrongUsage:
    return WrongUsage("history.unreadable", file=file)

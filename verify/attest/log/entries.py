"""Entries: a public head, and a digest of the rest, which is released when the engagement allows (L9).

The head of every kind: body, its gapless number, kind, date; for an opening the deadline; and the numbers of the entries of the
same body that it belongs to, without which L1, L3 and L4 could not be judged before release. RFC 8785 bytes, one entry a leaf.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as day
from typing import Any

from verify.attest import shape
from verify.attest.log.contents import check_content
from verify.attest.log.kinds import KINDS, OPENED, OWN, REPLIES, SUBMISSION
from verify.attest.log.tiles import LARGEST
from verify.canonical import canonical_bytes, digest
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

FORMAT = "truezero-log/1"
OPENING = "truezero-log-opening/1"
SALT = 32  # octets of randomness before the rest; there are few plausible opinions
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_LONGEST = 256  # characters of a body's name


@dataclass(frozen=True)
class Entry:
    """`seq` is the number within the body, from 1. `engagement`: number of the opening that this belongs to; `about`: of the
    verdict that is superseded or withdrawn, or of a submission that came before its opening. `date`: UTC, by the log's clock."""

    body: str
    seq: int
    kind: str
    date: str
    digest: str
    deadline: str | None = None
    engagement: int | None = None
    about: int | None = None

    def data(self) -> bytes:
        """The octets of the leaf. Raises NotVerified `log.entry`."""
        found: dict[str, Any] = {
            "body": self.body,
            "body_seq": str(self.seq),
            "date": self.date,
            "digest": self.digest,
            "format": FORMAT,
            "kind": self.kind,
        }
        if self.deadline is not None:
            found["deadline"] = self.deadline
        for name, value in (("engagement", self.engagement), ("about", self.about)):
            if value is not None:
                found[name] = str(value)
        data = canonical_bytes(found)
        read(data)
        return data


@dataclass(frozen=True)
class Opening:
    """What opens an entry: the rest of it, and the salt, 64 hexadecimal digits."""

    body: str
    kind: str
    content: Mapping[str, Any]
    salt: str

    @property
    def digest(self) -> str:
        """The digest that stands in the head."""
        return digest({"body": self.body, "content": self.content, "kind": self.kind, "salt": self.salt})

    def data(self) -> bytes:
        """The octets of the file."""
        held = {"body": self.body, "content": self.content, "format": OPENING, "kind": self.kind, "salt": self.salt}
        return canonical_bytes(held)


def read(data: bytes) -> Entry:
    """The entry of a leaf. Raises NotVerified `log.entry`."""
    try:
        return _read(read_canonical(data[: LARGEST + 1]))  # one octet more is not canonical, and no leaf
    except ValueError as error:
        raise NotVerified("log.entry", detail=str(error)) from None


def read_opening(data: bytes) -> Opening:
    """The opening of a file, its content of the shape that its kind has. Raises NotVerified `log.opening`."""
    try:
        held = shape.members(read_canonical(data), "body", "content", "format", "kind", "salt")
        shape.one_of(held["format"], (OPENING,), "format")
        kind = shape.one_of(held["kind"], KINDS, "kind")
        check_content(kind, held["content"])
        return Opening(_body(held["body"]), kind, held["content"], shape.digest(held["salt"], "salt"))
    except ValueError as error:
        raise NotVerified("log.opening", detail=str(error)) from None


def _read(value: object) -> Entry:
    held = shape.members(
        value,
        *("body", "body_seq", "date", "digest", "format", "kind"),
        optional=("about", "deadline", "engagement"),
    )
    shape.one_of(held["format"], (FORMAT,), "format")
    kind = shape.one_of(held["kind"], KINDS, "kind")
    allowed = _links(kind)
    for name, (may, must) in allowed.items():
        if name in held and not may:
            raise ValueError(f"{name}: does not belong to {kind}")
        if must and name not in held:
            raise ValueError(f"{name}: belongs to {kind}")
    seq = _number(held["body_seq"], "body_seq")
    links = {name: _number(held[name], name) for name in ("engagement", "about") if name in held}
    if any(one >= seq for one in links.values()):
        raise ValueError("belongs to an entry that is not before it")
    deadline = held.get("deadline")
    if deadline is not None and (not isinstance(deadline, str) or day.fromisoformat(deadline).isoformat() != deadline):
        raise ValueError("deadline: no date")
    return Entry(
        _body(held["body"]),
        seq,
        kind,
        shape.moment(held["date"], "date"),
        shape.digest(held["digest"], "digest"),
        deadline,
        links.get("engagement"),
        links.get("about"),
    )


def _links(kind: str) -> dict[str, tuple[bool, bool]]:
    """Which links a kind may and must have. A submission without an engagement came before its opening (L1)."""
    opened, submitted = kind == OPENED, kind == SUBMISSION
    return {
        "deadline": (opened, opened),
        "engagement": (kind not in {OPENED, *REPLIES, *OWN}, kind not in {OPENED, *REPLIES, *OWN} and not submitted),
        "about": (opened or kind in REPLIES, kind in REPLIES),
    }


def _body(value: object) -> str:
    found = shape.text(value, "body")
    if len(found) > _LONGEST:
        raise ValueError("body: too long")
    return found


def _number(value: object, where: str) -> int:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError(f"{where}: no number")
    return int(value)

"""What the rest of an entry holds, by kind: digests and short texts, never reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verify.attest import shape
from verify.attest.log import kinds
from verify.attest.statement import OPINIONS, VERDICTS

_EVENTS = ("added", "rotated", "retired", "compromised")
_SPOT = 2  # longitude and latitude
_RING = 4  # positions of a closed ring at least, RFC 7946 3.1.6
_CORNERS = 256  # of one place: a reader lays places over each other, and a hostile one must not keep it busy
_DIGITS = 24  # characters of a degree


def check_content(kind: str, value: object) -> None:
    """Whether this is the rest of an entry of this kind. Raises ValueError with what is wrong and where."""
    _CHECKS[kind](value)


def _opened(value: object) -> None:
    held = shape.members(value, "engagement_id", "park", "period", "scope", optional=("place",))
    for name in ("engagement_id", "park", "period", "scope"):
        shape.text(held[name], name)
    if "place" in held:
        _place(held["place"])


def _place(value: object) -> None:
    """Credit codes, GeoJSON polygons with numbers as text, and [longitude, latitude] of sources."""
    held = shape.members(value, "codes", "polygons", "sources")
    for code in shape.items(held["codes"], "codes"):
        shape.text(code, "codes")
    if sum(_polygon(one) for one in shape.items(held["polygons"], "polygons")) > _CORNERS:
        raise ValueError("polygons: too many corners")
    for spot in shape.items(held["sources"], "sources"):
        _position(spot, "sources")


def _polygon(value: object) -> int:
    """The number of corners of a Polygon or MultiPolygon (RFC 7946 3.1.6, 3.1.7)."""
    held = shape.members(value, "coordinates", "type")
    several = shape.one_of(held["type"], ("Polygon", "MultiPolygon"), "polygons") == "MultiPolygon"
    areas = shape.items(held["coordinates"], "polygons") if several else [held["coordinates"]]
    rings = [ring for area in areas for ring in shape.items(area, "polygons", least=1)]
    corners = [corner for ring in rings for corner in shape.items(ring, "polygons", least=_RING)]
    for one in corners:
        _position(one, "polygons")
    return len(corners)


def _position(value: object, where: str) -> None:
    for number in shape.items(value, where, least=_SPOT, most=_SPOT):
        shape.decimal(number, where)
        if len(number) > _DIGITS:
            raise ValueError(f"{where}: too many digits")


def _verdict(value: object) -> None:
    held = shape.members(value, "opinion", "statement_sha256", "verdicts")
    shape.one_of(held["opinion"], OPINIONS, "opinion")
    shape.digest(held["statement_sha256"], "statement_sha256")
    if not isinstance(held["verdicts"], dict):
        raise ValueError("verdicts: no object")  # noqa: TRY004 - one kind of error for a wrong shape
    for item, verdict in held["verdicts"].items():
        shape.text(item, "verdicts")
        shape.one_of(verdict, VERDICTS, "verdicts")


def _choice(value: object) -> None:
    """One choice by name with its value as text; `nonce_sha256` is the digest of the verifier's sampling nonce (L10)."""
    held = shape.members(value, "name", "value")
    shape.word(held["name"], "name")
    shape.text(held["value"], "value")


def _key(value: object) -> None:
    held = shape.members(value, "event", "key", "reason")
    shape.one_of(held["event"], _EVENTS, "event")
    shape.text(held["key"], "key")
    shape.text(held["reason"], "reason")


def _texts(*names: str) -> Callable[[object], None]:
    """Exactly these members; SHA-256 where the name says so, else a text that is not empty (L4: a reason is said)."""

    def check(value: object) -> None:
        held: Mapping[str, Any] = shape.members(value, *names)
        for name in names:
            (shape.digest if name.endswith("sha256") else shape.text)(held[name], name)

    return check


_CHECKS: Mapping[str, Callable[[object], None]] = {
    kinds.OPENED: _opened,
    kinds.SUBMISSION: _texts("facts_sha256", "manifest_sha256"),
    kinds.HISTORY: _texts("root_sha256"),
    kinds.CHOICE: _choice,
    kinds.VERDICT: _verdict,
    kinds.TERMINATED: _texts("by", "reason"),
    kinds.SUPERSEDED: _texts("by", "reason"),
    kinds.WITHDRAWN: _texts("by", "reason"),
    kinds.RELEASE: _texts("name", "sha256"),
    kinds.KEY: _key,
}

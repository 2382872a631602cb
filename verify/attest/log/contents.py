"""What the rest of an entry holds, by kind: digests and short texts, never reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verify.attest import shape
from verify.attest.log import kinds
from verify.attest.statement import OPINIONS, VERDICTS

_EVENTS = ("added", "rotated", "retired", "compromised")
_SPOT = 2  # longitude and latitude
_DEEPEST = 12  # lists and objects within each other in the GeoJSON of a place


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
    """Credit codes, GeoJSON with numbers as text, and [longitude, latitude] of sources, as a commitment to a filing has them."""
    held = shape.members(value, "codes", "polygons", "sources")
    for code in shape.items(held["codes"], "codes"):
        shape.text(code, "codes")
    for one in shape.items(held["polygons"], "polygons"):
        if not isinstance(one, dict):
            raise ValueError("polygons: no GeoJSON")  # noqa: TRY004 - one kind of error for a wrong shape
        _geojson(one, _DEEPEST)
    for spot in shape.items(held["sources"], "sources"):
        for number in shape.items(spot, "sources", least=_SPOT, most=_SPOT):
            shape.decimal(number, "sources")


def _geojson(value: object, depth: int) -> None:
    """Names as text, positions as lists of decimal texts."""
    if not depth:
        raise ValueError("polygons: nested too deeply")
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name == "type":
                shape.text(part, "polygons")
            elif name in {"coordinates", "geometry", "geometries", "features"}:
                _geojson(part, depth - 1)
            elif name != "properties" or part:
                raise ValueError(f"polygons: {name} does not belong here")
        return
    listed = shape.items(value, "polygons")
    if listed and all(isinstance(one, str) for one in listed):
        for one in shape.items(listed, "polygons", least=_SPOT):
            shape.decimal(one, "polygons")
        return
    for one in listed:
        _geojson(one, depth - 1)


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

"""report.json of a bundle, read as far as its checks go: the shape of what they look at, nothing more.

The whole shape is docs/formats/report.schema.json; the digest that two people signed binds every byte. Here a report that
somebody signed and that is none is refused before anything is worked out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.bundle.canonical_members import read_json
from verify.bundle.refused import Refused
from verify.canonical import digest

NAME = "report.json"
FORMAT = "truezero-report/1"
_ONCE = {"items": ("item", "year"), "indicators": ("id",), "parameters": ("id",), "terms": ("term",)}
_TEXT = (str,)
_MAYBE = (str, type(None))
_WORDS = {"zh": _TEXT, "en": _TEXT}
_ITEM = {"item": _TEXT, "year": _TEXT, "unit": _TEXT, **dict.fromkeys(("claimed", "proven", "strict"), _MAYBE)}
_INDICATOR = {
    **dict.fromkeys(("id", "item", "year", "unit"), _TEXT),
    **dict.fromkeys(("value", "proven_value", "verdict"), _MAYBE),
    "title": _WORDS,
}
_FACTS: Mapping[str, Any] = {
    "format": _TEXT,
    "park": {"id": _TEXT, "kind": _TEXT, "names": {}},
    "ruler": {"id": _TEXT, "sha256": _TEXT, "title": _WORDS},
    "role": _TEXT,
    "year": _TEXT,
    "headline": {"item": _TEXT, "year": _TEXT, "verdict": _MAYBE, "opinion": _TEXT},
    "items": [_ITEM],
    "indicators": [_INDICATOR],
    "parameters": [{"id": _TEXT, "chosen": _TEXT}],
    "terms": [{"term": _TEXT, "tco2": _MAYBE}],
    "opinion": {"value": _TEXT, "assurance": _MAYBE},
}
_REPORT: Mapping[str, Any] = {
    "facts": _FACTS,
    "places": {},
    "withheld": [{"path": _TEXT, "state": _TEXT, "reason": {"key": _TEXT, "arguments": {}}, "count": _TEXT}],
    "withheld_share": _TEXT,
}


@dataclass(frozen=True)
class Published:
    """The public report: `document` is all of report.json, `sha256` the digest of its facts."""

    document: Mapping[str, Any]
    sha256: str

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts after disclosure."""
        found: Mapping[str, Any] = self.document["facts"]
        return found

    @property
    def withheld(self) -> Sequence[Mapping[str, Any]]:
        """What the report says that it keeps back."""
        found: Sequence[Mapping[str, Any]] = self.document["withheld"]
        return found


def read_report(data: bytes) -> Published:
    """The report of these bytes. Raises `Refused`: `not_canonical`, `not_a_report` with the place that does not fit."""
    document = read_json(data, NAME)
    _fit(document, _REPORT, "")
    if document.keys() != _REPORT.keys() or document["facts"]["format"] != FORMAT:
        raise Refused("not_a_report", "E10", member=NAME, where="format")
    for section, key in _ONCE.items():  # of two rows of one name, each reader would take another
        rows = [tuple(row[name] for name in key) for row in document["facts"][section]]
        if len(set(rows)) != len(rows):
            raise Refused("not_a_report", "E10", member=NAME, where=section)
    try:
        return Published(document, digest(document["facts"]))
    except RecursionError:
        raise Refused("not_a_report", "E10", member=NAME, where="facts") from None


def _fit(value: object, shape: Any, where: str) -> None:
    """A mapping has at least the named members, a list has rows of one shape, a leaf is of one of its types."""
    if isinstance(shape, Mapping):
        if not isinstance(value, dict) or shape.keys() - value.keys():
            raise Refused("not_a_report", "E10", member=NAME, where=where or "facts")
        for name, inner in shape.items():
            _fit(value[name], inner, f"{where}.{name}" if where else name)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Refused("not_a_report", "E10", member=NAME, where=where)
        for row in value:
            _fit(row, shape[0], where)
    elif not isinstance(value, shape):
        raise Refused("not_a_report", "E10", member=NAME, where=where)

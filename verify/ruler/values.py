"""Dated, cited values (rules/factors, or `values` of a ruler) and how one is chosen for a year.

A value is held as a rational in the base unit of its ratio (GJ/10^4Nm3 becomes GJ/10^3Nm3); the printed text stays beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.ruler.marks import Marked, Path_

_HEADER = {"set", "title", "documents", "defaults", "values"}
_ENTRY = {"value", "from", "until", "published", "confidence", "cite", "note", "id", "kind", "title"}
_VALUE = _ENTRY | {
    "unit",
    "entries",
    "candidates",
    "low",
    "high",
    "covers_carbon_of",
    "not_for",
    "tce_consistent_ncv",
    "same_as",
    "for",
}
_CONFIDENCE = ("primary", "secondary", "derived", "unconfirmed")
_KINDS = ("by_data_date", "fixed_by_text", "measured")


@dataclass(frozen=True)
class Entry:
    """One printed number with its window of data dates (ISO texts, '' = open) and its source."""

    printed: str
    value: Fraction
    since: str
    until: str
    published: str
    confidence: str
    cite: dict[str, str]
    id: str = ""

    def covers(self, year: str) -> bool:
        """Whether the number applies to data of `year`."""
        return (not self.since or self.since[:4] <= year) and (not self.until or year <= self.until[:4])


@dataclass(frozen=True)
class Value:
    """A value of the law under its id; `entries` by date, or `candidates` where the law leaves a choice."""

    id: str
    unit: str
    kind: str
    title: dict[str, str]
    entries: tuple[Entry, ...]
    candidates: tuple[Entry, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    covers_carbon_of: tuple[str, ...] = ()
    mark: tuple[str, int, int] = field(default=("", 1, 1), compare=False)

    def at(self, year: str) -> Entry | None:
        """The entry for data of `year`, if any."""
        return next((entry for entry in self.entries if entry.covers(year)), None)

    def plain(self) -> dict[str, Any]:
        """As canonical data, for the digest of a ruler."""
        return {
            "id": self.id,
            "unit": self.unit,
            "kind": self.kind,
            "entries": [_plain(entry) for entry in self.entries],
            "candidates": [_plain(entry) for entry in self.candidates],
            "low": str(self.low) if self.low is not None else "",
            "high": str(self.high) if self.high is not None else "",
            "covers_carbon_of": list(self.covers_carbon_of),
        }


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "printed": entry.printed,
        "since": entry.since,
        "until": entry.until,
        "published": entry.published,
        "confidence": entry.confidence,
        "cite": entry.cite,
        "id": entry.id,
    }


def read_values(marked: Marked, *, prefix: str = "", root: Path_ = ("values",)) -> tuple[dict[str, Value], list[Any]]:
    """The values of one file, and every problem found in it (`Problem`s, none if it is sound).

    `prefix` is put before each id (the set id of a factor file); the values of a ruler have none.
    """
    reader = _Values(marked, root)
    data = marked.data
    for part in root:
        data = data.get(part, {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict):
        return {}, [marked.problem(root, "ruler.not_mapping")]
    defaults = marked.data.get("defaults", {}) if root == ("values",) and prefix else {}
    found = {}
    for name, body in data.items():
        identifier = f"{prefix}.{name}" if prefix else name
        value = reader.value(identifier, (*root, name), body, defaults)
        if value is not None:
            found[identifier] = value
    return found, reader.problems


class _Values:
    def __init__(self, marked: Marked, root: Path_) -> None:
        self.marked = marked
        self.root = root
        self.problems: list[Any] = []

    def value(self, identifier: str, path: Path_, body: Any, defaults: dict[str, Any]) -> Value | None:
        if not isinstance(body, dict):
            self._say(path, "ruler.not_mapping")
            return None
        for key in body:
            if key not in _VALUE:
                self._say((*path, key), "ruler.unknown_key", key=key)
        if "unit" not in body:
            self._say(path, "ruler.missing_key", key="unit")
            return None
        scale = self._scale((*path, "unit"), body["unit"])
        if scale is None:
            return None
        common = {
            **defaults,
            **{key: body[key] for key in body if key in {"kind", "confidence", "cite", "published", "from", "until"}},
        }
        kind = common.get("kind", "by_data_date")
        if kind not in _KINDS:
            self._say((*path, "kind"), "ruler.not_one_of", value=kind, allowed=", ".join(_KINDS))
        if "entries" in body:
            raw = [((*path, "entries", i), {**common, **one}) for i, one in enumerate(body["entries"])]
        elif body.get("value") is not None:
            raw = [(path, {**common, "value": body["value"]})]
        else:
            raw = []
        entries = [entry for place, one in raw if (entry := self._entry(place, one, scale))]
        candidates = [
            entry
            for i, one in enumerate(body.get("candidates", []))
            if (entry := self._entry((*path, "candidates", i), {**common, **one}, scale))
        ]
        line, column = self.marked.place(path)
        return Value(
            id=identifier,
            unit=body["unit"],
            kind=kind,
            title=body.get("title") or {"zh": identifier, "en": identifier},
            entries=tuple(entries),
            candidates=tuple(candidates),
            low=self._number((*path, "low"), body["low"], scale) if body.get("low") is not None else None,
            high=self._number((*path, "high"), body["high"], scale) if body.get("high") is not None else None,
            covers_carbon_of=tuple(body.get("covers_carbon_of") or ()),
            mark=(self.marked.file, line, column),
        )

    def _entry(self, path: Path_, body: dict[str, Any], scale: Fraction) -> Entry | None:
        for key in body:
            if key not in _ENTRY:
                self._say((*path, key), "ruler.unknown_key", key=key)
        if "value" not in body:
            self._say(path, "ruler.missing_key", key="value")
            return None
        number = self._number((*path, "value"), body["value"], scale)
        if number is None:
            return None
        confidence = body.get("confidence", "")
        if confidence not in _CONFIDENCE:
            self._say(path, "ruler.not_one_of", value=confidence, allowed=", ".join(_CONFIDENCE))
        cite = body.get("cite") or {}
        if not cite.get("document"):
            self._say(path, "ruler.no_citation")
        return Entry(
            printed=str(body["value"]),
            value=number,
            since=str(body.get("from") or ""),
            until=str(body.get("until") or ""),
            published=str(body.get("published") or ""),
            confidence=confidence,
            cite={key: text for key, text in cite.items() if isinstance(text, str)},
            id=str(body.get("id") or ""),
        )

    def _number(self, path: Path_, text: Any, scale: Fraction) -> Fraction | None:
        try:
            return Fraction(str(text)) * scale
        except (ValueError, ZeroDivisionError):
            self._say(path, "ruler.not_a_number", value=str(text))
            return None

    def _scale(self, path: Path_, unit: str) -> Fraction | None:
        from verify.errors import WrongUsage

        try:
            return unit_scale(unit)
        except WrongUsage as error:
            self._say(path, error.key, **error.arguments)
            return None

    def _say(self, path: Path_, message: str, /, **arguments: object) -> None:
        self.problems.append(self.marked.problem(path, message, **arguments))


def unit_scale(unit: str) -> Fraction:
    """What a number in `unit` (simple, or a ratio such as GJ/10^4Nm3) is worth in base units. `WrongUsage` if unknown."""
    from verify.units import Units

    return Units.standard().measure(unit).to_base

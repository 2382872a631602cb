"""Dated, cited values (rules/factors, or `values` of a ruler) and how one is chosen for a year.

A value is held as a rational in the base unit of its ratio (GJ/10^4Nm3 becomes GJ/10^3Nm3); the printed text stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.ruler.marks import Marked, Path_
from verify.ruler.refused import shown

_HEADER = {"set", "title", "documents", "defaults", "values"}
_ENTRY = {"value", "from", "until", "published", "effect", "confidence", "cite", "note", "id", "kind", "title"}
_COMMON = {"kind", "confidence", "cite", "published", "effect", "from", "until"}  # of a value, for all its numbers
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
    "about",
}
_MAPPINGS = {"cite", "title", "about", "tce_consistent_ncv", "note", "not_for"}
_LISTS = {"entries", "candidates", "covers_carbon_of"}
_TEXTS = {"unit", "value", "kind", "confidence", "published", "from", "until", "effect", "low", "high", "id"}
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:/\d{1,40})?")  # no exponent: 1e999999999 would be computed
_LONGEST_UNIT = 80
_CONFIDENCE = ("primary", "secondary", "derived", "unconfirmed")
ABOUT = ("subject", "kind", "place", "carrier", "product", "property", "serves")
_KINDS = ("by_data_date", "fixed_by_text", "measured")
_EFFECTS = ("data_year", "any_year")  # of a year, published after it; of data of any year, also before publication


@dataclass(frozen=True)
class Entry:
    """One printed number with its window of data dates (ISO texts, '' = open) and its source.

    `effect` states why a number applies to data from before its publication: ``data_year`` (it is of that year) or
    ``any_year`` (it is a default of data of any year).
    """

    printed: str
    value: Fraction
    since: str
    until: str
    published: str
    confidence: str
    cite: dict[str, str]
    id: str = ""
    effect: str = ""

    def covers(self, year: str) -> bool:
        """Whether the number applies to data of `year`."""
        return (not self.since or self.since[:4] <= year) and (not self.until or year <= self.until[:4])


@dataclass(frozen=True)
class Value:
    """A value of the law under its id; `entries` by date, or `candidates` where the law leaves a choice.

    `about` says what the number is of, so that a filed number can be named: subject, kind, place, carrier, property, and what
    it serves where that is no inventory. ``{1}`` in it stands for the first dotted part of the value's name in its file.
    """

    id: str
    unit: str
    kind: str
    title: dict[str, str]
    entries: tuple[Entry, ...]
    candidates: tuple[Entry, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    covers_carbon_of: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    cite: Mapping[str, str] = field(default_factory=dict)  # of a range, or of a number that the law does not print
    not_for: bool = False  # kept to be known again, used by no inventory
    consistent_ncv: tuple[str, str] | None = None  # the heat value printed beside a coefficient, with its unit
    mark: tuple[str, int, int] = field(default=("", 1, 1), compare=False)

    def at(self, year: str) -> Entry | None:
        """The entry for data of `year`, if any."""
        return next((entry for entry in self.entries if entry.covers(year)), None)

    def newest(self, year: str) -> Entry | None:
        """The entry whose window ends last before `year`, if any."""
        before = [entry for entry in self.entries if entry.until and entry.until[:4] < year]
        return max(before, key=lambda entry: entry.until, default=None)

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
            "about": dict(self.about),
            **({"cite": dict(self.cite)} if self.cite else {}),
        }


def _printed_ncv(body: Any) -> tuple[str, str] | None:
    if not isinstance(body, dict) or not {"value", "unit"} <= body.keys():
        return None
    return str(body["value"]), str(body["unit"])


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "printed": entry.printed,
        "since": entry.since,
        "until": entry.until,
        "published": entry.published,
        "confidence": entry.confidence,
        "cite": entry.cite,
        "id": entry.id,
        **({"effect": entry.effect} if entry.effect else {}),
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
        if not self._shaped(path, body):
            return None
        if "unit" not in body:
            self._say(path, "ruler.missing_key", key="unit")
            return None
        scale = self._scale((*path, "unit"), body["unit"])
        if scale is None:
            return None
        common = {
            **{key: one for key, one in defaults.items() if key != "about"},
            **{key: body[key] for key in body if key in _COMMON},
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
            about=self._about(path, {**(defaults.get("about") or {}), **(body.get("about") or {})}),
            cite={}
            if raw or candidates
            else {key: one for key, one in (common.get("cite") or {}).items() if isinstance(one, str)},
            not_for=bool(body.get("not_for")),
            consistent_ncv=_printed_ncv(body.get("tce_consistent_ncv")),
            mark=(self.marked.file, line, column),
        )

    def _about(self, path: Path_, said: dict[str, Any]) -> dict[str, str]:
        parts = str(path[-1]).split(".")
        found = {}
        for key, text in said.items():
            if key not in ABOUT:
                self._say((*path, "about", key), "ruler.unknown_key", key=key)
            for number, part in enumerate(parts, 1):
                text = str(text).replace(f"{{{number}}}", part)
            found[key] = text
        return found

    def _shaped(self, path: Path_, body: dict[str, Any]) -> bool:
        """Whether each part of a value is of the kind that it must be; what is not is said with its place."""
        before = len(self.problems)
        for key, one in body.items():
            if key in _MAPPINGS and not isinstance(one, dict):
                self._say((*path, key), "ruler.not_mapping")
            elif key in _LISTS and not isinstance(one, list):
                self._say((*path, key), "ruler.not_a_list", key=key)
            elif key in {"entries", "candidates"}:
                for place, entry in enumerate(one):
                    if not isinstance(entry, dict):
                        self._say((*path, key, place), "ruler.not_mapping")
                    elif "cite" in entry and not isinstance(entry["cite"], dict):
                        self._say((*path, key, place, "cite"), "ruler.not_mapping")
            elif key in _TEXTS and (isinstance(one, dict | list) or (key == "unit" and not isinstance(one, str))):
                self._say((*path, key), "ruler.not_text", key=key)
        return len(self.problems) == before

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
        effect = str(body.get("effect") or "")
        if effect and effect not in _EFFECTS:
            self._say((*path, "effect"), "ruler.not_one_of", value=effect, allowed=", ".join(_EFFECTS))
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
            effect=effect,
        )

    def _number(self, path: Path_, text: Any, scale: Fraction) -> Fraction | None:
        number = number_of(text)
        if number is None:
            self._say(path, "ruler.not_a_number", value=shown(text))
            return None
        return number * scale

    def _scale(self, path: Path_, unit: str) -> Fraction | None:
        from verify.errors import WrongUsage

        try:
            return unit_scale(unit)
        except WrongUsage as error:
            self._say(path, error.key, **error.arguments)
            return None

    def _say(self, path: Path_, message: str, /, **arguments: object) -> None:
        self.problems.append(self.marked.problem(path, message, **arguments))


def number_of(text: object) -> Fraction | None:
    """A decimal or a quotient as a rational; None for anything else."""
    if not isinstance(text, str) or _NUMBER.fullmatch(text.strip()) is None:
        return None
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        return None


def unit_scale(unit: str) -> Fraction:
    """What a number in `unit` (simple, or a ratio such as GJ/10^4Nm3) is worth in base units. `WrongUsage` if unknown."""
    from verify.errors import WrongUsage
    from verify.units import Units

    if len(unit) > _LONGEST_UNIT:
        raise WrongUsage("units.unknown", text=shown(unit))
    return Units.standard().measure(unit).to_base

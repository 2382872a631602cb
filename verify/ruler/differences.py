"""Where two rulers differ, entry by entry, and which of the two is the stricter one.

An entry is what a person calls one rule: an indicator, an open point, a line rule, a check, a value. Words and citations are
no difference here; which way is stricter the ``directions`` of the rulers say, and nothing where they are silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from verify.ruler.directions import Directions, name_of, stricter
from verify.ruler.founding import founding_values
from verify.ruler.marks import Path_
from verify.ruler.relation import relation
from verify.ruler.resolved import Ruler
from verify.ruler.value_order import stricter_value
from verify.ruler.values import Value

At = tuple[str, ...]
Kind = Literal["both", "only_a", "only_b"]
Side = Literal["", "a", "b"]
_WORDS = {
    "title",
    "cite",
    "note",
    "open",
    "confidence",
    "alias",
}  # what an entry is called and where it stands, not what it says
_ENTRIES = (
    ("parameters",),
    ("indicators",),
    ("processes",),
    ("checks",),
    ("divergence",),
    ("method", "factors"),
    ("method", "items"),
)
_LISTS = (("method", "lines"), ("claims",), ("opinion", "rows"), ("sensitivities",))
_WHOLE = (
    ("boundary",),
    ("baseline",),
    ("method", "own_intensity"),
    ("method", "certificates"),
    ("attestation",),
    ("opinion", "assurance"),
    ("opinion", "materiality"),
)
_NAMES = ("id", "needs", "reason", "value")  # by which entries of a list are told apart
_LIMITS = ("limit",)
_BY_COMPARISON = {"<=": "lower", ">=": "higher"}


@dataclass(frozen=True)
class Difference:
    """`at` names the entry in both rulers; `stricter` the side that is stricter there, '' where no order is known.

    `fields`: the parts of the entry that are not alike.
    """

    at: At
    kind: Kind
    stricter: Side = ""
    fields: tuple[At, ...] = ()


def differences(a: Ruler, b: Ruler, carriers: Collection[str]) -> list[Difference]:
    """Every entry that is not alike, in the order of the rulers. `carriers`: what ``{carrier}`` may stand for."""
    parts = [dict(_parts(ruler, carriers)) for ruler in (a, b)]
    judge = _Judge(a, b)
    found = []
    for at in dict.fromkeys([*parts[0], *parts[1]]):
        if at[:2] == ("method", "factors") and len({at in one for one in parts}) > 1 and _alike(a, b, at):
            continue  # both have it, the rules of one side do not use it: the rules are told
        if at not in parts[1]:
            found.append(Difference(at, "only_a"))
        elif at not in parts[0]:
            found.append(Difference(at, "only_b"))
        elif parts[0][at] != parts[1][at]:
            fields = tuple(judge.unlike(parts[0][at], parts[1][at], at))
            if fields:
                found.append(Difference(at, "both", judge.side(fields, parts[0], parts[1], at), fields))
    return found


def entry(plain: Mapping[str, Any], at: At) -> Any:
    """The entry of a ruler's plain text at a path of keys and ids; None where it is not there."""
    found: Any = plain
    for part in at:
        if isinstance(found, list):
            found = next((one for one in found if name_in(one) == part), None)
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _alike(a: Ruler, b: Ruler, at: At) -> bool:
    """Whether both rulers write a factor in the same way."""
    mine, theirs = (entry(one.text.model_dump(mode="json"), at) for one in (a, b))
    return mine is not None and theirs is not None and bool(_bare(mine, a) == _bare(theirs, b))


def _parts(ruler: Ruler, carriers: Collection[str]) -> Iterator[tuple[At, Any]]:
    plain = ruler.text.model_dump(mode="json")
    used = {name for line in ruler.text.method.lines for name in (*line.factor, line.default) if name}
    for head in _ENTRIES:
        for name, body in (entry(plain, head) or {}).items():
            if head != ("method", "factors") or name in used:
                yield (*head, name), _bare(body, ruler)
    for head in _LISTS:
        for body in entry(plain, head) or []:
            yield (*head, name_in(body)), _bare(body, ruler)
    for at in _WHOLE:
        body = entry(plain, at)
        if body not in (None, ""):
            yield at, _bare(body, ruler)
    for key, body in plain["disclosure"].items():
        if key != "cite" and body:
            yield ("disclosure", key), _bare(sorted(body) if isinstance(body, list) else body, ruler)
    yield from _values(ruler, carriers)


def _printed(value: Value) -> dict[str, Any]:
    """The numbers of a value, without what it is called and where it stands."""
    entries = [[str(one.value), one.since, one.until] for one in value.entries]
    candidates = sorted(str(one.value) for one in value.candidates)
    return {"entries": entries, "candidates": candidates, "range": [str(value.low), str(value.high)]}


def _numbered(ruler: Ruler, data: Any) -> Any:
    """Data of a ruler with the numbers of its values in the place of their names."""
    if isinstance(data, Mapping):
        return {key: _numbered(ruler, one) for key, one in data.items()}
    if isinstance(data, list):
        return [_numbered(ruler, one) for one in data]
    value = ruler.values.get(ruler.bound(data)) if isinstance(data, str) else None
    return data if value is None else _printed(value)


def _values(ruler: Ruler, carriers: Collection[str]) -> Iterator[tuple[At, Any]]:
    """The numbers that found a result and are no limit (those stand with their indicator)."""
    limits = {one.limit for one in ruler.text.indicators.values()}
    limits |= {size.limit for one in ruler.text.indicators.values() for size in one.classes}
    founding = founding_values(ruler, carriers)
    for name, value in ruler.values.items():
        if value.id in founding and name not in limits and (name == value.id or name in ruler.text.values):
            yield ("values", name), _printed(value)


def _bare(data: Any, ruler: Ruler) -> Any:
    """What an entry says, without its words; a limit by its number, lists of entries by their names."""
    if isinstance(data, Mapping):
        return {
            key: _limit(ruler, one) if key in _LIMITS else _bare(one, ruler)
            for key, one in data.items()
            if key not in _WORDS and key not in _NAMES
        }
    if isinstance(data, list) and data and all(name_in(one) for one in data):
        return {name_in(one): _bare(one, ruler) for one in data}
    return data


def _limit(ruler: Ruler, identifier: str) -> Any:
    value = ruler.values.get(ruler.bound(identifier))
    return [[str(one.value), one.since, one.until] for one in value.entries] if value is not None else identifier


class _Judge:
    """Says which side is stricter; by the directions of the lower ruler, or by those that both rulers agree on."""

    def __init__(self, a: Ruler, b: Ruler) -> None:
        self.rulers = (a, b)
        how = relation(a, b)
        tables = [b] if how == "base" else [a] if how == "layer" else [a, b]
        self._directions = [Directions(one.text.directions) for one in tables]

    def unlike(self, one: Any, other: Any, at: At) -> Iterator[At]:
        """The smallest parts that are not alike; the same number under another name is alike."""
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            for key in dict.fromkeys([*one, *other]):
                if one.get(key) != other.get(key):
                    yield from self.unlike(one.get(key), other.get(key), (*at, str(key)))
        elif _numbered(self.rulers[0], one) != _numbered(self.rulers[1], other):
            yield at

    def side(self, fields: tuple[At, ...], one: Mapping[At, Any], other: Mapping[At, Any], at: At) -> Side:
        """The side that is stricter in every field; '' where the fields disagree or have no order."""
        sides = {
            self._field(field, _at(one[at], field[len(at) :]), _at(other[at], field[len(at) :])) for field in fields
        }
        return sides.pop() if len(sides) == 1 else ""

    def _field(self, field: At, mine: Any, theirs: Any) -> Side:
        if field[0] == "values" and len(field) > 1:
            return self._value(field[:2])
        direction = self._direction(field)
        if (mine is None) != (theirs is None) and direction in ("superset", "subset"):
            return "b" if (mine is None) == (direction == "superset") else "a"
        if direction == "by_comparison" or field[-1] in _LIMITS:
            if not mine or not theirs:  # a limit where the other side has none
                return "b" if theirs else "a"
            indicators = [one.text.indicators.get(field[1]) for one in self.rulers]
            signs = {one.comparison for one in indicators if one is not None}
            direction = _BY_COMPARISON.get(signs.pop(), "fixed") if len(signs) == 1 else "fixed"
            mine, theirs = _number(mine), _number(theirs)
        if direction in ("superset", "subset") and isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            mine, theirs = list(mine), list(theirs)
        a, b = (
            one.values.get(one.bound(text)) if isinstance(text, str) else None
            for one, text in zip(self.rulers, (mine, theirs), strict=True)
        )
        if a is not None and b is not None:
            return self._ordered(stricter_value(direction, a, b), stricter_value(direction, b, a))
        return self._ordered(stricter(direction, mine, theirs), stricter(direction, theirs, mine))  # type: ignore[arg-type]

    def _value(self, at: At) -> Side:
        direction = self._direction(at)
        if direction not in ("lower", "higher"):
            return ""
        a, b = (one.values[at[1]] for one in self.rulers)
        return self._ordered(stricter_value(direction, a, b), stricter_value(direction, b, a))

    def _direction(self, field: At) -> str:
        said = {one.at(field) for one in self._directions}
        if said == {"fixed"} or len(said) > 1:
            said = {one.at(field[:-1]) for one in self._directions} if field[-2:-1] == ("readings",) else said
        return said.pop() if len(said) == 1 else "fixed"

    @staticmethod
    def _ordered(b_is: bool | None, a_is: bool | None) -> Side:
        if b_is is None or a_is is None or b_is == a_is:
            return ""
        return "b" if b_is else "a"


def _at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _number(limit: Any) -> str | None:
    """The one number of a limit as exact text."""
    numbers = {one[0] for one in limit} if isinstance(limit, list) else set()
    return str(Fraction(numbers.pop())) if len(numbers) == 1 else None


def name_in(body: Any) -> str:
    """What an entry of a list is called; '' for anything else."""
    if not isinstance(body, Mapping):
        return ""
    if "holds" in body and "reason" in body:  # a reason may stand in several rows
        return f"{body['reason']}.{body['opinion']}"
    if "needs" in body and body.get("words"):
        return f"{body['needs']}.{body['words'][0]}"
    return name_of(body) or next((str(body[key]) for key in _NAMES if body.get(key)), "")

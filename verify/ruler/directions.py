"""Which way is stricter: the table ``directions`` of a ruler, and the orders that it speaks of.

A pattern is a path of keys and ids, ``*`` stands for one of them: ``checks.*.severity: higher``. The pattern with the most names
decides. What no pattern names is fixed. A direction is a statement of the ruler about itself, and each one was read against
the code that uses the value (docs/formats/layers.md): ``rounding`` of a check looks like a tolerance and is not in the table,
because a smaller one explains less and accuses less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.ruler.overrides import Direction

ANY = "*"
# Words with an order: what is above each of them. A question and a warning have none: a warning weighs more on the exit code,
# a question more on the opinion, so that turning one into the other would loosen something.
ABOVE: dict[str, frozenset[str]] = {
    "note": frozenset({"question", "warning", "error"}),
    "question": frozenset({"error"}),
    "warning": frozenset({"error"}),
    "error": frozenset(),
    "limited": frozenset({"reasonable"}),
    "reasonable": frozenset(),
}


class Directions:
    """The table of one ruler."""

    def __init__(self, table: Mapping[str, Direction]) -> None:
        self.table = table

    def pattern(self, path: Sequence[str]) -> str:
        """The pattern that decides for a path; '' where none matches."""
        found = [one for one in self.table if matches(one, path)]
        return max(found, key=lambda one: (sum(part != ANY for part in one.split(".")), one), default="")

    def at(self, path: Sequence[str]) -> Direction:
        """The direction of what stands at a path."""
        return self.table.get(self.pattern(path), "fixed")

    def of_addition(self, path: Sequence[str]) -> Direction:
        """Whether something may be added at a path: what is said of the path by name, else of what it is added to."""
        own = self.pattern(path)
        if own and not own.endswith(ANY):
            return self.table[own]
        return self.at(path[:-1])


_MAY = {"higher": "may_rise", "lower": "may_fall", "superset": "may_grow", "subset": "may_shrink"}


def may(table: Mapping[str, Direction], code: str, params: Mapping[str, Any]) -> dict[str, str]:
    """Which way a layer may move a check: its severity and those of its parameters that may move at all."""
    directions = Directions(table)
    paths = {"severity": ("checks", code, "severity"), **{name: ("checks", code, "params", name) for name in params}}
    for name, body in params.items():
        if isinstance(body, Mapping):
            paths |= {f"{name}.{key}": (*paths[name], key) for key in body}
    found = {name: directions.at(path) for name, path in paths.items()}
    return {name: _MAY[direction] for name, direction in found.items() if direction in _MAY}


def matches(pattern: str, path: Sequence[str]) -> bool:
    """Whether a pattern names a path. A key may hold dots itself (``values.practice.materiality``)."""
    return _fits(pattern.split("."), list(path))


def _fits(parts: list[str], path: list[str]) -> bool:
    if not parts or not path:
        return not parts and not path
    if parts[0] == ANY and _fits(parts[1:], path[1:]):
        return True
    return any(".".join(parts[:size]) == path[0] and _fits(parts[size:], path[1:]) for size in range(1, len(parts) + 1))


def speaks(pattern: str, data: Any) -> bool:
    """Whether a pattern names anything in plain data."""
    return _stands(pattern.split("."), data)


def _stands(parts: list[str], data: Any) -> bool:
    if not parts:
        return True
    held = {name_of(one): one for one in data if name_of(one)} if isinstance(data, list) else data
    if not isinstance(held, Mapping):
        return False
    if parts[0] == ANY and any(_stands(parts[1:], one) for one in held.values()):
        return True
    keys = ((size, ".".join(parts[:size])) for size in range(1, len(parts) + 1))
    return any(key in held and _stands(parts[size:], held[key]) for size, key in keys)


def name_of(entry: Any) -> str:
    """What an entry of a list is called: its id, or what a rule of claims needs; '' for a text and an entry without a name."""
    if not isinstance(entry, Mapping):
        return ""
    return str(entry.get("id") or entry.get("needs") or "")


def stricter(direction: Direction, theirs: Any, own: Any) -> bool | None:
    """Whether `own` is as strict as `theirs` or stricter; None where the two have no order."""
    if direction in ("superset", "subset"):
        if not isinstance(theirs, list) or not isinstance(own, list):
            return None
        here, below = {str(one) for one in own}, {str(one) for one in theirs}
        return here >= below if direction == "superset" else here <= below
    if direction not in ("lower", "higher"):
        return None
    if theirs in ABOVE and own in ABOVE and direction == "higher":
        return True if own == theirs or own in ABOVE[theirs] else False if theirs in ABOVE[own] else None
    first, second = number(theirs), number(own)
    if first is None or second is None:
        return None
    return second <= first if direction == "lower" else second >= first


def number(value: Any) -> Fraction | None:
    """A number as it is printed; false and true are 0 and 1."""
    if isinstance(value, bool | int):
        return Fraction(int(value))
    try:
        return Fraction(value) if isinstance(value, str) else None
    except (ValueError, ZeroDivisionError):
        return None

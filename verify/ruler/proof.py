"""Whether a layer only tightens (DESIGN 5.4): every move held against the directions of the ruler below, one by one.

A move that cannot be proved is refused; a refusal names both places, both values and both citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from verify.errors import Problem
from verify.ruler.directions import Directions, stricter
from verify.ruler.directions import number as _number
from verify.ruler.laid import Laid, Move
from verify.ruler.overrides import Direction, How, Override, Source
from verify.ruler.reach import comparisons
from verify.ruler.severity_order import errors_outweigh_questions
from verify.ruler.value_order import stricter_value
from verify.ruler.values import Value

if TYPE_CHECKING:
    from verify.ruler.model import Document
    from verify.ruler.resolved import Ruler

_BY_COMPARISON: dict[str, Direction] = {"<=": "lower", ">=": "higher"}
_NAMED = ("parameters", "method", "indicators", "checks")
_PLAIN = re.compile(r"[\w.-]+")
_NEW_NAMES = (("parameters",), ("method", "items"))  # what is added here must have a name that nothing below looks for


class Prover:
    """Proves the moves of one layer. `values` and `documents` are those of the layer with everything below it."""

    def __init__(
        self, parent: Ruler, layer: str, laid: Laid, values: Mapping[str, Value], documents: Mapping[str, Document]
    ) -> None:
        self.parent = parent
        self.layer = layer
        self.laid = laid
        self.values = values
        self.documents = documents
        self.directions = Directions(parent.text.directions)
        self.taken = parent.heads
        self.problems: list[Problem] = []

    def overrides(self) -> Iterator[Override]:
        """What the layer says otherwise and may; what it may not is in `problems`."""
        for move in self.laid.moves:
            how = self._addition(move) if move.added else self._change(move)
            if how is not None:
                yield self._override(move, how)

    def _addition(self, move: Move) -> How | None:
        if self.directions.of_addition(move.path) != "superset":
            return self._refuse(move, "ruler.layer_adds")
        new = next(
            (
                move.path[len(one)]
                for one in _NEW_NAMES
                if move.path[: len(one)] == one and len(move.path) == len(one) + 1
            ),
            "",
        )
        if move.path[0] in _NAMED and not plain(move.path[-1]):
            return self._refuse(move, "ruler.layer_name_odd", name=move.path[-1])
        if new and new.partition(".")[0] in self.taken:
            return self._refuse(move, "ruler.layer_name_taken", name=new, head=new.partition(".")[0])
        if move.path[0] == "parameters" and len(move.path) == 4 and not self._numeric(move):
            return self._refuse(move, "ruler.layer_reading")
        return self._cited(move, "superset")

    def _numeric(self, move: Move) -> bool:
        """Whether an open point is a number, and the reading added to it is one: others would need line rules of their own."""
        point = self.parent.text.parameters[move.path[1]]
        own = move.own if isinstance(move.own, dict) else {}
        told = own["same_as"] in self.values if own.get("same_as") else _number(own.get("value")) is not None
        return told and all(one.value or one.same_as for one in point.readings)

    def _change(self, move: Move) -> How | None:
        direction = self.directions.at(move.path)
        if direction == "fixed":
            return self._refuse(move, "ruler.layer_fixed")
        if direction == "by_comparison":
            found = self._comparison(move)
            if found is None:
                return self._refuse(move, "ruler.layer_no_order")
            direction = found
        if self._first_limit(move):
            return self._cited(move, direction)
        return self._judged(move, direction, self._stricter(direction, move.theirs, move.own))

    def value(self, name: str, move: Move) -> Override | None:
        """The override of a value of the ruler below by one of the layer's own under the same id."""
        direction = self.directions.at(("values", name))
        if direction == "fixed":
            self._refuse(move, "ruler.layer_fixed")
            return None
        if direction == "by_comparison":
            (one,) = found if len(found := comparisons(self.parent, name)) == 1 else ("",)
            if not one:
                self._refuse(move, "ruler.layer_no_order")
                return None
            direction = _BY_COMPARISON[one]
        verdict = None
        if direction in ("lower", "higher"):
            verdict = stricter_value(direction, self.parent.values[name], self.values[name])
        how = self._judged(move, direction, verdict)
        return None if how is None else self._override(move, how)

    def _comparison(self, move: Move) -> Direction | None:
        """The direction of a limit: that of the comparison of its indicator."""
        indicator = self.parent.text.indicators.get(move.path[1]) if move.path[0] == "indicators" else None
        return None if indicator is None or move.path[-1] != "limit" else _BY_COMPARISON[indicator.comparison]

    def _first_limit(self, move: Move) -> bool:
        """A limit where the ruler below has none."""
        return move.path[0] == "indicators" and move.path[-1] == "limit" and not move.theirs and move.own in self.values

    def _stricter(self, direction: Direction, theirs: Any, own: Any) -> bool | None:
        """As `directions.stricter`; two ids of values are compared by their numbers."""
        if isinstance(theirs, str) and isinstance(own, str) and direction in ("lower", "higher"):
            below, here = self._value(self.parent.values, theirs), self._value(self.values, own)
            if below is not None and here is not None:
                return stricter_value(direction, below, here)
        if (theirs, own) == ("question", "error") and not errors_outweigh_questions(self.parent):
            return None
        return stricter(direction, theirs, own)

    def _value(self, values: Mapping[str, Value], identifier: str) -> Value | None:
        return values.get(self.parent.bound(identifier))

    def _judged(self, move: Move, direction: Direction, verdict: bool | None) -> How | None:
        if verdict is None:
            return self._refuse(move, "ruler.layer_no_order")
        if not verdict:
            return self._refuse(move, f"ruler.layer_not_{direction}")
        return self._cited(move, direction)

    def _cited(self, move: Move, direction: Direction) -> How | None:
        if not move.cite.get("document"):
            return self._refuse(move, "ruler.layer_no_cite")
        assert direction not in {"fixed", "by_comparison"}
        return cast("How", direction)

    def _refuse(self, move: Move, key: str, /, **more: object) -> How | None:
        """A problem with both sides; None stands for what it would have been."""
        self.problems.append(
            self.laid.origin.problem(
                move.here,
                key,
                parent=shown(move.theirs, self.parent.values),
                parent_place=self._place(move),
                parent_cite=Source(move.their_cite, self.documents),
                child=shown(move.own, self.values),
                child_cite=Source(move.cite, self.documents),
                **more,
            )
        )
        return None

    def _override(self, move: Move, how: How) -> Override:
        return Override(
            at=move.path,
            parent=move.theirs,
            child=move.own,
            parent_cite=move.their_cite,
            child_cite=move.cite,
            direction=how,
            by=self.layer,
            parent_place=self._place(move),
            child_place=self.laid.origin.place(move.here),
        )

    def _place(self, move: Move) -> str:
        """Where the ruler below says it, or what it is added to."""
        assert self.parent.origin is not None
        return move.their_place or self.parent.origin.place(move.there)


def plain(name: str) -> bool:
    """Whether a name is one: letters, digits, ``.``, ``-`` and ``_``. Others could be read as the condition of a ledger line."""
    return _PLAIN.fullmatch(name) is not None


def shown(data: Any, values: Mapping[str, Value]) -> str:
    """Plain data as a refusal prints it: an id of a value with its numbers."""
    if data in (None, "", [], {}):
        return "–"
    if isinstance(data, list):
        return "[" + ", ".join(shown(one, values) for one in data) + "]"
    if isinstance(data, dict):
        value, unit = data.get("value"), data.get("unit")
        if value and unit:
            return f"{value} {unit}"
        told = {key: one for key, one in data.items() if key not in ("title", "text", "note", "cite", "open")}
        return ", ".join(f"{key}: {shown(one, values)}" for key, one in told.items())
    if isinstance(data, bool):
        return "true" if data else "false"
    value = values.get(str(data))
    if value is None or not value.entries:
        return str(data)
    return f"{data} = {' / '.join(dict.fromkeys(one.printed for one in value.entries))} {value.unit}"

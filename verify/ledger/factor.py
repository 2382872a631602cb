"""Effective factors: a ruler's factor formula over the inputs of one situation, in every reading it depends on.

The result is a rational rounded half-even at 12 places (DESIGN 6) per unit of the row, with the trace that `explain`,
the factor table and the confidence of a figure need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from verify.canonical import FACTOR_PLACES, quantise
from verify.formula import Undefined, evaluate
from verify.ledger.basis import AS_PRINTED, Changes, value_key
from verify.ruler import Entry, Ruler, Value
from verify.ruler.model import Source
from verify.ruler.values import unit_scale

_OPEN_POINT = re.compile(r"\{parameter:([^}]+)\}")
_RANK = {"primary": 0, "derived": 1, "secondary": 2, "unconfirmed": 3}


@dataclass(frozen=True)
class Input:
    """One input of a factor: where it came from and its number in base units."""

    name: str
    origin: str  # a value id, ``row.<column>`` or ``parameter.<id>``
    number: Fraction
    printed: str
    confidence: str
    cite: Mapping[str, str] = field(default_factory=dict)


Chosen = tuple[dict[str, str], Input | None]  # an input under some readings; None where they leave it without a value


@dataclass(frozen=True)
class Effective:
    """A factor as it applies to a situation under `conditions`; `number` None: undefined, `missing` says which input."""

    name: str
    number: Decimal | None
    conditions: Mapping[str, str]
    inputs: tuple[Input, ...] = ()
    missing: str = ""

    @property
    def measured(self) -> bool:
        """Whether any input was measured by the park."""
        return any(one.origin.startswith("row.") for one in self.inputs)

    @property
    def confidence(self) -> str:
        """The weakest confidence among inputs that the law fixes without candidates (measured ones count as derived)."""
        lone = [one.confidence for one in self.inputs if not one.origin.startswith("parameter.")]
        return max(lone, key=lambda word: _RANK.get(word, 3), default="primary")

    @property
    def id(self) -> str:
        """The factor and where its inputs come from, e.g. ``combustion(ncv=row.ncv, …)``."""
        parts = ", ".join(f"{one.name}={one.origin}" for one in self.inputs)
        return f"{self.name}({parts})"


@dataclass(frozen=True)
class Situation:
    """What the factor rules can see of a row: its texts, its measured numbers (as printed), its year and dimension."""

    texts: Mapping[str, str]
    measured: Mapping[str, Fraction]
    year: str
    dimension: str
    evidence_kind: str = ""

    def fill(self, origin: str) -> str:
        """``{carrier}``, ``{product}``, ``{gas}`` and ``{province}`` of an origin, filled in."""
        for name in ("carrier", "product", "gas", "province"):
            origin = origin.replace("{" + name + "}", self.texts.get(name, ""))
        return origin


class Factors:
    """Evaluates the factor rules of a ruler, with values changed as `changes` asks."""

    def __init__(self, ruler: Ruler, changes: Changes) -> None:
        self.ruler = ruler
        self.changes = changes

    def effective(self, names: list[str], situation: Situation) -> Iterator[Effective]:
        """The first factor of `names` that is defined for the situation, once per combination of readings it rests on."""
        last: list[Effective] = []
        for name in names:
            last = list(self._one(name, situation))
            if all(one.number is not None for one in last):
                break
        yield from last

    def _one(self, name: str, situation: Situation) -> Iterator[Effective]:
        rule = self.ruler.text.method.factors[name]
        combinations: list[tuple[dict[str, str], list[Input], str]] = [({}, [], "")]
        for key, sources in rule.inputs.items():
            found = self._input(key, sources, situation)
            if not found:
                yield Effective(name, None, {}, (), missing=key)
                return
            combinations = [
                (
                    {**conditions, **more},
                    inputs if one is None else [*inputs, one],
                    missing or (key if one is None else ""),
                )
                for conditions, inputs, missing in combinations
                for more, one in found
                if all(conditions.get(point, reading) == reading for point, reading in more.items())
            ]
        tree = self.ruler.tree(rule.formula)
        for conditions, inputs, missing in combinations:
            if missing:  # one reading has no such value: a gap under that reading, not a silent zero
                yield Effective(name, None, conditions, tuple(inputs), missing=missing)
                continue
            value = evaluate(tree, {one.name: one.number for one in inputs})
            if isinstance(value, Undefined | bool):
                yield Effective(name, None, conditions, tuple(inputs), missing=name)
            else:
                yield Effective(name, quantise(value, FACTOR_PLACES), conditions, tuple(inputs))

    def _input(self, name: str, sources: Sequence[Source], situation: Situation) -> list[Chosen]:
        """The input under each reading it depends on, from the first source that has it at all; None where one lacks it."""
        for source in sources:
            origin = situation.fill(source.origin)
            if source.evidence and situation.evidence_kind not in source.evidence:
                continue
            if origin.startswith("row."):
                column = origin.removeprefix("row.")
                if column in situation.measured:
                    return [({}, self._measured(name, column, situation))]
            elif origin.startswith("parameter."):
                found = self._parameter(name, origin.removeprefix("parameter."), situation)
                if any(one is not None for _, one in found):
                    return found
            else:
                found = [
                    ({**chosen, **conditions}, one)
                    for chosen, filled in self._chosen(origin)
                    for conditions, one in self._value(name, filled, situation, newest=source.newest)
                ]
                if any(one is not None for _, one in found):
                    return found
        return []

    def _chosen(self, origin: str) -> list[tuple[dict[str, str], str]]:
        """``{parameter:gwp_set}`` in a value id stands for the reading of that open point: one id per reading."""
        match = _OPEN_POINT.search(origin)
        if match is None:
            return [({}, origin)]
        parameter = match.group(1)
        readings = [one.id for one in self.ruler.text.parameters[parameter].readings]
        return [({parameter: reading}, origin.replace(match.group(0), reading)) for reading in readings]

    def _measured(self, name: str, column: str, situation: Situation) -> Input:
        printed = situation.measured[column]
        unit = self.ruler.text.method.row_units.get(column, {}).get(situation.dimension, "")
        scale = unit_scale(unit) if unit else Fraction(1)
        return Input(name, f"row.{column}", printed * scale, str(printed), "derived")

    def _parameter(self, name: str, identifier: str, situation: Situation) -> list[Chosen]:
        parameter = self.ruler.text.parameters.get(identifier)
        if parameter is None:
            return []
        found: list[Chosen] = []
        for reading in parameter.readings:
            if reading.same_as:
                value = self.ruler.find(reading.same_as, situation.year)
                if value is None:
                    found.append(({identifier: reading.id}, None))
                    continue
                number, printed = value[1].value, value[1].printed
            else:
                number, printed = Fraction(reading.value) * unit_scale(parameter.unit), reading.value
            cite = (reading.cite or parameter.cite).model_dump(mode="json", exclude={"note"})
            found.append(
                (
                    {identifier: reading.id},
                    Input(name, f"parameter.{identifier}", number, printed, reading.confidence, cite),
                )
            )
        for extra, number in self.changes.readings(identifier).items():
            found.append(
                ({identifier: extra}, Input(name, f"parameter.{identifier}", number, extra, "unconfirmed", {}))
            )
        return found

    def _value(self, name: str, identifier: str, situation: Situation, *, newest: bool = False) -> list[Chosen]:
        value = self.ruler.find(identifier, situation.year)
        if value is None and newest:
            value = self._before(identifier, situation.year)
        extras = self.changes.readings(identifier)
        found: list[Chosen] = []
        key = value_key(identifier)
        one = None
        if value is not None:
            confidence = value[1].confidence if value[1].covers(situation.year) else "unconfirmed"
            one = Input(name, value[0].id, value[1].value, value[1].printed, confidence, value[1].cite)
        found.append(({key: AS_PRINTED} if extras else {}, one))
        for reading, number in extras.items():
            found.append(({key: reading}, Input(name, identifier, number, reading, "unconfirmed", {})))
        return found

    def _before(self, identifier: str, year: str) -> tuple[Value, Entry] | None:
        """The newest number of a dated value before a year."""
        value = self.ruler.values.get(self.ruler.bound(identifier))
        entry = value.newest(year) if value is not None else None
        return None if value is None or entry is None else (value, entry)

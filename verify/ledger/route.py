"""Which line of the ledger a situation becomes (ADR 0013): each distinct situation is classified once, in Python.

The first line rule of a measure that matches takes the row; a rule with `when` takes it only under some readings of
an open point, and the search goes on for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from verify.ledger.basis import METHOD, REFERENCE, REPORTED, Changes, write_reading
from verify.ledger.factor import Effective, Factors, Situation
from verify.ruler import Line, Ruler

Measure = Literal["carbon", "memo", "energy"]
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Route:
    """How one situation counts under one reading. Numbers are per unit of the row; `sign` is +1 or -1."""

    rule: str
    measure: str
    reading: str
    term: str
    side: str
    sign: int
    counted: bool
    factor_id: str
    factor: Decimal
    default_factor: Decimal
    coefficient: Decimal
    measured: bool
    proven: bool
    gate: str
    credit: str
    confidence: str
    missing: str
    effective: Effective | None = None


class Router:
    """Classifies situations by the line rules of a ruler."""

    def __init__(self, ruler: Ruler, changes: Changes) -> None:
        self.ruler = ruler
        self.factors = Factors(ruler, changes)
        self._lines: dict[tuple[str, str], list[Line]] = {}
        for line in ruler.text.method.lines:
            self._lines.setdefault((line.table, line.measure), []).append(line)

    def routes(self, table: str, situation: Situation) -> Iterator[Route]:
        """Every route of the situation, carbon first; exactly one per measure and reading that it depends on."""
        for measure in ("carbon", "memo", "energy"):
            for conditions, line in self._taken(self._lines.get((table, measure), []), situation.texts):
                yield from self._counted(line, conditions, situation)

    def _taken(self, lines: list[Line], texts: Mapping[str, str]) -> Iterator[tuple[dict[str, str], Line]]:
        open_conditions: list[dict[str, str]] = [{}]
        for line in lines:
            if not open_conditions:
                return
            if any(texts.get(key, "") not in admitted for key, admitted in line.match.items()):
                continue
            rest: list[dict[str, str]] = []
            for conditions in open_conditions:
                for met, split in self._split(conditions, line.when):
                    if met:
                        yield split, line
                    else:
                        rest.append(split)
            open_conditions = rest

    def _split(
        self, conditions: dict[str, str], when: Mapping[str, list[str]]
    ) -> Iterator[tuple[bool, dict[str, str]]]:
        """`conditions`, split by the readings of the parameters that `when` names."""
        pending = [(True, conditions)]
        for parameter, admitted in when.items():
            further = []
            for met, held in pending:
                readings = (
                    [held[parameter]]
                    if parameter in held
                    else [r.id for r in self.ruler.text.parameters[parameter].readings]
                )
                further += [(met and reading in admitted, {**held, parameter: reading}) for reading in readings]
            pending = further
        yield from pending

    def _counted(self, line: Line, conditions: dict[str, str], situation: Situation) -> Iterator[Route]:
        if not line.factor:
            yield self._route(line, conditions, counted=False)
            return
        defaults = _Fitting(list(self.factors.effective([line.default], situation)) if line.default else [])
        for effective in self.factors.effective(line.factor, situation):
            merged = _merge(conditions, effective.conditions)
            if merged is None:
                continue
            if not line.default:
                yield from self._methods(line, merged, effective, None, situation)
            for default in defaults.of(merged):
                both = {**merged, **default.conditions}
                yield from self._methods(line, both, effective, default, situation)

    def _methods(
        self,
        line: Line,
        conditions: dict[str, str],
        effective: Effective,
        default: Effective | None,
        situation: Situation,
    ) -> Iterator[Route]:
        filed = situation.measured.get("factor")
        if (
            line.measure == "carbon"
            and filed is not None
            and effective.number is not None
            and filed != effective.number
        ):
            yield self._route(
                line, {**conditions, METHOD: REFERENCE}, effective=effective, default=default, situation=situation
            )
            reported = Effective("filed", Decimal(filed.numerator) / Decimal(filed.denominator), {}, effective.inputs)
            yield self._route(
                line, {**conditions, METHOD: REPORTED}, effective=reported, default=default, situation=situation
            )
        else:
            yield self._route(line, conditions, effective=effective, default=default, situation=situation)

    def _route(
        self,
        line: Line,
        conditions: dict[str, str],
        *,
        counted: bool = True,
        effective: Effective | None = None,
        default: Effective | None = None,
        situation: Situation | None = None,
    ) -> Route:
        number = effective.number if effective is not None else None
        carbon = line.measure != "energy"
        usual = default.number if default is not None and default.number is not None else number
        return Route(
            rule=line.id,
            measure=line.measure,
            reading=write_reading(conditions),
            term=line.term,
            side=line.side,
            sign=-1 if line.sign == "-" else 1,
            counted=counted,
            factor_id=effective.id if effective is not None else "",
            factor=(number or _NOTHING) if carbon else _NOTHING,
            default_factor=(usual or _NOTHING) if carbon else _NOTHING,
            coefficient=_NOTHING if carbon else (number or _NOTHING),
            measured=effective is not None and _wholly_measured(effective),
            proven=situation is not None and bool(line.proof) and situation.evidence_kind in line.proof,
            gate=line.gate,
            credit=line.credit,
            confidence=effective.confidence if effective is not None else "primary",
            missing=effective.missing if counted and effective is not None and number is None else "",
            effective=effective,
        )


def _merge(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str] | None:
    """Both sets of conditions together, or None where they contradict each other."""
    if any(one.get(key, reading) != reading for key, reading in other.items()):
        return None
    return {**one, **other}


class _Fitting:
    """Factors by their conditions: those that contradict none of some others are found without trying each."""

    def __init__(self, factors: list[Effective]) -> None:
        self._by_keys: dict[tuple[str, ...], list[Effective]] = {}
        for one in factors:
            self._by_keys.setdefault(tuple(sorted(one.conditions)), []).append(one)
        self._indexed: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[tuple[str, ...], list[Effective]]] = {}

    def of(self, conditions: Mapping[str, str]) -> Iterator[Effective]:
        """The factors that may hold together with `conditions`."""
        for keys, factors in self._by_keys.items():
            common = tuple(key for key in keys if key in conditions)
            index = self._indexed.get((keys, common))
            if index is None:
                index = self._indexed[keys, common] = {}
                for one in factors:
                    index.setdefault(tuple(one.conditions[key] for key in common), []).append(one)
            yield from index.get(tuple(conditions[key] for key in common), ())


def _wholly_measured(effective: Effective) -> bool:
    """Whether carbon rests on measurement: what carries carbon per unit came from the row."""
    carriers = [one for one in effective.inputs if one.name in {"ncv", "carbon_content"}]
    return bool(carriers) and all(one.origin.startswith("row.") for one in carriers)

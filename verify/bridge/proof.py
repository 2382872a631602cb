"""Whether a fall is proven: real abatement is shown, never what is left over (decomposition 3.4, DESIGN 8 B)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from verify.bridge.amounts import Unit
from verify.bridge.drivers import Effect
from verify.bridge.reduction import Proof
from verify.bridge.side import Drivers

OWN = "own_"


@dataclass(frozen=True)
class Record:
    """How an energy flow of a unit was found in one year: the bases of its rows, and whether each has a meter or a paper."""

    bases: frozenset[str]
    documented: bool


@dataclass(frozen=True)
class Measure:
    """A named measure: where, on which carrier ('' on any), from when, and whether its evidence is on file."""

    unit: Unit
    carrier: str
    since: date
    documented: bool


@dataclass(frozen=True)
class Evidence:
    """`energy`: by year, unit and carrier; `output`: by year and unit, whether every row of making is documented."""

    energy: Mapping[tuple[str, Unit, str], Record]
    output: Mapping[tuple[str, Unit], bool]
    measures: tuple[Measure, ...]


def proof(drivers: Drivers, evidence: Evidence, before: str, after: str, material: Fraction) -> Proof:
    """A fall counts where unit, product and measurement basis are the same in both years and, above `material` tCO2, a measure
    with its evidence stands behind it, or energy and output are both documented in both years."""

    def proven(effect: Effect) -> bool:
        if effect.process in drivers.coarse:
            return False
        units = drivers.units.get(effect.process, frozenset())
        carrier = effect.part.removeprefix(OWN)
        then, now = (_records(evidence, year, units, carrier) for year in (before, after))
        if carrier and then and now and _bases(then) != _bases(now):
            return False
        if abs(effect.tonnes) <= material or _measured(evidence.measures, units, carrier, before, after):
            return True
        energy = all(one.documented for one in (*then, *now)) and bool(then or now or not carrier)
        return energy and all(_made(evidence, year, units) for year in (before, after))

    return proven


def _records(evidence: Evidence, year: str, units: Iterable[Unit], carrier: str) -> list[Record]:
    chosen = set(units)
    whole = {enterprise for enterprise, source in chosen if not source}
    return [
        record
        for (when, unit, what), record in evidence.energy.items()
        if when == year and what == carrier and (unit in chosen or unit[0] in whole)
    ]


def _bases(records: Iterable[Record]) -> frozenset[str]:
    return frozenset().union(*(one.bases for one in records))


def _made(evidence: Evidence, year: str, units: Iterable[Unit]) -> bool:
    """Output on paper; a unit without a source stands on all makers of its enterprise, a utility on its energy alone."""
    found = [
        documented
        for enterprise, source in units
        for (when, unit), documented in evidence.output.items()
        if when == year and unit[0] == enterprise and source in ("", unit[1])
    ]
    return all(found)


def _measured(measures: Iterable[Measure], units: Iterable[Unit], carrier: str, before: str, after: str) -> bool:
    return any(
        one.documented
        and before <= f"{one.since.year:04}" <= after
        and one.carrier in ("", carrier)
        and one.unit[0] == enterprise
        and (not one.unit[1] or source in ("", one.unit[1]))
        for one in measures
        for enterprise, source in units
    )

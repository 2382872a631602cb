"""Whether a fall is proven: real abatement is shown, never what is left over (decomposition 3.4, DESIGN 8 B)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from verify.bridge.amounts import Unit
from verify.bridge.drivers import Effect
from verify.bridge.exact import at_most
from verify.bridge.reduction import Proof
from verify.bridge.side import Drivers

OWN = "own_"


@dataclass(frozen=True, slots=True)
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


class Evidence:
    """`energy`: by year, unit and carrier; `output`: by year and unit, whether every row of making is documented."""

    def __init__(
        self,
        energy: Mapping[tuple[str, Unit, str], Record],
        output: Mapping[tuple[str, Unit], bool],
        measures: Iterable[Measure],
    ) -> None:
        self._energy: dict[tuple[str, Unit, str], list[Record]] = defaultdict(list)
        self._output: dict[tuple[str, Unit], list[bool]] = defaultdict(list)
        self._measures: dict[str, list[Measure]] = defaultdict(list)
        for (year, unit, carrier), record in energy.items():
            for one in {unit, (unit[0], "")}:
                self._energy[year, one, carrier].append(record)
        for (year, unit), documented in output.items():
            for one in {unit, (unit[0], "")}:
                self._output[year, one].append(documented)
        for measure in measures:
            self._measures[measure.unit[0]].append(measure)

    def records(self, year: str, units: Iterable[Unit], carrier: str) -> list[Record]:
        """Of the flows of a carrier; a unit without a source stands for all of its enterprise."""
        return [record for unit in units for record in self._energy.get((year, unit, carrier), ())]

    def made(self, year: str, units: Iterable[Unit]) -> bool:
        """Whether output is on paper; true of units that make nothing: a utility stands on its energy alone."""
        return all(documented for unit in units for documented in self._output.get((year, unit), ()))

    def measured(self, units: Iterable[Unit], carrier: str, before: str, after: str) -> bool:
        """Whether a documented measure of these years stands on the units and the carrier."""
        return any(
            one.documented
            and before <= f"{one.since.year:04}" <= after
            and one.carrier in ("", carrier)
            and (not one.unit[1] or source in ("", one.unit[1]))
            for enterprise, source in units
            for one in self._measures.get(enterprise, ())
        )


def proof(drivers: Drivers, evidence: Evidence, before: str, after: str, material: Fraction) -> Proof:
    """A fall counts where unit, product and measurement basis are the same in both years and, above `material` tCO2, a measure
    with its evidence stands behind it, or energy and output are both documented in both years."""
    least = at_most(material)

    def proven(effect: Effect) -> bool:
        if effect.process in drivers.coarse:
            return False
        units = drivers.units.get(effect.process, frozenset())
        carrier = effect.part.removeprefix(OWN)
        then, now = (evidence.records(year, units, carrier) for year in (before, after))
        if carrier and then and now and _bases(then) != _bases(now):
            return False
        if abs(effect.tonnes) <= least or evidence.measured(units, carrier, before, after):
            return True
        energy = all(one.documented for one in (*then, *now)) and bool(then or now or not carrier)
        return energy and all(evidence.made(year, units) for year in (before, after))

    return proven


def _bases(records: Iterable[Record]) -> frozenset[str]:
    return frozenset().union(*[one.bases for one in records])

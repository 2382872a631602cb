"""The table of units: find a unit by what a person typed, convert exactly, read ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache

from verify import resources
from verify.errors import WrongUsage
from verify.units.load import load
from verify.units.text import folded, spelled
from verify.units.unit import Ratio, Unit


class Units:
    """A closed set of units, the base unit of each dimension, and the conversions between dimensions.

    `conversions` maps (from dimension, to dimension) to the exact factor between their base units.
    """

    def __init__(
        self, bases: Mapping[str, str], units: Iterable[Unit], conversions: Mapping[tuple[str, str], Fraction]
    ) -> None:
        self._bases = dict(bases)
        self._conversions = dict(conversions)
        self._units: dict[str, Unit] = {}
        self._exact: dict[str, Unit] = {}
        self._blind: dict[str, Unit] = {}
        for unit in units:
            self._add(unit)
        for dimension, base in self._bases.items():
            unit_of_base = self._units.get(base)
            if unit_of_base is None or unit_of_base.to_base != 1:
                raise WrongUsage("units.no_base", dimension=dimension, base=base)

    @staticmethod
    def standard() -> Units:
        """The table of rules/units.yaml, read once."""
        return _standard()

    def find(self, text: str) -> Unit | None:
        """The unit that `text` means, or None. Width, spaces and (where harmless) case do not matter."""
        return self._exact.get(spelled(text)) or self._blind.get(folded(text))

    def get(self, text: str) -> Unit:
        """Like `find`, but an unknown text raises WrongUsage ``units.unknown``."""
        unit = self.find(text)
        if unit is None:
            raise WrongUsage("units.unknown", text=text)
        return unit

    def base(self, dimension: str) -> str:
        """The id of the base unit of `dimension`."""
        if dimension not in self._bases:
            raise WrongUsage("units.unknown_dimension", dimension=dimension)
        return self._bases[dimension]

    @property
    def conversions(self) -> Mapping[tuple[str, str], Fraction]:
        """Exact factors between base units of two dimensions, by (from, to)."""
        return dict(self._conversions)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The ids of all dimensions."""
        return tuple(self._bases)

    def accepted(self, dimension: str) -> tuple[Unit, ...]:
        """Every unit that converts to `dimension`, its own units first."""
        fitting = [unit for unit in self._units.values() if self.factor(unit, dimension) is not None]
        return tuple(sorted(fitting, key=lambda unit: unit.dimension != dimension))

    def factor(self, unit: Unit, dimension: str) -> Fraction | None:
        """What a quantity in `unit` is multiplied by to be in the base unit of `dimension`; None: it does not convert."""
        base = self.base(dimension)
        if unit.dimension == dimension:
            return unit.to_base
        if unit.id == base:  # m3 is the base of volume and of water, 1 of share and of count
            return Fraction(1)
        between = self._conversions.get((unit.dimension, dimension))
        return None if between is None else unit.to_base * between

    def convert(self, value: Fraction, from_unit: Unit, dimension: str) -> Fraction | None:
        """`value` in `from_unit` as a quantity in the base unit of `dimension`; None where nothing declared allows it."""
        factor = self.factor(from_unit, dimension)
        return None if factor is None else value * factor

    def ratio(self, text: str, numerator: str | None = None, denominator: str | None = None) -> Ratio:
        """The ratio that `text` writes (``kgCO2/kWh``), by default in the dimensions of its own two units.

        With `numerator` or `denominator` that side is converted to the named dimension: ``kgce/m3`` over gas_volume.
        Raises WrongUsage ``units.not_a_ratio``, ``units.unknown``, ``units.ambiguous_ratio`` or ``units.not_convertible``.
        """
        above, below = self._sides(text)
        above_dimension = numerator or above.dimension
        below_dimension = denominator or below.dimension
        to_base = self._required(above, above_dimension) / self._required(below, below_dimension)
        return Ratio(f"{above.id}/{below.id}", above, below, above_dimension, below_dimension, to_base)

    def measure(self, text: str) -> Unit | Ratio:
        """The unit, else the ratio, that `text` writes. Raises WrongUsage if it is neither."""
        unit = self.find(text)
        if unit is not None:
            return unit
        return self.ratio(text) if "/" in spelled(text) else self.get(text)

    def _sides(self, text: str) -> tuple[Unit, Unit]:
        parts = spelled(text).split("/")
        if len(parts) < 2:
            raise WrongUsage("units.not_a_ratio", text=text)
        readings = []
        for at in range(1, len(parts)):  # a unit may hold a slash itself (kgf/cm2)
            above, below = self.find("/".join(parts[:at])), self.find("/".join(parts[at:]))
            if above is not None and below is not None:
                readings.append((above, below))
        if not readings:
            raise WrongUsage("units.unknown", text=text)
        if len(readings) > 1:
            raise WrongUsage("units.ambiguous_ratio", text=text)
        return readings[0]

    def _required(self, unit: Unit, dimension: str) -> Fraction:
        factor = self.factor(unit, dimension)
        if factor is None:
            raise WrongUsage("units.not_convertible", unit=unit.id, dimension=dimension, base=self.base(dimension))
        return factor

    def _add(self, unit: Unit) -> None:
        if unit.dimension not in self._bases:
            raise WrongUsage("units.unknown_dimension", dimension=unit.dimension)
        if unit.id in self._units:
            raise WrongUsage("units.duplicate_name", name=unit.id, first=unit.id, second=unit.id)
        self._units[unit.id] = unit
        for name in unit.names:
            self._claim(self._exact, spelled(name), unit)
            if not unit.exact_case:
                self._claim(self._blind, folded(name), unit)

    @staticmethod
    def _claim(names: dict[str, Unit], name: str, unit: Unit) -> None:
        taken = names.setdefault(name, unit)
        if taken is not unit:
            raise WrongUsage("units.duplicate_name", name=name, first=taken.id, second=unit.id)


@cache
def _standard() -> Units:
    return Units(*load(resources.rules() / "units.yaml"))

"""A unit and a ratio of two units, as values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the table.

    `to_base` is exact: a quantity in this unit times `to_base` is the quantity in the base unit of `dimension`.
    `names` are all texts that mean it, the id first; `document` and `clause` say where the factor is written.
    """

    id: str
    dimension: str
    to_base: Fraction
    names: tuple[str, ...]
    exact_case: bool = False
    document: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """`numerator` per `denominator`, such as GJ/10^4Nm3.

    A value in this ratio times `to_base` is the value in base units of `numerator_dimension` per base unit of
    `denominator_dimension`. These are the dimensions of the two units unless the caller asked for others.
    """

    id: str
    numerator: Unit
    denominator: Unit
    numerator_dimension: str
    denominator_dimension: str
    to_base: Fraction

"""What a check returns: the rows it found, and what it looked at (DESIGN 8, P: silence and ambiguity have a price)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.engine import Table

TONNES = "tCO2"  # an effect in tonnes of the inventory; the report writes the unit of the ruler's total
HEAD = ("table", "row_id", "subject", "period", "effect", "effect_unit")


@dataclass(frozen=True)
class Found:
    """One finding row. `effect`: result with this one thing undone minus result as submitted; + means tonnes hidden."""

    subject: str
    period: str
    arguments: Mapping[str, str]
    effect: Decimal | None = None
    effect_unit: str = TONNES
    table: str = ""
    row_id: str = ""


@dataclass(frozen=True)
class Scope:
    """What a check looked at: rows or lines, the tonnes on them, and the largest effect it could have had there."""

    tested: int = 0
    population: int = 0
    tco2_tested: Decimal = Decimal(0)
    tco2_population: Decimal = Decimal(0)
    worst: Decimal = Decimal(0)

    @staticmethod
    def of(cells: Iterable[Mapping[str, Any]], population: Iterable[Mapping[str, Any]] | None = None) -> Scope:
        """The scope of ledger cells: lines, absolute tonnes, and tonnes between value and default."""
        cells = list(cells)
        whole = cells if population is None else list(population)
        return Scope(
            tested=sum(cell.get("lines", 1) for cell in cells),
            population=sum(cell.get("lines", 1) for cell in whole),
            tco2_tested=_tonnes(cells),
            tco2_population=_tonnes(whole),
            worst=sum(
                (abs((cell.get("strict_tco2") or Decimal(0)) - (cell.get("tco2") or Decimal(0))) for cell in cells),
                Decimal(0),
            ),
        )

    @staticmethod
    def count(tested: int, population: int | None = None) -> Scope:
        """A scope without tonnes: documents, declarations, claims."""
        return Scope(tested=tested, population=tested if population is None else population)


def _tonnes(cells: list[Mapping[str, Any]]) -> Decimal:
    return sum((abs(cell.get("tco2") or Decimal(0)) for cell in cells), Decimal(0))


@dataclass(frozen=True)
class Rows:
    """The result of a check: `found` as a table expression (HEAD, then one string column per argument) or a list.

    `undecided` names what could not be looked at although the check ran (a part of its population), for the report.
    """

    found: Table | Sequence[Found]
    scope: Scope
    undecided: Sequence[str] = field(default=())


class NotApplicable(Exception):
    """The check has nothing to look at here; `reason` is a key of templates/messages/checks.yaml."""

    def __init__(self, reason: str, **arguments: str) -> None:
        self.reason = reason
        self.arguments = arguments
        super().__init__(reason)


class CouldNotRun(Exception):
    """The check needs something that was not handed in; `reason` is a key of templates/messages/checks.yaml."""

    def __init__(self, reason: str, **arguments: str) -> None:
        self.reason = reason
        self.arguments = arguments
        super().__init__(reason)


def text(value: object) -> str:
    """An argument as the text that findings carry: decimals plain, rationals at 12 places, undefined as ''."""
    if isinstance(value, Fraction):
        shown = decimal_text(value, 12)
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    if isinstance(value, Decimal):
        return decimal_text(value)
    return "" if value is None else str(value)


def tonnes(value: Fraction | Decimal) -> Decimal:
    """An effect, rounded half-even to the gramme (6 places)."""
    return Decimal(decimal_text(Fraction(value), 6))

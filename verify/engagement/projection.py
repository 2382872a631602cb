"""What a filled sample says of the whole: errors found, projected, their limits, and whether more has to be looked at.

An understatement is positive: tonnes that the filing hides. Each direction has a limit of its own, and the two are never set
off against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from verify.canonical import decimal_text
from verify.engagement.plan import PLACES
from verify.engagement.worksheet import MONTHS, PAPERS, TONNES, Entry
from verify.errors import WrongUsage
from verify.statistics import projected, upper_limit

Conclusion = Literal["within", "beyond", "enlarge", "incomplete"]
Found = Mapping[tuple[str, str], Entry]
_NOTHING = Entry()


@dataclass(frozen=True)
class Direction:
    """Errors of one sign, tCO2: as found in the rows, projected on the whole, and what the whole does not exceed."""

    found: Fraction
    projected: float
    limit: float


@dataclass(frozen=True)
class Projection:
    """The outcome of a sample. `missing`: lines that nobody filled; `wrong`: (part, row) with another value than filed."""

    hidden: Direction
    overstated: Direction
    tolerable: Fraction
    wrong: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    conclusion: Conclusion


def project(document: Mapping[str, Any], found: Found, steps: int) -> Projection:
    """Errors of the rows projected. `steps`: enlargements that the procedure knows.

    Raises WrongUsage `sample.sheet_row` for a line that the plan does not have.
    """
    asked = dict(_asked(document))
    for key in found:
        if key not in asked:
            raise WrongUsage("sample.sheet_row", part=key[0], row=key[1])
    missing = tuple(key for key in asked if found.get(key, _NOTHING).empty)
    wrong = tuple(key for key, filed in asked.items() if _differs(found.get(key, _NOTHING), *filed))
    tolerable = Fraction(document["tolerable_tco2"])
    hidden, overstated = (_direction(document, found, sign) for sign in (1, -1))
    limit = max(hidden.limit, overstated.limit)
    conclusion: Conclusion = "within"
    if missing:
        conclusion = "incomplete"
    elif max(hidden.projected, overstated.projected) > tolerable:
        conclusion = "beyond"
    elif limit > tolerable or any(part != TONNES for part, _ in wrong):
        conclusion = "enlarge" if int(document["step"]) < steps else "beyond"
    return Projection(hidden, overstated, tolerable, wrong, missing, conclusion)


def _asked(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[Decimal, Decimal]]]:
    """Every line of the sheet with quantity and tonnes as filed; a paper is filed as one that holds."""
    for row in document["drawn"]:
        yield (TONNES, row["row_id"]), (Decimal(row["quantity"]), Decimal(row["tco2"]))
    for source in document["months"]:
        for row in source["rows"]:
            yield (MONTHS, row["row_id"]), (Decimal(row["quantity"]), Decimal(row["tco2"]))
    for paper in document["papers"]:
        yield (PAPERS, paper), (Decimal(1), Decimal(0))


def _differs(found: Entry, quantity: Decimal, tonnes: Decimal) -> bool:
    return found.quantity not in {None, quantity} or found.tonnes not in {None, tonnes}


def _direction(document: Mapping[str, Any], found: Found, sign: int) -> Direction:
    """Errors of `sign`; the taint of a row is its error over its size in the draw."""
    certain: list[Fraction] = []
    taints: list[Fraction] = []
    sum_of = Fraction(0)
    for row in document["drawn"]:
        error = sign * _error(row, found.get((TONNES, row["row_id"]), _NOTHING))
        if error <= 0:
            continue
        sum_of += error
        if row["certain"]:
            certain.append(error)
        else:
            taints.append(error / Fraction(row["at_risk_tco2"]))
    interval = float(Fraction(document["interval_tco2"]))
    shares, whole = [float(one) for one in taints], [float(one) for one in certain]
    return Direction(
        found=sum_of,
        projected=projected(shares, interval, whole),
        limit=upper_limit(shares, interval, whole, float(Fraction(document["assurance"]))),
    )


def _error(row: Mapping[str, Any], found: Entry) -> Fraction:
    """Tonnes found less tonnes filed; where only a quantity was found, the tonnes go with it at the factor of the row."""
    filed = Fraction(row["quantity"])
    if found.tonnes is not None:
        return Fraction(found.tonnes) - Fraction(row["tco2"])
    if found.quantity is None or not filed:
        return Fraction(0)
    return (Fraction(found.quantity) - filed) / filed * Fraction(row["tco2"])


def as_document(made: Projection) -> dict[str, Any]:
    """The outcome as canonical JSON."""
    return {
        "conclusion": made.conclusion,
        "tolerable_tco2": decimal_text(made.tolerable, PLACES),
        "hidden": _told(made.hidden),
        "overstated": _told(made.overstated),
        "wrong": [{"part": part, "row_id": row} for part, row in made.wrong],
        "missing": [{"part": part, "row_id": row} for part, row in made.missing],
    }


def _told(one: Direction) -> dict[str, str]:
    return {
        "found_tco2": decimal_text(one.found, PLACES),
        "projected_tco2": decimal_text(Fraction(one.projected), PLACES),
        "limit_tco2": decimal_text(Fraction(one.limit), PLACES),
    }

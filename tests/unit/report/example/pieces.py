"""Small makers of facts: decimal text, citations, rows. No number of a park here."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text

Facts = dict[str, Any]
ANNEX3 = {"document": "ndrc-910", "annex": "3", "clause": "表 1"}
CO2_PER_C = Fraction(44, 12)


def number(value: str | int | Fraction) -> Fraction:
    """A rational from text."""
    return Fraction(value)


def text(value: Fraction | int | str, places: int = 6) -> str:
    """Decimal text with `places` decimals."""
    return decimal_text(Fraction(value), places)


def both(zh: str, en: str) -> dict[str, str]:
    """A title."""
    return {"zh": zh, "en": en}


def annex4(clause: str) -> dict[str, str]:
    """A clause of the accounting method."""
    return {"document": "ndrc-910", "annex": "4", "clause": clause}


def source(document: str, clause: str = "") -> dict[str, str]:
    """A citation without an annex."""
    return {"document": document, "clause": clause}


def item(name: str, unit: str, claimed: Fraction, proven: Fraction, strict: Fraction, **more: Any) -> Facts:
    """One row of `items`."""
    places = 12 if name.startswith("indicator") else 6
    values = {"claimed": text(claimed, places), "proven": text(proven, places), "strict": text(strict, places)}
    return {"item": name, "year": "2027", "unit": unit, "reported": None, "incomplete": False, **values, **more}


def carrier(name: str, title: Facts, unit: str, coefficient: str, cite: Facts, fence: Facts, use: Facts) -> Facts:
    """One carrier with both sides of its identity; what is not named is zero."""
    fence_names = ("purchased", "primary_production", "stock_change", "sold")
    use_names = (
        "final_use",
        "transformation_in",
        "feedstock",
        "loss",
        "bunker",
        "other",
        "transformation_out",
        "recovered",
    )
    sides = [
        {key: number(side.get(key, 0)) for key in names} for side, names in ((fence, fence_names), (use, use_names))
    ]
    signs = {"sold": -1, "transformation_out": -1, "recovered": -1}
    tce_fence, tce_use = (
        sum(signs.get(key, 1) * value for key, value in side.items()) * number(coefficient) for side in sides
    )
    return {
        "carrier": name,
        "title": title,
        "unit": unit,
        "coefficient": coefficient,
        "coefficient_unit": f"tce/{unit}",
        "source": cite,
        "fence": {key: text(value) for key, value in sides[0].items()},
        "use": {key: text(value) for key, value in sides[1].items()},
        "tce_fence": text(tce_fence),
        "tce_use": text(tce_use),
        "difference": text(tce_fence - tce_use),
    }


def factor(
    name: str,
    title: Facts,
    value: str,
    unit: str,
    cite: Facts,
    confidence: str,
    tco2: Fraction,
    lines: int = 1,
    kind: str = "by_data_date",
) -> Facts:
    """One row of the table of factors."""
    return {
        "id": name,
        "title": title,
        "value": value,
        "unit": unit,
        "kind": kind,
        "confidence": confidence,
        "cite": cite,
        "lines": str(lines),
        "tco2": text(tco2),
    }


def zero(
    rule: str,
    title: Facts,
    enterprise: str,
    name: str,
    quantity: str,
    unit: str,
    value: str,
    default: str,
    *,
    proven: bool,
    evidence: list[str],
) -> Facts:
    """One line of the zero register."""
    tco2, at_default = number(quantity) * number(value), number(quantity) * number(default)
    return {
        "rule": rule,
        "title": title,
        "enterprise_id": enterprise,
        "item": name,
        "year": "2027",
        "quantity": text(quantity),
        "unit": unit,
        "factor": text(value, 12),
        "default_factor": text(default, 12),
        "tco2": text(tco2),
        "default_tco2": text(at_default),
        "below_default_tco2": text(at_default - tco2),
        "proven": proven,
        "evidence": evidence,
    }


def finding(
    code: str,
    severity: str,
    subject: str,
    arguments: dict[str, str],
    rows: list[str],
    *,
    effect: Fraction | None = None,
    unit: str = "tCO2",
    period: str = "2027",
    count: int | None = None,
) -> Facts:
    """One finding; `count` where more rows were found than are listed."""
    return {
        "code": code,
        "severity": severity,
        "subject": subject,
        "period": period,
        "effect": None if effect is None else {"value": text(effect), "unit": unit, "year": "2027"},
        "arguments": arguments,
        "rows": str(count or len(rows)),
        "row_ids": rows,
        "places_shown": str(len(rows)),
    }


def run(
    code: str,
    severity: str,
    outcome: str,
    *,
    reason: str | None = None,
    tested: int = 0,
    population: int | None = None,
    covered: Fraction = Fraction(0),
    of: Fraction = Fraction(0),
    worst: Fraction = Fraction(0),
    **arguments: str,
) -> Facts:
    """One check as it ran."""
    return {
        "code": code,
        "severity": severity,
        "outcome": outcome,
        "reason": None if reason is None else {"key": f"example.{reason}", "arguments": arguments},
        "tested": str(tested),
        "population": str(tested if population is None else population),
        "tco2_tested": text(covered),
        "tco2_population": text(of),
        "worst_tco2": text(worst),
    }


def reading(name: str, title: Facts, value: Fraction | None, verdict: str | None) -> Facts:
    """One reading of an open point with the core indicator under it."""
    return {"reading": name, "title": title, "value": None if value is None else text(value, 12), "verdict": verdict}


def indicator(name: str, title: Facts, value: Fraction | None, verdict: str | None, **more: Any) -> Facts:
    """One indicator; `more` overrides the defaults of a guiding share."""
    plain: Facts = {
        "id": name,
        "item": f"indicator.{name}",
        "kind": "guiding",
        "title": title,
        "year": "2027",
        "unit": "1",
        "comparison": ">=",
        "limit": None,
        "class": None,
        "value": None if value is None else text(value, 12),
        "proven_value": None if value is None else text(value, 12),
        "low": None if value is None else text(value, 12),
        "high": None if value is None else text(value, 12),
        "verdict": verdict,
        "rests_on": [],
        "flips": [],
        "excluded": None,
        "undefined": None,
        "cite": ANNEX3,
    }
    return plain | more

"""A park of six enterprises whose figures are all different, so that a leaked one is recognised by its digits.

fuel has four enterprises; process is of one; el is of two, one of which sells; transformation is of three, one at 90 %.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.report.example import not_met
from verify.canonical import decimal_text
from verify.disclosure import Rule
from verify.ruler import load_ruler

RULE = Rule.of(load_ruler("cn-national-2025"))
TERMS: dict[str, dict[str, str]] = {
    "fuel": {"A": "290630.316496", "B": "36245.909288", "C": "85284.511577", "D": "5452.167237"},
    "transformation": {"B": "90054.023901", "E": "5985.666373", "A": "4012.718283"},
    "el": {"A": "-13050.935168", "F": "26246.082645"},
    "process": {"C": "170998.981459"},
}


def text(value: Fraction) -> str:
    return decimal_text(value, 6)


def tonnes(term: str) -> Fraction:
    return sum(map(Fraction, TERMS[term].values()), Fraction(0))


TOTAL = sum(map(tonnes, TERMS), Fraction(0))
TCE = Fraction("378000.301974")


def of(enterprise: str) -> Fraction:
    return sum((Fraction(parts.get(enterprise, "0")) for parts in TERMS.values()), Fraction(0))


def secrets() -> dict[str, Fraction]:
    """What nobody outside may learn: each enterprise's part and sum, and each small or dominated subtotal."""
    parts = {f"{one} in {term}": Fraction(x) for term, parts in TERMS.items() for one, x in parts.items()}
    sums = {f"{one} in all": of(one) for one in "ABCDEF"}
    return parts | sums | {term: tonnes(term) for term in ("transformation", "el", "process")}


def item(name: str, year: str, amounts: Fraction, strict: Fraction | None = None) -> dict[str, Any]:
    value, most = text(amounts), text(amounts if strict is None else strict)
    figures = {"claimed": value, "proven": value, "strict": most, "reported": None}
    return {"item": name, "year": year, "unit": "tCO2", **figures, "incomplete": False}


def report() -> dict[str, Any]:
    """{facts, places}: the example's shape with this park's figures, wherever an honest report would carry them."""
    whole = not_met()
    facts = whole["facts"]
    year = facts["year"]
    zeros = Fraction("4711.654321")  # of C alone
    facts["terms"] = [
        {
            "term": term,
            "title": {"zh": term, "en": term},
            "tco2": text(tonnes(term)),
            "by_enterprise": [{"enterprise_id": one, "name": one, "tco2": x} for one, x in parts.items()],
        }
        for term, parts in TERMS.items()
    ]
    indicators = [row for row in facts["items"] if row["item"].startswith("indicator.")]
    facts["items"] = [
        item("total.tco2", year, TOTAL, TOTAL + zeros),
        item("energy.tce", year, TCE),
        *(item(f"term.{term}.tco2", year, tonnes(term), tonnes(term) + (term == "process") * zeros) for term in TERMS),
        item("term.process.tco2", "2025", Fraction("180001.252525")),  # C alone, another year
        item("term.heat.tco2", year, Fraction(0)),
        item("term.heat.tco2", "2025", Fraction(0)),
        *indicators,
    ]
    facts["members"] = [
        {"enterprise_id": one, "name": one, "industry_code": "3011", "from": None, "to": None, "tco2": text(of(one))}
        for one in "ABCDEF"
    ]
    facts["factors"] = [facts["factors"][0] | {"tco2": text(tonnes("process"))}]
    facts["runs"] = [facts["runs"][0] | {"tco2_population": text(tonnes("el")), "tco2_tested": text(tonnes("process"))}]
    facts["bunkers"] = [
        {"carrier": "jet", "title": {"zh": "x", "en": "x"}, "quantity": "1", "unit": "t", "tco2": TERMS["fuel"]["D"]}
    ]
    facts["level"] = facts["level"] | {
        "claimed": text(TOTAL),
        "proven": text(TOTAL),
        "strict": text(TOTAL + zeros),
        "steps": [{"rule": "r", "title": {"zh": "x", "en": "x"}, "tco2": text(-tonnes("process"))}],
    }
    facts["reported"] = [
        {
            "item": f"term.{term}.tco2",
            "year": year,
            "authority": "ets",
            "filed": text(tonnes(term)),
            "recomputed": text(tonnes(term)),
            "difference": "0.000000",
            "unit": "tCO2",
            "share_of_total": "0",
        }
        for term in TERMS
    ]
    facts["zero_register"] = [
        facts["zero_register"][0] | {"enterprise_id": "C", "tco2": TERMS["process"]["C"], "quantity": "1", "year": year}
    ]
    facts["findings"] = [
        facts["findings"][0] | {"arguments": {"tco2": TERMS["el"]["A"], "enterprise": "A"}, "effect": None}
    ]
    core = Fraction(tonnes("el"), 1) / TCE
    facts["parameters"] = [facts["parameters"][0]]
    facts["parameters"][0]["readings"] = [
        {"reading": "x", "title": {"zh": "x", "en": "x"}, "value": decimal_text(core, 12), "verdict": "met"}
    ]
    facts["sensitivities"] = [
        {
            "id": "s",
            "title": {"zh": "x", "en": "x"},
            "value": "1",
            "unit": "1",
            "item": "indicator.unit_energy_co2",
            "result": decimal_text(tonnes("process") / TCE, 12),
            "verdict": None,
            "cite": {"document": "x"},
        }
    ]
    return whole

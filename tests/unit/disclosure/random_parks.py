"""Random parks for the attack on what a bundle tells: cells as the ledger sums them, and the facts that the report would tell.

Amounts are small whole numbers and factors short, so that an attacker's algebra stays quick; rows of one kind share their
factor, as under a ruler, so that tonnes, tce and quantities of a row hang together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from verify.canonical import decimal_text
from verify.disclosure import Rule, public_part
from verify.ledger import Figures, defaults
from verify.ruler import Ruler, load_ruler

YEAR = "2027"
RULERS = {name: load_ruler(name) for name in ("cn-national-2025", "ghg-protocol-corporate")}
# carrier, flow, side, supply, tce per unit, term, tonnes per unit, the default of the ruler
ROWS = (
    ("bituminous_coal", "final_use", "use", "", "0.7", "fuel", "2", "2"),
    ("natural_gas", "final_use", "use", "", "1.3", "fuel", "2.5", "3"),
    ("diesel", "final_use", "use", "", "1.4", "fuel", "3", "3"),
    ("bituminous_coal", "transformation_in", "use", "", "0.7", "transformation", "2", "4"),
    ("bituminous_coal", "purchased", "fence", "", "0.7", "", "", ""),
    ("natural_gas", "purchased", "fence", "", "1.3", "", "", ""),
    ("electricity", "purchased", "fence", "grid", "0.3", "el", "0.5", "0.5"),
    ("electricity", "purchased", "fence", "direct_nonfossil", "0.3", "el", "0", "0.5"),
    ("electricity", "purchased", "fence", "certificate", "0.3", "el", "0", "0.5"),
    ("electricity", "primary_production", "fence", "self_nonfossil", "0.3", "onsite", "0", "0.5"),
    ("electricity", "sold", "fence", "grid", "0.3", "el", "0.5", "0.5"),
    ("electricity", "final_use", "use", "", "0.3", "", "", ""),
    ("heat", "purchased", "fence", "", "0.04", "heat", "0.1", "0.1"),
    ("clinker", "", "", "", "", "process", "0.5", "0.6"),
    ("naphtha", "feedstock", "use", "", "1.5", "feedstock", "0", "3"),
)
SCOPE2 = {"el": "scope2_location", "heat": "scope2_heat"}
STREAMS = ("solid_waste", "water", "waste_heat", "waste_cold")


@dataclass(frozen=True)
class Park:
    """`facts` after disclosure; `cells` with the enterprises; `rows` those of ``data/cells.csv``."""

    ruler: Ruler
    rule: Rule
    plain: Mapping[str, Any]
    cells: list[dict[str, Any]]
    facts: dict[str, Any]
    rows: list[dict[str, object]]


def park(seed: int, ruler: str = "cn-national-2025", enterprises: int = 0) -> Park:
    """A park of 2 to 8 enterprises (or so many), its rows scattered over them. The seed decides everything."""
    random = Random(seed)
    loaded = RULERS[ruler]
    names = [f"E{one}" for one in range(enterprises or random.randint(2, 8))]
    dense = random.choice((2, 4, 9))
    cells = [cell for name in names for cell in _cells(random, name, dense, ruler)]
    share = Fraction(random.choice((85, 85, 60)), 100)
    rule = replace(Rule.of(loaded), fewest=random.choice((2, 3, 3, 3, 4)), largest_share=share)
    shown, rows = public_part(_facts(loaded, cells), {}, cells, loaded.plain(), rule)
    return Park(loaded, rule, loaded.plain(), cells, shown.facts, rows)


def _cells(random: Random, name: str, dense: int, ruler: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for carrier, flow, side, supply, tce, term, factor, default in ROWS:
        if random.randrange(10) >= dense:
            continue
        quantity = Decimal(random.choice((1, 1, 1, 30)) * random.randint(1, 40)) * (-1 if flow == "sold" else 1)
        row = {
            "year": YEAR,
            "enterprise_id": name,
            "table": "activity",
            "carrier": carrier,
            "flow": flow,
            "supply": supply,
        }
        row |= {"activity_type": "", "at_feedstock": "", "unit": "t", "reading": ""}
        if tce:
            found.append(
                row
                | {"measure": "energy", "side": side, "term": "", "quantity": quantity, "tce": quantity * Decimal(tce)}
            )
        if term:
            term = SCOPE2.get(term, term) if ruler.startswith("ghg") else term
            tonnes, most = quantity * Decimal(factor), quantity * Decimal(default)
            strict = max(tonnes, most)
            amounts = {"tco2": tonnes, "strict_tco2": strict, "proven_tco2": random.choice((tonnes, tonnes, strict))}
            found.append(
                row | {"measure": "carbon", "side": "", "term": term, "quantity": quantity, "tce": None} | amounts
            )
    for stream in STREAMS:
        if random.randrange(10) < dense:
            total = random.randint(1, 60)
            side_row = {"table": "resources", "year": YEAR, "enterprise_id": name, "stream": stream, "hazardous": "no"}
            mass = {"total": total, "utilised": random.randint(0, total), "from_stock": random.choice((0, 0, 5))}
            found.append(side_row | mass | {"streams": 1})
    if random.randrange(10) < dense:
        product = {"table": "production", "year": YEAR, "enterprise_id": name, "product": "cement", "limit_grade": "2"}
        found.append(product | {"listed": 1, "at_limit": random.randint(0, 1)})
    return found


def _facts(ruler: Ruler, cells: list[dict[str, Any]]) -> dict[str, Any]:
    """What `verify.opinion.facts` says of such cells, as far as amounts go."""
    figures, chosen = Figures(ruler, cells, "filed", YEAR), defaults(ruler)
    kinds = ("claimed", "proven", "strict")
    items: list[dict[str, Any]] = []
    indicators: list[dict[str, Any]] = []
    for name in ruler.text.method.items:
        if name in {"total.tco2", "energy.tce"} or name.startswith(("term.", "scope")):
            values = {kind: _text(figures.item(name, chosen, kind), 6) for kind in kinds}  # type: ignore[arg-type]
            items.append({"item": name, "year": YEAR, "unit": "x", **values, "reported": None, "incomplete": False})
    for name in ruler.text.indicators:
        values = {kind: _text(figures.indicator_value(name, chosen, kind), 12) for kind in kinds}  # type: ignore[arg-type]
        if values["claimed"] is not None:
            items.append({"item": f"indicator.{name}", "year": YEAR, "unit": "x", **values, "reported": None})
        shown = {"id": name, "value": values["claimed"], "proven_value": values["proven"], "low": None, "high": None}
        indicators.append(shown | {"limit": None, "flips": []})
    terms = [_term(term, cells) for term in ruler.text.method.terms]
    return {
        "year": YEAR,
        "items": items,
        "indicators": indicators,
        "terms": [row for row in terms if row["by_enterprise"]],
        "parameters": [{"id": one, "chosen": chosen[one], "readings": []} for one in ruler.text.parameters],
        "reported": [],
    }


def _term(term: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    parts: dict[str, Fraction] = {}
    for cell in cells:
        if cell.get("measure") == "carbon" and cell["term"] == term:
            parts[cell["enterprise_id"]] = parts.get(cell["enterprise_id"], Fraction(0)) + Fraction(cell["tco2"])
    shares = [{"enterprise_id": one, "name": one, "tco2": decimal_text(amount, 6)} for one, amount in parts.items()]
    tonnes = decimal_text(sum(parts.values(), Fraction(0)), 6)
    return {"term": term, "title": {"zh": term, "en": term}, "tco2": tonnes, "by_enterprise": shares}


def _text(value: object, places: int) -> str | None:
    return decimal_text(value, places) if isinstance(value, Fraction) else None

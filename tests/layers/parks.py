"""Parks as a few rows, accounted without a table engine: the routes of a ruler over each row, summed to cells.

Small on purpose: the property needs many parks near the limits of many rulers, and a verdict is made of cells alone. Whole
roads stand beside in accept_layers.py. `near` moves a park to within one per cent of a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from verify.checks.world import FILED
from verify.ledger import Changes, Figures, Vocabulary, outcome
from verify.ledger.factor import Situation
from verify.ledger.route import Route, Router
from verify.road.world import with_sensitivities
from verify.ruler import Ruler

MEMBER = "91320000TEST0000X0"
_CARRIERS = Vocabulary.standard()
_TONNE = Decimal(1)


@dataclass(frozen=True)
class Row:
    """One row of activity or production: its texts, its amount in base units, the kind of its evidence."""

    table: str
    texts: Mapping[str, str]
    quantity: Decimal
    evidence: str = ""


@dataclass(frozen=True)
class SmallPark:
    """What is handed in. `process` are measured process emissions in tonnes, by which a park is moved to a limit; `streams` are
    (stream, total, utilised); `found`: codes of checks that need tables, taken as found; `excluded`: guiding indicators left
    out with a reason; `history`: years with data, the earlier ones `growth` times this one."""

    rows: tuple[Row, ...]
    process: Decimal = Decimal(0)
    streams: tuple[tuple[str, Decimal, Decimal], ...] = ()
    claims: tuple[Mapping[str, Any], ...] = ()
    reported: tuple[Mapping[str, Any], ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    history: int = 3
    growth: Decimal = Decimal(1)
    year: str = "2027"
    found: tuple[str, ...] = ()


def drawn(random: Random, year: str) -> SmallPark:
    """A park of plausible size: power of several kinds, gas, at times feedstock, a product without a factor, losses."""
    size = Decimal(random.choice((300_000, 700_000, 1_500_000, 3_400_000)))
    grid, direct, paper = (size * Decimal(random.randint(0, 40)) / 100 for _ in range(3))
    used = grid + direct + paper
    rows = [
        _power("purchased", grid, "grid"),
        _power("purchased", direct, "direct_nonfossil", _mostly(random, "direct_supply_agreement")),
        _power("purchased", paper, "certificate", _mostly(random, "certificate_statement")),
        _power("final_use", used * Decimal("0.97"), ""),
        _power("loss", used * Decimal("0.03"), ""),
    ]
    if random.random() < 0.5:
        gas = Decimal(random.randint(1, 200)) * 100
        rows += [_fuel("natural_gas", "purchased", gas), _fuel("natural_gas", "final_use", gas)]
    if random.random() < 0.3:
        coal = Decimal(random.randint(1, 60)) * 1000
        rows += [_fuel("bituminous_coal", "purchased", coal), _fuel("bituminous_coal", "feedstock", coal)]
    if random.random() < 0.1:
        texts = {"product": "ammonia", "flow": "made", "listed": "yes", "balanced": "no", "has_factor": "no"}
        rows.append(Row("production", texts, Decimal(1000)))
    streams = tuple(
        (name, Decimal(1000), Decimal(random.randint(300, 1000))) for name in ("solid_waste", "waste_heat", "water")
    )
    guiding = ("clean_energy_share", "solid_waste", "water_reuse")
    excluded = tuple(name for name in guiding if random.random() < 0.2)
    process = Decimal(random.randint(0, 50_000))
    growth = Decimal(random.choice(("0.99", "1", "1.01", "1.6")))
    years = random.choice((1, 3, 4))
    return SmallPark(tuple(rows), process, streams, excluded=excluded, history=years, growth=growth, year=year)


def _mostly(random: Random, evidence: str) -> str:
    return evidence if random.random() < 0.8 else ""


def _power(flow: str, quantity: Decimal, supply: str, evidence: str = "") -> Row:
    return Row("activity", {"carrier": "electricity", "flow": flow, "supply": supply}, quantity, evidence)


def _fuel(carrier: str, flow: str, quantity: Decimal) -> Row:
    return Row("activity", {"carrier": carrier, "flow": flow, "supply": ""}, quantity)


def accounted(ruler: Ruler, park: SmallPark) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cells and gaps of a park under a ruler."""
    year = park.year
    cells: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    for number, row in enumerate(park.rows):
        for route in _routes(ruler, row, year):
            if not route.counted:
                continue
            if route.missing:
                gaps.append(
                    {
                        "boundary": FILED,
                        "reading": route.reading,
                        "year": year,
                        "term": route.term,
                        "row_id": str(number),
                    }
                )
            else:
                cells.append(_cell(row, route, year))
    cells.append(_process(park.process, year))
    for stream, total, utilised in park.streams:
        amounts = {"total": total, "utilised": utilised, "from_stock": Decimal(0), "streams": 1}
        cells.append({"table": "resources", "year": year, "stream": stream, "hazardous": "no", **amounts})
    return cells, gaps


_KNOWN: dict[
    str, dict[tuple[object, ...], tuple[Route, ...]]
] = {}  # by ruler: rows differ by their amounts, routes do not
_RULERS = 64


def _routes(ruler: Ruler, row: Row, year: str) -> tuple[Route, ...]:
    if ruler.sha256 not in _KNOWN and len(_KNOWN) == _RULERS:
        _KNOWN.pop(next(iter(_KNOWN)))
    known = _KNOWN.setdefault(ruler.sha256, {})
    key = (row.table, *sorted(row.texts.items()), row.evidence, year)
    if key not in known:
        router = Router(ruler, with_sensitivities(ruler, Changes()))
        known[key] = tuple(router.routes(row.table, _situation(row, year)))
    return known[key]


def _situation(row: Row, year: str) -> Situation:
    carrier = row.texts.get("carrier", "")
    across = row.texts["flow"] in {"purchased", "sold"}
    texts = {
        "activity_type": "终端消费", "where": "outside" if across else "none", "covered": "no", "at_feedstock": "no",
        "has_biogenic": "no", "year": year, "evidence_kind": row.evidence, "province": "jiangsu",
        **_CARRIERS.traits(carrier), **row.texts,
    }  # fmt: skip
    return Situation(texts, {}, year, texts.get("dimension") or "mass", row.evidence)


def _cell(row: Row, route: Route, year: str) -> dict[str, Any]:
    signed = row.quantity * route.sign
    carbon = route.measure != "energy"
    tco2 = signed * route.factor if carbon else None
    strict = max(tco2, signed * route.default_factor) if tco2 is not None else None
    proven = route.proven or tco2 is None or tco2 >= signed * route.default_factor
    return {
        "boundary": FILED, "enterprise_id": MEMBER, "year": year, "table": row.table, "lines": 1, "quantity": signed,
        "carrier": row.texts.get("carrier", row.texts.get("product", "")), "flow": row.texts["flow"],
        "activity_type": "终端消费", "supply": row.texts.get("supply", ""), "where": "none", "at_feedstock": "no",
        "item_class": _CARRIERS.traits(row.texts.get("carrier", ""))["class"], "unit": "",
        "reading": route.reading, "measure": route.measure, "rule": route.rule, "term": route.term, "side": route.side,
        "confidence": route.confidence, "factor_id": route.factor_id, "factor": route.factor if carbon else None,
        "default_factor": route.default_factor, "coefficient": route.coefficient, "proven": proven,
        "supported": bool(row.evidence), "tco2": tco2, "strict_tco2": strict, "proven_tco2": tco2 if proven else strict,
        "tce": None if carbon else signed * route.coefficient,
    }  # fmt: skip


def _process(tonnes: Decimal, year: str) -> dict[str, Any]:
    return {
        "boundary": FILED, "enterprise_id": MEMBER, "year": year, "table": "production", "lines": 1, "quantity": tonnes,
        "carrier": "lime", "flow": "made", "activity_type": "", "supply": "", "where": "none", "at_feedstock": "no",
        "item_class": "", "unit": "t", "reading": "", "measure": "carbon", "rule": "process.product", "term": "process",
        "side": "", "confidence": "secondary", "factor_id": "product", "factor": _TONNE, "default_factor": _TONNE,
        "coefficient": Decimal(0), "proven": True, "supported": True, "tco2": tonnes, "strict_tco2": tonnes,
        "proven_tco2": tonnes, "tce": None,
    }  # fmt: skip


def near(park: SmallPark, ruler: Ruler, random: Random, assignment: Mapping[str, str], edge: Fraction) -> SmallPark:
    """The park with one indicator within one per cent of its limit (`edge` is that quotient, about 1), where it can be."""
    figures = Figures(ruler, accounted(ruler, park)[0], FILED, park.year)
    choices = list(_movable(figures, assignment))
    if not choices:
        return park
    name, limit = random.choice(choices)
    if name == "unit_energy_co2":
        return _by_process(park, figures, assignment, limit * edge)
    if name == "direct_share":
        return _by_direct(park, figures, assignment, limit * edge)
    stream = "water" if name == "water_reuse" else name
    utilised = {stream: _decimal(limit * edge * 1000)}
    return replace(park, streams=tuple((one, total, utilised.get(one, held)) for one, total, held in park.streams))


def _movable(figures: Figures, assignment: Mapping[str, str]) -> Iterator[tuple[str, Fraction]]:
    for name in ("unit_energy_co2", "direct_share", "solid_waste", "waste_heat", "water_reuse"):
        if name in figures.ruler.text.indicators:
            found = outcome(figures, name, assignment)
            if found.limit is not None and isinstance(found.value, Fraction):
                yield name, found.limit


def _by_process(park: SmallPark, figures: Figures, assignment: Mapping[str, str], wanted: Fraction) -> SmallPark:
    """Process emissions fill the rest; where the power alone is too much, all of the grid's becomes certificates."""
    total, energy = (figures.item(name, assignment) for name in ("total.tco2", "energy.tce"))
    if not isinstance(total, Fraction) or not isinstance(energy, Fraction):
        return park
    rest = wanted * energy - (total - Fraction(park.process))
    if rest >= 0:
        return replace(park, process=_decimal(rest))
    rows = tuple(
        replace(row, texts={**row.texts, "supply": "certificate"}, evidence="certificate_statement")
        if row.texts.get("supply") == "grid"
        else row
        for row in park.rows
    )
    greened = replace(park, rows=rows, process=Decimal(0))
    if greened.rows == park.rows:
        return replace(park, process=Decimal(0))
    return _by_process(
        greened, Figures(figures.ruler, accounted(figures.ruler, greened)[0], FILED, park.year), assignment, wanted
    )


def _by_direct(park: SmallPark, figures: Figures, assignment: Mapping[str, str], wanted: Fraction) -> SmallPark:
    """Direct supply takes its share of the power used, the grid the rest."""
    used = figures.item("electricity.share_base.mwh", assignment)
    if not isinstance(used, Fraction) or wanted > 1:
        return park
    direct = _decimal(wanted * used)
    others = [row for row in park.rows if row.texts.get("supply") not in {"grid", "direct_nonfossil", "certificate"}]
    rest = max(_decimal(used) - direct, Decimal(0))
    return replace(
        park,
        rows=(
            _power("purchased", direct, "direct_nonfossil", "direct_supply_agreement"),
            _power("purchased", rest, "grid"),
            *others,
        ),
    )


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("1E-6"))

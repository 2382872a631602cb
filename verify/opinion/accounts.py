"""The accounts part of the facts: terms, energy of both sides, factors, the zero register, the level from strict to claimed.

Everything is of the reporting year, the filed boundary and the chosen assignment; every number leaves here as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.checks.world import World, total
from verify.ledger.reasons import reason
from verify.ledger.route import Route
from verify.opinion.judgement import incomplete_terms

Facts = dict[str, Any]
TONNES, FACTOR = 6, 12  # places in which facts are written
_USE = ("final_use", "transformation_in", "feedstock", "loss", "bunker", "transformation_out", "recovered")


def words(title: Any) -> Facts:
    """A title as facts carry it."""
    return {"zh": title["zh"], "en": title["en"]} if isinstance(title, Mapping) else {"zh": title.zh, "en": title.en}


def cite(source: Any) -> Facts:
    """A citation as facts carry it."""
    plain = source if isinstance(source, Mapping) else source.model_dump(mode="json")
    return {
        key: plain.get(key, "")
        for key in ("document", "annex", "clause", "page")
        if plain.get(key) or key == "document"
    }


def number(value: Any, places: int = TONNES) -> str | None:
    """A figure as decimal text; None where it is undefined."""
    return (
        decimal_text(Fraction(value), places)
        if isinstance(value, Fraction | Decimal | int) and not isinstance(value, bool)
        else None
    )


def terms(world: World) -> list[Facts]:
    """Emissions by term and enterprise (report table T3); terms with no line and nothing missing are left out."""
    names, incomplete = _names(world), incomplete_terms(world)
    found = []
    for term, title in world.ruler.text.method.terms.items():
        cells = world.cells(measure="carbon", term=term)
        if not cells and term not in incomplete:
            continue
        shares = [
            {
                "enterprise_id": one,
                "name": names.get(one, ""),
                "tco2": number(total((c for c in cells if c["enterprise_id"] == one), "tco2")),
            }
            for one in sorted({cell["enterprise_id"] for cell in cells})
        ]
        found.append(
            {"term": term, "title": words(title), "tco2": number(total(cells, "tco2")), "by_enterprise": shares}
        )
    return found


def energy(world: World) -> list[Facts]:
    """Both sides of the energy identity per carrier, with the coefficient (tables T2 and T4)."""
    cells = [cell for cell in world.cells(measure="energy") if cell["side"]]
    carriers: dict[str, list[Mapping[str, Any]]] = {}
    for cell in cells:
        carriers.setdefault(cell["carrier"], []).append(cell)
    return [_carrier(world, carrier, carriers[carrier]) for carrier in sorted(carriers)]


def _carrier(world: World, carrier: str, cells: list[Mapping[str, Any]]) -> Facts:
    def quantity(*flows: str) -> Decimal:
        return total((cell for cell in cells if cell["flow"] in flows), "quantity")

    fence = [cell for cell in cells if cell["side"] == "fence"]
    use = [cell for cell in cells if cell["side"] == "use"]
    tce_fence, tce_use = total(fence, "tce"), total(use, "tce")
    coefficients = sorted({(cell["coefficient"], cell["factor_id"]) for cell in cells}, key=str)
    mean, source = _coefficient(world, cells, coefficients)
    known = sum((quantity(flow) for flow in _USE), Decimal(0))
    return {
        "carrier": carrier,
        "title": _title(world, carrier),
        "unit": cells[0]["unit"],
        "coefficient": mean,
        "coefficient_unit": f"tce/{cells[0]['unit']}",
        "source": source,
        "fence": {
            "purchased": number(quantity("purchased", "tolled_in")),
            "primary_production": number(quantity("primary_production")),
            "stock_change": number(quantity("stock_open", "stock_close")),
            "sold": number(-quantity("sold", "tolled_out")),
        },
        "use": {
            **{flow: number(abs(quantity(flow))) for flow in _USE},
            "other": number(total(use, "quantity") - known),
        },
        "tce_fence": number(tce_fence),
        "tce_use": number(tce_use),
        "difference": number(tce_fence - tce_use),
    }


def _coefficient(
    world: World, cells: list[Mapping[str, Any]], found: list[tuple[Any, str]]
) -> tuple[str | None, Facts]:
    """The coefficient of a carrier: the one that applies, or the mean over the rows where heat values were measured."""
    if len(found) == 1:
        value: str | None = number(found[0][0], FACTOR)
    else:
        gross = sum((abs(cell["quantity"]) for cell in cells), Decimal(0))
        weighted = sum((abs(cell["tce"]) for cell in cells), Decimal(0))
        value = number(Fraction(weighted) / Fraction(gross), FACTOR) if gross else number(found[0][0], FACTOR)
    route = _trace(world, found[0][1])
    inputs = route.effective.inputs if route is not None and route.effective is not None else ()
    source = next((one.cite for one in inputs if one.cite), None)
    if source is None and route is not None:
        source = cite(next(line for line in world.ruler.text.method.lines if line.id == route.rule).cite)
    return value, cite(source or {"document": ""})


def factors(world: World) -> list[Facts]:
    """Every factor that a line with tonnes used, with its source and confidence (table T5)."""
    used: dict[tuple[str, Any], list[Mapping[str, Any]]] = {}
    for cell in world.cells(measure=("carbon", "memo")):
        if cell["factor_id"] and cell["term"]:
            used.setdefault((cell["factor_id"], cell["factor"]), []).append(cell)
    found = []
    for (identifier, value), cells in sorted(used.items(), key=lambda one: (one[0][0], str(one[0][1]))):
        route = _trace(world, identifier)
        found.append(
            {
                "id": identifier,
                "title": _factor_title(world, identifier),
                "value": number(value, FACTOR),
                "unit": _factor_unit(world, cells[0]),
                "kind": _kind(world, route),
                "confidence": cells[0]["confidence"],
                "cite": _factor_cite(world, identifier, route),
                "lines": str(sum(cell["lines"] for cell in cells)),
                "tco2": number(total(cells, "tco2")),
                "why": _why(world, route),
            }
        )
    return found


def _why(world: World, route: Route | None) -> list[Facts]:
    """Each number behind a factor, and why it is the one that applies."""
    found = []
    for one in route.effective.inputs if route is not None and route.effective is not None else ():
        named = world.ruler.values.get(one.origin) or world.ruler.text.parameters.get(
            one.origin.removeprefix("parameter.")
        )
        why = reason(world.ruler, one, world.year, world.chosen)
        found.append(
            {
                "title": words(named.title) if named is not None else None,
                "value": ""
                if one.origin.startswith("row.")
                else one.printed,  # a member's own measurement is not told here
                "unit": named.unit if named is not None else "",
                "key": f"report.why.{why.key}",
                "arguments": dict(why.arguments),
            }
        )
    return found


def zero_register(world: World) -> list[Facts]:
    """Every line below its class default, by enterprise and rule, with tonnes at default and evidence (DESIGN 8 Z)."""
    lines = world.lines().filter(lambda t: (t.measure == "carbon") & (t.year == world.year) & (t.tco2 < t.default_tco2))
    keys = ["rule", "enterprise_id", "carrier", "term", "unit", "factor", "default_factor", "proved", "evidence_id"]
    rows = world.engine.rows(
        lines.group_by(keys).aggregate(
            quantity=lines.quantity.sum().cast("decimal(38, 6)"),
            tco2=lines.tco2.sum().cast("decimal(38, 18)"),
            default=lines.default_tco2.sum().cast("decimal(38, 18)"),
        )
    )
    grouped: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[key] for key in keys[:-1]), []).append(row)
    titles = {line.id: words(line.title) for line in world.ruler.text.method.lines}
    found = []
    for key, group in sorted(grouped.items(), key=lambda one: tuple(str(part) for part in one[0])):
        rule, enterprise, _, term, unit, factor, default_factor, proven = key
        tco2, default = total(group, "tco2"), total(group, "default")
        found.append(
            {
                "rule": rule,
                "title": titles[rule],
                "enterprise_id": enterprise,
                "item": f"term.{term}.tco2",
                "year": world.year,
                "quantity": number(total(group, "quantity")),
                "unit": unit,
                "factor": number(factor, FACTOR),
                "default_factor": number(default_factor, FACTOR),
                "tco2": number(tco2),
                "default_tco2": number(default),
                "below_default_tco2": number(default - tco2),
                "proven": proven,
                "evidence": sorted({row["evidence_id"] for row in group if row["evidence_id"]}),
            }
        )
    return found


def level(world: World) -> Facts:
    """From the strict value, with every zero at its default, to the claimed one; steps by line rule, exact."""
    figures = world.figures[world.year]
    strict, proven, claimed = (
        figures.item("total.tco2", world.chosen, kind) for kind in ("strict", "proven", "claimed")
    )
    titles = {line.id: words(line.title) for line in world.ruler.text.method.lines}
    steps: dict[str, Fraction] = {}
    for cell in world.cells(measure="carbon"):
        if cell["term"]:
            step = Fraction(cell["tco2"]) - Fraction(cell["strict_tco2"])
            steps[cell["rule"]] = steps.get(cell["rule"], Fraction(0)) + step
    shown = [
        {"rule": rule, "title": titles[rule], "tco2": number(value)}
        for rule, value in sorted(steps.items(), key=lambda one: (one[1], one[0]))
        if value
    ]
    return {"strict": number(strict), "proven": number(proven), "claimed": number(claimed), "steps": shown}


def bunkers(world: World) -> list[Facts]:
    """Fuel of international aviation and shipping: counted, and listed apart."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for cell in world.cells(measure="carbon", flow="bunker"):
        found.setdefault(cell["carrier"], []).append(cell)
    return [
        {
            "carrier": carrier,
            "title": _title(world, carrier),
            "quantity": number(total(cells, "quantity")),
            "unit": cells[0]["unit"],
            "tco2": number(total(cells, "tco2")),
        }
        for carrier, cells in sorted(found.items())
    ]


def members(world: World) -> list[Facts]:
    """The enterprises of the park, spell by spell, with their tonnes of the reporting year."""
    tonnes: dict[str, Decimal] = {}
    for cell in world.cells(measure="carbon"):
        if cell["term"]:
            tonnes[cell["enterprise_id"]] = tonnes.get(cell["enterprise_id"], Decimal(0)) + cell["tco2"]
    return [
        {
            "enterprise_id": row["enterprise_id"],
            "name": row["name"],
            "industry_code": row["industry_code"],
            "from": str(row["from"]) if row["from"] else None,
            "to": str(row["to"]) if row["to"] else None,
            "tco2": number(tonnes.get(row["enterprise_id"], Decimal(0))),
        }
        for row in world.spells()
    ]


def unconfirmed(world: World) -> list[Facts]:
    """Values that a figure of the reporting year rests on and that were not checked against their document."""
    found: dict[str, Facts] = {}
    for cell in world.cells():
        route = _trace(world, cell["factor_id"]) if cell["factor_id"] else None
        for one in route.effective.inputs if route is not None and route.effective is not None else ():
            if one.confidence != "unconfirmed" or one.origin.startswith("row."):
                continue
            identifier = one.origin.removeprefix("parameter.")
            parameter = world.ruler.text.parameters.get(identifier)
            entry: Facts = {"id": identifier, "cite": cite(one.cite or {"document": ""})}
            if parameter is not None:
                entry["title"] = words(parameter.title)
                entry["candidates"] = [reading.value for reading in parameter.readings if reading.value]
                if parameter.unit:
                    entry["unit"] = parameter.unit
            else:
                value = world.ruler.values[identifier]
                entry |= {"title": words(value.title), "value": one.printed, "unit": value.unit}
            found[identifier] = entry
    return [found[key] for key in sorted(found)]


def _names(world: World) -> dict[str, str]:
    return {row["enterprise_id"]: row["name"] for row in world.spells()}


def _title(world: World, carrier: str) -> Facts:
    return world.vocabulary.title(carrier)


def _trace(world: World, factor_id: str) -> Route | None:
    return world.ledger.route(factor_id, world.year)


def _factor_title(world: World, identifier: str) -> Facts:
    factor = world.ruler.text.method.factors.get(identifier.partition("(")[0])
    if factor is not None:
        return words(factor.title)
    own = world.ruler.text.method.own_intensity
    reading = (
        next(one for one in world.ruler.text.parameters[own.parameter].readings if one.id == own.reading)
        if own
        else None
    )
    return words(reading.title) if reading is not None else {"zh": identifier, "en": identifier}


def _factor_unit(world: World, cell: Mapping[str, Any]) -> str:
    rule = world.ruler.text.method.factors.get(cell["factor_id"].partition("(")[0])
    tonnes = rule.unit.partition("/")[0] if rule is not None and "/" in rule.unit else world.mass_unit
    return f"{tonnes}/{cell['unit']}"


def _kind(world: World, route: Route | None) -> str:
    if route is None or route.effective is None:
        return "measured"
    origins = [one.origin for one in route.effective.inputs]
    if any(origin.startswith("row.") for origin in origins):
        return "measured"
    kinds = {world.ruler.values[origin].kind for origin in origins if origin in world.ruler.values}
    return "by_data_date" if "by_data_date" in kinds or not kinds else kinds.pop()


def _factor_cite(world: World, identifier: str, route: Route | None) -> Facts:
    inputs: Iterable[Any] = route.effective.inputs if route is not None and route.effective is not None else ()
    source = next((one.cite for one in inputs if one.cite), None)
    if source is None:
        factor = world.ruler.text.method.factors.get(identifier.partition("(")[0])
        return cite(factor.cite) if factor is not None else {"document": ""}
    return cite(source)

"""Numbers that rows file for themselves (factor, heat value, carbon content), each identified among the printed ones.

A scan is a table with the columns of `COLUMNS`: what was filed, what it is, what is due, and the effect of taking that. The
rows stay in the engine; only the distinct numbers come out to be identified. Scans are made once per run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from verify.checks.filed_factors import FILED_BY_ROW, filed_factors, plain
from verify.checks.identify import Given, Swap, identify
from verify.checks.printed import at, behind, heat_values, in_row_unit, printed
from verify.checks.readings import reading_number
from verify.checks.rows import text
from verify.checks.undone import facts, fuels, product, rerouted, source_or_member, standing, undone, undone_energy
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger import REPORTED
from verify.ledger.factor import Situation
from verify.submission.naming import folded, words

Params = Mapping[str, Any]
Key = Mapping[str, str]
TEXTS = ("of", "property", "filed", "unit", "is_value", "due", "due_value", "power", "quantity_unit")
COLUMNS = ("table", "row_id", "subject", "period", "aspect", "effect", "effect_unit", "quantity", *TEXTS)
_SAID = tuple(name for name in TEXTS if name != "quantity_unit")
_FACTORS = {"electricity": (("electricity",), "MWh"), "heat": (("heat", "waste_heat"), "GJ")}
_PROPERTIES = ("ncv", "carbon_content")


@dataclass(frozen=True)
class Named:
    """One distinct filed number: in what it is wrong, the texts of its finding, the number meant in the row's own unit."""

    aspect: str
    texts: Mapping[str, str]
    meant: str = ""


def places(world: World) -> frozenset[str]:
    """Ids of the province and the grid zone of the park in the factor files; empty where the province is not known."""
    park = world.submission.park
    province = words("province").get(folded(park.province), "")
    zone = words("grid_zone").get(folded(park.grid_zone), "")
    return frozenset({province, zone} - {""}) if province else frozenset()


def scans(world: World, params: Params) -> list[Table]:
    """Every scan that a check asks for: `factors` (electricity, heat), `fuel`, `product` name what it looks at."""
    found = []
    for subject in params.get("factors", []):
        found += _once(world, f"factors:{subject}", partial(_factors, world, subject))
    if "fuel" in params:
        asked = ("fuel", "evidence", "standard_coal")
        found += _once(world, f"fuel:{[params[one] for one in asked]}", partial(_properties, world, params))
    if "product" in params:
        found += _once(world, f"product:{params['product']}", partial(_products, world, params))
    return found


def named(given: Given, swap: Swap | None, column: str, unit: str) -> Named | None:
    """A number with its identity in texts; None where it has none."""
    if swap is None:
        return None
    due = given.due if given.due is not None else swap.printed
    texts = {
        "of": given.thing,
        "property": column,
        "filed": given.written,
        "unit": unit,
        "is_value": swap.printed.key,
        "due": text(due.number / given.scale),
        "due_value": due.key,
        "power": str(swap.power),
    }
    return Named(swap.aspect, texts)


def _once(world: World, key: str, make: Callable[[], Iterator[Table]]) -> list[Table]:
    key = f"scan:{key}"
    if key not in world.cache:
        world.cache[key] = [world.engine.keep("scan", table) for table in make()]
    return world.cache[key]  # type: ignore[no-any-return]


def _factors(world: World, subject: str) -> Iterator[Table]:
    """Emission factors filed in rows of power or heat, against those that the ruler takes for the same rows."""
    classes, per = _FACTORS[subject]
    rows = filed_factors(world, classes)
    held = world.lines(method=REPORTED).filter(lambda t: (t.measure == "carbon") & t.factor_id.startswith(FILED_BY_ROW))
    rows = world.engine.keep("filed", rows.join(held.select("row_id", "factor_id", of="item"), "row_id"))
    unit, scale = in_row_unit(world, "factor", subject)
    known, here = printed(world, subject), places(world)

    def name(key: Key) -> Named | None:
        due = behind(world, key["factor_id"], key["period"])
        if due is None or due.about.get("subject") != subject:  # a zero that the row has to earn has no rival
            return None
        number = Fraction(key["filed"]) * scale
        given = Given(key["of"], number, key["period"], key["filed"], scale, due, here)
        return named(given, identify(given, known), "factor", unit)

    for table in _identified(world, rows, ["of", "filed", "factor_id", "period"], name):
        yield _columns(table, "activity", "tCO2", per)


def _properties(world: World, params: Params) -> Iterator[Table]:
    """Heat values and carbon contents of fuels: another printed one, or a power of ten away from the default."""
    rows = standing(world).filter(lambda t: t.carrier.isin(fuels()))
    for column in _PROPERTIES:
        filed = rows.filter(rows[column].notnull())
        filed = filed.mutate(filed=plain(filed[column]), period=filed.year, of=filed.carrier)

        def name(key: Key, column: str = column) -> Named | None:
            return _property(world, params, column, key)

        for table in _identified(world, filed, ["of", "filed", "evidence_kind", "period"], name):
            yield from _revalued(world, table, column)


def _property(world: World, params: Params, column: str, key: Key) -> Named | None:
    dimension = world.vocabulary.traits(key["of"])["dimension"]
    unit, scale = in_row_unit(world, column, dimension)
    due = at(world, params["fuel"].format(carrier=key["of"], property=column), key["period"])
    number = Fraction(key["filed"]) * scale
    given = Given(key["of"], number, key["period"], key["filed"], scale, due, measurable=True)
    known = printed(world, "fuel", property=column)
    if column == "ncv":
        known = [*known, *heat_values(world, reading_number(world, params["standard_coal"]), dimension)]
    swap = identify(given, known)
    if swap is None or (not swap.power and key["evidence_kind"] in params["evidence"]):
        return None  # a laboratory may find what another fuel has by default; it does not slip a power of ten
    one = named(given, swap, column, unit)
    assert one is not None
    return replace(one, meant=text(number * Fraction(10) ** swap.power / scale)) if swap.power else one


def _products(world: World, params: Params) -> Iterator[Table]:
    """Product factors that rows file: of another product, of another set, or a power of ten away from a printed one."""
    if "production" not in world.ledger.facts:
        return
    rows = facts(world, "production")
    rows = rows.filter(rows.factor.notnull() & (rows.flow == "made"))
    rows = rows.mutate(filed=plain(rows.factor), period=rows.year, of=rows["product"])
    unit, scale = in_row_unit(world, "factor", "mass")
    known = printed(world, "product")

    def name(key: Key) -> Named | None:
        due = at(world, params["product"].format(product=key["of"]), key["period"])
        given = Given(key["of"], Fraction(key["filed"]) * scale, key["period"], key["filed"], scale, due)
        return named(given, identify(given, known), "factor", unit)

    for table in _identified(world, rows, ["of", "filed", "period"], name):
        other = rerouted(world, table, lambda situation: _without(situation, "factor"), table="production")
        effect = product(other.quantity, other.due) - product(other.quantity, other.factor)
        yield _columns(other.mutate(effect=effect, subject=source_or_member(other)), "production", "tCO2")


def _revalued(world: World, rows: Table, column: str) -> Iterator[Table]:
    """Rows with the effect of the number that was meant: in tCO2 where they emit, else in tce where they move energy."""

    def other(situation: Situation, meant: str) -> Situation:
        if not meant:
            return _without(situation, column)
        return replace(situation, measured={**situation.measured, column: Fraction(meant)})

    rows = rows.mutate(subject=source_or_member(rows))
    both = undone_energy(world, undone(world, rows, other, by=("meant",)).drop("due"), other, by=("meant",))
    energy = ((both.effect == 0) & (both.effect_tce != 0)).fill_null(False)
    yield _columns(both.filter(~energy), "activity", "tCO2")
    yield _columns(both.filter(energy).drop("effect").rename(effect="effect_tce"), "activity", "tce")


def _without(situation: Situation, column: str) -> Situation:
    return replace(situation, measured={key: value for key, value in situation.measured.items() if key != column})


def _identified(world: World, rows: Table, keys: list[str], name: Callable[[Key], Named | None]) -> Iterator[Table]:
    """`rows` whose number is a wrong one, with ``say_…`` texts, `aspect` and `meant`; nothing where there is none."""
    import pyarrow as pa

    distinct = world.engine.rows(rows.select(*keys).distinct().order_by(keys))
    found = [(key, one) for key in distinct if (one := name(key)) is not None]
    if not found:
        return
    columns: dict[str, list[str]] = {name: [key[name] for key, _ in found] for name in keys}
    columns |= {f"say_{name}": [one.texts[name] for _, one in found] for name in _SAID}
    columns |= {"meant": [one.meant for _, one in found], "aspect": [one.aspect for _, one in found]}
    schema = pa.schema([(name, pa.string()) for name in columns])
    table = world.engine.table("named", pa.table(columns, schema=schema))
    yield rows.join(table, keys)


def _columns(rows: Table, table: str, unit: str, per: str = "") -> Table:
    import ibis

    return rows.select(
        "row_id",
        "aspect",
        table=ibis.literal(table),
        subject=rows.subject,
        period=rows.period,
        effect=rows.effect.cast(AMOUNT),
        effect_unit=ibis.literal(unit),
        quantity=rows.quantity.abs().cast(AMOUNT),
        quantity_unit=ibis.literal(per) if per else rows.unit,
        **{name: rows[f"say_{name}"] for name in _SAID},
    ).select(*COLUMNS)

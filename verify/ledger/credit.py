"""The reading `own_intensity` of the export credit: what the operator itself emits per GJ of power and heat.

Intensity of an operator and year = emissions of all its fuel for power and heat over its output in GJ; a seller that
makes nothing takes the mean of the park, and where the park makes nothing the credit is zero. It is computed under the
ruler's default readings (none of them touches the fuel of power and heat). The figure is a factor: rounded at 12 places, then multiplied (DESIGN 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from verify.canonical import FACTOR_PLACES, quantise
from verify.engine import AMOUNT, FACTOR, Engine, Table
from verify.formula import Tree, Value, evaluate, sum_rows
from verify.ledger.basis import METHOD, REPORTED, consistent, defaults, read_reading, write_reading
from verify.ruler import Ruler
from verify.ruler.model import OwnIntensity

_GROUP = ("boundary", "year", "enterprise_id")


def with_own_intensity(engine: Engine, ruler: Ruler, lines: Table) -> Table:
    """`lines`, the credit lines of which hold under the other readings only, and once more at the own intensity."""
    rule = ruler.text.method.own_intensity
    if rule is None:
        return lines
    credits_ = lines.filter(lambda t: (t.credit != "") & (t.factor > 0))
    sold = engine.rows(credits_.select(*_GROUP, "reading", "credit").distinct())
    if not sold:
        return lines
    made = engine.rows(_made(lines))
    import ibis
    import pyarrow as pa

    others = [one.id for one in ruler.text.parameters[rule.parameter].readings if one.id != rule.reading]
    found: dict[str, list[Any]] = {
        key: [] for key in (*_GROUP, "reading", "credit", "new_reading", "new_factor", "own")
    }
    for row in sold:
        held = read_reading(row["reading"])
        if held.get(METHOD) == REPORTED:
            continue
        intensity = _intensity(ruler, rule, made, row)
        for reading in (*others, rule.reading):
            own = reading == rule.reading
            for key in (*_GROUP, "reading", "credit"):
                found[key].append(row[key])
            found["new_reading"].append(write_reading({**held, rule.parameter: reading}))
            found["new_factor"].append(
                _factor(rule, row["credit"], intensity) if own else Decimal(0).quantize(Decimal("1E-12"))
            )
            found["own"].append(own)
    fields = [(key, pa.string()) for key in (*_GROUP, "reading", "credit", "new_reading")]
    schema = pa.schema([*fields, ("new_factor", pa.decimal128(19, 12)), ("own", pa.bool_())])
    variants = engine.table("own_intensity", pa.table(found, schema=schema))
    keys = [*_GROUP, "reading", "credit"]
    joined = lines.left_join(variants, keys, rname="{name}_own")
    joined = joined.mutate(
        new_factor=ibis.ifelse(joined.own.fill_null(False), joined.new_factor.cast(FACTOR), joined.factor)
    )
    split = joined.mutate(
        reading=joined.new_reading.fill_null(joined.reading),
        factor=joined.new_factor,
        tco2=ibis.ifelse(joined.own.fill_null(False), (joined.quantity * joined.new_factor).cast(AMOUNT), joined.tco2),
        factor_id=ibis.ifelse(joined.own.fill_null(False), ibis.literal("own_intensity"), joined.factor_id),
    )
    return engine.keep("credited", split.select(*lines.columns))


def _made(lines: Table) -> Table:
    rows = lines.filter(lambda t: (t.term != "") | (t.side != ""))
    return rows.group_by([*_GROUP, "reading", "term", "side", "carrier", "flow", "activity_type", "supply"]).aggregate(
        tco2=rows.tco2.sum().cast(AMOUNT), quantity=rows.quantity.sum().cast("decimal(38, 6)")
    )


def _intensity(ruler: Ruler, rule: OwnIntensity, made: Iterable[Mapping[str, Any]], row: Mapping[str, Any]) -> Fraction:
    usual = defaults(ruler)
    here = [
        one
        for one in made
        if one["boundary"] == row["boundary"]
        and one["year"] == row["year"]
        and consistent(read_reading(one["reading"]), usual)
    ]
    own = [one for one in here if one["enterprise_id"] == row["enterprise_id"]]
    for rows in (own, here):
        emissions = evaluate(ruler.tree(rule.emissions), {}, partial(_sum, rows))
        output = evaluate(ruler.tree(rule.output), {}, partial(_sum, rows))
        if isinstance(emissions, Fraction) and isinstance(output, Fraction) and output > 0:
            return emissions / output
    return Fraction(0)


def _sum(rows: list[Mapping[str, Any]], node: Tree) -> Value:
    return sum_rows(node, [one for one in rows if one.get(node["column"]) is not None])


def _factor(rule: OwnIntensity, credit: str, intensity: Fraction) -> Decimal:
    return quantise(intensity * Fraction(rule.per[credit]), FACTOR_PLACES)

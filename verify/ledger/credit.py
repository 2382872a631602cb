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
from verify.formula import Tree, Value, evaluate, sum_rows, sums
from verify.ledger.basis import METHOD, REPORTED, consistent, defaults, read_reading, write_reading
from verify.ledger.figures import looks_at
from verify.ledger.membership import Membership, SharedMembership
from verify.ledger.situations import partner_of
from verify.ruler import Ruler
from verify.ruler.model import OwnIntensity

_GROUP = ("boundary", "year", "enterprise_id")


def with_own_intensity(
    engine: Engine, ruler: Ruler, lines: Table, membership: Membership | SharedMembership
) -> tuple[Table, frozenset[str]]:
    """`lines`, the credit lines of which hold under the other readings only, and once more at the own intensity.

    Also the enterprises of which the intensity rests on more than their own rows inside the fence: under a shared
    membership theirs are right only once those enterprises stand apart.
    """
    rule = ruler.text.method.own_intensity
    if rule is None:
        return lines, frozenset()
    import ibis
    import pyarrow as pa

    keys = [*_GROUP, "reading", "credit"]
    credited = engine.keep("sold", lines.filter(lambda t: (t.credit != "") & (t.factor > 0)).select(*keys).distinct())
    readings = _readings(engine, ruler, rule, credited)
    credited = credited.semi_join(readings, "reading")
    sold = engine.rows(credited.select(*_GROUP, "credit").distinct())
    if not sold:
        return lines, frozenset()
    sold.sort(key=lambda row: tuple(row.values()))
    made = _Made(ruler, rule, engine.rows(_made(_usual(engine, ruler, lines), membership)), membership)
    found = {key: [row[key] for row in sold] for key in (*_GROUP, "credit")}
    found["intensity"] = [
        _factor(rule, row["credit"], made.intensity(row["boundary"], row["year"], row["enterprise_id"])) for row in sold
    ]
    schema = pa.schema([*((key, pa.string()) for key in (*_GROUP, "credit")), ("intensity", pa.decimal128(19, 12))])
    intensities = engine.table("own_intensity", pa.table(found, schema=schema))
    variants = credited.join(readings, "reading").join(intensities, [*_GROUP, "credit"])
    variants = engine.keep("variants", variants.select(*keys, "new_reading", "intensity", "own"))
    joined = lines.left_join(variants, keys, rname="{name}_own")
    joined = joined.mutate(
        new_factor=ibis.ifelse(joined.own.fill_null(False), joined.intensity.cast(FACTOR), joined.factor)
    )
    split = joined.mutate(
        reading=joined.new_reading.fill_null(joined.reading),
        factor=joined.new_factor,
        tco2=ibis.ifelse(joined.own.fill_null(False), (joined.quantity * joined.new_factor).cast(AMOUNT), joined.tco2),
        factor_id=ibis.ifelse(joined.own.fill_null(False), ibis.literal("own_intensity"), joined.factor_id),
    )
    return engine.keep("credited", split.select(*lines.columns)), frozenset(made.wider)


def _readings(engine: Engine, ruler: Ruler, rule: OwnIntensity, credited: Table) -> Table:
    """(reading, new_reading, own): under which readings a credit line holds, and under which its operator's own intensity."""
    import pyarrow as pa

    others = [one.id for one in ruler.text.parameters[rule.parameter].readings if one.id != rule.reading]
    found: dict[str, list[Any]] = {"reading": [], "new_reading": [], "own": []}
    for text in sorted(row["reading"] for row in engine.rows(credited.select("reading").distinct())):
        held = read_reading(text)
        if held.get(METHOD) == REPORTED:
            continue
        for reading in (*others, rule.reading):
            found["reading"].append(text)
            found["new_reading"].append(write_reading({**held, rule.parameter: reading}))
            found["own"].append(reading == rule.reading)
    schema = pa.schema([("reading", pa.string()), ("new_reading", pa.string()), ("own", pa.bool_())])
    return engine.table("readings", pa.table(found, schema=schema))


def _usual(engine: Engine, ruler: Ruler, lines: Table) -> Table:
    """The lines that hold under the ruler's default readings: of ten thousand changed values only the one as printed."""
    import pyarrow as pa

    usual = defaults(ruler)
    readings = [row["reading"] for row in engine.rows(lines.select("reading").distinct())]
    held = sorted(one for one in readings if consistent(read_reading(one), usual))
    table = pa.table({"reading": held}, schema=pa.schema([("reading", pa.string())]))
    return lines.semi_join(engine.table("usual", table), "reading")


def _made(lines: Table, membership: Membership | SharedMembership) -> Table:
    import ibis

    rows = lines.filter(lambda t: (t.term != "") | (t.side != ""))
    partners = membership.partners if isinstance(membership, SharedMembership) else []
    rows = rows.mutate(partner=partner_of(rows, partners) if partners else ibis.literal(""))
    keys = [*_GROUP, "partner", "reading", "term", "side", "carrier", "flow", "activity_type", "supply"]
    return rows.group_by(keys).aggregate(
        tco2=rows.tco2.sum().cast(AMOUNT), quantity=rows.quantity.sum().cast("decimal(38, 6)")
    )


class _Made:
    """What each operator makes and emits, and the intensity that follows; each question is answered once."""

    def __init__(
        self,
        ruler: Ruler,
        rule: OwnIntensity,
        rows: Iterable[Mapping[str, Any]],
        membership: Membership | SharedMembership,
    ) -> None:
        self.trees = (ruler.tree(rule.emissions), ruler.tree(rule.output))
        self.nodes = [node for tree in self.trees for node in sums(tree)]
        self.membership = membership
        self.wider: set[str] = set()
        self._rows: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
        self._members: dict[str, set[str]] = {}
        for one in rows:
            key = (one["boundary"], one["year"], one["enterprise_id"], one["partner"])
            self._rows.setdefault(key, []).append(one)
            self._members.setdefault(one["year"], set()).add(one["enterprise_id"])
        self._known: dict[tuple[str, str, str], Fraction | None] = {}

    def intensity(self, boundary: str, year: str, enterprise: str) -> Fraction:
        """Of the operator itself, else of all members of the boundary, else zero."""
        own = self._of(boundary, year, enterprise)
        if own is not None:
            return own
        self.wider.add(enterprise)
        mean = self._of(boundary, year, "")
        return mean if mean is not None else Fraction(0)

    def _of(self, boundary: str, year: str, enterprise: str) -> Fraction | None:
        """Emissions per output of one member, or ('') of all; None where nothing is made."""
        key = (boundary, year, enterprise)
        if key not in self._known:
            rows: list[Mapping[str, Any]] = []
            for one in [enterprise] if enterprise else sorted(self._members.get(year, ())):
                for carried, partner in self.membership.rows_of(boundary, one):
                    found = self._rows.get((carried, year, one, partner), [])
                    if partner and enterprise and any(looks_at(node, row) for node in self.nodes for row in found):
                        self.wider.add(enterprise)
                    rows += found
            emissions, output = (evaluate(tree, {}, partial(_sum, rows)) for tree in self.trees)
            sound = isinstance(emissions, Fraction) and isinstance(output, Fraction) and output > 0
            self._known[key] = emissions / output if sound else None  # type: ignore[operator,assignment]
        return self._known[key]


def _sum(rows: list[Mapping[str, Any]], node: Tree) -> Value:
    return sum_rows(node, [one for one in rows if one.get(node["column"]) is not None])


def _factor(rule: OwnIntensity, credit: str, intensity: Fraction) -> Decimal:
    return quantise(intensity * Fraction(rule.per[credit]), FACTOR_PLACES)

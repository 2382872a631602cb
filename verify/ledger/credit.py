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
    credits_ = lines.filter(lambda t: (t.credit != "") & (t.factor > 0))
    sold = engine.rows(credits_.select(*_GROUP, "reading", "credit").distinct())
    if not sold:
        return lines, frozenset()
    sold.sort(key=lambda row: tuple(row.values()))
    made = _Made(ruler, rule, engine.rows(_made(lines, membership)), membership)
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
        intensity = made.intensity(row["boundary"], row["year"], row["enterprise_id"])
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
    return engine.keep("credited", split.select(*lines.columns)), frozenset(made.wider)


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
        usual = defaults(ruler)
        self.trees = (ruler.tree(rule.emissions), ruler.tree(rule.output))
        self.nodes = [node for tree in self.trees for node in sums(tree)]
        self.membership = membership
        self.wider: set[str] = set()
        self._rows: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
        self._members: dict[str, set[str]] = {}
        for one in rows:
            if consistent(read_reading(one["reading"]), usual):
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

"""Units of the factors: what each formula gives per unit of a row, for every carrier that a line lets in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from verify.ruler.lint.dimensions import (
    NOTHING,
    Clash,
    Dimension,
    Dimensions,
    any_of,
    divided,
    measured,
    of_unit,
    said,
    times,
)
from verify.ruler.lint.fault import Fault, Ground, at
from verify.ruler.model import Factor, Line, Source
from verify.ruler.resolved import Ruler

_ENERGY = "tce"
_MASS = "mass"
# Rows of gases: the tonnes of a named gas are a mass, whichever way the unit is written (rules/units.yaml, conversions).
_GASES = {"t": _MASS, "tCO2": _MASS, "tCO2e": "co2e"}


@dataclass(frozen=True)
class Row:
    """What a line lets in: the carrier ('' where the table has none) and the dimension of the quantity."""

    table: str
    dimension: str
    texts: Mapping[str, str] = field(default_factory=dict)


def factor_units(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    """RL-08 of every factor that a line takes: its formula, its declared unit, and the sources of its inputs."""
    told: set[tuple[str, str]] = set()
    per: dict[str, set[str]] = {}
    tops: dict[str, set[Dimension]] = {}
    for line in ruler.text.method.lines:
        for name in (*line.factor, line.default):
            factor = ruler.text.method.factors.get(name)
            if factor is None:
                continue
            for row in _rows(line, ground):
                for fault in _of_row(ruler, ground, line, name, factor, row, per, tops):
                    key = (fault.problem.path, str(fault.problem.arguments))
                    if key not in told:
                        told.add(key)
                        yield fault
    for name, dimensions in per.items():
        yield from _declared(ruler, name, dimensions, tops.get(name, set()))


def _of_row(
    ruler: Ruler,
    ground: Ground,
    line: Line,
    name: str,
    factor: Factor,
    row: Row,
    per: dict[str, set[str]],
    tops: dict[str, set[Dimension]],
) -> Iterator[Fault]:
    inputs: dict[str, Dimensions] = {}
    for key, sources in factor.inputs.items():
        found = [(place, units) for place, one in enumerate(sources) if (units := _of_source(ruler, ground, one, row))]
        if not found:
            return  # no source has it for such a row: the factor does not apply here
        inputs[key] = found[0][1]
        for place, units in found[1:]:
            if inputs[key] is not None and units is not None and not inputs[key] & units:  # type: ignore[operator]
                path = ("method", "factors", name, "inputs", key, place)
                words = {"unit": said(units), "expected": said(inputs[key]), "what": sources[place].origin}
                yield at(ruler, "RL-08", path, **words, formula=factor.formula)
    try:
        result = measured(ruler.tree(factor.formula), inputs.get, lambda _: None)
    except Clash as clash:
        words = {"unit": said(clash.other), "expected": said(clash.one), "what": clash.text}
        yield at(ruler, "RL-08", ("method", "factors", name, "formula"), **words, formula=factor.formula)
        return
    if result is None:
        return
    own = of_unit(_base(row.dimension))
    wanted = _wanted(ruler, line, row)
    assert own is not None
    amounts = frozenset(times(one, own) for one in result)
    per.setdefault(name, set()).add(row.dimension)
    tops.setdefault(name, set()).update(amounts & wanted)
    if not amounts & wanted:
        words = {"unit": said(result), "expected": said(frozenset(divided(one, own) for one in wanted))}
        what = row.texts.get("carrier") or line.id
        yield at(ruler, "RL-08", ("method", "factors", name, "formula"), **words, what=what, formula=factor.formula)


def _declared(ruler: Ruler, name: str, dimensions: set[str], tops: set[Dimension]) -> Iterator[Fault]:
    """The unit that a factor declares: an amount that its lines count, per the unit of one of its rows."""
    declared = of_unit(ruler.text.method.factors[name].unit)
    if declared is None or not tops:
        return
    fitting = {divided(top, one) for top in tops for row in dimensions if (one := of_unit(_base(row))) is not None}
    if declared not in fitting:
        words = {"unit": said(frozenset({declared})), "expected": said(frozenset(fitting)), "what": name}
        formula = ruler.text.method.factors[name].formula
        yield at(ruler, "RL-08", ("method", "factors", name, "unit"), **words, formula=formula)


def _wanted(ruler: Ruler, line: Line, row: Row) -> frozenset[Dimension]:
    """What quantity x factor must be: tonnes of the inventory, or of coal equivalent."""
    if line.measure == "energy":
        units = [_ENERGY]
    else:
        total = ruler.text.method.items.get("total.tco2")
        units = ["tCO2", *([total.unit] if total is not None else [])]
        units += ["t"] if row.table == "emissions" else []
    return any_of(units) or frozenset()


def _rows(line: Line, ground: Ground) -> Iterator[Row]:
    """One row per carrier, or per unit, that the line's match lets in."""
    if line.table == "activity":
        for carrier, traits in ground.carriers.items():
            texts = {"carrier": carrier, **traits}
            if all(texts[key] in words for key, words in line.match.items() if key in texts):
                yield Row("activity", traits["dimension"], texts)
    elif line.table == "emissions":
        for unit in line.match.get("unit", list(_GASES)):
            yield Row("emissions", _GASES.get(unit, _MASS))
    else:
        yield Row(line.table, _MASS)


def _of_source(ruler: Ruler, ground: Ground, source: Source, row: Row) -> Dimensions:
    """What a source measures for such a row; the empty set where it has nothing for it, None where nobody says."""
    origin = source.origin
    if origin.startswith("row."):
        return _of_column(ruler, ground, origin.removeprefix("row."), row)
    if origin.startswith("parameter."):
        name = origin.removeprefix("parameter.")
        found = [one.unit for key, one in ruler.text.parameters.items() if key == name or _fits(name, key)]
        return any_of(found) or frozenset()
    if "{carrier}" in origin:
        value = ruler.values.get(ruler.bound(origin.replace("{carrier}", row.texts.get("carrier", ""))))
        numbers = value is not None and (value.entries or value.candidates)
        return any_of([value.unit]) if value is not None and numbers else frozenset()
    from verify.ruler.lint.reach import filled_in

    names = filled_in(ruler, origin, ground.carriers) if "{" in origin else [origin]
    units = [value.unit for name in names if (value := ruler.values.get(ruler.bound(name))) is not None]
    return any_of(units) or frozenset()


def _fits(pattern: str, name: str) -> bool:
    head, _, rest = pattern.partition("{")
    return bool(rest) and name.startswith(head)


def _of_column(ruler: Ruler, ground: Ground, column: str, row: Row) -> Dimensions:
    counted = ground.columns.get((row.table, column))
    if counted is not None:
        top, own = of_unit(counted), of_unit(_base(row.dimension))
        return frozenset({divided(top, own)}) if top is not None and own is not None else None
    if row.table != "activity":
        return frozenset()
    if column == "biogenic_fraction":
        return frozenset({NOTHING})
    unit = ruler.text.method.row_units.get(column, {}).get(row.dimension)
    return any_of([unit]) if unit else None


def _base(dimension: str) -> str:
    from verify.units import Units

    return Units.standard().base(dimension)

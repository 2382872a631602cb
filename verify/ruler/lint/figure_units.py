"""Units of figures: every formula of an item, a size class, an indicator, and the numbers that they are held against."""

from __future__ import annotations

from collections.abc import Iterator

from verify.formula import Tree
from verify.ruler.lint.dimensions import (
    NOTHING,
    PLAIN,
    TRUTH,
    Clash,
    Dimensions,
    any_of,
    divided,
    measured,
    of_unit,
    said,
)
from verify.ruler.lint.fault import Fault, Ground, at
from verify.ruler.marks import Path_
from verify.ruler.resolved import Ruler

_COUNTS = {"streams", "at_limit", "listed"}  # columns of the side cells that count
_AMOUNTS = {"total", "utilised", "from_stock"}  # columns of recovered streams, in the unit of the stream


def figure_units(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    """RL-09: formulas of figures. RL-10: limits, readings, sensitivities in another unit than what they stand for."""
    method = ruler.text.method
    for name, item in method.items.items():
        root: Path_ = ("method", "items", name)
        wanted = any_of([item.unit])
        yield from _formula(ruler, ground, (*root, "formula"), item.formula, wanted)
        for parameter, readings in item.when.items():
            for reading, formula in readings.items():
                yield from _formula(ruler, ground, (*root, "when", parameter, reading), formula, wanted)
    own = method.own_intensity
    if own is not None:
        yield from _own_intensity(ruler, ground)
    for name, indicator in ruler.text.indicators.items():
        for place, one in enumerate(indicator.classes):
            path: Path_ = ("indicators", name, "classes", place)
            truth: Dimensions = frozenset({TRUTH})
            yield from _formula(ruler, ground, (*path, "holds"), one.holds, truth)
            for parameter, readings in one.when.items():
                for reading, formula in readings.items():
                    yield from _formula(ruler, ground, (*path, "when", parameter, reading), formula, truth)
    for place, row in enumerate(ruler.text.opinion.rows):
        yield from _formula(ruler, ground, ("opinion", "rows", place, "holds"), row.holds, frozenset({TRUTH}))
    yield from _limits(ruler)
    yield from _open_points(ruler)


def _formula(ruler: Ruler, ground: Ground, path: Path_, formula: str, wanted: Dimensions) -> Iterator[Fault]:
    try:
        found = measured(
            ruler.tree(formula), lambda name: _of_name(ruler, name), lambda node: _of_sum(ruler, ground, node)
        )
    except Clash as clash:
        words = {"unit": said(clash.other), "expected": said(clash.one), "what": clash.text}
        yield at(ruler, "RL-09", path, **words, formula=formula)
        return
    if found is not None and wanted is not None and not found & wanted:
        words = {"unit": said(found), "expected": said(wanted), "what": formula}
        yield at(ruler, "RL-09", path, **words, formula=formula)


def _own_intensity(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    own = ruler.text.method.own_intensity
    assert own is not None
    unit = of_unit(own.unit)
    root: Path_ = ("method", "own_intensity")
    if unit is None:
        return
    above = frozenset((name, power) for name, power in unit if power > 0)
    below = divided(above, unit)
    yield from _formula(ruler, ground, (*root, "emissions"), own.emissions, frozenset({above}))
    yield from _formula(ruler, ground, (*root, "output"), own.output, frozenset({below}))


def _of_name(ruler: Ruler, name: str) -> Dimensions:
    if name.startswith("value."):
        value = ruler.values.get(ruler.bound(name.removeprefix("value.")))
        return None if value is None else any_of([value.unit])
    if name.startswith("indicator."):
        indicator = ruler.text.indicators.get(name.removeprefix("indicator."))
        return None if indicator is None else any_of([indicator.unit])
    item = ruler.text.method.items.get(name)
    return PLAIN if item is None else any_of([item.unit])  # counts and shares of the opinion table


def _of_sum(ruler: Ruler, ground: Ground, node: Tree) -> Dimensions:
    column, only = node["column"], node["only"]
    if column == "tco2":
        total = ruler.text.method.items.get("total.tco2")
        return any_of([total.unit if total is not None else "tCO2"])
    if column == "tce":
        return any_of(["tce"])
    if column in _COUNTS:
        return frozenset({NOTHING})
    if column in _AMOUNTS:
        return any_of([ground.streams[one] for one in only.get("stream", ()) if one in ground.streams])
    if column == "value":
        return any_of(only.get("unit", ()))
    if "emissions" in only.get("table", ()):
        return any_of(["t"])
    units = [_base(ground.carriers[one]["dimension"]) for one in only.get("carrier", ()) if one in ground.carriers]
    return any_of(units)


def _limits(ruler: Ruler) -> Iterator[Fault]:
    for name, indicator in ruler.text.indicators.items():
        unit = of_unit(indicator.unit)
        parts = [ruler.text.method.items.get(one) for one in (indicator.numerator, indicator.denominator)]
        above, below = (of_unit(one.unit) if one is not None else None for one in parts)
        path: Path_ = ("indicators", name, "unit")
        if unit is not None and above is not None and below is not None and divided(above, below) != unit:
            words = {"unit": indicator.unit, "expected": said(frozenset({divided(above, below)}))}
            yield at(ruler, "RL-10", path, **words, what=f"{indicator.numerator} / {indicator.denominator}")
        places: list[tuple[Path_, str]] = [(("indicators", name, "limit"), indicator.limit)]
        places += [
            (("indicators", name, "classes", at_, "limit"), one.limit) for at_, one in enumerate(indicator.classes)
        ]
        for where, limit in places:
            value = ruler.values.get(ruler.bound(limit)) if limit else None
            if value is not None and of_unit(value.unit) != unit:
                yield at(ruler, "RL-10", where, unit=value.unit, expected=indicator.unit, what=limit)


def _open_points(ruler: Ruler) -> Iterator[Fault]:
    for name, parameter in ruler.text.parameters.items():
        unit = of_unit(parameter.unit) if parameter.unit else None
        for place, reading in enumerate(parameter.readings):
            path: Path_ = ("parameters", name, "readings", place)
            value = ruler.values.get(ruler.bound(reading.same_as)) if reading.same_as else None
            if value is not None and of_unit(value.unit) != unit:
                yield at(ruler, "RL-10", path, unit=value.unit, expected=parameter.unit or "-", what=reading.same_as)
            if reading.value and unit is None:
                yield at(ruler, "RL-10", path, unit=parameter.unit or "-", expected="?", what=reading.value)
    for place, one in enumerate(ruler.text.sensitivities):
        value = ruler.values.get(ruler.bound(one.value))
        if value is not None and of_unit(value.unit) != of_unit(one.unit):
            path = ("sensitivities", place, "unit")
            yield at(ruler, "RL-10", path, unit=one.unit, expected=value.unit, what=one.value)


def _base(dimension: str) -> str:
    from verify.units import Units

    return Units.standard().base(dimension)

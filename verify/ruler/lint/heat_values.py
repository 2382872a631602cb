"""One heat value for numerator and denominator per carrier: what CO2 takes and what the coefficient of tce implies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.canonical import decimal_text
from verify.formula import evaluate
from verify.ruler.lint.dimensions import any_of
from verify.ruler.lint.fault import Fault, Ground, at, at_value
from verify.ruler.model import Factor, Line
from verify.ruler.resolved import Ruler
from verify.ruler.values import unit_scale

HEAT_VALUE = "ncv"  # the input of a factor that is a heat value
TOLERANCE = "practice.heat_value_gap"
_PER_TCE = "GJ/tce"
_SHOWN = 6


def heat_values(ruler: Ruler, ground: Ground) -> Iterator[Fault]:
    """RL-11: a carrier with two heat values. RL-12: a printed heat value that its coefficient does not give."""
    per_tce = _per_tce(ruler)
    if per_tce is None:
        return
    found = ruler.find(TOLERANCE, ruler.text.baseline.year or "9999")
    tolerance = found[1].value if found is not None else Fraction(0)
    for carrier, traits in ground.carriers.items():
        texts = {"carrier": carrier, **traits}
        heat = _first(ruler, "carbon", texts, carrier, per_tce, as_heat=True)
        coal = _first(ruler, "energy", texts, carrier, per_tce, as_heat=False)
        if heat is None or coal is None or not heat[1]:
            continue
        implied = coal[1] * per_tce
        if abs(implied - heat[1]) / heat[1] > tolerance:
            words = {
                "carbon": _text(heat[1]),
                "energy": _text(implied),
                "carrier": carrier,
                "gap": _share(implied, heat[1]),
            }
            yield at(ruler, "RL-11", ("method", "factors", coal[0]), **words, one=heat[0], other=coal[0])
    yield from _printed(ruler, per_tce)


def _first(
    ruler: Ruler, measure: str, texts: dict[str, str], carrier: str, per_tce: Fraction, *, as_heat: bool
) -> tuple[str, Fraction] | None:
    """The first factor of a measure that has a number for the carrier without a measured value, and that number."""
    for line in ruler.text.method.lines:
        if line.measure != measure or line.table != "activity" or not _lets_in(line, texts):
            continue
        for name in line.factor:
            factor = ruler.text.method.factors.get(name)
            if factor is None or (as_heat and HEAT_VALUE not in factor.inputs):
                continue
            number = _heat(ruler, factor, carrier) if as_heat else _coefficient(ruler, factor, carrier, per_tce)
            if number is not None:
                return name, number
    return None


def _lets_in(line: Line, texts: dict[str, str]) -> bool:
    return all(texts[key] in words for key, words in line.match.items() if key in texts)


def _heat(ruler: Ruler, factor: Factor, carrier: str) -> Fraction | None:
    return _input(ruler, factor, HEAT_VALUE, carrier)


def _coefficient(ruler: Ruler, factor: Factor, carrier: str, per_tce: Fraction) -> Fraction | None:
    """tce per unit, by default values alone."""
    numbers: dict[str, Fraction] = {}
    for key, sources in factor.inputs.items():
        if any(source.origin.startswith("parameter.") for source in sources):
            if any_of([_unit_of_parameter(ruler, sources[0].origin)]) != any_of([_PER_TCE]):
                return None  # a coefficient that is itself an open point (electricity)
            numbers[key] = per_tce
            continue
        number = _input(ruler, factor, key, carrier)
        if number is None:
            return None
        numbers[key] = number
    value = evaluate(ruler.tree(factor.formula), dict(numbers))
    return value if isinstance(value, Fraction) else None


def _unit_of_parameter(ruler: Ruler, origin: str) -> str:
    parameter = ruler.text.parameters.get(origin.removeprefix("parameter."))
    return parameter.unit if parameter is not None else ""


def _input(ruler: Ruler, factor: Factor, key: str, carrier: str) -> Fraction | None:
    for source in factor.inputs[key]:
        if source.origin.startswith("row."):
            continue
        found = ruler.find(source.origin.replace("{carrier}", carrier), ruler.text.baseline.year or "9999")
        if found is not None:
            return found[1].value
    return None


def _per_tce(ruler: Ruler) -> Fraction | None:
    """GJ per tce that the ruler takes: the default reading of its open point, else its value."""
    wanted = any_of([_PER_TCE])
    for parameter in ruler.text.parameters.values():
        if parameter.unit and any_of([parameter.unit]) == wanted:
            reading = next((one for one in parameter.readings if one.id == parameter.default and one.value), None)
            if reading is not None:
                return Fraction(reading.value) * unit_scale(parameter.unit)
    value = next((one for one in ruler.values.values() if one.entries and any_of([one.unit]) == wanted), None)
    return value.entries[0].value if value is not None else None


def _printed(ruler: Ruler, per_tce: Fraction) -> Iterator[Fault]:
    """The heat value printed beside a coefficient is the coefficient x GJ per tce, to its last digit."""
    told: set[str] = set()
    for value in ruler.values.values():
        if value.consistent_ncv is None or not value.entries or value.id in told:
            continue
        told.add(value.id)
        printed, unit = value.consistent_ncv
        scale = unit_scale(unit)
        exact = value.entries[0].value * per_tce / scale
        places = len(printed.partition(".")[2])
        if abs(exact - Fraction(printed)) > Fraction(1, 2 * 10**places):
            words = {"printed": f"{printed} {unit}", "exact": f"{_text(exact)} {unit}"}
            yield at_value("RL-12", value, value.id, **words)


def _text(number: Fraction) -> str:
    return decimal_text(number, _SHOWN).rstrip("0").rstrip(".")


def _share(one: Fraction, other: Fraction) -> str:
    return f"{decimal_text((one - other) / other * 100, 2)} %"

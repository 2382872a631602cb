"""A comparison as plain canonical data: what `--json` prints and what the page is made of. Numbers leave as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.opinion.accounts import FACTOR, TONNES, number, words
from verify.road.comparison.asked import DIMENSIONS, REDUCTION, Answer, Asked, Choice, Measure
from verify.road.comparison.fences import Fence
from verify.road.comparison.spread import Range, Spread
from verify.ruler import Parameter, Ruler

Facts = dict[str, Any]
_RATIO = {"indicator": FACTOR}


def ruler_facts(ruler: Ruler) -> Facts:
    """A ruler by id, title and digest; whether it is whole, and where it stands on what rulers differ about."""
    return {
        "id": ruler.id,
        "title": words(ruler.text.title),
        "sha256": ruler.sha256,
        "status": ruler.text.status,
        "gases": list(ruler.text.method.gases),
        "unknown_clauses": [words(one) for one in ruler.text.unknown_clauses],
        "divergence": {
            question: {"answer": list(stand.answer), "unknown": stand.unknown}
            for question, stand in ruler.text.divergence.items()
        },
    }


def park_facts(park: Any) -> Facts:
    """Who the park is, and what it chose as filed."""
    return {
        "id": park.id,
        "names": {"zh": park.names.zh, "en": park.names.en},
        "ruler": park.ruler.partition("@")[0] or None,
        "base_year": park.base_year or None,
    }


def fence_facts(fences: Sequence[Fence]) -> list[Facts]:
    """The boundaries, those that the data cannot tell among them."""
    return [{"id": one.id, "members": str(one.members), "untold": list(one.untold)} for one in fences]


def asked_facts(asked: Asked, spreads: Sequence[Spread], verdicts: Mapping[str, str]) -> Facts:
    """A submission under one ruler. `verdicts`: what stands of each core indicator, proof and partial rulers considered."""
    years = asked.base_years
    points = {name: point for one in spreads for name, point in one.measure.points.items()}
    return {
        "ruler": ruler_facts(asked.ruler),
        "base_years": {
            "rule": years.rule,
            "admissible": list(years.admissible),
            "without_data": list(years.without_data),
            "own": years.own or None,
        },
        "incomplete": incomplete_facts(asked),
        "points": point_facts(points, asked.readings),
        "measures": [_measure(asked, one, verdicts) for one in spreads],
    }


def _measure(asked: Asked, one: Spread, verdicts: Mapping[str, str]) -> Facts:
    measure = one.measure
    return {
        "item": measure.item,
        "title": measure_title(asked.ruler, measure),
        "unit": measure.unit,
        "lower_is_better": measure.lower_is_better,
        "own": {**answer_facts(measure, one.own), **_share(asked, measure, one.own)},
        "verdict": verdicts.get(measure.item),
        "range": _range(asked, measure, one.whole),
        "thinned": one.thinned,
        "alone": {kind: _range(asked, measure, one.alone[kind]) for kind in DIMENSIONS},
        "by_point": {
            name: _range(asked, measure, found)
            for name, found in sorted(one.by_point.items())
            if found.low != found.high or len(found.verdicts) > 1
        },
        "flips": [
            {"what": flip.what, "chosen": flip.chosen, "verdict": flip.verdict, "value": tell(measure, flip.value)}
            for flip in one.flips
        ],
    }


def point_facts(points: Mapping[str, Parameter], own: Mapping[str, str]) -> list[Facts]:
    """Open points with their readings, and which of them the park (or else the ruler) takes."""
    return [
        {
            "id": name,
            "title": words(point.title),
            "about": point.about,
            "own": own[name],
            "readings": [{"reading": one.id, "title": words(one.title)} for one in point.readings],
        }
        for name, point in sorted(points.items())
    ]


def incomplete_facts(asked: Asked, measure: Measure | None = None) -> list[Facts]:
    """The terms with rows that have no factor under the park's own choice; 'energy' is the denominator.

    Of a measure: those that could be missing in it.
    """
    method = asked.ruler.text.method
    titles = {**method.terms, **({"energy": method.items["energy.tce"].title} if "energy.tce" in method.items else {})}
    return [
        {"term": term, "title": words(titles[term]) if term in titles else {"zh": term, "en": term}}
        for term in asked.incomplete(measure)
    ]


def answer_facts(measure: Measure, found: Answer) -> Facts:
    """A value with the limit and class that apply, and what the numbers alone say."""
    facts: Facts = {"value": tell(measure, found.value)}
    if found.verdict is not None:
        facts |= {"limit": tell(measure, found.limit), "size_class": found.size_class, "by_numbers": found.verdict}
    return facts


def tell(measure: Measure, value: Fraction | None) -> str | None:
    """A value as facts carry it: tonnes to six places, a ratio to twelve."""
    return number(value, _RATIO.get(measure.item.partition(".")[0], TONNES))


def choice_facts(choice: Choice | None, own: Mapping[str, str], points: Mapping[str, Any]) -> Facts | None:
    """A basis: boundary, base year, and the readings of the points that matter, those first that differ from the park's."""
    if choice is None:
        return None
    return {
        "boundary": choice.fence,
        "base_year": choice.base_year or None,
        "readings": {name: choice.readings[name] for name in sorted(points) if choice.readings[name] != own[name]},
    }


def measure_title(ruler: Ruler, measure: Measure) -> Facts | None:
    """The title of a figure as its ruler has it; the reduction has none."""
    kind, _, name = measure.item.partition(".")
    if kind == "indicator":
        return words(ruler.text.indicators[name].title)
    item = ruler.text.method.items.get(measure.item)
    return None if item is None else words(item.title)


def _share(asked: Asked, measure: Measure, own: Answer) -> Facts:
    """A reduction also as a share of the base year's total."""
    if measure.item != REDUCTION or own.value is None:
        return {}
    before = asked.figures[asked.own.fence, asked.own.base_year].item("total.tco2", asked.readings)
    share = own.value / before if isinstance(before, Fraction) and before else None
    return {"share": number(share, FACTOR)}


def _range(asked: Asked, measure: Measure, found: Range) -> Facts:
    return {
        "low": tell(measure, found.low),
        "high": tell(measure, found.high),
        "at_low": choice_facts(found.at_low, asked.readings, measure.points),
        "at_high": choice_facts(found.at_high, asked.readings, measure.points),
        "bases": str(found.bases),
        "undefined": str(found.undefined),
        "verdicts": {verdict: str(count) for verdict, count in found.verdicts.items()},
        "standing": found.standing,
    }

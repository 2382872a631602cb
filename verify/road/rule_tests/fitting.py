"""Names of a test that its ruler does not have: a reading misspelt would otherwise be no reading at all, and pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from verify.errors import Problem
from verify.ledger import METHOD, REFERENCE, REPORTED, value_key
from verify.ledger.basis import AS_PRINTED
from verify.road.rule_tests.read import Case
from verify.ruler import Ruler


def unfitting(ruler: Ruler, cases: Iterable[Case]) -> Iterator[Problem]:
    """Open points, readings, figures, indicators and checks that the tests name and the ruler lacks."""
    readings = _readings(ruler)
    known = {
        **dict.fromkeys(("figures", "proven", "strict"), ruler.text.method.items.keys()),
        "indicators": ruler.text.indicators.keys(),
        "findings": ruler.text.checks.keys(),
        "parameters": readings.keys(),
    }
    for case in cases:
        for section, names in known.items():
            for name in getattr(case.test, section):
                if name not in names:
                    yield case.problem((section, name), "rule_tests.not_in_ruler", name=name, ruler=ruler.id)
        for name, reading in case.test.parameters.items():
            if reading not in readings.get(name, (reading,)):
                path = ("parameters", name)
                yield case.problem(path, "rule_tests.not_in_ruler", name=reading, ruler=ruler.id)


def _readings(ruler: Ruler) -> dict[str, Collection[str]]:
    """The readings that a test may choose, by open point; a sensitivity is one of them (``value:<id>``)."""
    points = {name: [one.id for one in point.readings] for name, point in ruler.text.parameters.items()}
    changed = {value_key(one.value): (AS_PRINTED, one.to) for one in ruler.text.sensitivities}
    return {METHOD: (REFERENCE, REPORTED), **points, **changed}

"""One family of statistical tests per submission, fixed by the ruler, with one error rate (manipulation-patterns.md 3.7).

Tests weigh by the tonnes behind them. All of them are listed, those that found nothing and those that refused too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verify.checks import number_series as series
from verify.checks import number_tests as tests
from verify.checks.number_tests import BREAK, DIGITS, DUPLICATES, HEAPING, HUGGING, VARIANCE, Tested
from verify.checks.world import World
from verify.statistics import holm

FAMILY = (DIGITS, DUPLICATES, HEAPING, HUGGING, VARIANCE, BREAK)
SIGNIFICANT, EXPLAINED, SILENT, REFUSED = "significant", "explained", "not_significant", "refused"
_PRACTICE = "practice."


@dataclass(frozen=True)
class Judged:
    """A test with its place in the family. `adjusted`: p after Holm with weights; None where the test refused."""

    test: Tested
    state: str
    adjusted: float | None
    tonnes: Decimal
    event: str = ""


def family(world: World) -> list[Judged]:
    """Every test of the family on this submission, in the order of the codes; computed once per world."""
    if "number_family" not in world.cache:
        world.cache["number_family"] = _family(world)
    return world.cache["number_family"]  # type: ignore[no-any-return]


def judged(
    lines: Sequence[Tested], tonnes: Mapping[tuple[str, str], Decimal], error: float, least_share: float
) -> list[Judged]:
    """Holm over the tests that ran; each has at least `least_share` of an equal part of the weight, the rest goes by tonnes."""
    weights = [_tonnes(one, tonnes) for one in lines]
    ran = [at for at, one in enumerate(lines) if one.p is not None]
    whole = float(sum((weights[at] for at in ran), Decimal(0)))
    shares = [
        least_share / len(ran) + (1 - least_share) * (float(weights[at]) / whole if whole else 1 / len(ran))
        for at in ran
    ]
    adjusted = dict(zip(ran, holm([lines[at].p or 0.0 for at in ran], shares), strict=True)) if ran else {}
    return [Judged(one, _state(adjusted.get(at), error), adjusted.get(at), weights[at]) for at, one in enumerate(lines)]


def _family(world: World) -> list[Judged]:
    rules = {code: world.ruler.text.checks[code].params for code in FAMILY if code in world.ruler.text.checks}
    if not rules:
        return []
    lines = sorted(
        collected(world, rules), key=lambda one: (one.code, one.test, one.table, one.weigh, one.subject, one.what, one.period, one.other)
    )  # fmt: skip
    common = [numbers(world, params) for params in rules.values()]
    error, least = min(one["error"] for one in common), max(one["least_weight"] for one in common)
    found = judged(lines, series.tonnes_by_source(world), error, least)
    return [_explained(world, one, rules) for one in found]


def collected(world: World, rules: Mapping[str, Mapping[str, Any]]) -> list[Tested]:
    """Every test that the ruler's entries ask for, unjudged."""
    found: list[Tested] = []
    made = series.outputs(world) if world.handed_in("production") else []
    monthly = {code: series.flows(world, of["bases"], of["flows"]) for code, of in rules.items() if "flows" in of}
    if DIGITS in rules or HEAPING in rules:
        readings = series.reading_digits(world)
    if DIGITS in rules:
        counted = [*series.monthly_digits(monthly[DIGITS]), *readings]
        counted += series.invoice_digits(world, rules[DIGITS]["invoice_bases"])
        found += tests.digit_tests(counted, numbers(world, rules[DIGITS]))
    if DUPLICATES in rules:
        found += tests.duplicate_tests([*monthly[DUPLICATES], *made], numbers(world, rules[DUPLICATES]))
    if HEAPING in rules:
        counted = [*series.monthly_digits(monthly[HEAPING]), *readings]
        found += tests.heaping_tests(counted, numbers(world, rules[HEAPING]))
    if HUGGING in rules:
        measured = [*series.laboratory(world, rules[HUGGING]["evidence"]), *series.unit_energies(world)]
        found += tests.hugging_tests(measured, numbers(world, rules[HUGGING]))
    if VARIANCE in rules:
        measured = series.laboratory(world, rules[VARIANCE]["evidence"])
        paired = tests.beside_output(monthly[VARIANCE], made)
        found += tests.variance_tests(measured, paired, numbers(world, rules[VARIANCE]))
    if BREAK in rules:
        found += tests.break_tests(tests.beside_output(monthly[BREAK], made), numbers(world, rules[BREAK]))
    return found


def numbers(world: World, params: Mapping[str, Any]) -> dict[str, float]:
    """The numeric parameters of an entry, written out or named as a value of the ruler."""
    return {
        name: float(world.number(value)) if value.startswith(_PRACTICE) else float(value)
        for name, value in params.items()
        if isinstance(value, str)
    }


def _tonnes(one: Tested, tonnes: Mapping[tuple[str, str], Decimal]) -> Decimal:
    if one.weigh[1]:
        return tonnes.get(one.weigh, Decimal(0))
    return sum((amount for (member, _), amount in tonnes.items() if member == one.weigh[0]), Decimal(0))


def _state(adjusted: float | None, error: float) -> str:
    if adjusted is None:
        return REFUSED
    return SIGNIFICANT if adjusted <= error else SILENT


def _explained(world: World, one: Judged, rules: Mapping[str, Mapping[str, Any]]) -> Judged:
    """A break beside an event on file is explained: boundary, metering, ownership, stoppage, measure."""
    if one.test.code != BREAK or one.state != SIGNIFICANT:
        return one
    reach = int(numbers(world, rules[BREAK])["months"])
    beside = [
        what
        for month, what in _dated(world, one.test.weigh, rules[BREAK]["events"])
        if abs(_at(month) - _at(one.test.period)) <= reach
    ]
    return Judged(one.test, EXPLAINED, one.adjusted, one.tonnes, beside[0]) if beside else one


def _dated(world: World, of: tuple[str, str], kinds: Sequence[str]) -> list[tuple[str, str]]:
    """(month, what) of everything on file that could move the energy of a member or source."""
    member, source = of
    found = [
        (str(row[end]), row["kind"])
        for row in world.rows("events")
        if row["kind"] in kinds and row["enterprise_id"] in {"", member} and row["source_id"] in {"", source}
        for end in ("from", "to")
    ]
    found += [
        (str(row["effective_from"]), "measure") for row in world.rows("measures") if row["enterprise_id"] == member
    ]
    found += [
        (str(row[end]), "membership")
        for row in world.spells()
        if row["enterprise_id"] == member
        for end in ("from", "to")
    ]
    found += [
        (str(row[end]), "source")
        for row in world.rows("sources")
        if row["enterprise_id"] == member
        for end in ("commissioned", "retired")
    ]
    found += [(str(row["replaced_on"]), "meter") for row in world.rows("meters") if row["enterprise_id"] == member]
    found += [(str(one.from_), "boundary") for one in world.submission.park.boundaries if one.from_]
    return sorted((month[:7], what) for month, what in found if month != "None")


def _at(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])

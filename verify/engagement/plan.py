"""The sampling plan: which rows, months and papers are looked at, drawn from a seed after the submission.

Three parts (verification-procedure 1.5 and 4): rows by tonnes, so that the error of the whole can be projected; months
of every source, all of a source that is not small; papers by number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from verify.canonical import decimal_text
from verify.engagement.draws import Draws
from verify.engagement.procedure import Sampling
from verify.errors import WrongUsage
from verify.road.population import Population, Unit
from verify.statistics import attribute_sample_size, unit_sample_size

FORMAT = "truezero-sample/1"
PLACES = 6  # decimals of tonnes in a plan


@dataclass(frozen=True)
class Drawn:
    """A row of the sample: `certain` where it is larger than the interval, and so cannot be missed."""

    unit: Unit
    certain: bool


@dataclass(frozen=True)
class Months:
    """The rows of one source to be held against their papers: all of them where the source is not `small`."""

    enterprise_id: str
    source_id: str
    item: str
    small: bool
    units: tuple[Unit, ...]
    of: int


@dataclass(frozen=True)
class Plan:
    """What is looked at. `interval`: tonnes that a drawn row stands for; `step`: how far the months were enlarged."""

    tolerable: Fraction
    interval: Fraction
    drawn: tuple[Drawn, ...]
    months: tuple[Months, ...]
    papers: tuple[str, ...]
    share: Fraction


def plan(whole: Population, seed: bytes, rules: Sampling, step: int = 0) -> Plan:
    """The plan of a population. `step`: 0, then one for every enlargement after a non-conformity.

    Raises WrongUsage `sample.nothing` where no row has tonnes, `sample.no_step` beyond the last enlargement.
    """
    if not whole.units:
        raise WrongUsage("sample.nothing", year=whole.year)
    if step > len(rules.enlarged):
        raise WrongUsage("sample.no_step", steps=len(rules.enlarged))
    tolerable = whole.materiality * abs(whole.total)
    interval = _interval(whole, tolerable, rules)
    share = (rules.cross_checked, *rules.enlarged)[step]
    papers = attribute_sample_size(
        len(whole.papers), float(rules.assurance), float(rules.papers_share), float(rules.papers_error)
    )
    return Plan(
        tolerable=tolerable,
        interval=interval,
        drawn=tuple(_drawn(whole.units, interval, Draws(seed, "tonnes"))),
        months=tuple(_months(whole, seed, rules.small_source, share)),
        papers=tuple(Draws(seed, "papers").some(whole.papers, papers)),
        share=share,
    )


def _interval(whole: Population, tolerable: Fraction, rules: Sampling) -> Fraction:
    """Tonnes of one drawing; the whole in one where nothing can be wrong by a tonne."""
    size = unit_sample_size(
        float(whole.at_risk),
        float(tolerable),
        float(tolerable * rules.expected_error),
        float(rules.expansion),
        float(rules.assurance),
    )
    return Fraction(whole.at_risk) / max(size, 1)


def _drawn(units: Sequence[Unit], interval: Fraction, draws: Draws) -> Iterator[Drawn]:
    """Every interval-th tonne from a random start, in the order of the rows; large rows are certain and stand apart."""
    scale = 10**PLACES
    start = Fraction(draws.below(max(int(interval * scale), 1)), scale)
    reached, wanted = Fraction(0), start
    for one in units:
        if one.at_risk >= interval:
            yield Drawn(one, certain=True)
            continue
        reached += Fraction(one.at_risk)
        if wanted < reached:
            yield Drawn(one, certain=False)
            wanted += interval


def _months(whole: Population, seed: bytes, small: Fraction, share: Fraction) -> Iterator[Months]:
    sources: dict[tuple[str, str, str], list[Unit]] = {}
    for one in whole.units:
        sources.setdefault((one.enterprise_id, one.source_id, one.item), []).append(one)
    of_enterprise: dict[str, Decimal] = {}
    for one in whole.units:
        of_enterprise[one.enterprise_id] = of_enterprise.get(one.enterprise_id, Decimal(0)) + one.at_risk
    for (enterprise, source, item), rows in sorted(sources.items()):
        size = sum((one.at_risk for one in rows), Decimal(0))
        is_small = Fraction(size) < small * Fraction(of_enterprise[enterprise])
        count = ceil(share * len(rows)) if is_small else len(rows)
        drawn = Draws(seed, f"months {enterprise} {source} {item}").some(rows, count)
        yield Months(enterprise, source, item, is_small, tuple(drawn), len(rows))


def as_document(whole: Population, made: Plan, seed: bytes, rules: Sampling, step: int) -> dict[str, Any]:
    """The plan as canonical JSON holds it: enough to repeat it and to project what is found (docs/formats/sample.md)."""
    return {
        "format": FORMAT,
        "park": whole.park,
        "year": whole.year,
        "ruler": {"id": whole.ruler, "sha256": whole.ruler_sha256},
        "facts_sha256": whole.facts_sha256,
        "seed": seed.hex(),
        "step": str(step),
        "unconfirmed": list(rules.unconfirmed),
        "assurance": decimal_text(rules.assurance),
        "materiality": decimal_text(whole.materiality),
        "total_tco2": decimal_text(whole.total, PLACES),
        "at_risk_tco2": decimal_text(whole.at_risk, PLACES),
        "unlisted_tco2": decimal_text(whole.unlisted, PLACES),
        "tolerable_tco2": decimal_text(made.tolerable, PLACES),
        "interval_tco2": decimal_text(made.interval, PLACES),
        "rows": str(len(whole.units)),
        "drawn": [_row(one.unit) | {"certain": one.certain} for one in made.drawn],
        "cross_checked": decimal_text(made.share),
        "months": [
            {
                "enterprise_id": one.enterprise_id,
                "source_id": one.source_id,
                "item": one.item,
                "small": one.small,
                "of": str(one.of),
                "rows": [_row(unit) for unit in one.units],
            }
            for one in made.months
        ],
        "papers": list(made.papers),
    }


def _row(unit: Unit) -> dict[str, Any]:
    return {
        "row_id": unit.row_id,
        "enterprise_id": unit.enterprise_id,
        "source_id": unit.source_id,
        "period": unit.period,
        "item": unit.item,
        "quantity": decimal_text(unit.quantity),
        "unit": unit.unit,
        "tco2": decimal_text(unit.tonnes, PLACES),
        "at_risk_tco2": decimal_text(unit.at_risk, PLACES),
        "evidence_id": unit.evidence_id,
        "place": {"file": unit.place["file"], "sheet": unit.place["sheet"], "line": str(unit.place["line"])},
    }

"""The pattern of MEE 2022-03-14 and its honest twins, on the whole road: what is found, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fixtures.simulator.laboratory import (
    PLANTS,
    Plants,
    as_in_the_notice,
    code_of,
    honest_reports,
    rounded,
    steady,
    tonnes,
    with_plants,
)
from fixtures.simulator.pairs.base import LIGHT, YEAR, honest
from tests.golden.road import codes, found, told, verified
from verify import road

NOTICE = "TZ-PAP-08"
NAMED = "MEE 2022-03-14"
_START = 12 * LIGHT.years.index(YEAR)


@dataclass(frozen=True)
class Twin:
    """One park: its reports, what its report finds of the papers, and how often the notice is named in its words."""

    papers: set[str]
    plants: set[str]
    effects: dict[str, Fraction]
    named: int


def reports_of(kind: str, seed: int) -> Plants:
    """Reports of both plants: planted, natural, steady or rounded."""
    real = honest_reports(LIGHT, seed)
    made = {
        "planted": lambda: as_in_the_notice(real, LIGHT),
        "natural": lambda: real,
        "steady": lambda: steady(real, seed),
        "rounded": lambda: rounded(real),
    }
    return made[kind]()


def judged(kind: str, seed: int) -> Twin:
    """One park on the whole road."""
    report = verified(with_plants(honest(LIGHT), LIGHT, reports_of(kind, seed)))
    assert not report.crashes
    mine = found(report, NOTICE)
    return Twin(
        {code for code in codes(report) if code.startswith("TZ-PAP")},
        {one["subject"] for one in mine},
        {one["subject"]: Fraction(one["effect"]["value"]) for one in mine},
        _named(report),
    )


def planted_and_named(seed: int) -> dict[str, str]:
    """Both plants are found, each with the tonnes of its own arithmetic, and the words cite the notice in both languages."""
    twin = judged("planted", seed)
    assert twin.plants == {code_of(plant) for plant in PLANTS}, twin
    expected = {code_of(plant): _undone(reports_of("planted", seed)[plant]) for plant in PLANTS}
    assert all(abs(twin.effects[code] - expected[code]) < Fraction(1, 10**4) for code in expected), (twin, expected)
    assert twin.named >= 2 * len(PLANTS), twin
    return {code: f"{float(effect):.3f}" for code, effect in sorted(twin.effects.items())}


def silent(kind: str, seed: int) -> None:
    """An honest twin raises nothing about its papers."""
    twin = judged(kind, seed)
    assert not twin.papers, (kind, seed, twin.papers)


def _undone(reports: list[object]) -> Fraction:
    held = reports[_START : _START + 12]
    return sum((tonnes(None) - tonnes(one) for one in held), Fraction(0))  # type: ignore[arg-type]


def _named(report: road.Report) -> int:
    """Sentences of the findings that cite the notice by its date, over both languages."""
    return sum(NAMED in sentence for sentence in told(report))

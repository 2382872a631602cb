"""Issue 6, must show 5: the pattern of the 2022 ministry notice planted, found, named; its honest twins silent."""

from __future__ import annotations

from fixtures.simulator.laboratory import PLANTS
from fixtures.simulator.pairs.base import LIGHT
from tests.acceptance.entries import acceptance
from tests.acceptance.notice import planted_and_named, reports_of, silent
from verify.checks.papers_copied import LabTest, between, inside

_SEEDS = range(1, 7)
_SERIES = 1_000  # pairs of plants whose values are compared without the road
_REPEATABILITY, _CHANCE = 0.002, 0.001


@acceptance(
    "5.5", "the pattern of the 2022 ministry notice planted, found, named; real, steady and rounded reports silent"
)
def notice() -> dict[str, object]:
    named = {str(seed): planted_and_named(seed) for seed in _SEEDS}
    for kind in ("natural", "steady", "rounded"):
        for seed in _SEEDS:
            silent(kind, seed)
    return {
        "plants_per_park": len(PLANTS),
        "parks_planted_found_and_named": len(named),
        "tonnes": named,
        "parks_silent": {kind: len(_SEEDS) for kind in ("natural", "steady", "rounded")},
        "pairs_of_plants_with_a_copy": {
            kind: f"{sum(copies_of(kind, seed) for seed in range(_SERIES))} of {_SERIES}" for kind in ("natural", "steady", "rounded", "planted")
        },
    }  # fmt: skip


def copies_of(kind: str, seed: int) -> bool:
    """Whether the values of one park's two plants count as copied, by the arithmetic of TZ-PAP-07 alone."""
    start = len(LIGHT.years) * 12 - 12
    series = []
    for reports in reports_of(kind, seed).values():
        held = [one for one in reports[start:] if one is not None]
        series.append(
            [
                LabTest(one.paper, (one.paper,), one.month, {"ncv": one.ncv, "carbon_content": one.carbon})
                for one in held
            ]
        )
    inner = any(any(True for _ in inside(one, _REPEATABILITY, _CHANCE / 2)) for one in series)
    return inner or between(series[0], series[1], _REPEATABILITY, _CHANCE) is not None

"""What a test says: a p-value with what it looked at, or why it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Declined:
    """The test is below its gate. `reason`: few_values, narrow_range, coarse, flat, instrument_step, one_value, no_spread."""

    reason: str
    n: int


@dataclass(frozen=True)
class Verdict:
    """`p`: probability of something at least as far out where nothing is wrong; `statistic` as the test defines it."""

    n: int
    statistic: float
    p: float
    detail: tuple[tuple[str, float], ...] = field(default=())

    def value(self, name: str) -> float:
        """One number of the detail; KeyError where the test does not give it."""
        return dict(self.detail)[name]

"""Measure two ways beside each other on the same machine in the same minutes: the ratio is the result."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Medians in seconds, with the least and the largest time of each side."""

    name: str
    ours: tuple[float, float, float]
    peer: tuple[float, float, float]

    @property
    def value(self) -> float:
        """How many times the peer's median ours is."""
        return self.ours[1] / self.peer[1]

    def record(self) -> dict[str, str]:
        """The ratio and the times, as text for a record."""
        return {
            "ratio": f"{self.value:.2f}",
            "ours_s": f"{self.ours[1]:.3f} ({self.ours[0]:.3f}-{self.ours[2]:.3f})",
            "peer_s": f"{self.peer[1]:.3f} ({self.peer[0]:.3f}-{self.peer[2]:.3f})",
        }


def beside(name: str, ours: Callable[[], object], peer: Callable[[], object], *, rounds: int = 5) -> Ratio:
    """Run both `rounds` times in turn, after one round that is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds + 1):
        for way, seconds in zip((ours, peer), times, strict=True):
            started = time.perf_counter()
            way()
            if round_number:
                seconds.append(time.perf_counter() - started)
    return Ratio(name, _spread(times[0]), _spread(times[1]))


def command(words: Sequence[str]) -> Callable[[], object]:
    """A command as a way to measure; raises CalledProcessError if it fails."""
    return lambda: subprocess.run(words, capture_output=True, check=True)


def _spread(seconds: list[float]) -> tuple[float, float, float]:
    return min(seconds), statistics.median(seconds), max(seconds)

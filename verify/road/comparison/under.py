"""truezero compare SUBMISSION: one submission under many rulers and everything that each of them leaves to choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.checks.world import FILED
from verify.ledger import Figures, judge
from verify.road.comparison.asked import Asked
from verify.road.comparison.fences import Fence, fences
from verify.road.comparison.reading import Handed, handed, rulers_of
from verify.road.comparison.spread import spread
from verify.road.comparison.told import asked_facts, fence_facts, park_facts
from verify.road.run import Progress, Settings
from verify.ruler import Ruler

FORMAT = "truezero-comparison/1"


@dataclass(frozen=True)
class Set:
    """A submission set before every ruler, in their order, with the engine still open."""

    park: Any
    year: str
    fences: Sequence[Fence]
    asked: Sequence[Asked]


def compare(
    path: Path,
    *,
    rulers: Sequence[str | Path] = (),
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The comparison document of one submission (docs/formats/comparison.md). Errors as `road.verify`."""
    with set_before(path, rulers_of(rulers), year=year, settings=settings, progress=progress) as found:
        told = []
        for asked in found.asked:
            if progress is not None:
                progress("judge", asked.ruler.id)
            spreads = [spread(asked, measure) for measure in asked.measures]
            told.append(asked_facts(asked, spreads, standing(asked)))
        return {
            "format": FORMAT,
            "park": park_facts(found.park),
            "year": found.year,
            "boundaries": fence_facts(found.fences),
            "rulers": told,
        }


@contextmanager
def set_before(
    path: Path,
    rulers: Sequence[Ruler],
    *,
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Iterator[Set]:
    """The submission read, and accounted under every ruler in one query each."""
    with handed(path, rulers, settings=settings, progress=progress) as readings:
        first = readings[0]
        reporting = first.year(year)
        boundaries = fences(first.submission, first.engine, [one for one in first.years() if one <= reporting])
        by_ruler = {
            ruler.id: _asked(one, ruler, boundaries, reporting, progress) for one in readings for ruler in one.rulers
        }
        yield Set(first.submission.park, reporting, boundaries, [by_ruler[ruler.id] for ruler in rulers])


def standing(asked: Asked) -> dict[str, str]:
    """What stands of each core indicator over its open points, claimed and proven: what `verify` would say."""
    return {
        measure.item: judge(_filed(asked), measure.item.removeprefix("indicator."), asked.readings).verdict
        for measure in asked.measures
        if measure.item.startswith("indicator.")
    }


def _filed(asked: Asked) -> Figures:
    return asked.figures[FILED, asked.year]


def _asked(one: Handed, ruler: Ruler, boundaries: Sequence[Fence], year: str, progress: Progress | None) -> Asked:
    if progress is not None:
        progress("account", ruler.id)
    return Asked(one.submission, one.engine, ruler, boundaries, year)

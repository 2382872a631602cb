"""The whole benchmark: every kind at three strengths, alone and in pairs, honest twins, real counties, peers beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from multiprocessing import get_context
from random import Random
from typing import Any

from benchmarks.greenwash import real
from benchmarks.greenwash.checked import Checked, checked
from benchmarks.greenwash.kinds.base import BRIDGE, Kind, all_kinds
from benchmarks.greenwash.parks import Ground, grounds, honest
from benchmarks.greenwash.peers import PEERS, Peer, counted, noticed
from benchmarks.greenwash.planted import case, news, outcome, strength_one, twin
from benchmarks.greenwash.tally import Caught, Honest

FORMAT = "truezero-greenwash/1"
STRENGTHS = {"small": (1,), "full": (1, 2, 4)}
PAIRS = {"small": 3, "full": 10}  # random pairs of kinds in each park
COUNTIES = {"small": 1, "full": 3}
_TWIN_AT = 2  # times materiality
Tell = Callable[[str], None]


def measure(
    size: str = "small",
    seed: int = 2,
    only: tuple[str, ...] = (),
    parks: tuple[str, ...] = (),
    tell: Tell = lambda line: None,
) -> dict[str, Any]:
    """Run it and return the record (docs/formats/greenwash.md). `only`: ids of kinds; `parks`: park ids of recipes."""
    _TELL[:] = [tell]  # read by the processes below, which are forks of this one
    names = [name for name in all_kinds() if not only or name in only]
    places = grounds(size, seed, parks)
    jobs = [
        job for ground in places for job in (_Job(size, seed, tuple(names[::2]), ground, first=True), _Job(size, seed, tuple(names[1::2]), ground),
                                             _Job(size, seed, tuple(names), ground, pairs=True))
    ]  # fmt: skip
    jobs.append(_Job(size, seed, only, None))
    with get_context("fork").Pool(min(len(jobs), os.cpu_count() or 1)) as pool:
        parts = pool.map(_Job.part, jobs, chunksize=1)
    kinds = {name: kind for name, kind in all_kinds().items() if name in names}
    record = Run.recorded([part.run for part in parts if part.run is not None], kinds)
    record |= {"format": FORMAT, "size": size, "seed": seed, "parks": [ground.name for ground in places]}
    record["real"] = parts[-1].real
    record["cpu_seconds"] = round(sum(part.cpu_seconds for part in parts))
    return record


def _tell(line: str) -> None:
    for one in _TELL:
        one(line)


_TELL: list[Tell] = []


@dataclass(frozen=True)
class Part:
    """What one process counted; `real` of the real counties."""

    run: Run | None
    real: dict[str, Any]
    cpu_seconds: float


@dataclass(frozen=True)
class _Job:
    """Some kinds, or the pairs, in one park; without a park the real counties."""

    size: str
    seed: int
    names: tuple[str, ...]
    ground: Ground | None
    first: bool = False  # counts the bare park
    pairs: bool = False

    def part(self) -> Part:
        """Everything of this job, in a process of its own."""
        started, peers = time.process_time(), dict(PEERS)
        if self.ground is None:
            found = real.measure(COUNTIES[self.size], STRENGTHS[self.size], self.seed, self.names, peers, _tell)
            return Part(None, found, time.process_time() - started)
        run = Run(self.size, self.names)
        if self.pairs:
            run.in_pairs(self.ground, Random(f"{self.seed} {self.ground.name}"))
        else:
            run.park(self.ground, peers, first=self.first)
        return Part(run, {}, time.process_time() - started)


class Run:
    """Counts while parks are planted and checked; kinds by id, so that a run can be handed from one process to another."""

    def __init__(self, size: str, names: tuple[str, ...]) -> None:
        self.size, self.names = size, names
        self.alone: dict[str, dict[int, Caught]] = {}
        self.together = Caught()
        self.twins: dict[str, Honest] = {}
        self.honest = Honest()

    def park(self, ground: Ground, peers: Mapping[str, Peer], *, first: bool) -> None:
        """Every kind alone in one park, and its twin. `first`: the bare park counts too."""
        bare, unit = checked(honest(ground)), strength_one(ground)
        if first:
            self.honest.add(bare, counted(peers, honest(ground)))
        for name in self.names:
            kind = all_kinds()[name]
            if kind.open_only and bare.verdict == "met":
                continue  # nothing hangs on the choice here
            strengths = [strength for strength in STRENGTHS[self.size] if kind.scaled or strength == 1]
            counts = self.alone.setdefault(name, {strength: Caught() for strength in strengths})
            for strength in strengths:
                self._planted(ground, kind, unit * strength, bare, counts[strength], peers if strength == 1 else {})
            self._twin(ground, kind, unit * _TWIN_AT, bare, peers)

    def in_pairs(self, ground: Ground, chance: Random) -> None:
        """Two kinds in one park, as often as the size says."""
        bare, unit = checked(honest(ground)), strength_one(ground)
        free = [kind for name in self.names if not (kind := all_kinds()[name]).alone and kind.by != BRIDGE]
        for _ in range(PAIRS[self.size] if len(free) > 1 else 0):
            self._pair(ground, chance.sample(free, 2), unit, bare)

    def _planted(
        self, ground: Ground, kind: Kind, tonnes: Fraction, bare: Checked, counts: Caught, peers: Mapping[str, Peer]
    ) -> None:
        one = case(ground, kind, tonnes)
        result = checked(one.tricked)
        seen = outcome(one, result, bare)
        counts.add(seen, noticed(peers, one.without, one.tricked))
        _tell(
            f"{kind.id} {ground.name} {float(tonnes):.0f} t: {'caught' if seen.caught else 'MISSED'} {' '.join(seen.codes)} {seen.told}"
        )

    def _twin(self, ground: Ground, kind: Kind, tonnes: Fraction, bare: Checked, peers: Mapping[str, Peer]) -> None:
        park, truth, beside = twin(ground, kind, tonnes)
        result = checked(park)
        bare = bare if beside is None else checked(beside)
        lost = None
        if truth is not None and result.real is not None and bare.real is not None:
            lost = float((truth - (result.real - bare.real)) / truth)
        self.twins.setdefault(kind.id, Honest()).add(result, counted(peers, park), lost)
        said = " ".join(sorted({f"{one.code}({one.severity})" for one in result.findings}))
        _tell(
            f"{kind.id} {ground.name} twin: {said or 'silent'}{'' if not lost or abs(lost) < 1e-4 else f', real lost {lost:.2%}'}"
        )

    def _pair(self, ground: Ground, two: list[Kind], tonnes: Fraction, bare: Checked) -> None:
        """Two tricks in one park; each must be noticed by what itself touched, and by more than what the other alone gives away."""
        first, second = two
        cases = (case(ground, first, tonnes, after=second), case(ground, second, tonnes, before=first))
        result = checked(cases[0].tricked)
        for one in cases:
            seen = outcome(one, news(result, checked(one.without)), bare)
            self.together.add(seen)
            word = "caught" if seen.caught else "MISSED"
            _tell(f"{first.id}+{second.id} {one.kind.id} {ground.name}: {word} {' '.join(seen.codes)}")

    @staticmethod
    def recorded(runs: list[Run], kinds: Mapping[str, Kind]) -> dict[str, Any]:
        """All runs together, as data."""
        told: dict[str, Any] = {}
        for name, one in kinds.items():
            strengths: dict[int, Caught] = {}
            twin_of = Honest()
            for run in runs:
                twin_of = twin_of.plus(run.twins.get(name, Honest()))
                for at, counts in run.alone.get(name, {}).items():
                    strengths[at] = strengths.get(at, Caught()).plus(counts)
            told[name] = {"name": one.name, "by": one.by, "strengths": {str(at): counts.record() for at, counts in sorted(strengths.items())},
                          "twin": twin_of.record()}  # fmt: skip
        return {
            "kinds": told,
            "combined": reduce(Caught.plus, (run.together for run in runs), Caught()).record(),
            "honest": reduce(Honest.plus, (run.honest for run in runs), Honest()).record(),
        }

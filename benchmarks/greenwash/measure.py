"""The whole benchmark: every kind at three strengths, alone and in pairs, honest twins, real counties, peers beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
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
    started = time.process_time()
    kinds = {name: one for name, one in all_kinds().items() if not only or name in only}
    peers = dict(PEERS)
    run = Run(size, Random(seed), kinds, peers, tell)
    places = grounds(size, seed, parks)
    for ground in places:
        run.park(ground)
    record = run.record()
    record |= {"format": FORMAT, "size": size, "seed": seed, "parks": [ground.name for ground in places]}
    record["real"] = real.measure(COUNTIES[size], STRENGTHS[size], seed, only, peers, tell)
    record["cpu_seconds"] = round(time.process_time() - started)
    return record


class Run:
    """Counts while parks are planted and checked."""

    def __init__(
        self, size: str, chance: Random, kinds: dict[str, Kind], peers: Mapping[str, Peer], tell: Tell
    ) -> None:
        self.strengths, self.pairs = STRENGTHS[size], PAIRS[size]
        self.chance, self.kinds, self.peers, self.tell = chance, kinds, peers, tell
        self.alone = {
            name: {strength: Caught() for strength in self.strengths if one.scaled or strength == 1}
            for name, one in kinds.items()
        }
        self.together = Caught()
        self.twins = {name: Honest() for name in kinds}
        self.honest = Honest()

    def park(self, ground: Ground) -> None:
        """Everything in one park."""
        bare, unit = checked(honest(ground)), strength_one(ground)
        self.honest.add(bare, counted(self.peers, honest(ground)))
        for name, kind in self.kinds.items():
            if kind.open_only and bare.verdict == "met":
                continue  # nothing hangs on the choice here
            for strength, counts in self.alone[name].items():
                self._planted(ground, kind, unit * strength, bare, counts, self.peers if strength == 1 else {})
            self._twin(ground, kind, unit * _TWIN_AT, bare)
        free = [kind for kind in self.kinds.values() if not kind.alone and kind.by != BRIDGE]
        for _ in range(self.pairs if len(free) > 1 else 0):
            self._pair(ground, self.chance.sample(free, 2), unit, bare)

    def _planted(
        self, ground: Ground, kind: Kind, tonnes: Fraction, bare: Checked, counts: Caught, peers: Mapping[str, Peer]
    ) -> None:
        one = case(ground, kind, tonnes)
        result = checked(one.tricked)
        seen = outcome(one, result, bare)
        counts.add(seen, noticed(peers, one.without, one.tricked))
        self.tell(
            f"{kind.id} {ground.name} {float(tonnes):.0f} t: {'caught' if seen.caught else 'MISSED'} {' '.join(seen.codes)} {seen.told}"
        )

    def _twin(self, ground: Ground, kind: Kind, tonnes: Fraction, bare: Checked) -> None:
        park, truth, beside = twin(ground, kind, tonnes)
        result = checked(park)
        bare = bare if beside is None else checked(beside)
        lost = None
        if truth is not None and result.real is not None and bare.real is not None:
            lost = float((truth - (result.real - bare.real)) / truth)
        self.twins[kind.id].add(result, counted(self.peers, park), lost)
        said = " ".join(sorted({f"{one.code}({one.severity})" for one in result.findings}))
        self.tell(
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
            self.tell(f"{first.id}+{second.id} {one.kind.id} {ground.name}: {word} {' '.join(seen.codes)}")

    def record(self) -> dict[str, Any]:
        """Everything counted, as data."""
        return {
            "kinds": {
                name: {"name": one.name, "by": one.by, "strengths": {str(at): counts.record() for at, counts in self.alone[name].items()},
                       "twin": self.twins[name].record()}
                for name, one in self.kinds.items()
            },
            "combined": self.together.record(),
            "honest": self.honest.record(),
        }  # fmt: skip

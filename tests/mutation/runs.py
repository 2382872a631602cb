"""Judging many byte mutants: on two cores, remembering, and a part of them in both ways; or a seeded sample of them."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tests.mutation.mutant import Mutant, judged, judged_unpacked
from tests.mutation.of_bytes import Stretch, stretches
from tests.mutation.remembered import remembered
from verify.bundle.verdict import Verdict

STRETCHES = tuple(stretches())
ROOM = 1000  # bytes of one task
CORES = 2
_EVERY = 97  # of so many mutants of a task one is judged in both ways


@dataclass
class Found:
    """What came out: mutants by class, those that were not refused as they should be, and how long they took."""

    mutants: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    both_ways: int = 0
    seconds: float = 0.0  # of a core, judging
    plain_seconds: float = 0.0  # the same for those of `both_ways`, without remembering

    def add(self, other: Found) -> None:
        """Take in another part."""
        self.mutants += other.mutants
        self.faults += other.faults
        self.both_ways += other.both_ways
        self.seconds += other.seconds
        self.plain_seconds += other.plain_seconds


def every_byte() -> Found:
    """All of them. The processes are forked: keys and bundles are those of this process."""
    tasks = [(number, start) for number, one in enumerate(STRETCHES) for start in range(0, len(one.data), ROOM)]
    whole = Found()
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("fork")) as pool:
        for part in pool.map(_task, tasks):
            whole.add(part)
    return whole


def sample(seed: int, of_zip: int, of_files: int) -> Found:
    """So many mutants of the zip and of the files, chosen by the seed."""
    chance = random.Random(seed)
    chosen: list[tuple[Stretch, int]] = []
    for named, count in ((False, of_zip), (True, of_files)):
        kind = [one for one in STRETCHES if bool(one.file) is named]
        lengths = [len(one.data) for one in kind]
        chosen += [(one, chance.randrange(len(one.data))) for one in chance.choices(kind, lengths, k=count)]
    return judge_all(chosen)


def _task(task: tuple[int, int]) -> Found:
    number, start = task
    one = STRETCHES[number]
    return judge_all([(one, place) for place in range(start, min(start + ROOM, len(one.data)))])


def judge_all(chosen: Sequence[tuple[Stretch, int]]) -> Found:
    """Judge these mutants."""
    found = Found()
    kept: list[tuple[Mutant, Verdict]] = []
    with remembered():
        for at, (kind, mutant) in enumerate(_mutants(chosen)):
            started = time.process_time()
            verdict = verdict_on(mutant)
            found.seconds += time.process_time() - started
            found.mutants[kind] += 1
            if fault := mutant.fault(verdict):
                found.faults.append(fault)
            if at % _EVERY == 0:
                kept.append((mutant, verdict))
    for mutant, verdict in kept:
        started = time.process_time()
        again = verdict_on(mutant)
        found.plain_seconds += time.process_time() - started
        if again != verdict:
            found.faults.append(f"{mutant.name}: remembering changed the verdict")
    found.both_ways = len(kept)
    return found


def verdict_on(mutant: Mutant) -> Verdict:
    """A zip is opened; files are judged as those of a folder, for the zip around them would be ours."""
    if isinstance(mutant.bundle, bytes):
        return judged(mutant.bundle, mutant.held)
    return judged_unpacked(mutant.bundle, mutant.held)


def _mutants(chosen: Iterable[tuple[Stretch, int]]) -> Iterator[tuple[str, Mutant]]:
    for one, place in chosen:
        mutant = one.mutant(place)
        if mutant is not None:
            yield one.kind, mutant

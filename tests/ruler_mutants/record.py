"""The whole hunt in one ruler: how many mutants of each kind, how many of them a test notices, and who survives why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.ruler_mutants.argued import Argued
from tests.ruler_mutants.edits import Mutant
from tests.ruler_mutants.hunt import FELL, LOADER, Hunt
from tests.ruler_mutants.own import mutants


@dataclass
class Record:
    """Counts by kind of change. `survivors`: ids; `unargued` of them have no reason in the ruler's survivors.yaml."""

    made: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)  # tests, the loader, or a fall of the mechanism
    survivors: list[str] = field(default_factory=list)
    unargued: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)  # arguments for which nothing survives
    reasons: Counter[str] = field(default_factory=Counter)

    def plain(self) -> dict[str, Any]:
        """The record as data."""
        return {
            "mutants": self.made.total(),
            "noticed": self.noticed.total(),
            "noticed_by": dict(sorted(self.by.items())),
            "mutants_and_noticed_by_kind": {kind: [self.made[kind], self.noticed[kind]] for kind in sorted(self.made)},
            "survivors": len(self.survivors),
            "argued": dict(self.reasons.most_common()),
        }


def hunted(identifier: str, some: Iterable[Mutant] | None = None) -> Record:
    """The hunt of a ruler's own mutants, or of `some` of them. A survivor survives every test accounted anew, too (of `some`
    those that nobody argues)."""
    hunt, argued, found = Hunt.of(identifier), Argued.of(identifier), Record()
    for mutant in mutants(hunt.ruler) if some is None else some:
        found.made[mutant.kind] += 1
        pattern = argued.why(mutant.id)
        by = hunt.noticed(mutant)
        if not by and (some is None or not pattern):
            by = hunt.plainly(mutant)
        if by:
            found.noticed[mutant.kind] += 1
            found.by["tests" if by not in {LOADER, FELL} else by] += 1
            continue
        found.survivors.append(mutant.id)
        if pattern:
            found.reasons[argued.like[pattern]["en"]] += 1
        else:
            found.unargued.append(mutant.id)
    if some is None:
        found.idle = argued.idle(found.survivors)
    return found

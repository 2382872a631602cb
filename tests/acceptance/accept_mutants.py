"""Issue 3 of 8, must show 2 at full size: every byte of a small bundle, and every mutant with a name, judged in full."""

from __future__ import annotations

from tests.acceptance.entries import acceptance
from tests.mutation import runs
from tests.mutation.mutant import groups, judged
from tests.mutation.of_bytes import EXEMPT, ZIP
from tests.mutation.small import GOOD
from tests.mutation.stays import all_of_them


@acceptance("2.2", "mutation: every byte of a small bundle and every named mutant is refused, and the check is named")
def mutants() -> dict[str, object]:
    named, faults = _named()
    found = runs.every_byte()
    faults += found.faults
    assert faults == [], (len(faults), faults[:20])
    stays = {one.name: one.why for one in all_of_them() if judged(one.bundle, one.held).state == "verified"}
    assert len(stays) == len(list(all_of_them()))
    count = sum(found.mutants.values())
    return {
        "bundle": {"files": len(GOOD), "bytes": len(ZIP)},
        "mutants": count + sum(named.values()),
        "by_bytes": dict(sorted(found.mutants.items())),
        "named": named,
        "survivors": 0,
        "wrongly_named": 0,
        "exempt_bytes": list(EXEMPT),
        "stays_verified": _by_reason(stays),
        "judged_in_both_ways": found.both_ways,
        "ms_of_a_judgement": {
            "whole": f"{1000 * found.plain_seconds / found.both_ways:.1f}",
            "remembering": f"{1000 * found.seconds / count:.1f}",
        },
    }


def _named() -> tuple[dict[str, int], list[str]]:
    """Mutants by group, judged without remembering anything."""
    counts: dict[str, int] = {}
    faults: list[str] = []
    for name, generator in groups().items():
        mutants = list(generator())
        counts[name] = len(mutants)
        faults += [f"{name}: {fault}" for one in mutants if (fault := one.fault(judged(one.bundle, one.held)))]
    return counts, faults


def _by_reason(stays: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, why in stays.items():
        found.setdefault(why, []).append(name)
    return found

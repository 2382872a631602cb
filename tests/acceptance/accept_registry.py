"""Issue 8 of 8, must show 6: a nation of 2,543 parks with 200 planted double uses, moves and copies: found, named, timed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest

from fixtures.simulator.nation import nation
from tests.acceptance.entries import acceptance
from tests.unit.registry.nation_folder import checked, facts, filed, named, planted
from verify.errors import WrongUsage
from verify.registry import Registry, writing
from verify.registry.document import document

PARKS, FACTS, HOURS = 2543, 200, 8760
HONEST = 400


@acceptance(
    "7.6",
    "2,543 simulated parks, 200 planted double uses, moves and copies: found and named, no false pair; incremental",
)
def nation_is_checked() -> dict[str, object]:
    with TemporaryDirectory(prefix="truezero-") as name:
        place = Path(name)
        return {"nation": _nation(place / "nation"), "honest": _honest(place / "honest")}


def _nation(place: Path) -> dict[str, object]:
    folder = place / "registry"
    parks, truth = nation(PARKS, FACTS, hours=HOURS)
    assert len(truth) == FACTS
    start = perf_counter()
    filed(folder, parks, HOURS)
    adding = perf_counter() - start
    start = perf_counter()
    first = checked(folder, place / "first")
    checking = perf_counter() - start
    assert named(first.found) - planted(truth) == Counter(), "false"
    assert planted(truth) - named(first.found) == Counter(), "missed"
    start = perf_counter()
    told = document(Registry.read(folder), workdir=place / "told")
    telling = perf_counter() - start
    assert len(told["parks"]) == PARKS
    return {
        "parks": PARKS,
        "facts": dict(sorted(Counter(one.code for one in truth).items())),
        "found": len(first.found),
        "false_pairs": 0,
        "missed": 0,
        "hours_of_deliveries": HOURS,
        "folder_mib": round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 2**20, 1),
        "simulated_and_filed_seconds": round(adding, 1),
        "check_seconds": round(checking, 1),
        "report_with_ranks_seconds": round(telling, 1),
        **_one_more(folder, place),
        "two_writers_refused": _refused(folder),
    }


def _one_more(folder: Path, place: Path) -> dict[str, float]:
    """One park files again with a certificate of another: the rest is kept, and what stands is what a whole check says."""
    extra, truth = nation(2, 1, seed=1, hours=HOURS)
    (fact,) = truth
    again = [one for one in extra if any(row["prefix"] != "GEC-" for row in one.tables["certificate_events"])]
    start = perf_counter()
    with writing(folder) as registry:
        registry.add([facts(park, HOURS) for park in again])
    filing = perf_counter() - start
    start = perf_counter()
    part = checked(folder, place / "part")
    partly = perf_counter() - start
    assert part.again == len(again) == 1
    assert any(one.code == fact.code and set(fact.parks) <= set(one.parks) for one in part.found)
    start = perf_counter()
    whole = checked(folder, place / "whole", anew=True)
    assert part.found == whole.found
    seconds = {
        "one_more_filed_seconds": filing,
        "one_more_check_seconds": partly,
        "anew_seconds": perf_counter() - start,
    }
    return {name: round(one, 2) for name, one in seconds.items()}


def _refused(folder: Path) -> bool:
    with writing(folder), pytest.raises(WrongUsage) as refused, writing(folder):
        raise AssertionError("two writers at once")
    assert refused.value.key == "registry.busy"
    return True


def _honest(place: Path) -> dict[str, int]:
    """Near misses alone: nothing is found."""
    parks, truth = nation(HONEST, FACTS, hours=24, honest=True)
    assert truth == []
    filed(place / "registry", parks, 24)
    found = checked(place / "registry", place / "work")
    assert found.found == ()
    return {"parks": HONEST, "found": 0}

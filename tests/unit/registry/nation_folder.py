"""A simulated nation filed in a registry: tables handed over directly, not each park on the whole road."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from fixtures.simulator.nation import Planted, Small
from fixtures.simulator.nation.small import deliveries, typed
from verify.registry import Checked, Found, ParkFacts, check, facts_of, rules, writing

RULES = rules.load()
PARAMS = {code: RULES.params(code) for code in RULES.checks}
BATCH = 64

Named = Counter[tuple[str, tuple[str, ...]]]


def facts(park: Small, hours: int) -> ParkFacts:
    """The facts of a small park."""
    head = {"names": park.meta["names"], "province": "", "kind": park.meta.get("kind", "whole"), "year": "2027"}
    head |= {"ruler": "cn-national-2025", "opinion": "unmodified", "report_sha256": ""}
    return facts_of(
        typed(park.meta),
        park.tables,
        PARAMS,
        head=head,
        shapes=park.shapes,
        deliveries=deliveries(park, hours),
        measures=park.measures,
    )


def filed(folder: Path, parks: Sequence[Small], hours: int, batch: int = BATCH) -> None:
    """File every park, some at a time."""
    with writing(folder) as registry:
        for start in range(0, len(parks), batch):
            registry.add([facts(park, hours) for park in parks[start : start + batch]])


def checked(folder: Path, workdir: Path, *, anew: bool = False) -> Checked:
    """Check the folder and keep what was found."""
    with writing(folder) as registry:
        found = check(registry, workdir=workdir, anew=anew)
        registry.keep_checked(found.plain)
        return found


def planted(facts: Iterable[Planted]) -> Named:
    """What must be named, each with the parks together."""
    return Counter((one.code, one.parks) for one in facts)


def named(found: Iterable[Found]) -> Named:
    """What was named."""
    return Counter((one.code, tuple(sorted(one.parks))) for one in found)

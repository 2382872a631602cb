"""Replay: whoever holds the data reruns the verification and compares digests (issue: the same facts digest, or why not)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verify import __version__
from verify.attest import dsse
from verify.attest import statement as statements
from verify.attest.statement import Statement
from verify.bundle import read_json
from verify.disclosure import Rule
from verify.errors import NotVerified
from verify.road.disclosed import disclosed
from verify.road.run import Progress, Settings, travel
from verify.road.sealing import ENVELOPE

_SHOWN = 20  # differences that are told; the count is complete


@dataclass(frozen=True)
class Difference:
    """One place of the public facts where the rerun says something else; '' where one side has nothing there."""

    path: str
    published: str
    again: str


@dataclass(frozen=True)
class Replayed:
    """`facts_sha256` of the rerun beside that of the statement, and what could explain a difference.

    `ruler_sha256` and `tool_version` are those of this installation. `differences`: the first of the public facts;
    `differing` counts them all.
    """

    statement: Statement
    facts_sha256: str
    ruler_sha256: str
    tool_version: str
    differing: int = 0
    differences: tuple[Difference, ...] = field(default=())

    @property
    def same(self) -> bool:
        """Whether the rerun gives the signed digest."""
        return self.facts_sha256 == self.statement.facts_sha256

    @property
    def other_ruler(self) -> bool:
        """Whether this installation's ruler of that name is another text than the signed one."""
        return self.ruler_sha256 != self.statement.ruler_sha256

    @property
    def other_tool(self) -> bool:
        """Whether this is another version than the one that made the report."""
        return self.tool_version != self.statement.tool_version


def replay(
    members: Mapping[str, bytes], data: Path, *, settings: Settings | None = None, progress: Progress | None = None
) -> Replayed:
    """Verify the submission at `data` again, under the ruler and for the year of the bundle's statement.

    Whether the bundle is signed by whom it says is for `verify.bundle.judge`. Raises NotVerified where it has no
    statement, and as `road.verify` does.
    """
    if ENVELOPE not in members:
        raise NotVerified("bundle.member_missing", member=ENVELOPE)
    stated = statements.read(dsse.read(members[ENVELOPE]).payload)
    year = stated.period[:4]
    with travel(
        data, role="verification", ruler=stated.ruler_id, year=year, settings=settings, progress=progress
    ) as journey:
        report, ruler = journey.report(), journey.world.ruler
        found = Replayed(stated, report.digest, ruler.sha256, __version__)
        if found.same or "report.json" not in members:
            return found
        public = disclosed(journey, report, Rule.of(ruler))[0].facts
    published = read_json(members["report.json"], "report.json")["facts"]
    differences = list(_differences(published, public, ""))
    return Replayed(
        stated, found.facts_sha256, found.ruler_sha256, __version__, len(differences), tuple(differences[:_SHOWN])
    )


def _differences(one: Any, other: Any, path: str) -> Iterator[Difference]:
    """Every leaf where two documents differ, in their order; a list is compared place by place."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _differences(one.get(key, _NOTHING), other.get(key, _NOTHING), f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list):
        for place in range(max(len(one), len(other))):
            left, right = (side[place] if place < len(side) else _NOTHING for side in (one, other))
            yield from _differences(left, right, f"{path}[{place}]")
    elif one != other or (one is _NOTHING) != (other is _NOTHING):
        yield Difference(path, _shown(one), _shown(other))


class _Nothing:
    """Stands where a document has nothing."""


_NOTHING = _Nothing()


def _shown(value: Any) -> str:
    return "" if value is _NOTHING else "null" if value is None else str(value)[:80]

"""How a verification is conducted, from rules/procedure/engagement.yaml: steps, roles, kinds, bans and time limits as data.

Nothing that the file marks `unconfirmed` decides: it asks and reminds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from verify import resources
from verify.canonical import digest

UNCONFIRMED = "unconfirmed"
Words = Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One of the steps; `by` is the command that does it, '' where it is noted by `step`."""

    id: str
    title: Words
    output: Words
    confidence: str
    by: str


@dataclass(frozen=True)
class Role:
    """A role: whether who holds it is in the team, and whether one person only holds it."""

    title: Words
    team: bool
    one: bool


@dataclass(frozen=True)
class Kind:
    """A kind of finding: what its closing needs, and what follows while it is open (not_passed, not_yet, nothing)."""

    title: Words
    answer: bool
    evidence: bool
    open: str


@dataclass(frozen=True)
class Ban:
    """Something that a verification body must not do; an unconfirmed one is asked and decides nothing."""

    title: Words
    confidence: str
    cite: Mapping[str, str]


@dataclass(frozen=True)
class Limit:
    """A time limit: days after the event `starts`, until the event `ends`."""

    title: Words
    starts: str
    ends: str
    days: int
    working: bool
    confidence: str


@dataclass(frozen=True)
class Conduct:
    """The whole file. `kind_of` gives the kind of an imported finding by its severity."""

    steps: Mapping[str, Step]
    roles: Mapping[str, Role]
    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, str]
    bans: Mapping[str, Ban]
    limits: Mapping[str, Limit]
    roster: tuple[str, ...]
    offset: str
    weekend: frozenset[int]
    sha256: str


@cache
def conduct() -> Conduct:
    """rules/procedure/engagement.yaml."""
    import yaml

    path = resources.rules() / "procedure" / "engagement.yaml"
    written: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = written["kinds"]
    return Conduct(
        steps={
            one["id"]: Step(one["id"], _words(one), one["output"], one["confidence"], one.get("by", ""))
            for one in written["steps"]
        },
        roles={name: Role(_words(one), one["team"], one["one"]) for name, one in written["roles"].items()},
        kinds={name: Kind(_words(one), one["answer"], one["evidence"], one["open"]) for name, one in kinds.items()},
        kind_of={severity: name for name, one in kinds.items() for severity in one["severities"]},
        bans={name: Ban(_words(one), one["confidence"], one["cite"]) for name, one in written["bans"].items()},
        limits={
            name: Limit(_words(one), one["from"], one["until"], int(one["days"]), one["working"], one["confidence"])
            for name, one in written["deadlines"].items()
        },
        roster=tuple(written["roster"]),
        offset=written["calendar"]["utc_offset"],
        weekend=frozenset(map(int, written["calendar"]["weekend"])),
        sha256=digest(written),
    )


def _words(entry: Mapping[str, Any]) -> Words:
    return {"zh": entry["zh"], "en": entry["en"]}

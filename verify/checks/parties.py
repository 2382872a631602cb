"""Whom a statement is about, and whether a member answers for it: under its own id, or as what became of it (lineage)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.checks.members import inside, spells
from verify.checks.world import World


@dataclass(frozen=True)
class Party:
    """Somebody whom a statement names. `id` is '' where no member of any time has that code or name."""

    id: str
    label: str


def party(world: World, row: Mapping[str, Any]) -> Party | None:
    """The party of a statement by its code, else by its name; None where it speaks of the park as a whole."""
    park = world.submission.park
    code, name = row["party_code"], _plain(row["party_name"])
    ours = {_plain(one) for one in (park.id, park.names.zh, park.names.en, park.manager)} - {""}
    if code == park.id or (not code and (not name or name in ours)):
        return None
    known = {_plain(one["name"]): one["enterprise_id"] for one in world.spells()}
    found = code if code in spells(world) else known.get(name, "")
    return Party(found, code or row["party_name"])


def answered(world: World, one: Party, period: str) -> bool:
    """Whether the party, or whoever took it over or came before it, is a member in any part of the period."""
    return any(inside(world, name, period) for name in _line(world, one.id or one.label))


def past(world: World, one: Party, period: str) -> bool:
    """Whether the party was a member before the period and is none in it."""
    return not inside(world, one.id, period) and any(
        spell.until and spell.until[: len(period)] < period for spell in spells(world).get(one.id, ())
    )


def _line(world: World, enterprise: str) -> set[str]:
    """The party and everybody before and after it, through any number of steps."""
    links = [(row["predecessor"], row["successor"]) for row in world.rows("lineage")]
    found = {enterprise}
    while True:
        more = {two for one, two in links if one in found} | {one for one, two in links if two in found}
        if more <= found:
            return found
        found |= more


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()

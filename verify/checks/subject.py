"""The subject of a finding that is about the park as a whole."""

from __future__ import annotations

from verify.checks.world import World


def park(world: World) -> str:
    """The id of the park."""
    return str(world.submission.park.id)

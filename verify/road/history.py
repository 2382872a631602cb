"""Committing to a filing, and reading what was committed (DESIGN 8 H)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from verify.checks import frozen
from verify.errors import WrongUsage
from verify.history import Commitment, Frozen, commit, read_opening, read_public
from verify.road.run import Journey, Progress, Settings, travel


def commitment(
    path: Path,
    secret: bytes,
    *,
    ruler: str = "",
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Commitment:
    """Commit to the submission at `path`; `secret`: 32 random bytes of the caller. The same input gives the same bytes.

    Raises as `road.verify` does, and WrongUsage `history.secret_size`.
    """
    with travel(path, role="self_check", ruler=ruler, year=year, settings=settings, progress=progress) as journey:
        return of_journey(journey, secret)


def of_journey(journey: Journey, secret: bytes) -> Commitment:
    """The commitment of a journey that is still open."""
    return commit(frozen.head(journey.world), frozen.leaves(journey.world), secret)


def read(public: Mapping[str, bytes], openings: Mapping[str, bytes]) -> tuple[Frozen, ...]:
    """Commitments with the openings that belong to them, by file name.

    Raises WrongUsage `history.unreadable`, `history.twice`, `history.no_commitment` for an opening of none of them, and
    NotVerified `history.altered`.
    """
    held = {name: read_public(data, name) for name, data in public.items()}
    if len({one.root for one in held.values()}) != len(held):
        raise WrongUsage("history.twice")
    by_root = {one.root: one for one in (read_opening(data, name) for name, data in openings.items())}
    for root in by_root:
        if root not in {one.root for one in held.values()}:
            raise WrongUsage("history.no_commitment")
    return tuple(Frozen(one, by_root.get(one.root)) for one in held.values())

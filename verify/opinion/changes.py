"""What changed in ruler and fence, and which earlier filings this one was held against, as facts."""

from __future__ import annotations

from collections import Counter

from verify.checks.changes import changes as changed
from verify.checks.holding import holdings
from verify.checks.world import World
from verify.history import CHANGED, GONE, NEW
from verify.opinion.accounts import Facts, number


def changes(world: World) -> list[Facts]:
    """The section `changes`; null where nobody says."""
    return [
        {
            "subject": one.subject,
            "what": one.what,
            "source": one.source or None,
            "before": one.before or None,
            "after": one.after or None,
            "when": one.when or None,
            "evidence": one.evidence or None,
            "tco2": number(one.tco2),
            "restated": one.restated,
        }
        for one in changed(world)
    ]


def history(world: World) -> list[Facts]:
    """The section `history`: every commitment given, whether it is of this place and was opened, and what came of it."""
    held = {one.frozen.public.root: one for one in holdings(world)}
    found = []
    for one in world.history:
        public, holding = one.public, held.get(one.public.root)
        opened = holding.opened if holding else None
        counts = Counter(difference.what for difference in opened.differences) if opened else Counter[str]()
        found.append(
            {
                "park": public.park,
                "root": public.root,
                "ruler": dict(public.head["ruler"]),
                "held": "opened" if opened else "sealed" if holding else "other_place",
                "years": sorted(public.years),
                "not_filed": sorted(public.years - set(world.years)),
                "committed": str(len(public.leaves)),
                "equal": str(opened.equal) if opened else None,
                **{what: str(counts[what]) if opened else None for what in (CHANGED, GONE, NEW)},
            }
        )
    return found

"""Opening: every committed leaf is equal now, differs, or is no longer there; and what a frozen year holds that is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from verify.errors import WrongUsage
from verify.history.documents import Frozen
from verify.history.leaf import FIGURES, FILED, TONNES, Leaf, Path
from verify.history.salts import label, salt, sealed

CHANGED, GONE, NEW = "changed", "gone", "new"
_YEARLY = {FIGURES, FILED, TONNES}  # kinds of which a frozen year can hold one more


@dataclass(frozen=True)
class Difference:
    """One leaf that is not as committed. `before` and `now`: its contents; None where there is none or nobody told.

    Where a leaf is gone and the opening does not hold it, only its public parts are known: `path.member` and `.source` are ''.
    """

    what: str
    path: Path
    before: Any = None
    now: Any = None


@dataclass(frozen=True)
class Opened:
    """How many leaves were committed and are equal, every difference in order of its path, and opened contents."""

    committed: int
    equal: int
    differences: tuple[Difference, ...]
    before: tuple[Leaf, ...]


def opened(frozen: Frozen, now: Iterable[Leaf]) -> Opened:
    """Hold the leaves of a later filing against a commitment.

    An opened content counts only where its salted digest is the committed one. Raises WrongUsage `history.other_secret`
    where the opening belongs to another commitment, or a content in it was altered.
    """
    opening, public = frozen.opening, frozen.public
    assert opening is not None
    if opening.root != public.root:
        raise WrongUsage("history.other_secret")
    secret = opening.secret
    committed = {row[3]: row for row in public.leaves}
    before: dict[str, Leaf] = {}
    for leaf in opening.leaves:
        name = label(secret, leaf.path)
        if name not in committed or committed[name][4] != sealed(salt(secret, leaf.path), leaf.path, leaf.content):
            raise WrongUsage("history.other_secret")
        before[name] = leaf
    present = {label(secret, leaf.path): leaf for leaf in now}
    found: list[Difference] = []
    equal = 0
    for name, (kind, item, year, _, seal) in committed.items():
        old, new = before.get(name), present.get(name)
        if new is None:
            path = old.path if old else Path(kind, item, year=year)
            found.append(Difference(GONE, path, old.content if old else None))
        elif sealed(salt(secret, new.path), new.path, new.content) == seal:
            equal += 1
        else:
            found.append(Difference(CHANGED, new.path, old.content if old else None, new.content))
    found += [
        Difference(NEW, leaf.path, None, leaf.content)
        for name, leaf in present.items()
        if name not in committed and leaf.path.kind in _YEARLY and leaf.path.year in public.years
    ]
    ordered = tuple(sorted(found, key=lambda one: (one.path, one.what)))
    return Opened(len(committed), equal, ordered, tuple(before[name] for name in sorted(before)))

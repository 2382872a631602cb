"""Frozen history (DESIGN 8 H): what a park committed to at a first filing, and whether a later filing opens it.

Values only: leaves, salted digests, their openings, two places laid over each other. Where leaves come from is for
`verify.checks.frozen`, which files hold them for `verify.road.history`; formats: docs/formats/history.md.
"""

from verify.history.commitment import Commitment, commit
from verify.history.documents import Frozen, Opening, Public, opening_bytes, public_bytes, read_opening, read_public
from verify.history.leaf import CHOICE, FIGURES, FILED, PLACE, TONNES, Leaf, Path
from verify.history.opened import CHANGED, GONE, NEW, Difference, Opened, opened

__all__ = [
    "CHANGED",
    "CHOICE",
    "FIGURES",
    "FILED",
    "GONE",
    "NEW",
    "PLACE",
    "TONNES",
    "Commitment",
    "Difference",
    "Frozen",
    "Leaf",
    "Opened",
    "Opening",
    "Path",
    "Public",
    "commit",
    "opened",
    "opening_bytes",
    "public_bytes",
    "read_opening",
    "read_public",
]

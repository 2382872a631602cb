"""One thing that is committed: where it belongs (`Path`) and what it says, as plain canonical values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

FIGURES, TONNES, FILED, CHOICE, PLACE = "figures", "tonnes", "filed", "choice", "place"
KINDS = (CHOICE, FIGURES, FILED, PLACE, TONNES)


class Path(NamedTuple):
    """Where a leaf belongs; '' where a part does not apply.

    `kind`: figures (quantities in base units), tonnes (under the ruler), filed (a figure as filed), choice, place.
    `name`: of the choice or the item. `year`: the year that is frozen.
    """

    kind: str
    name: str = ""
    member: str = ""
    source: str = ""
    year: str = ""


@dataclass(frozen=True)
class Leaf:
    """`content`: texts, lists and mappings of texts; numbers are decimal text, so that the digest is one."""

    path: Path
    content: Any

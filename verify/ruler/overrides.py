"""What a ruler says otherwise than the ruler it rests on: both values, both citations, both places (DESIGN 5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from verify.ruler.parts import Document

Direction = Literal["lower", "higher", "superset", "subset", "by_comparison", "fixed"]  # which way is the stricter one
How = Literal["lower", "higher", "superset", "subset", "own"]  # own: a ruler that borrows may differ as it likes


@dataclass(frozen=True)
class Override:
    """One difference, by the ruler `by`. `at` names the place by keys and ids; `parent` and `child` are plain data (None: not
    there). Places are ``file:line``."""

    at: tuple[str, ...]
    parent: Any
    child: Any
    parent_cite: Mapping[str, Any]
    child_cite: Mapping[str, Any]
    direction: How
    by: str
    parent_place: str = field(default="", compare=False)
    child_place: str = field(default="", compare=False)

    @property
    def path(self) -> str:
        """``indicators.unit_energy_co2.classes.20-100.limit``."""
        return ".".join(self.at)

    def plain(self) -> dict[str, Any]:
        """As canonical data, for the digest; where the lines stand is no part of it."""
        return {
            "at": list(self.at),
            "parent": self.parent,
            "child": self.child,
            "parent_cite": dict(self.parent_cite),
            "child_cite": dict(self.child_cite),
            "direction": self.direction,
            "by": self.by,
        }


@dataclass(frozen=True)
class Source:
    """A citation with the documents that tell its number and title: put into words where it is read."""

    cite: Mapping[str, Any]
    documents: Mapping[str, Document] = field(repr=False)

"""The survivors that were argued: rules/<id>/tests/survivors.yaml, patterns over the ids of mutants with the reason for each group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from verify import resources
from verify.road.rule_tests import SURVIVORS
from verify.ruler.marks import load_marked


@dataclass(frozen=True)
class Argued:
    """`like`: pattern -> its reason in both languages; a star stands for any text."""

    like: dict[str, dict[str, str]]

    @classmethod
    def of(cls, ruler: str) -> Argued:
        """The file of a ruler of rules/; nothing argued where there is none."""
        path = resources.rules() / ruler / "tests" / SURVIVORS
        if not path.is_file():
            return cls({})
        groups = load_marked(path).data["survivors"]
        for group in groups:
            assert set(group) == {"because", "like"}, group
            assert all(group["because"].get(language) for language in ("zh", "en")), group
        return cls({pattern: group["because"] for group in groups for pattern in group["like"]})

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {
            pattern: re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.DOTALL)
            for pattern in self.like
        }

    def why(self, mutant: str) -> str:
        """The pattern that argues a survivor, '' for none."""
        return next((pattern for pattern, wanted in self._compiled.items() if wanted.fullmatch(mutant)), "")

    def idle(self, survivors: Iterable[str]) -> list[str]:
        """Patterns that argue no survivor: stale, and to be taken out."""
        found = list(survivors)
        return [
            pattern for pattern, wanted in self._compiled.items() if not any(wanted.fullmatch(one) for one in found)
        ]

"""The disclosure rule of a ruler, ready to apply: paths by exposure, and the numbers of suppression as rationals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verify.disclosure import columns, sections
from verify.errors import WrongUsage
from verify.ruler import Ruler

State = Literal["withheld", "committed"]
TERMS = "terms"  # the one section whose groups the facts tell


@dataclass(frozen=True)
class Rule:
    """`hidden` maps a path to its state, `rounded` to decimals; `sections` are those with something public.

    `fewest` enterprises, `largest_share` and `most_withheld` (shares of 1) are the numbers of suppression.
    """

    sections: frozenset[str]
    subtotals: bool
    rounded: Mapping[str, int]
    hidden: Mapping[str, State]
    fewest: int
    largest_share: Fraction
    most_withheld: Fraction

    @classmethod
    def of(cls, ruler: Ruler) -> Rule:
        """The rule of `ruler`. Raises `WrongUsage` for a path that nothing can hide: a typing slip must not publish."""
        text = ruler.text.disclosure
        numbers = text.small_groups
        for path in text.public:
            _known(path, sections.ALL)
        for path in text.subtotals:
            _known(path, {TERMS})
        for path in text.rounded:
            _known(path, columns.ROUNDED)
        for path in (*text.committed, *text.withheld):
            _known(path, {*sections.ALL, *columns.HIDDEN, sections.PLACES})
        states: dict[str, State] = dict.fromkeys(text.withheld, "withheld")
        return cls(
            sections=frozenset({*text.public, *text.subtotals}),
            subtotals=TERMS in text.subtotals,
            rounded=dict(text.rounded),
            hidden=states | dict.fromkeys(text.committed, "committed"),
            fewest=int(ruler.number(numbers.fewest)),
            largest_share=ruler.number(numbers.largest_share),
            most_withheld=ruler.number(numbers.most_withheld),
        )

    def state(self, section: str) -> State | None:
        """How a whole section is kept back; None where something of it is public."""
        return self.hidden.get(section) or (None if section in self.sections else "withheld")


def _known(path: str, paths: set[str] | frozenset[str] | Mapping[str, object]) -> None:
    if path not in paths:
        raise WrongUsage("disclosure.unknown_path", path=path, known=", ".join(sorted(paths)))

"""What the differences of two rulers do to one submission: each switched alone where it can be, and all of them together.

The cheapest way that is right: a value through `Changes` in one account for all of them; a figure, an indicator or a reading
on the ledger that is there; line rules and factors as boundaries of one account, each counted by its own ruler; what decides
more (products, open points, the own intensity) by an account of its own. Effects overlap and are never added: together is a
recomputation under the other ruler.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from verify.checks.world import FILED
from verify.engine import Engine
from verify.formula import Value
from verify.ledger import Changes, Figures, Ledger, Vocabulary, account, defaults, judge, outcome, value_key
from verify.road.world import chosen_readings, filed_boundary, province, side_cells
from verify.ruler.differences import At, Difference
from verify.ruler.model import Verdict
from verify.ruler.relation import relation
from verify.ruler.resolved import Ruler
from verify.ruler.switched import with_entry
from verify.submission import Submission

How = Literal["value", "figure", "reading", "recount", "nothing", "not_alone", "no_number"]
TOTAL = "total.tco2"
_FIGURES = (("indicators",), ("method", "items"))
_ROUTED = (("method", "lines"), ("method", "factors"))
_ROWS = (*_ROUTED, ("method", "own_intensity"), ("method", "certificates"), ("processes",), ("parameters",))
_SWITCHED = "switched"  # the reading of a value that is changed
_AT_ONCE = 16  # rulers that count the rows in one account: each of them has all rows of the park


@dataclass(frozen=True)
class Standing:
    """The total and the core indicator under one ruler; None where the ruler has none or it is not defined.

    `gaps`: rows of the year without a factor. `verdict` is that under the readings taken; `stands` that over all readings.
    """

    total: Fraction | None
    value: Fraction | None = None
    limit: Fraction | None = None
    size_class: str = ""
    verdict: Verdict | None = None
    gaps: int = 0
    stands: Verdict | None = None


@dataclass(frozen=True)
class Effect:
    """What one difference does when it alone is switched; `standing` None where it cannot be or touches no figure."""

    how: How
    standing: Standing | None = None


class Switching:
    """One submission under one ruler, with the means to switch rules one by one."""

    def __init__(self, submission: Submission, engine: Engine, ruler: Ruler, year: str) -> None:
        self.submission = submission
        self.engine = engine
        self.ruler = ruler
        self.year = year
        self.core = _core(ruler)
        self.chosen = defaults(ruler, chosen_readings(submission, ruler))
        self._boundary = filed_boundary(submission, engine)
        self._side = side_cells(submission, engine)
        self.ledger = self.account(ruler)

    def account(
        self, ruler: Ruler, changes: Changes | None = None, routed_by: Mapping[str, Ruler] | None = None
    ) -> Ledger:
        """The ledger of the submission under a ruler; with `routed_by` once under each of those, by the names they have."""
        context = {"province": province(self.submission.park.province)}
        tables, words = self.submission.tables, Vocabulary.standard()
        boundaries = [replace(self._boundary, id=name) for name in routed_by] if routed_by else [self._boundary]
        return account(self.engine, ruler, tables, words, boundaries, changes, context, routed_by)

    def standing(self) -> Standing:
        """The total and the core indicator; its verdict over every reading of every open point."""
        figures = self._figures(self.ruler, self.ledger)
        found = self._stand(figures, self.chosen)
        stands = judge(figures, self.core, self.chosen).verdict if self.core else None
        return replace(found, gaps=self._gaps(self.ledger), stands=stands)

    def effects(self, other: Ruler, found: Iterable[Difference]) -> dict[At, Effect]:
        """Each difference switched to the other ruler, alone."""
        told = list(found)
        kin = relation(self.ruler, other) != "strangers" or _share_most(self.ruler, other, told)
        numbers = {one.at: forms for one in told if (forms := self._numbers(other, one))}
        changes = Changes({form: {_SWITCHED: number} for forms in numbers.values() for form, number in forms.items()})
        changed = self.account(self.ruler, changes) if numbers else self.ledger
        known: dict[At, Effect] = {}
        counting = []
        for one in told:
            effect = self._effect(other, one, numbers.get(one.at), changed)
            if effect is not None:
                known[one.at] = effect
            elif kin:
                counting.append(one)
            else:
                known[one.at] = Effect("not_alone")
        return known | self._recounts(other, counting)

    def _effect(
        self, other: Ruler, one: Difference, numbers: Mapping[str, Fraction] | None, changed: Ledger
    ) -> Effect | None:
        """What needs no other account than `changed`; None where the rows have to be counted again."""
        if one.at[0] == "values":
            if one.kind != "both":
                return Effect("not_alone")
            if numbers is None:
                return Effect("no_number")
            figures = self._figures(with_entry(self.ruler, other, one.at), changed)
            assignment = {**self.chosen, **{value_key(form): _SWITCHED for form in numbers}}
            return Effect("value", self._stand(figures, assignment))
        if _within(one.at, _FIGURES):
            if one.kind != "both":
                return Effect("not_alone" if one.at == ("indicators", self.core or _core(other)) else "nothing")
            figures = self._figures(with_entry(self.ruler, other, one.at), self.ledger)
            return Effect("figure", self._stand(figures, self.chosen))
        if not _within(one.at, _ROWS):
            return Effect("nothing")
        fields = {field[2] for field in one.fields}
        if one.at[0] == "parameters" and one.kind == "both" and fields <= {"default", "conservative", "decides"}:
            return self._reading(other, one)
        alone = one.kind == "both" or one.at[:2] == ("method", "lines")
        return None if alone else Effect("not_alone")

    def _recounts(self, other: Ruler, told: Sequence[Difference]) -> dict[At, Effect]:
        """Each difference in how rows count, switched alone: line rules and factors many at once, the others one by one."""
        routed = [one for one in told if _within(one.at, _ROUTED)]
        found: dict[At, Effect] = {}
        for first in range(0, len(routed), _AT_ONCE):
            some = {".".join(one.at): one.at for one in routed[first : first + _AT_ONCE]}
            rulers = {name: with_entry(self.ruler, other, at) for name, at in some.items()}
            ledger = self.account(self.ruler, routed_by=rulers)
            found |= {at: self._recounted(rulers[name], ledger, name) for name, at in some.items()}
        for one in told:
            if one.at not in found:
                ruler = with_entry(self.ruler, other, one.at)
                found[one.at] = self._recounted(ruler, self.account(ruler), FILED)
        return found

    def _recounted(self, ruler: Ruler, ledger: Ledger, boundary: str) -> Effect:
        figures = Figures(ruler, [*ledger.cells, *self._side], boundary, self.year)
        stand = self._stand(figures, {**defaults(ruler), **self.chosen})
        return Effect("recount", replace(stand, gaps=self._gaps(ledger, boundary)))

    def _reading(self, other: Ruler, one: Difference) -> Effect:
        """The default reading of the other ruler; a park that declares its own keeps it."""
        declared = chosen_readings(self.submission, self.ruler)
        default = other.text.parameters[one.at[1]].default
        here = {reading.id for reading in self.ruler.text.parameters[one.at[1]].readings}
        if one.at[1] in declared or default not in here:
            return Effect("nothing")
        figures = self._figures(self.ruler, self.ledger)
        return Effect("reading", self._stand(figures, {**self.chosen, one.at[1]: default}))

    def _numbers(self, other: Ruler, one: Difference) -> dict[str, Fraction]:
        """The number of the other ruler for the year, under every name by which a factor may ask for it."""
        if one.at[0] != "values" or one.kind != "both":
            return {}
        found = other.find(one.at[1], self.year)
        if found is None:
            return {}
        heads = {target: head for head, target in self.ruler.text.bind.items()}
        head, _, rest = one.at[1].partition(".")
        names = [one.at[1], *([f"{heads[head]}.{rest}"] if head in heads else [])]
        return dict.fromkeys(names, found[1].value)

    def _figures(self, ruler: Ruler, ledger: Ledger) -> Figures:
        return Figures(ruler, [*ledger.cells, *self._side], FILED, self.year)

    def _stand(self, figures: Figures, assignment: Mapping[str, str]) -> Standing:
        total = _number(figures.item(TOTAL, assignment))
        if not self.core:
            return Standing(total)
        found = outcome(figures, self.core, assignment)
        return Standing(
            total, _number(found.value), found.limit, found.size_class, found.verdict, self._gaps(self.ledger)
        )

    def _gaps(self, ledger: Ledger, boundary: str = FILED) -> int:
        return len({gap["row_id"] for gap in ledger.gaps if gap["year"] == self.year and gap["boundary"] == boundary})


def _core(ruler: Ruler) -> str:
    """The first core indicator; '' where there is none."""
    return next((name for name, one in ruler.text.indicators.items() if one.kind == "core"), "")


def _share_most(a: Ruler, b: Ruler, told: list[Difference]) -> bool:
    """Whether most line rules of `a` stand in `b` as they are: only then has one rule of `b` a place among them."""
    moved = {one.at[2] for one in told if one.at[:2] == ("method", "lines")}
    names = {line.id for line in b.text.method.lines}
    kept = [line for line in a.text.method.lines if line.id in names and line.id not in moved]
    return 2 * len(kept) > len(a.text.method.lines)


def _within(at: At, heads: tuple[At, ...]) -> bool:
    return any(at[: len(head)] == head for head in heads)


def _number(value: Value) -> Fraction | None:
    return value if isinstance(value, Fraction) else None

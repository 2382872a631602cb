"""Rows of transformation, recovery and feedstock booked twice, left out or mislabelled, and what each of them raises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.golden.amounts_by_hand import INPUTS, Expected, Park, as_flow, as_type, dropped, other_term, twice
from tests.golden.many_years import Variant, Years, another_paper
from tests.golden.parks_by_hand import Row
from verify.submission.contract import vocabulary

ACROSS = ("purchased", "sold", "tolled_in", "tolled_out")
CODES = ("TZ-ACC-09", "TZ-BAL-01", "TZ-BAL-02", "TZ-BAL-03", "TZ-BAL-05", "TZ-BAL-06", "TZ-CAR-01", "TZ-CAR-03", "TZ-CAR-04", "TZ-CAR-05")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One row under one operation: a variant of its park, and what must be raised (None: anything of the families)."""

    row: Row
    operation: str
    variant: Variant
    expected: Expected | None

    @property
    def name(self) -> str:
        """The row and what was done to it."""
        row = self.row
        parts = (row["period"], row["source_id"], row["carrier"], row["flow"], row.get("activity_type") or "–")
        return f"{'/'.join(parts)} {self.operation}"


def by_hand(park: Park) -> Iterator[Case]:
    """Every row doubled, dropped, moved to two other flows and called an activity of another term, with its amount."""
    for at in park.rows():
        row = park.book.activity[at]
        yield Case(row, "twice", _edited(park, at, row, another_paper(row)), twice(park, row))
        yield Case(row, "dropped", _edited(park, at), dropped(park, row))
        for flow in ("sold", "final_use") if row["flow"] in INPUTS else ("primary_production", "final_use"):
            yield Case(row, f"as {flow}", _edited(park, at, _flowing(row, flow)), as_flow(park, row, flow))
        word = other_term(row)
        yield Case(row, f"as {word}", _edited(park, at, {**row, "activity_type": word}), as_type(park, row, word))


def every_label(park: Park) -> Iterator[Case]:
    """Every row under every other flow and every other activity type."""
    for at in park.rows():
        row = park.book.activity[at]
        for flow in vocabulary("flow"):
            if flow != row["flow"]:
                yield Case(row, f"as {flow}", _edited(park, at, _flowing(row, flow)), None)
        for word in vocabulary("activity_type"):
            if word and word != row.get("activity_type", ""):
                yield Case(row, f"as {word}", _edited(park, at, {**row, "activity_type": word}), None)


def raised(case: Case, years: Years, variant: int) -> bool:
    """Whether the case raises what it must; where no amount is named, any new finding of an energy or carbon balance."""
    new = years.new(variant)
    if case.expected is None:
        return bool(new)
    due = case.expected
    return any(
        one.code == due.code
        and one.effect is not None
        and one.effect_unit == due.unit
        and abs(Fraction(one.effect) - due.effect) < Fraction(1, 10**5)
        for one in new
    )


def told(case: Case, years: Years, variant: int) -> str:
    """The case as a line of the table: what it raised, and the amount that was expected."""
    new = [f"{one.code} {one.effect} {one.effect_unit}" for one in years.new(variant)]
    due = case.expected
    hand = f" | by hand {due.code} {float(due.effect):.6f} {due.unit}" if due else ""
    return f"{case.name}: {'; '.join(new) or 'silent'}{hand}"


def _edited(park: Park, at: int, *instead: Row) -> Variant:
    rows = park.book.activity
    return Variant([*rows[:at], *instead, *rows[at + 1 :]])


def _flowing(row: Row, flow: str) -> Row:
    return {**row, "flow": flow, **({"counterparty": "outside"} if flow in ACROSS else {})}


def chunks(cases: Sequence[Case], size: int) -> Iterator[Sequence[Case]]:
    """The cases in parts of at most `size`."""
    return (cases[at : at + size] for at in range(0, len(cases), size))

"""The opinion of the verifier (核查结论): the rows of the ruler's table, evaluated over what the run found.

The gravest row that holds decides, and every row that holds is a reason. The names that a table may use are the fields
of `Grounds`, ``materiality`` and ``value.<id>``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from verify.checks import Finding, Run, World
from verify.checks.world import FILED, total
from verify.formula import Undefined, Value, evaluate
from verify.ledger import METHOD, REPORTED
from verify.ledger.basis import Assignment, consistent, read_reading
from verify.ruler import Ruler
from verify.ruler.model import Opinion as Verdict

_GRAVITY = ("unmodified", "modified", "adverse", "disclaimer")
_PARTIAL: tuple[Verdict, str] = ("disclaimer", "ruler_partial")


@dataclass(frozen=True)
class Grounds:
    """What an opinion rests on. Shares are of the recomputed total of the reporting year.

    `incomplete_terms`: core terms with rows that could not be read or have no factor; `misstatement_share`: the filed
    total against one recomputation with all corrections; `unproven_share`: what the total rises by when unproven zeros
    are set to their default; `covered_share`: gross tonnes on lines with evidence or a metered, invoiced or statistical basis.
    """

    incomplete_terms: int
    misstatement_share: Fraction
    unproven_share: Fraction
    covered_share: Fraction
    errors: int
    questions: int
    excluded_unknown: int
    crashed_checks: int
    partial_ruler: int


@dataclass(frozen=True)
class Opinion:
    """The opinion with its reasons (keys of templates/messages/opinion.yaml, in the order of the ruler's table)."""

    value: str
    reasons: tuple[str, ...]
    grounds: Grounds


def opine(world: World, runs: Sequence[Run], findings: Sequence[Finding]) -> Opinion:
    """The opinion on the reporting year."""
    return decided(world.ruler, _grounds(world, runs, findings), world.year)


def decided(ruler: Ruler, grounds: Grounds, year: str) -> Opinion:
    """What the opinion table of a ruler says of these grounds."""
    table = ruler.text.opinion
    known: dict[str, Value] = {name: Fraction(number) for name, number in asdict(grounds).items()}
    known["materiality"] = ruler.number(table.materiality, year)

    def name(asked: str) -> Value:
        if asked.startswith("value."):
            return ruler.number(asked.removeprefix("value."), year)
        return known.get(asked, Undefined("missing_name", {"name": asked}))

    held = [(row.opinion, row.reason) for row in table.rows if evaluate(ruler.tree(row.holds), name) is True]
    if grounds.partial_ruler and _PARTIAL not in held:  # whatever the table says: no opinion rests on half a ruler
        held.insert(0, _PARTIAL)
    value = max((opinion for opinion, _ in held), key=_GRAVITY.index, default="unmodified")
    return Opinion(value, tuple(reason for _, reason in held), grounds)


def incomplete_terms(world: World, assignment: Assignment | None = None) -> dict[str, set[str]]:
    """Terms with rows that do not count although they should: term -> row ids (national-ruler 6a, DESIGN 4).

    No row ids where the rows themselves could not be read.

    `assignment`: under other readings than the chosen ones (a GWP set may lack a gas that another one has).
    """
    found: dict[str, set[str]] = {}
    for gap in world.ledger.gaps:
        held = consistent(read_reading(gap["reading"]), assignment or world.chosen)
        if gap["boundary"] == FILED and gap["year"] == world.year and held:
            found.setdefault(gap["term"] or "energy", set()).add(gap["row_id"])
    for row in world.submission.excluded:
        if row.incomplete and row.year in {"", world.year}:
            for term in _terms_of(world, row.table, row.carrier):
                found.setdefault(term, set()).add(row.row_id)
    for table in sorted(world.submission.unread):  # rows of unknown number: every term that they could have fed
        for term in _terms_of(world, table, ""):
            found.setdefault(term, set())
    return found


def incomplete_core(world: World) -> set[str]:
    """The incomplete terms without which there is no opinion: the core terms of the ruler, and energy where a figure rests on it."""
    method = world.ruler.text.method
    core = {*method.core_terms, *(("energy",) if "energy.tce" in method.items else ())}
    return core & incomplete_terms(world).keys()


def _terms_of(world: World, table: str, carrier: str) -> list[str]:
    """The terms that a row of a table and carrier could have become, by the line rules of the ruler."""
    traits = {"carrier": carrier, **world.vocabulary.traits(carrier)}
    terms = []
    for line in world.ruler.text.method.lines:
        if line.table != table or not line.term or line.term not in world.ruler.text.method.core_terms:
            continue
        fits = all(not traits.get(key) or traits[key] in words for key, words in line.match.items() if key in traits)
        if fits and line.term not in terms:
            terms.append(line.term)
    return terms


def _grounds(world: World, runs: Sequence[Run], findings: Sequence[Finding]) -> Grounds:
    return Grounds(
        incomplete_terms=len(incomplete_core(world)),
        misstatement_share=_misstatement(world),
        unproven_share=_unproven(world),
        covered_share=_covered(world),
        errors=sum(finding.severity == "error" for finding in findings),
        questions=sum(finding.severity == "question" for finding in findings),
        excluded_unknown=sum(1 for row in world.submission.excluded if row.incomplete and row.year in {"", world.year}),
        crashed_checks=sum(run.reason == "crashed" for run in runs),
        partial_ruler=int(world.ruler.text.status != "complete"),
    )


def _misstatement(world: World) -> Fraction:
    """The larger of: filed total against the recomputed one, and rows as filed against the ruler's factors.

    A total that was filed under another ruler is no misstatement under this one.
    """
    due = world.item("total.tco2")
    if not isinstance(due, Fraction) or not due:
        return Fraction(0)
    shares = [Fraction(0)]
    shares += [
        abs(Fraction(row["value"]) - due) / abs(due)
        for row in world.rows("reported")
        if row["item"] == "total.tco2" and row["year"] == world.year and row["value"] is not None and not world.foreign
    ]
    filed = world.figures[world.year].item("total.tco2", {**world.chosen, METHOD: REPORTED})
    if isinstance(filed, Fraction):
        shares.append(abs(filed - due) / abs(due))
    return max(shares)


def _unproven(world: World) -> Fraction:
    figures = world.figures[world.year]
    claimed, proven = (figures.item("total.tco2", world.chosen, kind) for kind in ("claimed", "proven"))
    if not isinstance(claimed, Fraction) or not isinstance(proven, Fraction) or not proven:
        return Fraction(0)
    return (proven - claimed) / abs(proven)


def _covered(world: World) -> Fraction:
    cells = [cell for cell in world.cells(measure="carbon") if cell["term"]]
    gross = sum(abs(cell["tco2"]) for cell in cells)
    return (
        Fraction(sum(abs(cell["tco2"]) for cell in cells if cell["supported"])) / Fraction(gross)
        if gross
        else Fraction(1)
    )


__all__ = ["Grounds", "Opinion", "decided", "incomplete_core", "incomplete_terms", "opine", "total"]

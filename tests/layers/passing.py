"""What a park is told under a ruler, and what it means that a child passes what its parent fails.

One submission is put under both rulers, with the same readings chosen for the headline. The child passes what its parent
fails where any of these holds:

1. A verdict. The parent says of one of its indicators ``not_met`` and the child says anything else; or the parent says
   ``undetermined`` and the child says ``met``. (``no_limit`` and an indicator left out with a reason are no failures: a child may
   judge there what the parent does not. So is ``undetermined`` none where every reading says ``met`` or ``no_limit``.)
2. The opinion. The child's is milder: unmodified < modified < adverse < disclaimer. Or a reason that the parent gives for its
   opinion is no longer given; errors may stand for open questions, as long as the opinion is not milder for it.
3. A finding. What a check found under the parent, of the same subject and period, it does not find under the child, or is less
   grave there. Question and warning have no order: neither may stand for the other.
4. A claim. A sentence of the park that the parent objects to stands unobjected under the child.
5. Disclosure. Something is public under the parent and hidden, or rounded further, under the child.
6. A figure. An item or an indicator of the parent has another value under the child: a layer measures with the same method.
7. A signature that the parent asks for is not asked for by the child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from tests.layers.parks import SmallPark, accounted
from verify.checks import Finding, World
from verify.checks.registry import registered
from verify.checks.rows import CouldNotRun, Found, NotApplicable
from verify.checks.world import FILED
from verify.disclosure import Rule
from verify.ledger import Figures, Vocabulary, defaults, judge
from verify.opinion import opine, verdict_of
from verify.ruler import Ruler
from verify.submission.park import Park

# Checks that look at cells, figures, claims and park.yaml alone; the others are drawn as found, and run on whole roads
CHECKS = (
    "TZ-ACC-03", "TZ-GRN-02", "TZ-IND-01", "TZ-IND-02", "TZ-BAS-02", "TZ-COV-03", "TZ-CLM-01", "TZ-CLM-02", "TZ-CLM-03",
)  # fmt: skip
_GRAVITY = ("unmodified", "modified", "adverse", "disclaimer")
_GRAVER = {"note": {"question", "warning", "error"}, "question": {"error"}, "warning": {"error"}, "error": set()}
_VOCABULARY = Vocabulary.standard()


@dataclass(frozen=True)
class Told:
    """What a park is told under one ruler.

    `findings`: severities by code, subject and period; `nearest`: how far the indicator that is nearest to its limit is from
    it, as a share of the limit.
    """

    figures: Mapping[str, object]
    verdicts: Mapping[str, str | None]
    opinion: str
    reasons: frozenset[str]
    findings: Mapping[tuple[str, str, str], str]
    claims: frozenset[tuple[str, str]]
    rule: Rule
    signatures: frozenset[str]
    nearest: Fraction | None = None


def told(ruler: Ruler, park: SmallPark) -> Told:
    """The park under the ruler."""
    world = _world(ruler, park)
    findings: list[Finding] = [_drawn(code, ruler.text.checks[code].severity) for code in park.found]
    claims: set[tuple[str, str]] = set()
    for code in CHECKS:
        entry = ruler.text.checks.get(code)
        if entry is None:
            continue
        for row in _run(world, code, entry.params):
            findings.append(_drawn(code, entry.severity, row.subject, row.period))
            if "claim" in row.arguments:
                claims.add((code, row.arguments["claim"]))
    opinion = opine(world, [], findings)
    figures: dict[str, object] = {name: world.item(name) for name in ruler.text.method.items}
    figures |= {name: one.chosen.value for name, one in world.judged.items()}
    attestation = ruler.text.attestation
    return Told(
        figures=figures,
        verdicts={name: _verdict(world, name) for name in ruler.text.indicators},
        opinion=opinion.value,
        reasons=frozenset(opinion.reasons),
        findings={(one.code, one.subject, one.period): one.severity for one in findings},
        claims=frozenset(claims),
        rule=Rule.of(ruler),
        signatures=frozenset(attestation.further if attestation is not None else ()),
        nearest=min(_distances(world), default=None),
    )


def _verdict(world: World, name: str) -> str | None:
    """The verdict; ``no_failure`` where it is undetermined and yet no reading fails."""
    found = verdict_of(world, name)
    fails_nowhere = found == "undetermined" and world.judged[name].readings == {"met", "no_limit"}
    return "no_failure" if fails_nowhere else found


def _distances(world: World) -> Iterator[Fraction]:
    for one in world.judged.values():
        if isinstance(one.chosen.value, Fraction) and one.chosen.limit:
            yield abs(one.chosen.value / one.chosen.limit - 1)


def passes(parent: Told, child: Told) -> Iterator[str]:
    """Everything that the child passes and the parent fails, in words; nothing where the child is as strict."""
    for name, verdict in parent.verdicts.items():
        milder = {"not_met": verdict != child.verdicts.get(name), "undetermined": child.verdicts.get(name) == "met"}
        if milder.get(verdict or "", False):
            yield f"verdict of {name}: {verdict} becomes {child.verdicts.get(name)}"
    if _GRAVITY.index(child.opinion) < _GRAVITY.index(parent.opinion):
        yield f"opinion: {parent.opinion} becomes {child.opinion}"
    raised = {"open_questions"} if "uncorrected_errors" in child.reasons else set()
    for reason in parent.reasons - child.reasons - raised:
        yield f"reason {reason} is gone"
    for found, severity in parent.findings.items():
        now = child.findings.get(found)
        if now != severity and now not in _GRAVER[severity]:
            yield f"finding {' '.join(filter(None, found))}: {severity} becomes {now}"
    for code, claim in parent.claims - child.claims:
        yield f"claim {claim}: {code} is silent"
    yield from _hidden(parent.rule, child.rule)
    for name, value in parent.figures.items():
        if str(child.figures.get(name)) != str(value):
            yield f"figure {name}: {value} becomes {child.figures.get(name)}"
    for one in parent.signatures - child.signatures:
        yield f"signature {one} is not asked for"


def _hidden(parent: Rule, child: Rule) -> Iterator[str]:
    for section in parent.sections - child.sections:
        yield f"section {section} is hidden"
    for path in child.hidden.keys() - parent.hidden.keys():
        yield f"column {path} is hidden"
    for path, places in child.rounded.items():
        if path not in parent.rounded or places < parent.rounded[path]:
            yield f"{path} is rounded to {places}"
    numbers = ("fewest", "largest_share", "most_withheld", "subtotals")
    if any(getattr(parent, name) != getattr(child, name) for name in numbers):
        yield "other groups are suppressed"


def _run(world: World, code: str, params: Mapping[str, Any]) -> list[Found]:
    try:
        found = registered()[code].function(world, params).found
    except (NotApplicable, CouldNotRun):
        return []
    assert isinstance(found, list), code
    return found


def _drawn(code: str, severity: str, subject: str = "park", period: str = "2027") -> Finding:
    return Finding(code, severity, subject, period, None, "", {}, 1, ())


def _scaled(cell: Mapping[str, Any], year: str, share: Decimal) -> dict[str, Any]:
    """The same line of an earlier year."""
    amounts = ("quantity", "tco2", "strict_tco2", "proven_tco2", "tce")
    return {**cell, "year": year, **{name: cell[name] * share for name in amounts if cell[name] is not None}}


def _world(ruler: Ruler, park: SmallPark) -> World:
    """A world of cells: no table is there, and no check that is run here asks for one."""
    base = str(int(park.year) - 2)
    cells, gaps = accounted(ruler, park)
    lines = [cell for cell in cells if "boundary" in cell]
    for back in range(1, park.history):
        lines += [_scaled(cell, str(int(park.year) - back), park.growth) for cell in lines if cell["year"] == park.year]
    cells = [*lines, *(cell for cell in cells if "boundary" not in cell)]
    years = tuple(sorted({cell["year"] for cell in cells}))
    chosen = defaults(ruler, park.chosen)
    figures = {year: Figures(ruler, cells, FILED, year) for year in years}
    filed = Park.model_validate(
        {
            "id": "park", "names": {"zh": "试验园区", "en": "Trial park"}, "kind": "park_in_park",
            "excluded_indicators": [{"indicator": one, "reason": "无此类设施", "evidence_id": ""} for one in park.excluded],
        }
    )  # fmt: skip
    submission: Any = SimpleNamespace(
        id="park", park=filed, excluded=(), unread=frozenset(), handed_in=frozenset({"claims", "reported", "activity"})
    )
    ledger: Any = SimpleNamespace(cells=lines, gaps=gaps)
    engine: Any = None
    world = World(
        submission, ruler, engine, ledger, _VOCABULARY, chosen, park.year, base, years, figures,
        {name: judge(figures[park.year], name, chosen) for name in ruler.text.indicators},
    )  # fmt: skip
    world.cache |= {"rows:claims": list(park.claims), "rows:reported": list(park.reported)}
    world.cache |= {"rows:evidence": [{"evidence_id": "p1", "kind": "previous_report"}], "rows:enterprises": []}
    return world

"""One kind, or two, planted in one park: the parks that come of it, what the trick hides, and who noticed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from benchmarks.greenwash.checked import ALARMS, Checked, Found
from benchmarks.greenwash.draft import Draft, per_unit
from benchmarks.greenwash.kinds.base import BRIDGE, VERDICT, Kind
from benchmarks.greenwash.kinds.scope import GAS, gas
from benchmarks.greenwash.parks import Ground, honest
from benchmarks.greenwash.touched import Touched, answers, touched
from fixtures.simulator.park import Park

CLOSE = Fraction(1, 100)  # of the truth: how near an effect, and what the bridge credits, must come
_CLEAN = ("met", "unmodified")
_BRICKS = Decimal(9000)  # t a year


@dataclass(frozen=True)
class Case:
    """The park without a trick and with it. `hidden`: truth in tonnes, 0 where the trick moves none of them."""

    kind: Kind
    tonnes: Fraction
    hidden: Fraction
    without: Park
    tricked: Park

    @property
    def mark(self) -> Touched:
        """What the trick touched."""
        return touched(self.without, self.tricked, park_wide=self.kind.park_wide)


@dataclass(frozen=True)
class Outcome:
    """`found`: an error or warning names what was touched. `caught`: that, or what betrays the kind betrayed it."""

    found: bool
    caught: bool
    asked: bool
    effect: bool | None  # within 1 % of the truth; None where no tonnes are hidden or nothing was found
    codes: tuple[str, ...] = field(default=())
    told: str = ""  # the effect that came nearest, for whoever reads why it was not near enough


def strength_one(ground: Ground) -> Fraction:
    """Materiality of the ruler at the park's total of the claim year."""
    from verify.ruler import load_ruler

    ruler = load_ruler("cn-national-2025")
    number = ruler.find(ruler.text.opinion.materiality, "")
    assert number is not None
    return Fraction(honest(ground).truth[ground.recipe.reporting_year]["total"]) * number[1].value


def case(
    ground: Ground, kind: Kind, tonnes: Fraction, *, before: Kind | None = None, after: Kind | None = None
) -> Case:
    """`kind` planted in the park of a ground; `before`, `after`: another trick that both parks hold, written first or last."""
    drafts = []
    for tricked in (False, True):
        draft = Draft(honest(ground), ground.recipe)
        for one in (before, kind, after):
            if one is not None:
                one.write(draft, tonnes, tricked if one is kind else True)
        drafts.append(draft)
    base = [draft.total(draft.recipe.base_year) for draft in drafts]
    claim = [draft.total(draft.year) for draft in drafts]
    hidden = base[1] - base[0] if kind.of_base else claim[0] - claim[1]
    without, tricked_park = (draft.finish() for draft in drafts)
    return Case(kind, tonnes, Fraction(0) if kind.inventory_right else hidden, without, tricked_park)


def news(result: Checked, without: Checked) -> Checked:
    """A result without the findings that stand also where the trick is not: same code, subject and tonnes (words, where no tonnes)."""
    known = {_key(one) for one in without.findings}
    return replace(result, findings=tuple(one for one in result.findings if _key(one) not in known))


def _key(one: Found) -> tuple[object, ...]:
    return (one.code, one.subject, one.words if one.effect is None else one.effect)


def outcome(one: Case, result: Checked, honest_result: Checked) -> Outcome:
    """Whether the trick was noticed. `honest_result` is that of the park in which nothing was planted."""
    seen = judged(answers(result, one.mark), one.hidden)
    betrayed = seen.caught
    if one.kind.by == BRIDGE and result.real is not None and honest_result.real is not None:
        allowed = one.kind.credit(one.tonnes) + CLOSE * one.tonnes
        credited = result.real - honest_result.real
        betrayed = betrayed or credited <= allowed
        if one.kind.inventory_right:  # the counterfactual is what the bridge credits, not a finding's
            close = abs(credited - one.kind.credit(one.tonnes)) <= CLOSE * one.tonnes
            told = f"{float(credited):.1f} of {float(one.kind.credit(one.tonnes)):.1f} credited"
            seen = replace(seen, effect=close, told=told)
    if one.kind.by == VERDICT:
        betrayed = betrayed or (result.verdict, result.opinion) != _CLEAN
    return replace(seen, caught=betrayed)


def judged(about: list[Found], hidden: Fraction) -> Outcome:
    """What findings about a trick say of it."""
    alarms = [found for found in about if found.severity in ALARMS]
    asked = [found for found in about if found.severity == "question"]
    near = _nearest(alarms or asked, hidden)
    close = None if near is None else abs(near - hidden) <= CLOSE * abs(hidden)
    told = "" if near is None else f"{float(near):.1f} of {float(hidden):.1f}"
    return Outcome(bool(alarms), bool(alarms), bool(asked), close, tuple(sorted({found.code for found in about})), told)


def _nearest(found: list[Found], hidden: Fraction) -> Fraction | None:
    """The tonnes of the code that comes nearest to the truth; the findings of one code are added up, as one trick has many rows."""
    if not hidden:
        return None
    sums: dict[str, Fraction] = {}
    for one in found:
        if one.effect is not None and one.unit.startswith("tCO2"):
            sums[one.code] = sums.get(one.code, Fraction(0)) + one.effect
    singles = [one.effect for one in found if one.effect is not None and one.unit.startswith("tCO2")]
    return min([*sums.values(), *singles], key=lambda effect: abs(effect - hidden), default=None)


class Twin(NamedTuple):
    """An honest twin, what its real abatement is above that of `beside` (None: without a known truth), and that park."""

    park: Park
    truth: Fraction | None
    beside: Park | None  # None: the bare park; else that park with the works that keep its share of direct supply


def twin(ground: Ground, kind: Kind, tonnes: Fraction) -> Twin:
    """The honest twin beside a kiln that saves `tonnes` for good."""
    draft = Draft(honest(ground), ground.recipe)
    kind.twin(draft, tonnes)
    mwh = draft.keep_direct_share()
    saved = _saving_kiln(draft, tonnes)
    truth = None if kind.twin_credit is None else saved + kind.twin_credit(tonnes)
    if not mwh:
        return Twin(draft.finish(), truth, None)
    other = Draft(
        honest(ground), ground.recipe
    )  # a cleaner mix: what the park itself saved of power is worth less in both
    other.works_on_the_line(mwh)
    return Twin(draft.finish(), truth, other.finish())


def _saving_kiln(draft: Draft, tonnes: Fraction) -> Fraction:
    """A kiln that burns a third less gas for the same bricks, by a measure with its paper; returns the tonnes saved."""
    plant = draft.plant("saving-kiln", industry="3031", process="隧道窑")
    draft.measure(plant, GAS, "窑体保温与余热利用")
    for year in draft.years:
        draft.burn(plant, year, GAS, gas(tonnes) * (2 if year == draft.year else 3), basis="meter")
        draft.made(plant, year, "烧结砖", _BRICKS)
    return Fraction(gas(tonnes)) * per_unit(GAS)

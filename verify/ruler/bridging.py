"""What a ruler says of the bridges: which of its lines are contracts, credits, exclusions, and what can be made or bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from verify.ruler.parts import Cite, Strict, Texts, Whole, Words

if TYPE_CHECKING:
    from verify.errors import Problem
    from verify.ruler.model import RulerText
    from verify.ruler.origin import Origin


class Utility(Strict):
    """A carrier that can be made inside or bought: `received` are the terms of what is bought, `made_by` the activity types
    whose fuel makes it, `gj` the energy of a base unit, `grid` whether its factor is that of the grid."""

    received: Texts
    made_by: list[str]
    gj: str
    grid: bool = False
    title: Words


class UncertaintyRules(Strict):
    """How stated errors are carried through the reduction bridge (verify.bridge.uncertainty).

    `interval`: of what is printed and of `uncertainty_pct`, in per cent ("95"); `class_divisor`: half width of a rectangular
    distribution over its standard deviation; `sources`: errors that are followed one by one, the largest first, as long as `work`
    amounts are enough for that, the others move together by year; `draws`: of the simulation; `quantum`: tonnes are printed in multiples of it.
    """

    interval: str = Field(pattern=r"^\d{2}(\.\d{1,2})?$")
    class_divisor: str = Field(pattern=r"^\d(\.\d{1,6})?$")
    sources: Whole = Field(ge=1, le=1000)
    work: Whole = Field(ge=0)
    draws: Whole = Field(ge=100, le=100_000)
    quantum: str = Field(pattern=r"^(1|10|100|0\.1)$")
    cite: Cite


class BridgeRules(Strict):
    """How the lines of a method enter the bridges (verify.bridge). Rules are named by the ids of `method.lines`.

    `common`: which common boundary decides. `utilities` by carrier. `contracts`: a zero by contract or label, by the word
    under which it is shown; `beside`: a term that stands in the total by contract, and the term beside the total that has the
    same rows by location; `resold`: what was received and passed on, off what is received; `own`: power or heat made inside without a fuel; `exports`: credits for what is sent out;
    `exclusions`: carbon left out of the total; `process`: terms that no heat value divides. `ncv`: the value of a fuel's
    heat content. `closed`: reasons of a leaver that, with evidence, let its emissions end. `classifications`: those among
    which the least real abatement decides (decomposition 3.4). `uncertainty`: None where none is computed.
    `basis`: where a document asks for years to be compared inside one boundary.
    """

    common: Literal["union", "intersection"]
    utilities: dict[str, Utility]
    contracts: dict[str, list[str]]
    beside: dict[str, str] = Field(default={})
    resold: list[str] = Field(default=[])
    own: list[str]
    exports: list[str]
    exclusions: dict[str, list[str]]
    process: list[str]
    ncv: str
    closed: list[str]
    classifications: list[Literal["as_filed", "by_source", "two_digit"]] = Field(min_length=1)
    uncertainty: UncertaintyRules | None = None
    basis: Cite | None = None
    cite: Cite


def bridge_problems(text: RulerText, origin: Origin) -> Iterator[Problem]:
    """Every rule and term that the bridge names is one of the method: a wrong name would only leave a line unexplained."""
    rules = text.bridge
    if rules is None:
        return
    lines, terms = {line.id for line in text.method.lines}, set(text.method.terms)
    found: list[tuple[tuple[str, ...], str, bool]] = []  # where it stands, the name, whether it is a line rule
    found += [(("bridge", part), name, True) for part in ("own", "exports", "resold") for name in getattr(rules, part)]
    for part in ("contracts", "exclusions"):
        groups: dict[str, list[str]] = getattr(rules, part)
        found += [(("bridge", part, label), name, True) for label, many in groups.items() for name in many]
    found += [(("bridge", "process"), name, False) for name in rules.process]
    found += [
        (("bridge", "utilities", one), name, False) for one, it in rules.utilities.items() for name in it.received
    ]
    found += [(("bridge", "beside"), name, False) for pair in rules.beside.items() for name in pair]
    for path, name, is_line in found:
        if name not in (lines if is_line else terms):
            yield origin.problem(path, f"ruler.bridge_without_{'line' if is_line else 'term'}", name=name)

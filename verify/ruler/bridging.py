"""What a ruler says of the bridges: which of its lines are contracts, credits, exclusions, and what can be made or bought."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from verify.ruler.parts import Cite, Strict, Whole, Words


class Utility(Strict):
    """A carrier that can be made inside or bought: `received` is the term of what is bought, `made_by` the activity types
    whose fuel makes it, `gj` the energy of a base unit, `grid` whether its factor is that of the grid."""

    received: str
    made_by: list[str]
    gj: str
    grid: bool = False
    title: Words


class UncertaintyRules(Strict):
    """How stated errors are carried through the reduction bridge (verify.bridge.uncertainty).

    `interval`: of what is printed and of `uncertainty_pct`, as a share ("0.95"); `class_divisor`: half width of a rectangular
    distribution over its standard deviation; `sources`: errors that are followed one by one, the largest first, as long as `work`
    amounts are enough for that, the others move together by year; `draws`: of the simulation; `quantum`: tonnes are printed in multiples of it.
    """

    interval: str = Field(pattern=r"^0\.\d{1,4}$")
    class_divisor: str = Field(pattern=r"^\d(\.\d{1,6})?$")
    sources: Whole = Field(ge=1, le=1000)
    work: Whole = Field(ge=0)
    draws: Whole = Field(ge=100, le=100_000)
    quantum: str = Field(pattern=r"^(1|10|100|0\.1)$")
    cite: Cite


class BridgeRules(Strict):
    """How the lines of a method enter the bridges (verify.bridge). Rules are named by the ids of `method.lines`.

    `common`: which common boundary decides. `utilities` by carrier. `contracts`: a zero by contract or label, by the word
    under which it is shown; `own`: power or heat made inside without a fuel; `exports`: credits for what is sent out;
    `exclusions`: carbon left out of the total; `process`: terms that no heat value divides. `ncv`: the value of a fuel's
    heat content. `closed`: reasons of a leaver that, with evidence, let its emissions end. `classifications`: those among
    which the least real abatement decides (decomposition 3.4). `uncertainty`: None where none is computed.
    """

    common: Literal["union", "intersection"]
    utilities: dict[str, Utility]
    contracts: dict[str, list[str]]
    own: list[str]
    exports: list[str]
    exclusions: dict[str, list[str]]
    process: list[str]
    ncv: str
    closed: list[str]
    classifications: list[Literal["as_filed", "by_source", "two_digit"]] = Field(min_length=1)
    uncertainty: UncertaintyRules | None = None
    cite: Cite

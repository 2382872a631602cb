"""What a ruler says of the bridges: which of its lines are contracts, credits, exclusions, and what can be made or bought."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from verify.ruler.parts import Cite, Strict, Words


class Utility(Strict):
    """A carrier that can be made inside or bought: `received` is the term of what is bought, `made_by` the activity types
    whose fuel makes it, `gj` the energy of a base unit, `grid` whether its factor is that of the grid."""

    received: str
    made_by: list[str]
    gj: str
    grid: bool = False
    title: Words


class BridgeRules(Strict):
    """How the lines of a method enter the bridges (verify.bridge). Rules are named by the ids of `method.lines`.

    `common`: which common boundary decides. `utilities` by carrier. `contracts`: a zero by contract or label, by the word
    under which it is shown; `own`: power or heat made inside without a fuel; `exports`: credits for what is sent out;
    `exclusions`: carbon left out of the total; `process`: terms that no heat value divides. `ncv`: the value of a fuel's
    heat content. `closed`: reasons of a leaver that, with evidence, let its emissions end. `classifications`: those among
    which the least real abatement decides (decomposition 3.4).
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
    cite: Cite

"""Where rulers diverge (domain pack, rulers.md section 2): thirteen questions that every ruler answers, in words that compare.

``divergence:`` of ruler.yaml holds one `Stand` per question, ``boundary.kind: {answer: [whole_park], …}``. An answer is one or
more codes of `ANSWERS` (their words: templates/messages/divergence.yaml), each with a citation; `unknown` says that the text is
not known, and only a partial ruler may say so. Comparison reads these answers and never a ruler's id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pydantic import ConfigDict, Field

from verify.errors import Problem
from verify.ruler.marks import Path_
from verify.ruler.parts import Cite, Confidence, Strict, Texts, Words

# What has been observed, question by question; `none`: the text knows no such thing.
ANSWERS: dict[str, tuple[str, ...]] = {
    "gases": ("co2", "ghg"),
    "boundary.kind": (
        "whole_park", "park_in_park", "countable_block", "operation_level", "legal_entity", "organisation", "factory",
    ),
    "electricity.factor_rule": (
        "zero_or_fossil", "national_average", "provincial_average", "dynamic_hourly", "excl_market_traded",
        "by_reporting_year", "contractual",
    ),
    "electricity.tce_rule": ("primary_equivalent", "calorific", "none"),
    "green_power.accepted": ("direct_supply", "certificate", "green_trade", "physical_only", "none"),
    "green_power.min_direct_share": ("required_in_principle", "own_indicator", "none"),
    "denominator": ("tce", "value_added", "product", "area", "none"),
    "baseline.year": ("fixed", "rolling_previous_year", "free_choice", "none"),
    "target.kind": ("absolute_level", "reduction_rate", "ladder", "design_stage_prediction", "none"),
    "offsets.allowed": ("no", "guiding_ratio", "after_own_reduction", "neutrality"),
    "size_classes": ("by_energy", "chemical_or_not", "industrial_or_not", "none"),
    "stage": ("design", "operation", "acceptance", "none"),
    "not_applicable_rule": ("excluded_with_reason", "scored_zero", "none"),
}  # fmt: skip
Say = Callable[..., Problem]  # (path, key, **arguments): a problem at a place of the ruler


class Stand(Strict):
    """Where a ruler stands on one question. `values` are ids of values of the ruler that give the answer its number."""

    answer: Texts = Field(default_factory=list)
    unknown: bool = False
    text: Words | None = None
    values: Texts = Field(default_factory=list)
    confidence: Confidence = "unconfirmed"
    cite: Cite | None = None


class Divergence(Strict):
    """The thirteen answers, under the names that the pack gives to the questions."""

    model_config = ConfigDict(serialize_by_alias=True)

    gases: Stand
    boundary_kind: Stand = Field(alias="boundary.kind")
    electricity_factor_rule: Stand = Field(alias="electricity.factor_rule")
    electricity_tce_rule: Stand = Field(alias="electricity.tce_rule")
    green_power_accepted: Stand = Field(alias="green_power.accepted")
    green_power_min_direct_share: Stand = Field(alias="green_power.min_direct_share")
    denominator: Stand
    baseline_year: Stand = Field(alias="baseline.year")
    target_kind: Stand = Field(alias="target.kind")
    offsets_allowed: Stand = Field(alias="offsets.allowed")
    size_classes: Stand
    stage: Stand
    not_applicable_rule: Stand

    def items(self) -> Iterator[tuple[str, Stand]]:
        """Question and stand, in the order of the pack."""
        for name, field in type(self).model_fields.items():
            yield field.alias or name, getattr(self, name)


def divergence_problems(divergence: Divergence, *, partial: bool, values: Collection[str], say: Say) -> list[Problem]:
    """What is wrong with the answers: unknown in a complete ruler, no answer or no citation, codes that nobody knows."""
    found = []
    for question, stand in divergence.items():
        path: Path_ = ("divergence", question)
        if stand.unknown:
            if not partial:
                found.append(say((*path, "unknown"), "ruler.unknown_in_complete", question=question))
            if stand.answer:
                found.append(say((*path, "answer"), "ruler.unknown_and_answered", question=question))
            continue
        if not stand.answer:
            found.append(say(path, "ruler.missing_key", key="answer"))
        if stand.cite is None:
            found.append(say(path, "ruler.no_citation"))
        allowed = ANSWERS[question]
        found += [
            say((*path, "answer"), "ruler.not_one_of", value=code, allowed=", ".join(allowed))
            for code in stand.answer
            if code not in allowed
        ]
        found += [say((*path, "values"), "ruler.no_value", name=one) for one in stand.values if one not in values]
    return found

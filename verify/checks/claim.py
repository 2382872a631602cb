"""What the park says in public: the national label, absolute words, figures (TZ-CLM-01 to 03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.checks.closure import RECEIVED
from verify.checks.filed import fits, known, recomputed, slack
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.transfers import of_transfers
from verify.checks.wording import Sentence, fold
from verify.checks.world import World
from verify.ruler.model import ClaimRule

_SHARE = "1"  # base unit of per cent


@check("TZ-CLM-01", needs={"claims"})
def label_after_acceptance(world: World, params: Params) -> Rows:
    """Notice, 正文: the national label follows acceptance; before it the park is on the construction list (CK-N14)."""
    claims = _claims(world)
    record = world.submission.park.acceptance_record
    if record is not None and record.evidence_id in world.evidence_kinds():
        return Rows([], Scope.count(len(claims)))
    found = [
        _said(world, row, {"words": words})
        for row in claims
        for rule in world.ruler.text.claims
        if rule.needs == params["needs"] and (words := _words(world, row, rule, params))
    ]
    return Rows(found, Scope.count(len(claims)))


@check("TZ-CLM-02", needs={"claims"})
def words_with_their_basis(world: World, params: Params) -> Rows:
    """verification-procedure 6: absolute words stand only on their basis; the basis that each word needs is in the ruler."""
    claims = _claims(world)
    labels = [word for rule in world.ruler.text.claims if rule.needs == params["label"] for word in rule.words]
    found = []
    for row in claims:
        for rule in world.ruler.text.claims:
            if rule.needs == params["label"] or _has_basis(world, row, rule.needs, params):
                continue
            words = _words(world, row, rule, {**params, "allowed": [*params["allowed"], *labels]})
            if words:
                found.append(_said(world, row, {"words": words, "missing": rule.needs}))
    return Rows(found, Scope.count(len(claims)))


def _claims(world: World) -> list[dict[str, Any]]:
    rows = world.rows("claims")
    if not rows:
        raise NotApplicable("no_claims")
    return rows


def _words(world: World, row: Mapping[str, Any], rule: ClaimRule, params: Mapping[str, Any]) -> str:
    """The words of the rule as the claim writes them; '' where it does not, or only in the park's name or an allowed phrase."""
    names = world.submission.park.names
    sentence: Sentence = fold(row["text"]).without([*params["allowed"], names.zh, names.en])
    return sentence.first(rule.words, params["denials"], int(params["reach"]))


def _said(world: World, row: Mapping[str, Any], arguments: dict[str, str]) -> Found:
    return Found(
        park(world),
        row["year"] or world.year,
        {"claim": row["claim_id"], **arguments},
        None,
        "",
        "claims",
        row["row_id"],
    )


def _has_basis(world: World, row: Mapping[str, Any], needs: str, params: Params) -> bool:
    """Whether what the words need is there: a paper of a kind that the ruler names, or power that is wholly at proven zero."""
    if world.evidence_kinds().get(row["evidence_id"], "") in params["evidence"].get(needs, ()):
        return True
    return needs == params["green"] and _all_green(world, row["year"] or world.year, params)


def _all_green(world: World, year: str, params: Params) -> bool:
    """Whether all power of the year was received or made at zero, each zero proven, and none of it in a fossil plant."""
    received = [
        cell for cell in world.cells(year, measure="carbon", carrier="electricity", flow=RECEIVED) if cell["term"]
    ]
    own = world.cells(year, measure="carbon", carrier="electricity", flow="primary_production")
    burned = world.cells(year, measure="energy", carrier="electricity", flow="transformation_out")
    green = [cell for cell in (*received, *own) if cell["quantity"]]
    return (
        bool(green)
        and all(not cell["factor"] and cell["proven"] for cell in green)
        and all(cell["supply"] in params["not_fossil"] for cell in burned)
    )


@check("TZ-CLM-03", needs={"claims"})
def figures_of_claims(world: World, params: Params) -> Rows:
    """Annex 4, 一 and verification-procedure 6: a claimed level or reduction is what the rows give on one boundary and method.

    A finding is beyond rounding (half a unit of the last digit) and beyond materiality of the recomputed figure. A reduction of
    the total is held against the change on the members of both years (GW-08): who was sold or cut off has abated nothing
    (`params.total`, the figure; `params.organic`: reasons of a spell that are growth or decline; `params.moved`: reasons for
    which TZ-REL-10 speaks). A claim without what moved is as good.
    """
    numeric = [row for row in _claims(world) if row["value"] is not None and row["item"]]
    if not numeric:
        raise NotApplicable("no_claims")
    found = []
    undecided = []
    materiality = world.number(params["materiality"])
    for row in numeric:
        dues = _dues(world, row, params)
        if not dues:
            undecided.append(row["claim_id"])
            continue
        claimed, rounding = Fraction(row["value"]), slack(row["value"], world.number(params["rounding"]))
        if any(abs(claimed - one) <= max(rounding, materiality * abs(one)) for one in dues):
            continue
        due = dues[0]
        overstated = claimed - due if row["kind"] == "reduction" else due - claimed
        found.append(
            Found(
                subject=park(world),
                period=row["year"] or world.year,
                arguments={
                    "claim": row["claim_id"],
                    "item": row["item"],
                    "claimed": text(claimed),
                    "recomputed": text(due),
                    "unit": row["unit"],
                },
                effect=tonnes(overstated) if row["unit"] in params["tonnes"] else None,
                table="claims",
                row_id=row["row_id"],
            )
        )
    return Rows(found, Scope.count(len(numeric) - len(undecided), len(numeric)), undecided)


def _dues(world: World, row: Mapping[str, Any], params: Params) -> list[Fraction]:
    """What the claim may say: the figure on the members of both years, and with or without what its own check looks at."""
    due = _due(world, row)
    if due is None:
        return []
    years = (row["base_year"] or world.base_year, row["year"] or world.year)
    about_total = row["kind"] == "reduction" and row["item"].strip() == params["total"]
    if not about_total or years != (world.base_year, world.year):
        return [due]
    sold, moved = of_transfers(world, params)
    if row["unit"] != _SHARE:
        same = due - sold.of_fall
        return [same, same - moved.of_fall, *([due] if sold.of_fall <= 0 else [])]
    base = recomputed(world, params["total"], world.base_year)
    if not isinstance(base, Fraction):
        return [due]
    falls = [(sold.of_fall, sold.of_base), (sold.of_fall + moved.of_fall, sold.of_base + moved.of_base)]
    shares = [(due * base - fall) / (base - gone) for fall, gone in falls if base != gone]
    return [*shares, *([due] if sold.of_fall <= 0 else [])]


def _due(world: World, row: Mapping[str, Any]) -> Fraction | None:
    """The figure that the claim is about, recomputed; None where the ruler has no such item, year or unit."""
    item, year = row["item"].strip(), row["year"] or world.year
    if not known(world, item):
        return None
    years = [year] if row["kind"] != "reduction" else [row["base_year"] or world.base_year, year]
    values = list(_values(world, item, years))
    if len(values) != len(years):
        return None
    if row["kind"] != "reduction":
        return values[0] if fits(world, item, row["unit"]) else None
    fall = values[0] - values[1]
    if row["unit"] == _SHARE and not fits(world, item, _SHARE):
        return fall / values[0] if values[0] else None
    return fall if fits(world, item, row["unit"]) else None


def _values(world: World, item: str, years: list[str]) -> Iterator[Fraction]:
    for year in years:
        value = recomputed(world, item, year)
        if isinstance(value, Fraction):
            yield value

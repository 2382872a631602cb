"""One MWh, one instrument (TZ-CER-16, 17): no carbon credit or foreign certificate beside it, no conversion taken for use.

CK-G3, general rule 6 of green-power.md 6; 国能综通新能〔2024〕124号. The ruler lists the words by which schemes are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from verify.checks.certificate_found import Serials, certificate_found, needs_events, needs_rows
from verify.checks.certificates import Proof, Row, listed, proofs, span
from verify.checks.green_credit import credit
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope
from verify.checks.world import World
from verify.ledger.serials import folded
from verify.ledger.spans import size


@check("TZ-CER-16")
def one_instrument(world: World, params: Params) -> Rows:
    """The plant took no other instrument for the time of generation, and the retirement names none.

    `params.schemes`: scheme -> words. A scheme is met in the registry of other certificates of the plant, in a register's
    statement about the plant, or in the use that the retirement names. What is not known to overlap is as large as it may be.
    """
    needs_rows(world)
    found: list[Found] = []
    tested = 0
    schemes = {name: [folded(word) for word in words] for name, words in params["schemes"].items()}
    others = _others(world, schemes)
    for year in world.years:
        worth = credit(world, year, params["proof"])
        groups: dict[tuple[str, str], list[tuple[Proof, int]]] = {}
        for one in proofs(world, year):
            tested += 1
            own = _scheme((one.certificate["registry"],), schemes)
            named = _scheme((one.event["used_for"],), schemes)
            if named and named != own:
                groups.setdefault((named, one.event["row_id"]), []).append((one, one.count))
                continue
            for scheme, count, rows in others:
                if scheme != own and (hits := [row for row in rows if _same(world, row, one)]):
                    amount = min(one.count, count) if count else one.count
                    groups.setdefault((scheme, str(hits[0]["row_id"])), []).append((one, amount))
                    break
        for (scheme, _), many in groups.items():
            lost = sum(amount for _, amount in many)
            rows = [one.certificate for one, _ in many]
            serials = Serials(many[0][0].series, [one.span for one, _ in many], year, "certificates", rows)
            plant = many[0][0].certificate["generator_id"]
            more = {"scheme": scheme, "generator": plant}
            found += certificate_found(world, serials, more, worth.lost(lost))
    return Rows(found, Scope.count(tested))


@check("TZ-CER-17")
def no_conversion_as_use(world: World, params: Params) -> Rows:
    """A retirement made to issue the same MWh in another registry is no use of it. `params.words`: how conversions are named."""
    needs_events(world)
    words = [folded(word) for word in params["words"]]
    found: list[Found] = []
    tested = 0
    for year in world.years:
        worth = credit(world, year, params["proof"])
        groups: dict[str, list[Proof]] = {}
        for one in proofs(world, year):
            tested += 1
            if any(word in folded(one.event["used_for"]) for word in words):
                groups.setdefault(one.event["row_id"], []).append(one)
        for many in groups.values():
            serials = Serials(many[0].series, [one.span for one in many], year, "certificate_events", [many[0].event])
            more = {"use": many[0].event["used_for"]}
            found += certificate_found(world, serials, more, worth.lost(sum(one.count for one in many)))
    return Rows(found, Scope.count(tested))


Others = list[tuple[str, int, list[Row]]]  # scheme, how many certificates (0: not counted in certificates), rows


def _others(world: World, schemes: Mapping[str, list[str]]) -> Others:
    """Rows that speak of another instrument: certificates by registry, statements by their item."""
    found: Others = []
    for rows in listed(world).values():
        for row in rows:
            if scheme := _scheme((row["registry"],), schemes):
                found.append((scheme, size([span(row)]), [row]))
    for row in world.rows("statements"):
        if scheme := _scheme((row["item"],), schemes):
            found.append((scheme, 0, [row]))
    return found


def _scheme(texts: Iterable[str], schemes: Mapping[str, list[str]]) -> str:
    """The scheme that the texts name, '' for none."""
    said = [folded(text) for text in texts]
    return next((name for name, words in schemes.items() if any(word in one for one in said for word in words)), "")


def _same(world: World, other: Row, proof: Proof) -> bool:
    """Whether the other instrument is of the same plant and of a time that the certificate shares."""
    plant = proof.certificate["generator_id"]
    if not plant:
        return False
    if "generator_id" in other:
        return bool(other["generator_id"] == plant and _overlap(other, proof.certificate))
    names = {folded(one) for row in world.rows("generators") if row["generator_id"] == plant
             for one in (row["generator_id"], row["name"]) if one}  # fmt: skip
    about = {folded(plant), *names} & {folded(other[key]) for key in ("party_code", "party_name", "account")}
    made = {str(proof.certificate[key])[:4] for key in ("generated_from", "generated_to")}
    return bool(about) and other["year"] in made


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (one["generated_from"] or date.min) <= (other["generated_to"] or date.max) and (
        other["generated_from"] or date.min
    ) <= (one["generated_to"] or date.max)

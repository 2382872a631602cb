"""What the signed statement says, held against the report and the ruler that lie beside it (attestation E5).

Two people signed a short statement and the digests of a long report: a reader of the one must learn nothing else than a
reader of the other. Every difference is one refusal that names the field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from verify.attest.statement import Statement
from verify.bundle import stated
from verify.bundle.canonical_members import read_json
from verify.bundle.published import Published
from verify.bundle.refused import Refused
from verify.errors import NotVerified

RULER = "ruler.json"
_NOTHING = "–"
Field = tuple[str, str]  # of the statement, and the item that it is about, or ''


def report_digest(report: Published, statement: Statement) -> None:
    """Is this the report that was signed? Raises NotVerified `bundle.report_other`."""
    if report.sha256 != statement.public_facts_sha256:
        raise NotVerified("bundle.report_other", signed=statement.public_facts_sha256, found=report.sha256)


def plain_ruler(members: Mapping[str, bytes]) -> Mapping[str, Any] | None:
    """What ruler.json holds, signed or not; None where there is none in its one form."""
    try:
        plain = read_json(members.get(RULER, b""), RULER)
    except Refused:
        return None
    return plain if isinstance(plain, dict) else None


def ruler(members: Mapping[str, bytes], plain: Mapping[str, Any] | None, statement: Statement) -> Mapping[str, Any]:
    """The plain data of the ruler, where it is the signed one. Raises NotVerified `bundle.member_missing`,
    `bundle.ruler_other`, `bundle.not_a_ruler`."""
    if RULER not in members:
        raise NotVerified("bundle.member_missing", member=RULER)
    found = hashlib.sha256(members[RULER]).hexdigest()
    if found != statement.ruler_sha256:
        raise NotVerified("bundle.ruler_other", signed=statement.ruler_sha256, found=found)
    text = plain.get("text") if plain is not None else None
    if plain is None or not isinstance(text, dict) or text.get("id") != statement.ruler_id:
        raise Refused("not_a_ruler", "E5", member=RULER)
    return plain


def differences(statement: Statement, facts: Mapping[str, Any]) -> Iterator[NotVerified]:
    """Every field where the statement says something else than the report: `bundle.stated_other` with `field` and `item`."""
    signed, reported = _signed(statement, facts), _reported(facts)
    for field, item in [*signed, *(key for key in reported if key not in signed)]:
        said, found = signed.get((field, item), _NOTHING), reported.get((field, item), _NOTHING)
        if said != found:
            yield NotVerified("bundle.stated_other", field=field, item=item, signed=said, found=found)


def _signed(statement: Statement, facts: Mapping[str, Any]) -> dict[Field, str]:
    return {
        ("opinion", ""): statement.opinion,
        ("headline", "opinion"): statement.opinion,
        ("headline", "verdict"): statement.verdicts.get(facts["headline"]["item"], _NOTHING),
        **{("verdict", item): verdict for item, verdict in statement.verdicts.items()},
        **{("quantity", one.item): f"{one.value} {one.unit}" for one in statement.quantities},
        ("park", ""): statement.park,
        ("boundary", ""): statement.boundary,
        ("period", ""): statement.period,
        ("assurance", ""): statement.level_of_assurance,
        ("role", ""): "verification",  # a park's own check is nothing that a verifier signs
        ("ruler", ""): f"{statement.ruler_id}@sha256:{statement.ruler_sha256}",
    }


def _reported(facts: Mapping[str, Any]) -> dict[Field, str]:
    head, ruled = facts["headline"], facts["ruler"]
    return {
        ("opinion", ""): facts["opinion"]["value"],
        ("headline", "opinion"): head["opinion"],
        ("headline", "verdict"): head["verdict"] or _NOTHING,
        **{("verdict", item): verdict for item, verdict in stated.verdicts(facts).items()},
        **{("quantity", one.item): f"{one.value} {one.unit}" for one in stated.quantities(facts)},
        ("park", ""): facts["park"]["id"],
        ("boundary", ""): facts["park"]["kind"],
        ("period", ""): stated.period(facts),
        ("assurance", ""): facts["opinion"]["assurance"] or _NOTHING,
        ("role", ""): facts["role"],
        ("ruler", ""): f"{ruled['id']}@sha256:{ruled['sha256']}",
    }

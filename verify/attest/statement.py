"""The signed statement: in-toto Statement v1 over SHA256SUMS with our own predicate (E3-E6, E9, E10).

Specification: github.com/in-toto/attestation, spec/v1/statement.md. The caller hands over values; this module knows
the shape only. Every quantity is a decimal text (E4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verify.attest import shape
from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

PAYLOAD_TYPE = "application/vnd.in-toto+json"  # E1
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://truezero.example/attestation/verification/v1"
SUBJECT = "SHA256SUMS"
ROLES = ("lead", "reviewer")
FURTHER = "further"  # signs the same bytes beside them, by another algorithm; stands for neither (ADR 0017)
OPINIONS = ("unmodified", "modified", "adverse", "disclaimer")  # E9
VERDICTS = ("met", "not_met", "undetermined", "no_limit")  # E9
ASSURANCES = ("limited", "reasonable")
SUITES = ("P256_XMD:SHA-256_SSWU_RO_",)  # RFC 9380 8.2


@dataclass(frozen=True)
class Signatory:
    """Somebody who must have signed (E6): a role and SHA-256 of the DER SubjectPublicKeyInfo, in lower-case hex."""

    role: str
    spki_sha256: str


@dataclass(frozen=True)
class Quantity:
    """One published figure: item of the report, decimal text, unit."""

    item: str
    value: str
    unit: str


@dataclass(frozen=True)
class Commitments:
    """Root over the row commitments, their number, and the suite they are made with."""

    root_sha256: str
    rows: str
    suite: str = SUITES[0]


@dataclass(frozen=True)
class Statement:
    """What two people sign. Digests are SHA-256 in lower-case hexadecimal; `period` is ``YYYY-MM-DD/YYYY-MM-DD``.

    `facts_sha256` is over the JCS bytes of the full facts, `public_facts_sha256` over those after disclosure (E10).
    """

    subject_sha256: str
    opinion: str
    verdicts: Mapping[str, str]
    quantities: Sequence[Quantity]
    park: str
    boundary: str
    period: str
    level_of_assurance: str
    materiality_value: str
    materiality_unit: str
    engagement_id: str
    facts_sha256: str
    public_facts_sha256: str
    ruler_id: str
    ruler_sha256: str
    catalogue_sha256: str
    tool_version: str
    verifier_id: str
    time_created: str
    signatories: Sequence[Signatory]
    commitments: Commitments | None = None
    log_origin: str | None = None

    def signatory(self, spki_sha256: str) -> Signatory | None:
        """The listed signatory of this key, if there is one."""
        return next((one for one in self.signatories if one.spki_sha256 == spki_sha256), None)

    def named(self) -> dict[str, Signatory]:
        """The signatories in their order, by the name of their checks and tokens: the role, and for the next one of the
        same role the beginning of the key's digest behind it, ``further.0a1b2c3d``."""
        found: dict[str, Signatory] = {}
        for one in self.signatories:
            found[f"{one.role}.{one.spki_sha256[:8]}" if one.role in found else one.role] = one
        return found


def write(statement: Statement) -> bytes:
    """The payload: RFC 8785 bytes (E4). Raises NotVerified `attest.statement` for a value that may not stand there."""
    predicate: dict[str, Any] = {
        "catalogue_sha256": statement.catalogue_sha256,
        "engagement_id": statement.engagement_id,
        "level_of_assurance": statement.level_of_assurance,
        "materiality": {"unit": statement.materiality_unit, "value": statement.materiality_value},
        "opinion": statement.opinion,
        "quantities": [{"item": one.item, "unit": one.unit, "value": one.value} for one in statement.quantities],
        "report": {"facts_sha256": statement.facts_sha256, "public_facts_sha256": statement.public_facts_sha256},
        "ruler": {"id": statement.ruler_id, "sha256": statement.ruler_sha256},
        "scope": {"boundary": statement.boundary, "park": statement.park, "period": statement.period},
        "signatories": [{"role": one.role, "spki_sha256": one.spki_sha256} for one in statement.signatories],
        "timeCreated": statement.time_created,
        "tool": {"name": "truezero", "version": statement.tool_version},
        "verdicts": [{"item": item, "verdict": verdict} for item, verdict in sorted(statement.verdicts.items())],
        "verifier": {"id": statement.verifier_id},
    }
    if statement.commitments is not None:
        held = statement.commitments
        predicate["commitments"] = {"root_sha256": held.root_sha256, "rows": held.rows, "suite": held.suite}
    if statement.log_origin is not None:
        predicate["log_origin"] = statement.log_origin
    subject = [{"digest": {"sha256": statement.subject_sha256}, "name": SUBJECT}]
    payload = canonical_bytes(
        {"_type": STATEMENT_TYPE, "predicate": predicate, "predicateType": PREDICATE_TYPE, "subject": subject}
    )
    read(payload)
    return payload


def read(payload: bytes) -> Statement:
    """The statement that a payload holds. Raises NotVerified `attest.statement`, with what is wrong and where.

    Strict: canonical bytes, exactly the members that `write` knows, every value of its vocabulary.
    """
    try:
        return _read(read_canonical(payload))
    except ValueError as error:
        raise NotVerified("attest.statement", detail=str(error)) from None


def _read(value: object) -> Statement:
    top = shape.members(value, "_type", "predicate", "predicateType", "subject")
    shape.one_of(top["_type"], (STATEMENT_TYPE,), "_type")
    shape.one_of(top["predicateType"], (PREDICATE_TYPE,), "predicateType")
    (subject,) = shape.items(top["subject"], "subject", least=1, most=1)  # E3: exactly SHA256SUMS
    subject = shape.members(subject, "digest", "name")
    shape.one_of(subject["name"], (SUBJECT,), "subject")
    held = shape.members(
        top["predicate"],
        *("catalogue_sha256", "engagement_id", "level_of_assurance", "materiality", "opinion", "quantities", "report"),
        *("ruler", "scope", "signatories", "timeCreated", "tool", "verdicts", "verifier"),
        optional=("commitments", "log_origin"),
    )
    materiality = shape.members(held["materiality"], "unit", "value")
    report = shape.members(held["report"], "facts_sha256", "public_facts_sha256")
    ruler = shape.members(held["ruler"], "id", "sha256")
    scope = shape.members(held["scope"], "boundary", "park", "period")
    tool = shape.members(held["tool"], "name", "version")
    shape.one_of(tool["name"], ("truezero",), "tool")
    return Statement(
        subject_sha256=shape.digest(shape.members(subject["digest"], "sha256")["sha256"], "subject"),
        opinion=shape.one_of(held["opinion"], OPINIONS, "opinion"),
        verdicts=_verdicts(held["verdicts"]),
        quantities=_quantities(held["quantities"]),
        park=shape.text(scope["park"], "park"),
        boundary=shape.text(scope["boundary"], "boundary"),
        period=_period(scope["period"]),
        level_of_assurance=shape.one_of(held["level_of_assurance"], ASSURANCES, "level_of_assurance"),
        materiality_value=shape.decimal(materiality["value"], "materiality"),
        materiality_unit=shape.text(materiality["unit"], "materiality"),
        engagement_id=shape.text(held["engagement_id"], "engagement_id"),
        facts_sha256=shape.digest(report["facts_sha256"], "facts_sha256"),
        public_facts_sha256=shape.digest(report["public_facts_sha256"], "public_facts_sha256"),
        ruler_id=shape.text(ruler["id"], "ruler"),
        ruler_sha256=shape.digest(ruler["sha256"], "ruler"),
        catalogue_sha256=shape.digest(held["catalogue_sha256"], "catalogue_sha256"),
        tool_version=shape.text(tool["version"], "tool"),
        verifier_id=shape.text(shape.members(held["verifier"], "id")["id"], "verifier"),
        time_created=shape.moment(held["timeCreated"], "timeCreated"),
        signatories=_signatories(held["signatories"]),
        commitments=_commitments(held["commitments"]) if "commitments" in held else None,
        log_origin=shape.text(held["log_origin"], "log_origin") if "log_origin" in held else None,
    )


def _verdicts(value: object) -> dict[str, str]:
    listed = [shape.members(one, "item", "verdict") for one in shape.items(value, "verdicts")]
    names = [shape.text(one["item"], "verdicts") for one in listed]
    if any(not re.fullmatch(r"indicator\.[a-z0-9_.]+", name) for name in names):
        raise ValueError("verdicts: an item is no indicator")
    if names != sorted(set(names)):
        raise ValueError("verdicts: an item stands twice, or out of order")
    return {one["item"]: shape.one_of(one["verdict"], VERDICTS, one["item"]) for one in listed}


def _quantities(value: object) -> tuple[Quantity, ...]:
    listed = [shape.members(one, "item", "unit", "value") for one in shape.items(value, "quantities")]
    found = tuple(
        Quantity(shape.text(one["item"], "item"), shape.decimal(one["value"], "value"), shape.text(one["unit"], "unit"))
        for one in listed
    )
    if len({one.item for one in found}) != len(found):
        raise ValueError("quantities: an item stands twice")
    return found


def _signatories(value: object) -> tuple[Signatory, ...]:
    listed = [shape.members(one, "role", "spki_sha256") for one in shape.items(value, "signatories", least=2)]
    found = tuple(
        Signatory(shape.one_of(one["role"], (*ROLES, FURTHER), "role"), shape.digest(one["spki_sha256"], "spki_sha256"))
        for one in listed
    )
    if len({one.spki_sha256 for one in found}) != len(found):
        raise ValueError("signatories: one key stands twice")  # E7
    if len({(one.role, one.spki_sha256[:8]) for one in found}) != len(found):
        raise ValueError("signatories: two keys of one role begin alike")  # `named` would hold one of them only
    if {one.role for one in found} - {FURTHER} != set(ROLES):
        raise ValueError("signatories: lead and reviewer must both stand there")  # I6
    return found


def _commitments(value: object) -> Commitments:
    held = shape.members(value, "root_sha256", "rows", "suite")
    rows = shape.text(held["rows"], "rows")
    if not re.fullmatch(r"0|[1-9][0-9]*", rows):
        raise ValueError("commitments: rows is no number of rows")
    return Commitments(
        shape.digest(held["root_sha256"], "commitments"), rows, shape.one_of(held["suite"], SUITES, "suite")
    )


def _period(value: object) -> str:
    text = shape.text(value, "period")
    first, _, last = text.partition("/")
    days = [datetime.strptime(day, "%Y-%m-%d").date() for day in (first, last)]  # noqa: DTZ007 - a date has no zone
    if "/".join(day.isoformat() for day in days) != text or days[0] > days[1]:
        raise ValueError("period: not two dates in order")
    return text

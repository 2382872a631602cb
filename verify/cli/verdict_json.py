"""The verdict on a bundle as plain data, for programs: every check by name, and what a person would read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from verify.attest.shape import stamp
from verify.attest.statement import Statement
from verify.bundle.verdict import Note, Verdict
from verify.cli.verdict_words import reason, reason_of
from verify.words import Language


def document(verdict: Verdict, language: Language) -> dict[str, Any]:
    """{state, checks, statement, signers, recomputed, opened, first, notes, digests}; every quantity and moment is a text."""
    return {
        "state": verdict.state,
        "checks": [
            {
                "name": one.name,
                "state": one.state,
                "required": one.required,
                "key": one.key,
                "arguments": _texts(one.arguments),
                "text": reason_of(one, language),
            }
            for one in verdict.checks
        ],
        "statement": None if verdict.statement is None else _statement(verdict.statement),
        "signers": [asdict(one) | {"at": None if one.at is None else stamp(one.at)} for one in verdict.signers],
        "recomputed": [asdict(one) | {"given": list(one.given)} for one in verdict.recomputed],
        "opened": [asdict(one) | {"index": str(one.index), "texts": dict(one.texts)} for one in verdict.opened],
        "first": [_note(one, language) for one in verdict.first],
        "notes": [_note(one, language) for one in verdict.notes],
        "digests": dict(verdict.digests),
    }


def _note(one: Note, language: Language) -> dict[str, Any]:
    return {"key": one.key, "arguments": _texts(one.arguments), "text": reason(one.key, one.arguments, language)}


def _statement(held: Statement) -> dict[str, Any]:
    """What was signed, without what only a verifier needs."""
    return {
        "opinion": held.opinion,
        "level_of_assurance": held.level_of_assurance,
        "materiality": {"value": held.materiality_value, "unit": held.materiality_unit},
        "verdicts": dict(held.verdicts),
        "quantities": [asdict(one) for one in held.quantities],
        "scope": {"park": held.park, "boundary": held.boundary, "period": held.period},
        "engagement_id": held.engagement_id,
        "verifier": held.verifier_id,
        "ruler": {"id": held.ruler_id, "sha256": held.ruler_sha256},
        "tool_version": held.tool_version,
        "time_created": held.time_created,
    }


def _texts(arguments: Mapping[str, object]) -> dict[str, str]:
    return {
        name: stamp(value) if isinstance(value, datetime) else "" if value is None else str(value)
        for name, value in arguments.items()
    }

"""A finding as a person reads it: code, place, what was read and why, the rule, what follows, what to do (models.md 3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from verify import resources
from verify.submission.contract import contracts
from verify.submission.findings import SubmissionFinding
from verify.words import Language, catalogue, say

_COPY = "TZ-SUB-14"
_LONGEST_RAW = 80


def tell(finding: SubmissionFinding, language: Language) -> str:
    """The whole message in `language`."""
    words = _words(finding.code)
    head = f"{finding.code} {say(f'submission.severity_{finding.severity}', language)}"
    parts = [
        f"{head} {where(finding, language)}{say('submission.colon', language)}{_what(finding, language)}",
        say("submission.rule", language, why=words["why"][language]),
        fate(finding, language),
        words["mend"][language],
        say("submission.more", language, code=finding.code),
    ]
    gap = "" if language == "zh" else " "
    return gap.join(part for part in parts if part)


def where(finding: SubmissionFinding, language: Language) -> str:
    """File, sheet, line and column as the park sees them, with the ids of table and column."""
    place, shown = finding.place, ""
    if place is not None and place.file:
        shown = say("submission.place_file", language, file=place.file)
        if place.sheet:
            shown += say("submission.place_sheet", language, sheet=place.sheet)
    title = contracts()[finding.table].title if finding.table else None
    if title is not None:
        shown += say("submission.place_table", language, table=finding.table) if shown else getattr(title, language)
    if place is not None and place.line:
        shown += say("submission.place_line", language, line=place.line)
    if finding.column:
        heading = (place.column if place is not None else "") or finding.column
        shown += say("submission.place_column", language, heading=heading)
        if heading != finding.column:
            shown += say("submission.place_column_id", language, column=finding.column)
    return shown


def reason(finding: SubmissionFinding, language: Language) -> str:
    """Why it was found, in one sentence."""
    arguments = dict(finding.arguments)
    nearest = arguments.get("nearest", "")
    arguments["near"] = say("submission.near", language, nearest=nearest) if nearest else ""
    if "earlier" in arguments and finding.table:
        column = contracts()[finding.table].columns.get(arguments["earlier"])
        arguments["earlier"] = getattr(column.title, language) if column is not None else arguments["earlier"]
    return say(f"submission.reason_{arguments.pop('reason')}", language, **arguments)


def fate(finding: SubmissionFinding, language: Language) -> str:
    """What became of the row."""
    if not finding.row_id:
        return ""
    key = f"fate_{finding.disposition or 'used'}"
    if finding.disposition == "excluded" and finding.code == _COPY:
        key = "fate_excluded_copy"
    elif finding.disposition == "used" and finding.severity == "error" and finding.column and _blanked(finding):
        key = "fate_kept_blank"
    return say(f"submission.{key}", language, row=row_words(finding, language))


def row_words(finding: SubmissionFinding, language: Language) -> str:
    """The row by its business key: what stands in it, without the blanks; vocabulary words in the reader's language."""
    from verify.submission.contract import vocabulary

    contract = contracts()[finding.table]
    parts = finding.row_id.partition(":")[2].rpartition("#")[0].split("|")
    shown = []
    for name, part in zip(contract.key, parts, strict=False):
        column = contract.columns[name]
        word = vocabulary(column.vocabulary).get(part) if column.vocabulary else None
        if part:
            shown.append(getattr(word, language) if word is not None else part)
    return ("，" if language == "zh" else ", ").join(shown)


def _what(finding: SubmissionFinding, language: Language) -> str:
    raw = finding.raw if len(finding.raw) <= _LONGEST_RAW else f"{finding.raw[:_LONGEST_RAW]}…"
    gap = "" if language == "zh" or not raw else " "
    return (say("submission.read", language, raw=raw) if raw else "") + gap + reason(finding, language)


def _blanked(finding: SubmissionFinding) -> bool:
    column = contracts()[finding.table].columns.get(finding.column)
    return column is not None and column.keeps_row


def reasons() -> frozenset[str]:
    """Every reason that the catalogue has words for."""
    return frozenset(key.removeprefix("reason_") for key in catalogue("submission") if key.startswith("reason_"))


@cache
def _words(code: str) -> Mapping[str, Any]:
    import yaml

    path = resources.templates() / "findings" / f"{code}.yaml"
    loaded: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded

"""The findings as SARIF 2.1.0, for editors and pipelines.

A rule per code with the words of templates/findings, a result per finding. `question` has no level of its own in SARIF:
it is a note with the property `severity`. A check that could not run is a notification of the invocation, never a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from verify.canonical import digest
from verify.report import findings_text
from verify.report.reader import Reader
from verify.words import Language

_LEVELS = {"error": "error", "warning": "warning", "question": "note", "note": "note"}
_HELP = ("why", "mend", "proves", "does_not_prove")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(report: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The whole log. `report` is {facts, places}, full or public. Raises OurFault where a code has no words."""
    reader = Reader(report, language)
    facts = reader.facts
    severities = {row["code"]: row["severity"] for row in [*facts["findings"], *facts["runs"]]}
    codes = sorted(severities)
    index = {code: place for place, code in enumerate(codes)}
    unrun = [row for row in facts["runs"] if row["outcome"] == "could_not_run"]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "TrueZero",
                        "language": reader.t("lang"),
                        "rules": [_rule(reader, code, severities[code]) for code in codes],
                    }
                },
                "language": reader.t("lang"),
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not any(map(_crashed, unrun)),
                        "toolExecutionNotifications": [_notification(reader, row, index) for row in unrun],
                    }
                ],
                "artifacts": [{"location": {"uri": uri(file)}} for file in _files(reader)],
                "results": [_result(reader, row, index) for row in facts["findings"]],
                "properties": {
                    **_digest(reader),
                    "truezero/ruler": f"{facts['ruler']['id']}@sha256:{facts['ruler']['sha256']}",
                },
            }
        ],
    }


def _digest(reader: Reader) -> dict[str, Any]:
    """The digest of these facts under the name that the signed statement gives it, and what a public report keeps back."""
    if not reader.withheld.public:
        return {"truezero/factsDigest": digest(reader.facts)}
    paths = sorted({row["path"] for row in reader.withheld.rows})
    return {"truezero/publicFactsDigest": digest(reader.facts), "truezero/withheld": paths}


def uri(file: str) -> str:
    """A file name as a relative URI reference: percent-encoded UTF-8, folders kept."""
    return quote(file.replace("\\", "/"), safe="/")


def _rule(reader: Reader, code: str, severity: str) -> dict[str, Any]:
    words = findings_text.words_of(code)
    lines = [(key, findings_text.part(code, key, reader)) for key in _HELP]
    text = "\n".join(reader.t(f"help_{key}", text=line) for key, line in lines if line)
    cite = reader.cite(words.get("cite"))
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": findings_text.title(code, reader)},
        "fullDescription": {"text": findings_text.part(code, "why", reader)},
        "help": {"text": f"{text}\n{reader.t('help_cite', text=cite)}"},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"severity": severity, "cite": cite},
    }
    if words.get("alias"):
        rule["properties"]["alias"] = words["alias"]
    return rule


def _result(reader: Reader, row: Mapping[str, Any], index: Mapping[str, int]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "severity": row["severity"],
        "subject": row["subject"],
        "period": row["period"],
        "rows": row["rows"],
        "rowsListed": row["places_shown"],
    }
    if row["effect"] is not None:
        properties["effect"] = dict(row["effect"])
    return {
        "ruleId": row["code"],
        "ruleIndex": index[row["code"]],
        "level": _LEVELS[row["severity"]],
        "message": {"text": findings_text.says(row, reader)},
        "locations": [_location(reader, row_id) for row_id in row["row_ids"]],
        "partialFingerprints": {"truezeroFinding/v1": fingerprint(row)},
        "properties": properties,
    }


def fingerprint(row: Mapping[str, Any]) -> str:
    """What makes two findings the same over two filings: code, subject, period and rows; no line, no amount."""
    return digest(
        {"code": row["code"], "subject": row["subject"], "period": row["period"], "rows": sorted(row["row_ids"])}
    )


def _location(reader: Reader, row_id: str) -> dict[str, Any]:
    table = row_id.partition(":")[0]
    location: dict[str, Any] = {
        "logicalLocations": [{"name": row_id, "fullyQualifiedName": f"{table}/{row_id}", "kind": "row"}]
    }
    place = reader.places.get(row_id)
    if place is None:
        return location
    location["physicalLocation"] = {"artifactLocation": {"uri": uri(place["file"])}}
    if place.get("line") is not None:
        location["physicalLocation"]["region"] = {"startLine": place["line"]}
    if place.get("sheet"):
        location["message"] = {"text": reader.place(row_id)["text"]}
    if place.get("columns"):
        location["properties"] = {"columns": list(place["columns"])}
    return location


def _notification(reader: Reader, row: Mapping[str, Any], index: Mapping[str, int]) -> dict[str, Any]:
    reason = reader.reason(row["reason"]) if row["reason"] else ""
    text = reader.t(
        "unrun_message", code=row["code"], title=findings_text.title(row["code"], reader), reason=reason
    ).strip()
    return {
        "associatedRule": {"id": row["code"], "index": index[row["code"]]},
        "level": "error" if _crashed(row) else "warning",
        "message": {"text": text},
        "properties": {"worst_tco2": row["worst_tco2"]},
    }


def _crashed(row: Mapping[str, Any]) -> bool:
    """Our own fault, against a check that had nothing to work on."""
    reason = row["reason"]
    return isinstance(reason, Mapping) and str(reason.get("key", "")).endswith(".crashed")


def _files(reader: Reader) -> list[str]:
    return sorted({place["file"] for place in reader.places.values()})

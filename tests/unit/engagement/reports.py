"""Reports by hand: no road is travelled for the tests of an engagement."""

from __future__ import annotations

from typing import Any


def finding(code: str, severity: str, *rows: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code, "severity": severity, "subject": "E1", "period": "2027", "effect": None, "rows": str(len(rows)),
        "row_ids": list(rows), "places_shown": str(len(rows)),
        "arguments": {"due_factor": "0.8325", "filed_factor": "0.5306", "quantity": "10"},
    } | more  # fmt: skip


def report(*findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    facts = {
        "park": {"id": "p1", "names": {"zh": "园区"}}, "year": "2027", "ruler": {"id": "r", "sha256": "0" * 64}, "findings": list(findings),
        "members": [], "terms": [], "indicators": [], "energy": [], "parameters": [], "zero_register": [], "level": {"steps": []},
        "factors": [], "items": [], "dispositions": {"tables": [], "excluded": []}, "runs": [],
    }  # fmt: skip
    return {"facts": facts | more, "places": {}}

"""Hand-made changes of ruler and fence, and an earlier filing that was opened."""

from __future__ import annotations

from typing import Any

LEFT: dict[str, Any] = {
    "subject": "outside",
    "what": "left",
    "source": None,
    "before": None,
    "after": None,
    "when": "2026-12-31",
    "evidence": "EV-1",
    "tco2": "-6486.566427",
    "restated": True,
}
OPENED: dict[str, Any] = {
    "park": "earlier-id",
    "root": "a" * 64,
    "ruler": {"id": "cn-national-2025", "sha256": "b" * 64},
    "held": "opened",
    "years": ["2025", "2026"],
    "not_filed": ["2026"],
    "committed": "172",
    "equal": "166",
    "changed": "4",
    "gone": "2",
    "new": "1",
}

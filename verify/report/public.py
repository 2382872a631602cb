"""The pages of a public report, as a bundle carries them: each is a function of report.json alone, so that whoever holds a
bundle makes them again and compares the bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.canonical import canonical_bytes
from verify.report.html import PUBLIC_PAGES, render_html
from verify.report.sarif import render_sarif

FINDINGS = "findings.sarif"


def public_pages(report: Mapping[str, Any]) -> dict[str, bytes]:
    """index.html (Chinese), report.en.html and findings.sarif (Chinese, RFC 8785 bytes) of {facts, places, withheld,
    withheld_share}.

    Raises OurFault where a word or a number of the report is missing; KeyError for a report that was never disclosed.
    """
    if report["withheld"] is None or report["withheld_share"] is None:
        raise KeyError("withheld")
    pages = {name: render_html(report, language).encode("utf-8") for language, name in PUBLIC_PAGES.items()}
    return {**pages, FINDINGS: canonical_bytes(render_sarif(report, "zh"))}

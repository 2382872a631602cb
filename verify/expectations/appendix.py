"""The appendix of a report: what the suites found, as one page in each language; no network, no script, the same bytes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from verify import resources
from verify.canonical import canonical_bytes, digest
from verify.report.html import environment
from verify.report.visible import all_visible
from verify.words import LANGUAGES, Language, say

OUTCOMES = ("passed", "failed", "could_not_run")


def files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Every face by its file name."""
    made = {"expectations.json": canonical_bytes(document)}
    for language in LANGUAGES:
        made[f"expectations.{language}.html"] = render(document, language).encode("utf-8")
    return made


def render(document: Mapping[str, Any], language: Language) -> str:
    """The page in one language."""
    shown = all_visible(document)
    page = environment(resources.templates() / "report").get_template("suites/page.html.j2")
    return page.render(
        document=shown,
        digest=digest(document),
        language=language,
        counts=[Counter(one["outcome"] for one in suite["results"]) for suite in shown["suites"]],
        outcomes=OUTCOMES,
        t=lambda key, **more: say(f"report.{key}", language, **more),
        st=lambda key, **more: say(f"suite.{key}", language, **more),
        why=lambda reason: say(reason["key"], language, **reason["arguments"]),
        seen=lambda value: ", ".join(map(str, value)) if isinstance(value, list) else value,
    )

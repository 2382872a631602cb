"""The report of a registry as people read it: values only, the document of verify.registry in, words and a page out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify import resources
from verify.canonical import canonical_bytes, digest
from verify.report.html import environment
from verify.report.registry.teller import Teller
from verify.words import LANGUAGES, Language

__all__ = ["Teller", "registry_files", "render_registry"]

SECTIONS = ("findings", "ranking", "checks", "parks")


def render_registry(document: Mapping[str, Any], language: Language) -> str:
    """The page of a registry: one HTML file, no network, no script, the same bytes for the same document."""
    teller = Teller(document, language)
    page = environment(resources.templates() / "report").get_template("registry/page.html.j2")
    return page.render(
        r=teller.reader,
        c=teller,
        t=teller.reader.t,
        ct=teller.t,
        document=teller.document,
        digest=digest(document),
        title=teller.t("page_title", parks=len(document["parks"])),
        kind=teller.t("page_kind"),
        sections=SECTIONS,
    )


def registry_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Every face by its file name: the document (RFC 8785) and a page in each language."""
    files = {"registry.json": canonical_bytes(document)}
    for language in LANGUAGES:
        files[f"registry.{language}.html"] = render_registry(document, language).encode("utf-8")
    return files

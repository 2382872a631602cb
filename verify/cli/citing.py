"""A citation in one line: document, annex, clause, page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.ruler.model import Document
from verify.words import Language, say


def cited(cite: Mapping[str, Any] | None, documents: Mapping[str, Document], language: Language) -> str:
    """``发改环资〔2025〕910号，附件 4，二（二）3①``; '' where nothing is cited."""
    if not cite or not cite.get("document"):
        return ""
    name = str(cite["document"])
    document = documents.get(name)
    parts = [(document.number or document.title[language]) if document is not None else name]
    if cite.get("annex"):
        parts.append(say("report.annex", language, annex=cite["annex"]))
    if cite.get("clause"):
        parts.append(str(cite["clause"]))
    if cite.get("page"):
        parts.append(say("report.page", language, page=cite["page"]))
    return say("report.cite_separator", language).join(parts)

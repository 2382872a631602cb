"""A citation in one line: document, annex, clause, page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verify.words import Language, catalogue, say

if TYPE_CHECKING:
    from verify.ruler.model import Document


def cited(cite: Mapping[str, Any] | None, documents: Mapping[str, Document], language: Language) -> str:
    """``发改环资〔2025〕910号 附件 4 二（二）3①``; '' where nothing is cited."""
    if not cite or not cite.get("document"):
        return ""
    name = str(cite["document"])
    document = documents.get(name)
    named = (document.number or document.title[language]) if document is not None else name
    where = place(cite, language)
    return say("report.cite_separator", language).join([named, where]) if where else named


def place(cite: Mapping[str, Any], language: Language) -> str:
    """Where in its document: ``附件 4 二（二）3①``; '' where the citation does not say."""
    parts = []
    if cite.get("annex"):
        parts.append(say("report.annex", language, annex=cite["annex"]))
    if cite.get("clause"):
        parts.append(clause_words(str(cite["clause"]), language))
    if cite.get("page"):
        parts.append(say("report.page", language, page=cite["page"]))
    return say("report.cite_separator", language).join(parts)


def clause_words(clause: str, language: Language) -> str:
    """A clause that is named in words in the reader's language; a number as it is."""
    known = catalogue("clauses").get(clause)
    return clause if known is None else known[language]


def placed(cite: Mapping[str, Any]) -> bool:
    """Whether a citation says where in its document: annex, clause or page."""
    return bool(cite.get("annex") or cite.get("clause") or cite.get("page"))

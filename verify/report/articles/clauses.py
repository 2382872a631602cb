"""What founds a sentence, in one line: every clause once, those of one document together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from verify.report.citing import cited, place, placed
from verify.ruler.differences import name_in
from verify.ruler.model import Cite
from verify.ruler.overrides import Override
from verify.ruler.resolved import Ruler
from verify.words import Language, say

Source = Cite | Mapping[str, Any] | None
PRACTICE = "truezero-practice"  # our own rules, docs/guides/practice.md: what a ruler leaves to the verifier


class Clauses:
    """The clauses of one ruler in one language."""

    def __init__(self, ruler: Ruler, language: Language) -> None:
        self._ruler = ruler
        self._language: Language = language
        self._own = dict(_entries(ruler.overrides))

    def of(self, at: tuple[str, ...], cites: Iterable[Source]) -> tuple[str, bool]:
        """The clauses behind a sentence about the entry `at`, and whether each of them was looked up.

        What a layer says otherwise rests on the layer's text, and no longer on that of the ruler below.
        """
        known = [self._below(at, one) for one in map(_plain, cites) if one]
        own = self._own.get(at)
        if own is not None and own.child_cite.get("document"):
            known = [dict(own.child_cite), *(one for one in known if not _same(one, own.parent_cite))]
        return self._words(known), bool(known) and all(map(placed, known))

    def _below(self, at: tuple[str, ...], cite: dict[str, Any]) -> dict[str, Any]:
        """The clause of the ruler below, for what a layer leaves as it is in an indicator that it moves elsewhere."""
        if at[0] != "indicators":
            return cite
        for one in self._ruler.overrides:
            inside = one.at[:2] == at[:2] and len(one.at) > 2
            about = len(at) > 2 and (one.at[: len(at)] == at or at[: len(one.at)] == one.at)
            if inside and not about and one.parent_cite and _same(cite, one.child_cite):
                return dict(one.parent_cite)
        return cite

    def _words(self, cites: Iterable[Mapping[str, Any]]) -> str:
        by: dict[str, dict[str, None]] = {}
        for cite in cites:
            by.setdefault(cite["document"], {})[self._place(cite)] = None
        comma = self._t("comma")
        shown = [
            self._t("clauses", document=self._document(document), places=comma.join(filter(None, places)))
            if any(places)
            else self._t("clause_not_checked", document=self._document(document))
            for document, places in by.items()
        ]
        return self._t("clause_separator").join(shown) or self._t("no_clause")

    def _document(self, document: str) -> str:
        if document == PRACTICE and document not in self._ruler.documents:
            return say(f"documents.{PRACTICE}", self._language)
        return cited({"document": document}, self._ruler.documents, self._language)

    def _place(self, cite: Mapping[str, Any]) -> str:
        if cite["document"] == PRACTICE and cite.get("clause"):
            return self._t("practice_rule", number=cite["clause"])
        return place(cite, self._language)

    def _t(self, key: str, **arguments: object) -> str:
        return say(f"articles.{key}", self._language, **arguments)


def _entries(overrides: Iterable[Override]) -> Iterable[tuple[tuple[str, ...], Override]]:
    """Each override under the entry that it is about; an entry added to a list goes by its name."""
    for one in overrides:
        yield one.at, one
        if isinstance(one.child, Mapping) and one.parent is None and (name := name_in(one.child)):
            yield (*one.at[:-1], name), one


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all((one.get(key) or "") == (other.get(key) or "") for key in ("document", "annex", "clause", "page"))


def _plain(cite: Source) -> dict[str, Any]:
    if cite is None:
        return {}
    plain = cite.model_dump(mode="json", exclude={"note"}) if isinstance(cite, Cite) else dict(cite)
    return plain if plain.get("document") else {}

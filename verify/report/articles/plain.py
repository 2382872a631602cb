"""Items of a law as running text: sentences with their clauses, ids in brackets at the end."""

from __future__ import annotations

from collections.abc import Sequence

from verify.report.articles.shape import Sentence
from verify.words import Language, say


def ended(sentence: Sentence, language: Language) -> str:
    """A sentence with its clause: ``…（发改环资〔2025〕910号 附件 4 一）。``"""
    return say("articles.sentence", language, text=sentence.text, clause=sentence.clause)


def ids(item: Sequence[Sentence]) -> str:
    """The ids of an item in brackets; '' where it has none."""
    found = dict.fromkeys(one.id for one in item if one.id)
    return f"[{', '.join(found)}]" if found else ""


def running(item: Sequence[Sentence], language: Language) -> str:
    """The sentences of an item one after the other, then its ids."""
    blank = "" if language == "zh" else " "
    return " ".join(part for part in (blank.join(ended(one, language) for one in item), ids(item)) if part)

"""Issue 4, must show 7: every ruler as law in both languages, every sentence with its clause; planted differences are named."""

from __future__ import annotations

import re
from collections import Counter

from tests.acceptance.command import said
from tests.acceptance.entries import acceptance
from verify.report.articles import Law, law
from verify.ruler import available, load_ruler
from verify.words import LANGUAGES, say

_NATIONAL = "cn-national-2025"
_ANNEXES = "发改环资〔2025〕910号"


@acceptance("3.7", "rules show: every sentence of every ruler in both languages ends with its clause")
def rules_show() -> dict[str, object]:
    told = {name: {language: law(load_ruler(name), language) for language in LANGUAGES} for name in available()}
    for languages in told.values():
        for language, one in languages.items():
            nothing = say("articles.no_clause", language)
            bare = [
                sentence.text for _, sentence in one.sentences() if not sentence.clause or nothing in sentence.clause
            ]
            assert bare == [], bare[:5]
        assert len({frozenset(sentence.at for _, sentence in one.sentences()) for one in languages.values()}) == 1
    national = told[_NATIONAL]["zh"]
    without = [one.clause for _, one in national.sentences() if not one.checked]
    assert [
        one for one in without if re.search(rf"{_ANNEXES}，", one)
    ] == []  # the annexes are at hand: a place each time
    shown = said("rules", "show", _NATIONAL, "--lang", "zh")
    assert shown.code == 0
    items = [line for line in shown.out.splitlines() if re.match(r"  （[一二三四五六七八九十百]+）", line)]
    assert [line for line in items if not re.search(r"）。(?: \[[^\]]+\])?$", line)] == []
    return {
        "rulers": {name: _counts(languages["zh"]) for name, languages in told.items()},
        "national": {
            "items_on_the_screen": len(items),
            "sentences_to_the_annexes": sum(_ANNEXES in one.clause for _, one in national.sentences()),
            "clauses_of_the_annexes": len(_clauses(national)),
            "document_named_clause_not_looked_up": len(without),
            "by_chapter": dict(
                Counter(chapter.key for chapter in national.chapters for a in chapter.articles for _ in a.sentences)
            ),
        },
    }


def _counts(one: Law) -> dict[str, int]:
    sentences = [sentence for _, sentence in one.sentences()]
    return {
        "articles": len(list(one.articles())),
        "sentences": len(sentences),
        "clause_not_looked_up": sum(not sentence.checked for sentence in sentences),
    }


def _clauses(one: Law) -> set[str]:
    """The places of the annexes that some sentence rests on."""
    parts = (
        part for _, sentence in one.sentences() for part in sentence.clause.split("；") if part.startswith(_ANNEXES)
    )
    return {place for part in parts for place in re.split(r"、(?=附件)", part.removeprefix(_ANNEXES).strip())}

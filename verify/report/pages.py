"""The pages of docs/findings/: one per code, generated from the words of the finding and its entry in a ruler.

Not here: the words (templates/findings/, templates/messages/pages.yaml) and how a ruler is read; the caller hands in
the resolved `checks` and the names of the documents that they cite. The shape is that of models.md section 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from verify import resources
from verify.report.findings_text import words_of
from verify.words import LANGUAGES, Language, catalogue, say

Entry = Mapping[str, Any]
Documents = Mapping[str, str]
_BODY = ("why", "mend", "proves", "does_not_prove")


def codes() -> list[str]:
    """Every code that has words, sorted."""
    return sorted(path.stem for path in (resources.templates() / "findings").glob("TZ-*.yaml"))


def finding_page(
    code: str, ruler_entry: Entry | None, language: Language = "en", *, documents: Documents | None = None
) -> str:
    """The page of `code` as markdown in one language.

    `ruler_entry` is `checks.<code>` of a ruler (severity, alias, cite, direction, tests) or None for a code of the
    submission; `documents` gives the number of each cited document by its id. Raises OurFault for a code without words.
    """
    words, entry = words_of(code), ruler_entry or {}
    lines = [f"# {code}  {words['title'][language]}", " · ".join(_head(words, entry, language, documents or {}))]
    lines += [f"**{_t(side, language)}** {words['example'][side][language]}" for side in ("avoid", "prefer")]
    lines += [f"**{_t(part, language)}** {words[part][language]}" for part in _BODY]
    lines.append(" · ".join(_foot(code, entry, language)))
    return "\n\n".join(lines) + "\n"


def pages(checks: Mapping[str, Entry] | None = None, documents: Documents | None = None) -> dict[str, str]:
    """File name to text of every page (both languages in one file) and of the index README.md."""
    entries = checks or {}
    found = {}
    for code in codes():
        both = [
            finding_page(code, entries.get(code), language, documents=documents) for language in reversed(LANGUAGES)
        ]
        found[f"{code}.md"] = f"<!-- {_t('generated', 'en', code=code)} -->\n" + "\n---\n\n".join(both)
    found["README.md"] = f"<!-- {_t('generated_index', 'en')} -->\n" + "\n".join(_index(entries))
    return found


def write_pages(
    folder: Path, checks: Mapping[str, Entry] | None = None, documents: Documents | None = None
) -> list[Path]:
    """Writes every page into `folder`, removes pages of codes that are gone, and says which files now stand there."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = pages(checks, documents)
    for old in folder.glob("TZ-*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]


def _head(words: Entry, entry: Entry, language: Language, documents: Documents) -> Iterator[str]:
    """Severity, alias, clause: the ruler's where it has them."""
    severity = entry.get("severity") or words.get("severity")
    if severity:
        yield _t(f"severity.{severity}", language)
    alias = entry.get("alias") or words.get("alias")
    if alias:
        yield str(alias)
    cite = entry.get("cite") or words["cite"]
    document = str(cite["document"])
    parts = [documents.get(document) or _known(f"document.{document}", language) or document]
    if cite.get("annex"):
        parts.append(_t("annex", language, annex=cite["annex"]))
    if cite.get("clause"):
        parts.append(str(cite["clause"]))
    yield _t("separator", language).join(parts)


def _foot(code: str, entry: Entry, language: Language) -> Iterator[str]:
    """Parks, direction and command."""
    separator = _t("separator", language)
    parks = [str(test["park"]).rpartition("/")[2] for test in entry.get("tests") or ()] or ["honest", "dishonest"]
    yield _t("parks", language, parks=separator.join(_known(f"park.{park}", language) or park for park in parks))
    directions = [
        _known(f"direction.{way}", language, name=f"`{name}`") or f"`{name}` {way}"
        for name, way in (entry.get("direction") or {}).items()
    ]
    if directions:
        yield _t("direction", language, changes=separator.join(directions))
    yield f"`truezero explain {code}`"


def _index(entries: Mapping[str, Entry]) -> Iterator[str]:
    """The table of all codes, family by family."""
    yield f"# {_t('index', 'en')} / {_t('index', 'zh')}\n"
    yield from (_t("index_intro", language) + "\n" for language in reversed(LANGUAGES))
    family = ""
    for code in codes():
        words, entry = words_of(code), entries.get(code) or {}
        if code.split("-")[1] != family:
            family = code.split("-")[1]
            heading = [_known(f"family.{family}", language) or family for language in reversed(LANGUAGES)]
            yield f"\n## {' / '.join(dict.fromkeys(heading))}\n"
            yield f"| {_t('code', 'en')} | {_t('severity', 'en')} | {_t('title', 'en')} | {_t('title', 'zh')} |\n|---|---|---|---|"
        severity = entry.get("severity") or words.get("severity") or "–"
        yield f"| [{code}]({code}.md) | {severity} | {words['title']['en']} | {words['title']['zh']} |"
    yield ""


def _t(key: str, language: Language, **arguments: object) -> str:
    return say(f"pages.{key}", language, **arguments)


def _known(key: str, language: Language, **arguments: object) -> str | None:
    """A word of the catalogue that may be absent: names that a ruler brings are shown as they are."""
    return _t(key, language, **arguments) if key in catalogue("pages") else None

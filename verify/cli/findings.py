"""``truezero findings``: the codes and what they mean, from the same words as the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.columns import aligned
from verify.cli.options import FOLDER, mark, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.ruler import Ruler


@command("findings")
@click.argument("code", default="")
@click.option("--ruler", default="cn-national-2025", metavar="ID", help="findings_ruler")
@click.option("--write", "folder", type=FOLDER, metavar="FOLDER", default=None, help="findings_write")
@speaking
def findings(code: str, ruler: str, folder: Path | None, lang: Language) -> int:
    """The list, the page of a code, or all pages."""
    if folder is not None:
        _write(folder, ruler, lang)
    elif code:
        put_all(page(code, ruler, lang))
    else:
        _list(ruler, lang)
    return 0


def page(code: str, ruler: str, lang: Language) -> Iterator[str]:
    """The page of `code` for a terminal. Raises WrongUsage for a code that does not exist."""
    from verify.report.pages import codes, finding_page
    from verify.ruler import load_ruler

    wanted = code.strip().upper()
    if wanted not in codes():
        raise WrongUsage("cli.no_code", code=code)
    resolved = load_ruler(ruler)
    entry = _entries(resolved).get(wanted)
    documents = {name: document.number or document.title[lang] for name, document in resolved.documents.items()}
    text = finding_page(wanted, entry, lang, documents=documents)
    for line in text.rstrip().splitlines()[:-1]:  # the last line is for the pages on the web
        if line.startswith("# "):
            yield click.style(line[2:], bold=True)
        elif line.startswith("**"):
            head, _, rest = line[2:].partition("**")
            yield f"{click.style(head, bold=True)} {rest.strip()}"
        else:
            yield line


def _entries(ruler: Ruler) -> dict[str, dict[str, Any]]:
    """The checks of a ruler, and those across parks, which belong to none."""
    from verify.registry.rules import load

    across = {code: dict(entry) for code, entry in load().checks.items()}
    return across | {code: _entry(ruler, code) for code in ruler.text.checks}


def _entry(ruler: Ruler, code: str) -> dict[str, Any]:
    """A check of the ruler as its page needs it, with the ways in which a layer may move it."""
    from verify.ruler.directions import may

    entry = ruler.text.checks[code]
    return {**entry.model_dump(), "direction": may(ruler.text.directions, code, entry.params)}


def _list(ruler: str, lang: Language) -> None:
    from verify.report.findings_text import words_of
    from verify.report.pages import codes
    from verify.ruler import load_ruler

    checks = _entries(load_ruler(ruler))
    rows = []
    for name in codes():
        words = words_of(name)
        severity = checks[name]["severity"] if name in checks else str(words.get("severity", "note"))
        rows.append([f"{mark(severity)} {name}", say(f"pages.severity.{severity}", lang), str(words["title"][lang])])
    put_all(aligned(rows))
    put(say("cli.one_code", lang))


def _write(folder: Path, ruler: str, lang: Language) -> None:
    from verify.report.pages import write_pages
    from verify.ruler import load_ruler

    ready(folder)
    resolved = load_ruler(ruler)
    checks = _entries(resolved)
    # each page holds both languages, whatever the reader's
    numbers = {name: document.number or document.title.en for name, document in resolved.documents.items()}
    with writing(folder):
        written = write_pages(folder, checks, numbers)
    put(say("cli.pages_written", lang, count=len(written), folder=str(folder)))

"""``truezero findings``: the codes and what they mean, from the same words as the report."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import language_option, mark
from verify.errors import WrongUsage
from verify.words import Language, say


@click.command()
@click.argument("code", default="")
@click.option(
    "--ruler", default="cn-national-2025", show_default=True, help="Ruler whose severities and clauses are shown. 标尺"
)
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Write one page per code to this folder. 生成说明页",
)
@language_option
def findings(code: str, ruler: str, folder: Path | None, lang: Language) -> int:
    """List the finding codes, print the page of CODE, or write all pages."""
    from verify.report.findings_text import words_of
    from verify.report.pages import codes, finding_page, write_pages
    from verify.ruler import load_ruler

    resolved = load_ruler(ruler)
    checks = {name: entry.model_dump() for name, entry in resolved.text.checks.items()}
    documents = {name: document.number or document.title[lang] for name, document in resolved.documents.items()}
    if folder is not None:  # each page holds both languages, whatever the reader's
        numbers = {name: document.number or document.title.en for name, document in resolved.documents.items()}
        written = write_pages(folder, checks, numbers)
        click.echo(say("cli.pages_written", lang, count=len(written), folder=str(folder)))
        return 0
    if code:
        if code not in codes():
            raise WrongUsage("cli.no_code", code=code)
        click.echo(finding_page(code, checks.get(code), lang, documents=documents))
        return 0
    for name in codes():
        words = words_of(name)
        severity = checks[name]["severity"] if name in checks else words.get("severity", "note")
        click.echo(f"{mark(severity)} {name}  {words['title'][lang]}")
    return 0

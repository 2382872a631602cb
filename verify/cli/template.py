"""``truezero template``: an empty submission to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import language_option
from verify.errors import WrongUsage
from verify.words import Language, say


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--tables", default="", help="Only these tables, comma-separated. 只写这些表")
@language_option
def template(target: Path, tables: str, lang: Language) -> int:
    """Write an empty submission to TARGET: a workbook (TARGET ends in .xlsx), else a folder of CSV files.

    The workbook is bilingual, with drop-downs and a data dictionary.
    """
    from verify.submission.template import write_csv_folder, write_workbook

    if target.exists():
        raise WrongUsage("cli.exists", path=str(target))
    chosen = [name.strip() for name in tables.split(",") if name.strip()] or None
    if target.suffix.lower() == ".xlsx":
        write_workbook(target, language="both", tables=chosen)
    else:
        write_csv_folder(target, language=lang, tables=chosen)
    click.echo(say("cli.template_written", lang, path=str(target)))
    return 0

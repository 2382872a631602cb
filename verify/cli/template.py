"""``truezero template``: an empty submission to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import command
from verify.cli.writing import writing
from verify.errors import WrongUsage
from verify.words import Language, say


@command("template")
@click.argument("target", type=FOLDER)
@click.option("--tables", default="", metavar="NAMES", help="tables")
@speaking
def template(target: Path, tables: str, lang: Language) -> int:
    """A workbook where TARGET ends in .xlsx, else a folder of CSV files."""
    from verify.submission.template import write_csv_folder, write_workbook

    if target.exists():
        raise WrongUsage("cli.exists", path=str(target))
    chosen = [name.strip() for name in tables.split(",") if name.strip()] or None
    with writing(target):
        if target.suffix.lower() == ".xlsx":
            write_workbook(target, language="both", tables=chosen)
        else:
            write_csv_folder(target, language=lang, tables=chosen)
    put(say("cli.template_written", lang, path=str(target)))
    return 0

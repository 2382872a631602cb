"""``truezero page``: the reader's page, verifier.html, to a file; its digest is for print and for the log (V9)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import command
from verify.cli.writing import writing
from verify.words import Language, say


@command("page")
@click.option("--write", "path", type=FOLDER, default=Path("verifier.html"), metavar="FILE", help="page_write")
@speaking
def page(path: Path, lang: Language) -> int:
    """The page; its words are in the catalogue."""
    from verify.bundle.page import page as made
    from verify.canonical.files import write_over

    data = made()
    with writing(path):
        write_over({path: data})
    put(say("cli.page_written", lang, path=str(path), sha256=hashlib.sha256(data).hexdigest()))
    return 0

"""``truezero compare``: one submission under many rulers, or two submissions beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.cli.options import FOLDER, progress, settings_of, speaking, walking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.words import Language, say


@command("compare")
@click.argument("submission", type=FOLDER)
@click.argument("other", type=FOLDER, required=False)
@click.option("--ruler", "rulers", multiple=True, metavar="ID", help="compare_ruler")
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=None, help="compare_out")
@walking
@speaking
def compare(
    submission: Path,
    other: Path | None,
    rulers: tuple[str, ...],
    out: Path | None,
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """The comparison; its words are in the catalogue."""
    from verify.canonical import canonical_bytes
    from verify.cli.compare_lines import comparison_lines, order_lines
    from verify.road import comparison

    if out is not None:
        ready(out, apart_from=submission)
    with progress(lang, quiet=quiet) as tell:
        ways: dict[str, Any] = {
            "rulers": rulers,
            "year": year,
            "settings": settings_of(threads, memory),
            "progress": tell,
        }
        if other is None:
            document = comparison.compare(submission, **ways)
        else:
            document = comparison.compare_two(submission, other, **ways)
    written = _written(out, document) if out is not None else []
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(comparison_lines(document, lang) if other is None else order_lines(document, lang))
        if written:
            put(say("compare.written", lang, folder=str(out), files=", ".join(written)))
    return 0


def _written(folder: Path, document: dict[str, Any]) -> list[str]:
    """The document and its pages, all or none."""
    from verify.canonical.files import write_all
    from verify.report.comparison import comparison_files

    files = comparison_files(document)
    with writing(folder):
        write_all(folder, files)
    return list(files)

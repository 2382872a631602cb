"""``truezero verify``: the third party's command; writes the report folder."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import progress, reached, road_options
from verify.errors import OurFault
from verify.words import Language, say


@click.command()
@click.argument("submission", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder for the report; default: <name>-report beside you. 输出目录",
)
@road_options
def verify(
    submission: Path,
    out: Path | None,
    ruler: str,
    year: str,
    fail_level: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    no_color: bool,
    lang: Language,
) -> int:
    """Verify SUBMISSION (a folder of CSV or Parquet, a workbook, or a zip of either) and write the report.

    The report folder holds report.json, report.zh.html, report.en.html, findings.sarif and junit.xml.
    """
    from verify import road
    from verify.cli.summary import print_summary  # it wakes the report; `--help` must not

    with progress(lang, quiet=quiet) as tell:
        report = road.verify(submission, ruler=ruler, year=year, settings=road.Settings(threads, memory), progress=tell)
    folder = out or Path(f"{submission.resolve().stem if submission.is_file() else submission.resolve().name}-report")
    written = road.write_report(folder, report)
    if as_json:
        click.echo((folder / "report.json").read_text(encoding="utf-8"))
    elif not quiet:
        print_summary(report, lang, colour=not no_color)
        click.echo(say("cli.written", lang, folder=str(folder), files=", ".join(path.name for path in written)))
    if report.crashes:
        raise OurFault("cli.check_crashed", count=len(report.crashes), crash=report.crashes[0].strip().splitlines()[-1])
    return 1 if reached(report.facts, fail_level) else 0

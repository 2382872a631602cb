"""``truezero check``: the park's own look before it hands in; the same road, and nothing is written unless asked."""

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
    help="Also write the report to this folder. 输出目录",
)
@click.option("--all", "show_all", is_flag=True, help="List every finding, not the first of each kind. 全部列出")
@road_options
def check(
    submission: Path,
    out: Path | None,
    show_all: bool,
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
    """Check SUBMISSION yourself: every fault with file, sheet, line and column, and the verdict a verifier would reach."""
    from verify import road
    from verify.cli.summary import print_summary  # it wakes the report; `--help` must not

    with progress(lang, quiet=quiet) as tell:
        report = road.check(submission, ruler=ruler, year=year, settings=road.Settings(threads, memory), progress=tell)
    if as_json:
        click.echo(report.json_bytes().decode("utf-8"))
    elif not quiet:
        print_summary(report, lang, colour=not no_color, everything=show_all)
    if out is not None:
        written = road.write_report(out, report)
        if not quiet and not as_json:
            click.echo(say("cli.written", lang, folder=str(out), files=", ".join(path.name for path in written)))
    if report.crashes:
        raise OurFault("cli.check_crashed", count=len(report.crashes), crash=report.crashes[0].strip().splitlines()[-1])
    return 1 if reached(report.facts, fail_level) else 0

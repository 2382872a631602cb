"""``truezero demo``: the frozen parks on the whole road, and where to look."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import language_option, mark, progress
from verify.errors import OurFault
from verify.words import Language, say


@click.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("truezero-demo"),
    show_default=True,
    help="Folder for the reports. 输出目录",
)
@language_option
def demo(out: Path, lang: Language) -> int:
    """Verify the demo parks: met, not met, undetermined, careless. Writes one report folder each."""
    from verify import resources, road

    parks = sorted(path for path in resources.parks().iterdir() if (path / "park.yaml").is_file())
    if not parks:
        raise OurFault("cli.no_demo", folder=resources.parks().name)
    click.echo(say("cli.demo_intro", lang, count=len(parks)))
    for path in parks:
        with progress(lang, quiet=False) as tell:
            report = road.verify(path, progress=tell)
        folder = out / path.name
        road.write_report(folder, report)
        if report.crashes:
            raise OurFault(
                "cli.check_crashed", count=len(report.crashes), crash=report.crashes[0].strip().splitlines()[-1]
            )
        facts = report.facts
        verdict = facts["headline"]["verdict"]
        errors = sum(one["severity"] == "error" for one in facts["findings"])
        word = say(f"report.verdict.{verdict or 'undefined'}", lang)
        opinion = say(f"report.opinion.{facts['headline']['opinion']}", lang)
        click.echo(
            f"{mark(verdict or '', of='verdict')} {path.name:<20} {word}  {opinion}  {say('cli.errors', lang, count=errors)}  sha256:{report.digest[:16]}…"
        )
    click.echo(say("cli.demo_look", lang, folder=str(out), page=str(out / parks[0].name / f"report.{lang}.html")))
    return 0

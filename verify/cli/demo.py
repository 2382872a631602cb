"""``truezero demo``: the frozen parks on the whole road, and where to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.columns import aligned
from verify.cli.journey import crashed
from verify.cli.options import FOLDER, mark, progress, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.errors import OurFault
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.road import Report

_FAULTY = "careless"  # shown last: the others are clean


@command("demo")
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=Path("truezero-demo"), help="demo_out")
@speaking
def demo(out: Path, lang: Language) -> int:
    """One report folder for each demo park."""
    from verify import resources, road

    parks = sorted(
        (path for path in resources.parks().iterdir() if (path / "park.yaml").is_file()),
        key=lambda path: (path.name == _FAULTY, path.name),
    )
    if not parks:
        raise OurFault("cli.no_demo", folder=resources.parks().name)
    ready(out)
    put(say("cli.demo_intro", lang, count=len(parks)))
    rows = []
    for path in parks:
        with progress(lang) as tell:
            report = road.verify(path, progress=tell)
        with writing(out / path.name):
            road.write_report(out / path.name, report)
        crashed(report)
        rows.append(_row(path.name, report, lang))
    put_all(aligned(rows))
    first, last = (str(out / path.name / f"report.{lang}.html") for path in (parks[0], parks[-1]))
    put(say("cli.demo_look", lang, first=first, last=last))
    return 0


def _row(name: str, report: Report, lang: Language) -> list[str]:
    facts = report.facts
    verdict = facts["headline"]["verdict"]
    errors = sum(one["severity"] == "error" for one in facts["findings"])
    return [
        f"{mark(verdict or '', of='verdict')} {name}",
        say(f"report.verdict.{verdict or 'undefined'}", lang),
        say(f"report.opinion.{facts['headline']['opinion']}", lang),
        say("cli.errors", lang, count=errors),
        f"sha256:{report.digest[:16]}…",
    ]

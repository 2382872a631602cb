"""``truezero demo``: the frozen parks on the whole road, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from verify.road.exhibit import Exhibit

_FAULTY = "careless"  # shown last: the others are clean
_ROOT = "root.1.dsse.json"


@command("demo")
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=Path("truezero-demo"), help="demo_out")
@speaking
def demo(out: Path, lang: Language) -> int:
    """One report folder for each demo park."""
    from verify import resources, road
    from verify.road.exhibit import exhibit

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
        with progress(lang) as tell, road.travel(path, role="verification", progress=tell) as journey:
            report = journey.report()
            shown = exhibit(journey, datetime.now(UTC)) if path is parks[0] else None
        with writing(out / path.name):
            road.write_report(out / path.name, report)
        crashed(report)
        if shown is not None:
            bundle = _publish(out, shown)
            _expect(out / path.name, report.facts)
        rows.append(_row(path.name, report, lang))
    put_all(aligned(rows))
    first, last = (str(out / path.name / f"report.{lang}.html") for path in (parks[0], parks[-1]))
    put(say("cli.demo_look", lang, first=first, last=last))
    put(say("cli.demo_appendix", lang, page=str(out / parks[0].name / f"expectations.{lang}.html")))
    put(say("cli.demo_bundle", lang, bundle=str(bundle), root=str(out / _ROOT)))
    return 0


def _expect(folder: Path, facts: Mapping[str, Any]) -> None:
    """The suite that comes with the ruler, as an appendix beside the report."""
    from verify.canonical.files import write_all
    from verify.expectations.appendix import files
    from verify.expectations.run import run
    from verify.expectations.suite import read, shipped

    suite = shipped(facts["ruler"]["id"])
    if suite is not None:
        made = files(run(facts, [read(suite)]))
        with writing(folder):
            write_all(folder, made)


def _publish(out: Path, shown: Exhibit) -> Path:
    """The bundle, with the trust root beside it: a reader holds that from elsewhere."""
    from verify.bundle import write_zip
    from verify.canonical.files import write_all

    archive = out / "bundle.zip"
    with writing(archive):
        write_zip(archive, shown.members)
        write_all(out, {_ROOT: shown.root})
    return archive


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

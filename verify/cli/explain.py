"""``truezero explain``: a figure down to clause and cell, or a finding code and its places in a submission."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import FOLDER, progress, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.errors import WrongUsage
from verify.report.visible import all_visible
from verify.words import Language, say


@command("explain")
@click.argument("what")
@click.argument("submission", type=FOLDER, required=False)
@click.option("--ruler", default="", metavar="ID", help="ruler")
@click.option("--year", default="", metavar="YEAR", help="explain_year")
@click.option("--lines", "shown", type=click.IntRange(1), default=5, metavar="N", help="explain_lines")
@speaking
def explain(what: str, submission: Path | None, ruler: str, year: str, shown: int, lang: Language) -> int:
    """A code, or a figure of a submission."""
    if what.upper().startswith("TZ-"):
        from verify.cli.findings import page

        put_all(page(what, ruler or "cn-national-2025", lang))
        if submission is not None:
            _places(what.upper(), submission, ruler, year, lang)
    elif submission is None:
        raise WrongUsage("cli.explain_needs_submission", what=what)
    else:
        _figure(what, submission, ruler, year, shown, lang)
    return 0


def _places(code: str, submission: Path, ruler: str, year: str, lang: Language) -> None:
    """Every finding of `code` in the submission, with every cell that the report knows."""
    from verify import road
    from verify.cli.finding_lines import finding
    from verify.report.reader import Reader

    with progress(lang) as tell:
        report = road.check(submission, ruler=ruler, year=year, progress=tell)
    shown = all_visible(report.document())
    found = [one for one in shown["facts"]["findings"] if one["code"] == code]
    put()
    if not found:
        put(say("cli.none_in_submission", lang, code=code))
        return
    put(say("cli.in_submission", lang, count=len(found)))
    reader = Reader(shown, lang)
    for one in found:
        put_all(finding(one, reader, everything=True))


def _figure(what: str, submission: Path, ruler: str, year: str, shown: int, lang: Language) -> None:
    from verify import road
    from verify.cli.trace_lines import Teller, rows_of

    with (
        progress(lang) as tell,
        road.travel(submission, role="verification", ruler=ruler, year=year, progress=tell) as journey,
    ):
        try:
            trace = road.explain(journey, what, lines=shown)
        except KeyError:
            text = journey.world.ruler.text
            names = [*text.method.items, *(f"indicator.{name}" for name in text.indicators)]
            raise WrongUsage("cli.no_item", item=what, available=", ".join(sorted(names))) from None
        places = journey.world.submission.places.find(sorted(rows_of(trace)))
        teller = Teller(journey.world.ruler, all_visible({"facts": journey.facts, "places": places}), lang)
    put_all(teller.lines(trace))

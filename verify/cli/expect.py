"""``truezero expect``: suites of Great Expectations over the result tables of a report that was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.columns import aligned
from verify.cli.options import FOLDER, LEVELS, mark, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.expectations.suite import Suite

_SIGNS = {"passed": "met", "failed": "not_met", "could_not_run": "no_limit"}


@command("expect")
@click.argument("report", type=FOLDER)
@click.option("--suite", "suites", type=FOLDER, metavar="FILE", multiple=True, help="expect_suite")
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=None, help="expect_out")
@click.option("--fail-level", type=click.Choice(LEVELS), default="error", help="fail_level")
@click.option("--json", "as_json", is_flag=True, help="json")
@speaking
def expect(
    report: Path, suites: tuple[Path, ...], out: Path | None, fail_level: str, as_json: bool, lang: Language
) -> int:
    """Exit 1 where an expectation at or above the fail level does not hold; one that could not run is told, and fails none."""
    from verify.canonical import canonical_bytes

    facts = _facts(report)
    chosen = _suites(suites, facts)
    if out is not None:
        ready(out, apart_from=report)
    from verify.expectations.run import run  # imports great_expectations when it runs, so late and last

    document = run(facts, chosen)
    if out is not None:
        from verify.canonical.files import write_all
        from verify.expectations.appendix import files

        with writing(out):
            write_all(out, files(document))
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    else:
        put_all(lines(document, lang))
    return 1 if failed(document, fail_level) else 0


def lines(document: dict[str, Any], lang: Language) -> list[str]:
    """A line for every expectation, under the title of its suite."""
    found: list[str] = []
    for suite in document["suites"]:
        found.append(suite["title"][lang])
        rows = []
        for one in suite["results"]:
            seen = (
                say(one["reason"]["key"], lang, **one["reason"]["arguments"])
                if one["reason"]
                else ", ".join(one["rows"][:3])
            )
            outcome = say(f"suite.outcome.{one['outcome']}", lang)
            rows.append([f"  {mark(_SIGNS[one['outcome']], of='verdict')} {outcome}", one["title"][lang], seen])
        found += [*aligned(rows), ""]
    return found


def failed(document: dict[str, Any], level: str) -> bool:
    """Whether an expectation of that severity or above does not hold."""
    order = LEVELS[:-1]
    return level != "never" and any(
        one["outcome"] == "failed" and order.index(one["severity"]) <= order.index(level)
        for suite in document["suites"]
        for one in suite["results"]
    )


def _facts(path: Path) -> dict[str, Any]:
    from verify.report.document import Report

    file = path / "report.json" if path.is_dir() else path
    try:
        facts = dict(Report.read(file).facts)
        whole = {"park", "ruler", "year", "base_year", "items"} <= set(facts)
    except (OSError, ValueError, TypeError):
        whole = False
    if not whole:
        raise WrongUsage("suite.not_a_report", path=str(file))
    return facts


def _suites(paths: tuple[Path, ...], facts: dict[str, Any]) -> list[Suite]:
    from verify.expectations.suite import read, shipped

    if paths:
        return [read(path) for path in paths]
    ours = shipped(facts["ruler"]["id"])
    if ours is None:
        raise WrongUsage("suite.no_suite", ruler=facts["ruler"]["id"])
    return [read(ours)]

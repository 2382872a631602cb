"""``truezero registry``: many parks: file them, check across them, write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verify.cli.options import FOLDER, LEVELS, mark, progress, reached, settings_of, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
from verify.cli.writing import ready, writing
from verify.words import Language, say


class _InOrder(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are used


@click.group(cls=_InOrder, help="registry")
@group_language
def registry() -> None:
    """What one may do with a registry; the words are in the catalogue."""


@registry.command("add", cls=Worded, help="registry_add")
@click.argument("folder", type=FOLDER)
@click.argument("submissions", type=FOLDER, nargs=-1, required=True)
@click.option("--ranking/--no-ranking", "ranked", default=True, help="registry_ranked")
@click.option("--threads", type=click.IntRange(1), default=None, metavar="N", help="threads")
@click.option("--json", "as_json", is_flag=True, help="json")
@click.option("-q", "--quiet", is_flag=True, help="quiet")
@speaking
def add(
    folder: Path,
    submissions: tuple[Path, ...],
    ranked: bool,
    threads: int | None,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """File parks, all of those given or none."""
    from verify.canonical import canonical_bytes
    from verify.road import registry as road

    ready(folder)
    with progress(lang, quiet=quiet) as tell, writing(folder):
        filed = road.add(folder, submissions, ranked=ranked, settings=settings_of(threads, ""), progress=tell)
    if as_json:
        put(canonical_bytes([{"park": one.park, **one.head} for one in filed]).decode("utf-8"))
    elif not quiet:
        for one in filed:
            opinion = say(f"report.opinion.{one.head['opinion']}", lang)
            put(say("registry.added", lang, park=one.park, year=one.head["year"], opinion=opinion))
    return 0


@registry.command("check", cls=Worded, help="registry_check")
@click.argument("folder", type=FOLDER)
@click.option("--anew", is_flag=True, help="registry_anew")
@click.option("--fail-level", type=click.Choice(LEVELS), default="error", help="fail_level")
@click.option("--threads", type=click.IntRange(1), default=None, metavar="N", help="threads")
@click.option("--json", "as_json", is_flag=True, help="json")
@click.option("-q", "--quiet", is_flag=True, help="quiet")
@speaking
def check(
    folder: Path, anew: bool, fail_level: str, threads: int | None, as_json: bool, quiet: bool, lang: Language
) -> int:
    """Check across parks; 1 where a finding is at or above the fail level."""
    from verify.canonical import canonical_bytes
    from verify.road import registry as road

    with progress(lang, quiet=quiet) as tell:
        found, document = road.check(folder, anew=anew, threads=threads, progress=tell)
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(_lines(document, lang))
        counts = {"parks": len(document["parks"]), "fresh": found.again, "found": len(document["findings"])}
        put(say("registry.checked", lang, **counts))
    return 1 if reached(document, fail_level) else 0


@registry.command("report", cls=Worded, help="registry_report")
@click.argument("folder", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, metavar="FOLDER", default=None, help="registry_out")
@click.option("--json", "as_json", is_flag=True, help="json")
@click.option("-q", "--quiet", is_flag=True, help="quiet")
@speaking
def report(folder: Path, out: Path | None, as_json: bool, quiet: bool, lang: Language) -> int:
    """The report of the last check, to a folder or to the terminal."""
    from verify.canonical import canonical_bytes
    from verify.canonical.files import write_all
    from verify.report.registry import registry_files
    from verify.road import registry as road

    if out is not None:
        ready(out, apart_from=folder)
    document = road.report(folder)
    if out is not None:
        files = registry_files(document)
        with writing(out):
            write_all(out, files)
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(_lines(document, lang))
        if out is not None:
            put(say("registry.written", lang, folder=str(out), files=", ".join(files)))
    return 0


def _lines(document: dict[str, Any], lang: Language) -> list[str]:
    """One line a finding."""
    from verify.report.registry import Teller

    teller = Teller(document, lang)
    return [f"{mark(one['severity'])} {one['code']}  {teller.says(one)}" for one in teller.document["findings"]]

"""``truezero rules``: the rulers themselves."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.columns import aligned
from verify.cli.options import FOLDER, progress, settings_of, speaking, walking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
from verify.cli.writing import writing
from verify.words import Language, say


@click.group(cls=Group, help="rules")
@group_language
def rules() -> None:
    """What one may do with rulers."""


@rules.command("list", cls=Worded, help="rules_list")
@speaking
def list_(lang: Language) -> int:
    """One line for each."""
    from verify.ruler import available, load_ruler

    rows = []
    for name in available():
        ruler = load_ruler(name)
        status = say(f"cli.ruler_{ruler.text.status}", lang)
        rows.append([name, ruler.text.title[lang], status, f"sha256:{ruler.sha256[:16]}…"])
    put_all(aligned(rows, most=60))
    return 0


@rules.command(cls=Worded, help="rules_show")
@click.argument("ruler")
@click.option("--format", "form", type=click.Choice(["text", "html"]), default="text", help="show_format")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=None, metavar="FILE", help="show_output")
@speaking
def show(ruler: str, form: str, output: Path | None, lang: Language) -> int:
    """The whole ruler, as a lawyer reads it."""
    from verify.cli.law_lines import law_lines
    from verify.cli.new_file import free, put_new
    from verify.report.articles import law
    from verify.report.articles.page import page
    from verify.ruler import load_ruler

    if output is not None:
        free(output)
    told = law(load_ruler(_path_or_id(ruler)), lang)
    lines = law_lines(told, lang) if form == "text" else iter(page(told, lang).splitlines())
    if output is None:
        put_all(lines)
    else:
        put_new(output, "".join(f"{click.unstyle(line)}\n" for line in lines).encode())
    return 0


@rules.command(cls=Worded, help="rules_lint")
@click.argument("ruler", default="")
@click.option("-a", "--all", "everything", is_flag=True, help="lint_all")
@speaking
def lint(ruler: str, everything: bool, lang: Language) -> int:
    """One ruler, or all of them and what is wrong between them. Exit 1 where an error was found."""
    from verify.cli.lint_lines import lint_lines
    from verify.road.rule_lint import lint_all, lint_ruler
    from verify.ruler import load_ruler

    if ruler:
        rulers, faults = [load_ruler(_path_or_id(ruler))], lint_ruler(_path_or_id(ruler))
    else:
        rulers, faults = lint_all()
    put_all(lint_lines(rulers, faults, lang, everything=everything))
    return int(any(fault.gravity == "error" for fault in faults))


@rules.command("test", cls=Worded, help="rules_test")
@click.argument("ruler", default="")
@click.option("-q", "--quiet", is_flag=True, help="test_quiet")
@speaking
def test_(ruler: str, quiet: bool, lang: Language) -> int:
    """The rule tests of one ruler, or of all. Exit 1 where one fails."""
    from verify.cli.rule_test_lines import result_lines
    from verify.road.rule_tests import rule_tests
    from verify.ruler import available

    failed = False
    for name in [ruler] if ruler else available():
        results = rule_tests(_path_or_id(name))
        failed = failed or any(not result.passed for result in results)
        put_all(result_lines(name, results, lang, quiet=quiet))
    return int(failed)


@rules.command(cls=Worded, help="rules_resolve")
@click.argument("ruler")
@speaking
def resolve(ruler: str, lang: Language) -> int:
    """The digest."""
    from verify.ruler import load_ruler

    resolved = load_ruler(_path_or_id(ruler))
    put(f"{resolved.id}@sha256:{resolved.sha256}")
    return 0


@rules.command(cls=Worded, help="rules_diff")
@click.argument("a")
@click.argument("b")
@click.argument("submission", type=FOLDER, required=False)
@walking
@speaking
def diff(
    a: str,
    b: str,
    submission: Path | None,
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """In words, and with a submission in tonnes."""
    from verify.canonical import canonical_bytes
    from verify.cli.diff_lines import diff_lines
    from verify.road.rule_differences import diff as compared

    ways = {"year": year, "settings": settings_of(threads, memory)}
    with progress(lang, quiet=quiet) as tell:
        document = compared(_path_or_id(a), _path_or_id(b), submission, progress=tell, **ways)
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(diff_lines(document, lang))
    return 0


@rules.command(cls=Worded, help="rules_pin")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="pin_dry_run")
@speaking
def pin(folder: Path, dry_run: bool, lang: Language) -> int:
    """What changed in the ruler below, and the new pin."""
    from verify.cli.pin_lines import pin_lines
    from verify.ruler.repin import repin

    found = repin(folder)
    put_all(pin_lines(found, lang))
    if not dry_run and found.after != found.before:
        with writing(found.file):
            found.write()
        put(say("cli.pinned", lang, file=str(found.file), pin=str(found.after)))
    return 0


@rules.command(cls=Worded, help="rules_impact")
@click.option("--from", "before", required=True, metavar="ID", help="impact_from")
@click.option("--to", "after", required=True, metavar="ID", help="impact_to")
@click.argument("submissions", type=FOLDER, nargs=-1, required=True)
@walking
@speaking
def impact(
    before: str,
    after: str,
    submissions: tuple[Path, ...],
    year: str,
    threads: int | None,
    memory: str,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> int:
    """Verdicts gained and lost, tonnes moved."""
    from verify.canonical import canonical_bytes
    from verify.cli.compare_lines import impact_lines
    from verify.road import comparison

    ways = {"year": year, "settings": settings_of(threads, memory)}
    with progress(lang, quiet=quiet) as tell:
        document = comparison.impact(_path_or_id(before), _path_or_id(after), submissions, progress=tell, **ways)
    if as_json:
        put(canonical_bytes(document).decode("utf-8"))
    elif not quiet:
        put_all(impact_lines(document, lang))
    return 0


def _path_or_id(ruler: str) -> str | Path:
    """A folder that is there, however it is written; else an id, or a path that the loader refuses by name."""
    path = Path(ruler)
    return path if path.is_dir() else ruler

"""``truezero rules``: the rulers themselves."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.columns import aligned
from verify.cli.options import speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Group, Worded, group_language
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
@speaking
def show(ruler: str, lang: Language) -> int:
    """The whole ruler."""
    from verify.cli.ruler_text import ruler_lines
    from verify.ruler import load_ruler

    put_all(ruler_lines(load_ruler(_path_or_id(ruler)), lang))
    return 0


@rules.command(cls=Worded, help="rules_lint")
@click.argument("ruler")
@speaking
def lint(ruler: str, lang: Language) -> int:
    """Loads it, which says everything that is wrong; values not checked against their document are counted."""
    from verify.ruler import load_ruler

    resolved = load_ruler(_path_or_id(ruler))
    entries = [entry for value in resolved.values.values() for entry in (*value.entries, *value.candidates)]
    put(
        say(
            "cli.lint_sound",
            lang,
            ruler=resolved.id,
            values=len(resolved.values),
            formulas=len(resolved.trees),
            unconfirmed=sum(entry.confidence == "unconfirmed" for entry in entries),
        )
    )
    return 0


@rules.command(cls=Worded, help="rules_resolve")
@click.argument("ruler")
@speaking
def resolve(ruler: str, lang: Language) -> int:
    """The digest."""
    from verify.ruler import load_ruler

    resolved = load_ruler(_path_or_id(ruler))
    put(f"{resolved.id}@sha256:{resolved.sha256}")
    return 0


def _path_or_id(ruler: str) -> str | Path:
    """A folder that is there, however it is written; else an id, or a path that the loader refuses by name."""
    path = Path(ruler)
    return path if path.is_dir() else ruler

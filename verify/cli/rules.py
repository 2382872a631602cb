"""``truezero rules``: the rulers themselves."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.options import language_option
from verify.words import Language, say


@click.group()
def rules() -> None:
    """Look at rulers: list, show, lint, resolve."""


@rules.command("list")
@language_option
def list_(lang: Language) -> int:
    """The rulers that come with TrueZero."""
    from verify.ruler import available, load_ruler

    for name in available():
        ruler = load_ruler(name)
        click.echo(
            f"{name}  {ruler.text.title[lang]}  {say(f'cli.ruler_{ruler.text.status}', lang)}  sha256:{ruler.sha256[:16]}…"
        )
    return 0


@rules.command()
@click.argument("ruler")
@language_option
def show(ruler: str, lang: Language) -> int:
    """Print RULER (an id or a folder) resolved: indicators, open points, line rules, values with their clauses."""
    from verify.cli.ruler_text import ruler_lines
    from verify.ruler import load_ruler

    for line in ruler_lines(load_ruler(_named(ruler)), lang):
        click.echo(line)
    return 0


@rules.command()
@click.argument("ruler")
@language_option
def lint(ruler: str, lang: Language) -> int:
    """Check RULER (an id or a folder): every problem with file, line and column; unconfirmed values are listed."""
    from verify.ruler import load_ruler

    resolved = load_ruler(_named(ruler))
    entries = [(value, entry) for value in resolved.values.values() for entry in (*value.entries, *value.candidates)]
    click.echo(
        say(
            "cli.lint_sound",
            lang,
            ruler=resolved.id,
            values=len(resolved.values),
            formulas=len(resolved.trees),
            unconfirmed=sum(e.confidence == "unconfirmed" for _, e in entries),
        )
    )
    return 0


@rules.command()
@click.argument("ruler")
@language_option
def resolve(ruler: str, lang: Language) -> int:
    """Print the digest of everything that RULER resolves to."""
    from verify.ruler import load_ruler

    resolved = load_ruler(_named(ruler))
    click.echo(f"{resolved.id}@sha256:{resolved.sha256}")
    return 0


def _named(ruler: str) -> str | Path:
    path = Path(ruler)
    return path if path.is_dir() else ruler

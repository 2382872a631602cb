"""A refusal on the terminal: every problem with its file, line and column, then what follows from it."""

from __future__ import annotations

import click

from verify.errors import Located, Problem, TrueZeroError
from verify.report.citing import cited
from verify.report.visible import visible
from verify.words import Language, say

_SHOWN = 40  # problems of one file that are printed; the count is complete


def show(error: TrueZeroError, language: Language) -> None:
    """Print an error, with every problem that it carries, to standard error."""
    mark = click.style("✕ ", fg="red", bold=True)
    if not isinstance(error, Located):
        click.echo(mark + "\n".join(map(visible, say(error.key, language, **error.arguments).splitlines())), err=True)
        return
    for problem in sorted(error.problems, key=lambda one: (one.file, one.line, one.column))[:_SHOWN]:
        click.echo(mark + problem_line(problem, language), err=True)
    if len(error.problems) > _SHOWN:
        click.echo(say("cli.shown_of", language, shown=_SHOWN, count=len(error.problems)), err=True)
    click.echo(say(error.key, language, **error.arguments), err=True)


def _told(argument: object, language: Language) -> object:
    """A citation in words, in the reader's language; everything else as it is."""
    from verify.ruler.overrides import Source  # rulers are not read for help

    if not isinstance(argument, Source):
        return argument
    return cited(argument.cite, argument.documents, language) or "–"


def problem_line(problem: Problem, language: Language) -> str:
    """A problem in words, behind its file, line and column."""
    words = say(problem.key, language, **{name: _told(one, language) for name, one in problem.arguments.items()})
    path = f"{problem.path}{'：' if language == 'zh' else ': '}" if problem.path else ""
    return visible(f"{problem.file}:{problem.line}:{problem.column}: {path}{words}")

"""What is wrong with a command line, in the reader's language: click's own exceptions with our words."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import click
from click import exceptions

from verify.words import Language, say


def show_usage(error: click.ClickException, language: Language) -> None:
    """Print what does not fit and how to see what does. A group alone is asked for its help, and gets it."""
    ctx = getattr(error, "ctx", None)
    if isinstance(error, exceptions.NoArgsIsHelpError) and ctx is not None:
        click.echo(ctx.get_help(), err=True)
        return
    mark = click.style("✕ ", fg="red", bold=True)
    click.echo(mark + _what(error, language), err=True)
    path = "truezero" if ctx is None else ctx.command_path
    click.echo(say("usage.see_help", language, command=f"{path} --help"), err=True)


def _what(error: click.ClickException, language: Language) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        near = _near(error.possibilities or [], language)
        return say("usage.no_such_option", language, option=error.option_name, near=near)
    if isinstance(error, exceptions.NoSuchCommand):
        group = error.ctx.command if error.ctx is not None else None
        names = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx is not None else []
        near = _near(get_close_matches(error.command_name, names), language)
        return say("usage.no_such_command", language, command=error.command_name, near=near)
    if isinstance(error, exceptions.BadOptionUsage):
        return say("usage.bad_option", language, option=error.option_name)
    if isinstance(error, exceptions.MissingParameter):
        return say("usage.missing", language, name=_name(error.param, language))
    if isinstance(error, exceptions.BadParameter):
        kind = error.param.type if error.param is not None else None
        allowed = "、".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""
        key = "usage.not_one_of" if allowed else "usage.bad_value"
        return say(key, language, name=_name(error.param, language), allowed=allowed, problem=error.message)
    return say("usage.other", language, problem=error.format_message())


def _near(names: Sequence[str], language: Language) -> str:
    return say("usage.near", language, near=", ".join(names)) if names else ""


def _name(param: click.Parameter | None, language: Language) -> str:
    if isinstance(param, click.Argument):
        return say(f"help.argument_{param.name}", language)
    return param.opts[-1] if param is not None else ""

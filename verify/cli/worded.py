"""click with words from the catalogue `help`, in the reader's language.

The help of a command or an option is a key of that catalogue, and an argument is called what the catalogue says.
Nothing is looked up before somebody asks for help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from verify.cli.columns import WIDEST, padded, wrapped
from verify.cli.language import asked
from verify.words import Language, say

_META = "verify.cli.language"
_NAME = 24  # cells of the first column of a list


def language_in(ctx: click.Context | None) -> Language:
    """The language that the running command was asked to speak."""
    found: Language | None = ctx.meta.get(_META) if ctx is not None else None
    return found or asked([])


class Worded(click.Command):
    """A command whose `help` is a key: ``help.<key>`` is its text, ``help.<key>_short`` its line in a list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.parent is None:  # before anything is parsed: help and errors speak the language too
            ctx.meta[_META] = asked(args)
        return super().parse_args(ctx, args)

    def get_short_help_str(self, limit: int = WIDEST) -> str:
        return say(f"help.{self.help}_short", language_in(click.get_current_context(silent=True)))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("\n".join(self._lines(ctx, language_in(ctx))) + "\n")

    def told(self, ctx: click.Context, language: Language) -> list[str]:
        """The help in a language: a line with the usage, then what it says."""
        return list(self._lines(ctx, language))

    def _lines(self, ctx: click.Context, language: Language) -> Iterator[str]:
        yield say("help.usage", language, line=f"{ctx.command_path} {' '.join(self._pieces(language))}")
        for paragraph in say(f"help.{self.help}", language).splitlines():
            yield ""
            yield from wrapped(paragraph, WIDEST - 20, "  ")
        yield from self._listed(ctx, language)
        options = [_option_row(one, language) for one in self.get_params(ctx) if isinstance(one, click.Option)]
        yield from _section("options", options, language)

    def _pieces(self, language: Language) -> Iterator[str]:
        yield say("help.options_metavar", language)
        yield from (_called(one, language) for one in self.params if isinstance(one, click.Argument))

    def _listed(self, ctx: click.Context, language: Language) -> Iterator[str]:
        yield from ()


class Group(Worded, click.Group):
    """A group of such commands."""

    def _pieces(self, language: Language) -> Iterator[str]:
        yield say("help.command_metavar", language)

    def _listed(self, ctx: click.Context, language: Language) -> Iterator[str]:
        yield from _section("commands", [self.row(ctx, name) for name in self.list_commands(ctx)], language)

    def row(self, ctx: click.Context, name: str) -> tuple[str, str]:
        """A command of the group and its line."""
        command = self.get_command(ctx, name)
        return name, "" if command is None else command.get_short_help_str()


def _section(title: str, rows: list[tuple[str, str]], language: Language) -> Iterator[str]:
    if not rows:
        return
    first = max((len(name) for name, _ in rows if len(name) <= _NAME), default=_NAME) + 4
    yield ""
    yield say(f"help.{title}", language)
    for name, text in rows:
        lines = list(wrapped(text, WIDEST - 20 - first))
        if len(name) <= _NAME:
            yield f"  {padded(name, first - 2)}{lines.pop(0)}"
        else:  # a long option has a line of its own
            yield f"  {name}"
        yield from (" " * first + line for line in lines)


def _option_row(one: click.Option, language: Language) -> tuple[str, str]:
    name = ", ".join(one.opts)
    if not one.is_flag and not one.count:
        name += f" {'|'.join(one.type.choices) if isinstance(one.type, click.Choice) else one.metavar or 'TEXT'}"
    key = {"--help": "help", "--version": "version"}.get(one.opts[-1], str(one.help))
    return name, say(f"help.{key}", language)


def _called(one: click.Argument, language: Language) -> str:
    word = say(f"help.argument_{one.name}", language)
    return word if one.required else f"[{word}]"


def command(key: str) -> Callable[[Callable[..., Any]], Worded]:
    """`click.command` with its words under `key`."""
    return click.command(cls=Worded, help=key)


def group_language(group: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang`` before a command: the whole line is searched for it before it is parsed, so it need not be passed on."""
    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), expose_value=False, allow_from_autoenv=False, help="lang_of_all"
    )(group)

"""Options that commands share, and how they speak: colour only on a terminal, never as the only sign."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from verify.cli.worded import language_in
from verify.errors import WrongUsage
from verify.words import Language, say

F = TypeVar("F", bound=Callable[..., Any])
LEVELS = ("error", "warning", "question", "note", "never")
FOLDER = click.Path(path_type=Path)  # what stands there is looked at by `writing.ready`, which says it in words
_MEMORY = re.compile(r"\d+(?:\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)
_MARKS = {"error": ("✕", "red"), "warning": ("!", "yellow"), "question": ("?", "cyan"), "note": ("·", "white")}
_VERDICTS = {
    "met": ("✓", "green"),
    "not_met": ("✕", "red"),
    "undetermined": ("◐", "yellow"),
    "no_limit": ("–", "white"),
}


def speaking(command: F) -> F:
    """``--lang`` and ``--no-color``; the command receives `lang`. Without them the environment decides (NO_COLOR too)."""
    command = click.option(
        "--no-color", is_flag=True, expose_value=False, is_eager=True, callback=_colour, help="no_color"
    )(command)
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=lambda ctx, _, value: value or language_in(ctx),
        help="lang",
    )(command)


def road_options(command: F) -> F:
    """Options of the commands that travel the road."""
    options = (
        click.option("--ruler", default="", metavar="ID", help="ruler"),
        click.option("--year", default="", metavar="YEAR", help="year"),
        click.option("--fail-level", type=click.Choice(LEVELS), default="error", help="fail_level"),
        click.option("--threads", type=click.IntRange(1), default=None, metavar="N", help="threads"),
        click.option("--memory", default="", metavar="SIZE", callback=_memory, help="memory"),
        click.option("-a", "--all", "everything", is_flag=True, help="all"),
        click.option("--json", "as_json", is_flag=True, help="json"),
        click.option("-q", "--quiet", is_flag=True, help="quiet"),
    )
    command = speaking(command)
    for one in reversed(options):
        command = one(command)
    return command


def walking(command: F) -> F:
    """Options of the commands that compare: they travel no road to findings, so nothing can fail them."""
    options = (
        click.option("--year", default="", metavar="YEAR", help="year"),
        click.option("--threads", type=click.IntRange(1), default=None, metavar="N", help="threads"),
        click.option("--memory", default="", metavar="SIZE", callback=_memory, help="memory"),
        click.option("--json", "as_json", is_flag=True, help="json"),
        click.option("-q", "--quiet", is_flag=True, help="quiet"),
    )
    for one in reversed(options):
        command = one(command)
    return command


def settings_of(threads: int | None, memory: str) -> Any:
    """``--threads`` and ``--memory`` as the road takes them."""
    from verify import road

    return road.Settings(threads=threads, **({"memory_limit": memory} if memory else {}))


def mark(kind: str, *, of: str = "severity") -> str:
    """A sign for a severity or a verdict, coloured where colour is on."""
    sign, colour = (_MARKS if of == "severity" else _VERDICTS).get(kind, ("–", "white"))
    return click.style(sign, fg=colour, bold=True)


@contextmanager
def progress(language: Language, *, quiet: bool = False) -> Iterator[Callable[[str, str], None] | None]:
    """Progress on a terminal; silent in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(say("cli.stage_read", language, detail="")) as status:
        yield lambda stage, detail: status.update(say(f"cli.stage_{stage}", language, detail=detail))


def reached(facts: Mapping[str, Any], level: str) -> bool:
    """Whether any finding is at or above the fail level."""
    order = ("error", "warning", "question", "note")
    return level != "never" and any(order.index(one["severity"]) <= order.index(level) for one in facts["findings"])


def _colour(ctx: click.Context, _: click.Parameter, off: bool) -> None:
    if off or os.environ.get("NO_COLOR"):
        ctx.color = False


def _memory(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not _MEMORY.fullmatch(value.strip()):
        raise WrongUsage("cli.bad_memory", value=value)
    return value.strip()

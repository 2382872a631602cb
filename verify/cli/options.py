"""Options that commands share, and how they speak: colour only on a terminal, never as the only sign."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from verify.cli.ending import language_of
from verify.words import Language, say

F = TypeVar("F", bound=Callable[..., Any])
LEVELS = ("error", "warning", "question", "note", "never")
_MARKS = {"error": ("✕", "red"), "warning": ("!", "yellow"), "question": ("?", "cyan"), "note": ("·", "white")}
_VERDICTS = {
    "met": ("✓", "green"),
    "not_met": ("✕", "red"),
    "undetermined": ("◐", "yellow"),
    "no_limit": ("–", "white"),
}


def language_option(command: F) -> F:
    """``--lang zh|en``; without it the environment decides."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=lambda _, __, value: language_of(value),
        help="Language of what is printed. 语言",
    )(command)


def road_options(command: F) -> F:
    """Options of the commands that travel the road."""
    options = (
        click.option("--ruler", default="", help="Ruler id; default: the one park.yaml names. 标尺"),
        click.option("--year", default="", help="Reporting year; default: that of park.yaml. 报告年"),
        click.option(
            "--fail-level",
            type=click.Choice(LEVELS),
            default="error",
            show_default=True,
            help="Exit 1 from this severity on. 失败级别",
        ),
        click.option(
            "--threads",
            type=click.IntRange(1),
            default=None,
            help="Threads of the table engine; changes no figure. 线程数",
        ),
        click.option("--memory", default="768MB", show_default=True, help="Memory of the table engine. 内存上限"),
        click.option(
            "--json", "as_json", is_flag=True, help="Print the report as JSON instead of a summary. 输出 JSON"
        ),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors. 安静"),
        click.option("--no-color", is_flag=True, help="No colour. 无颜色"),
    )
    for option in reversed(options):
        command = option(command)
    return language_option(command)


def mark(kind: str, *, of: str = "severity") -> str:
    """A sign for a severity or a verdict, coloured where colour is on."""
    sign, colour = (_MARKS if of == "severity" else _VERDICTS).get(kind, ("–", "white"))
    return click.style(sign, fg=colour, bold=True)


@contextmanager
def progress(language: Language, *, quiet: bool) -> Iterator[Callable[[str, str], None] | None]:
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

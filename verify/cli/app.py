"""The command group. Commands are modules of this package, imported when they are called, not when help is shown."""

from __future__ import annotations

import os
from importlib import import_module

import click

from verify import __version__

_COMMANDS = {
    "demo": "Verify the demo parks and say where to look. 演示",
    "template": "Write an empty submission: a workbook or a folder of CSV. 空白填报模板",
    "check": "Check a submission yourself before you hand it in. 自查",
    "verify": "Verify a submission and write the report. 核查",
    "explain": "Why a figure is what it is, or what a finding code means. 说明",
    "rules": "Look at rulers: list, show, lint, resolve. 标尺",
    "findings": "The finding codes, or one of them. 发现代码",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"verify.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "TRUEZERO"})
@click.version_option(__version__, "-V", "--version", prog_name="truezero")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="Language of every command. 语言")
def truezero(lang: str | None) -> None:
    """TrueZero (真零): is a zero-carbon claim true, and where did the reduction come from?

    Exit codes: 0 clean; 1 findings at or above the fail level; 2 wrong usage; 3 no table can be read;
    4 a proof does not verify; 5 our own fault.
    """
    if lang is not None:
        os.environ["TRUEZERO_LANG"] = lang  # commands ask the environment where they have no --lang of their own

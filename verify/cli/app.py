"""The command group. Commands are modules of this package, imported when they are called, not when help is shown."""

from __future__ import annotations

from importlib import import_module

import click

from verify import __version__
from verify.cli.worded import Group, group_language, language_in
from verify.words import say

_COMMANDS = (
    *("demo", "template", "check", "verify", "explain", "compare", "rules", "sample", "expect", "engage", "findings"),
    *("keys", "sign", "countersign", "attach", "publish", "disclose", "verify-bundle", "page", "replay", "log"),
    *("history", "registry", "completion", "man"),
)


class _Lazy(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        key = _key(cmd_name)
        command = getattr(import_module(f"verify.cli.{key}"), key)
        assert isinstance(command, click.Command)
        return command

    def row(self, ctx: click.Context, name: str) -> tuple[str, str]:
        return name, say(f"help.{_key(name)}_short", language_in(ctx))


def _key(name: str) -> str:
    """Module, function and words of a command: ``verify-bundle`` is verify_bundle there."""
    return name.replace("-", "_")


@click.group(
    cls=_Lazy,
    help="truezero",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "TRUEZERO"},
)
@click.version_option(__version__, "-V", "--version", prog_name="truezero")
@group_language
def truezero() -> None:
    """The words are in the catalogue."""

"""``truezero log``: the log of engagements, for whoever runs it, logs to it, witnesses it, or looks at it."""

from __future__ import annotations

import click

from verify.cli.log_read import audit, prove, seed, show
from verify.cli.log_write import append, init, release, witness
from verify.cli.worded import Group, group_language


class _InOrder(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are used, not of the alphabet


@click.group(cls=_InOrder, help="log")
@group_language
def log() -> None:
    """What one may do with a log; the words are in the catalogue."""


for _command in (init, append, release, witness, prove, audit, seed, show):
    log.add_command(_command)

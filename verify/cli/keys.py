"""``truezero keys``: keys, certificates, revocation lists and the trust root."""

from __future__ import annotations

import click

from verify.cli.keys_authority import authority, chain, enrol, lists, revoke
from verify.cli.keys_person import request
from verify.cli.keys_root import rotate
from verify.cli.keys_show import show
from verify.cli.worded import Group, group_language


class _InOrder(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which they are used, not of the alphabet


@click.group(cls=_InOrder, help="keys")
@group_language
def keys() -> None:
    """What one may do with keys; the words are in the catalogue."""


for _command in (authority, request, enrol, revoke, lists, chain, rotate, show):
    keys.add_command(_command)

"""``truezero completion``: the script that completes commands and options in a shell."""

from __future__ import annotations

import click

from verify.cli.options import speaking
from verify.cli.out import put
from verify.cli.worded import command
from verify.words import Language

_NAME = "truezero"
_VARIABLE = "_TRUEZERO_COMPLETE"  # click asks the command itself through it: no table engine wakes for that


@command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@speaking
def completion(shell: str, lang: Language) -> int:
    """The script of click for one shell."""
    from click.shell_completion import get_completion_class

    from verify.cli.app import truezero

    found = get_completion_class(shell)
    assert found is not None
    put(found(truezero, {}, _NAME, _VARIABLE).source().rstrip("\n"))
    return 0

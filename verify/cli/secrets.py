"""Passphrases and PINs: from a file, from the environment, or typed unseen. Never an argument, never printed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Literal

import click

from verify.errors import WrongUsage
from verify.words import Language, say

Whose = Literal["key", "clock"]
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LONGEST = 4096  # octets of a first line
_ASKED = {  # whose secret: environment variable, option, message of the prompt
    "key": ("TRUEZERO_PASSPHRASE", "passphrase-file", "keys.passphrase"),
    "clock": ("TRUEZERO_CLOCK_PASSPHRASE", "clock-passphrase-file", "keys.passphrase_clock"),
}


def passphrase(path: Path | None, lang: Language, *, confirm: bool = False, whose: Whose = "key") -> bytes:
    """The first line of the file at `path`, else the environment variable, else what is typed on a terminal.

    `confirm` asks twice, for a passphrase that is new. `whose` is "clock" for a local authority's beside the own key's.
    Raises WrongUsage: `keys.passphrase_missing`, `keys.passphrase_differs`, `keys.passphrase_readable` where others may
    read the file, `keys.passphrase_file_empty`, `cli.cannot_read`, `attest.passphrase_empty`.
    """
    variable, option, prompt = _ASKED[whose]
    if path is not None:
        return _from_file(path)
    if value := os.environ.get(variable):
        return os.fsencode(value)
    if not sys.stdin.isatty():
        raise WrongUsage("keys.passphrase_missing", option=option, variable=variable)
    typed = _typed(say(prompt, lang))
    if confirm and _typed(say("keys.passphrase_again", lang)) != typed:
        raise WrongUsage("keys.passphrase_differs")
    if not typed:
        raise WrongUsage("attest.passphrase_empty")
    return typed.encode("utf-8")


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            if os.name != "nt" and os.fstat(stream.fileno()).st_mode & _OTHERS:
                raise WrongUsage("keys.passphrase_readable", path=str(path))
            line = stream.readline(_LONGEST)
    except OSError as error:
        raise WrongUsage("cli.cannot_read", path=str(path), reason=os.strerror(error.errno or 0)) from None
    found = line.removesuffix(b"\n").removesuffix(b"\r")
    if not found:
        raise WrongUsage("keys.passphrase_file_empty", path=str(path))
    return found


def _typed(prompt: str) -> str:
    value: str = click.prompt(prompt, default="", hide_input=True, show_default=False, err=True)
    return value

"""Standard output. A reader that went away (``truezero check … | head -1``) changes neither the work nor the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click


def put(text: str = "") -> None:
    """Print a line. Colour is stripped where the output is no terminal or colour is off."""
    try:
        click.echo(text.replace("\N{NO-BREAK SPACE}", " "))  # a page needs it; `grep "tCO₂"` does not
    except BrokenPipeError:
        _nobody_reads()


def put_all(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        put(line)


def closed() -> None:
    """Flush what Python still holds; at exit it would complain about a reader that went away."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _nobody_reads()


def _nobody_reads() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

"""One exit path: every error becomes a message in the reader's language and an exit code; no traceback reaches a person."""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from verify import __version__
from verify.cli.language import asked
from verify.cli.refusal import show
from verify.cli.usage import show_usage
from verify.errors import Exhausted, OurFault, TrueZeroError, Unreadable
from verify.words import say

_STOPPED = 130  # as shells say of a program that Ctrl-C ended


def ended(command: click.Command, words: Sequence[str] | None = None) -> int:
    """Run the command line `words` (of this process, if None) and give the exit code."""
    given = sys.argv[1:] if words is None else list(words)
    language = asked(given)
    try:
        code = command.main(args=list(given), standalone_mode=False, prog_name="truezero")
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo(say("cli.stopped", language), err=True)
        return _STOPPED
    except click.ClickException as error:
        show_usage(error, language)
        return 2
    except TrueZeroError as error:
        show(error, language)
        return error.exit_code
    except Exception as error:
        shown = _of_the_machine(error) or _our_fault(error)
        show(shown, language)
        if os.environ.get("TRUEZERO_TRACEBACK"):
            traceback.print_exc()
        return shown.exit_code
    return code if isinstance(code, int) else 0


def prepare() -> None:
    """What the whole process needs: a terminal that lacks a sign shows a question mark, and a stop cleans up."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _stop)  # like Ctrl-C, so that temporary files go


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _of_the_machine(error: Exception) -> TrueZeroError | None:
    """A file that cannot be read, a full disk, too little memory: said as such. None for anything else."""
    if isinstance(error, MemoryError):
        return Exhausted("engine.memory", folder=tempfile.gettempdir())
    if not isinstance(error, OSError):
        return None
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Exhausted("engine.disk_full", folder=tempfile.gettempdir())
    if error.filename is None:
        return None
    return Unreadable("cli.cannot_read", path=str(error.filename), reason=os.strerror(error.errno or errno.EIO))


def _our_fault(error: Exception) -> OurFault:
    """The last resort: exit 5, with what to report."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return OurFault(
        "cli.our_fault",
        error=type(error).__name__,
        detail=str(error)[:200],
        place=f"{_module(where.filename)}:{where.lineno}",
        version=__version__,
    )


def _module(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("verify") :]) if "verify" in parts else parts[-1]

"""One exit path: every error becomes a message in the reader's language and an exit code; no traceback reaches a person."""

from __future__ import annotations

import os
import sys
import traceback

import click

from verify import __version__
from verify.errors import Located, OurFault, Problem, TrueZeroError
from verify.words import Language, say

_SHOWN = 40  # problems of one file that are printed; the count is complete


def language_of(value: str | None = None) -> Language:
    """The reader's language: the option, TRUEZERO_LANG, else the locale; Chinese only where it says so."""
    word = (
        value
        or os.environ.get("TRUEZERO_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or "en"
    )
    return "zh" if word.lower().startswith("zh") else "en"


def ended(command: click.Command) -> int:
    """Run the command and give the exit code."""
    try:
        code = command.main(standalone_mode=False, prog_name="truezero")
    except click.exceptions.Abort:
        click.echo(say("cli.stopped", _asked()), err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except TrueZeroError as error:
        show(error, _asked())
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # the last resort: our own fault, exit 5, with what to report
        where = traceback.extract_tb(error.__traceback__)[-1]
        shown = OurFault(
            "cli.our_fault",
            error=type(error).__name__,
            detail=str(error)[:200],
            place=f"{_module(where.filename)}:{where.lineno}",
            version=__version__,
        )
        show(shown, _asked())
        if os.environ.get("TRUEZERO_TRACEBACK"):
            traceback.print_exc()
        return shown.exit_code
    return code if isinstance(code, int) else 0


def show(error: TrueZeroError, language: Language) -> None:
    """Print an error with every problem that it carries."""
    mark = click.style("✕ ", fg="red", bold=True)
    if isinstance(error, Located):
        for problem in error.problems[:_SHOWN]:
            click.echo(mark + _line(problem, language), err=True)
        if len(error.problems) > _SHOWN:
            click.echo(say("cli.shown_of", language, shown=_SHOWN, count=len(error.problems)), err=True)
        click.echo(say(error.key, language, **error.arguments), err=True)
        return
    click.echo(mark + say(error.key, language, **error.arguments), err=True)


def _line(problem: Problem, language: Language) -> str:
    path = f" {problem.path}:" if problem.path else ""
    return f"{problem.file}:{problem.line}:{problem.column}:{path} {say(problem.key, language, **problem.arguments)}"


def _asked() -> Language:
    """The language asked for on the command line, also where parsing it failed."""
    words = sys.argv[1:]
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return language_of(word.partition("=")[2])
        if word == "--lang" and index + 1 < len(words):
            return language_of(words[index + 1])
    return language_of()


def _module(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("verify") :]) if "verify" in parts else parts[-1]

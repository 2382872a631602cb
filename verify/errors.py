"""The one tree of errors. An error carries a key of the message catalogue and its arguments, never prose:
the words are chosen where a person reads them (cli, serve), in the reader's language."""

from __future__ import annotations


class TrueZeroError(Exception):
    """Anything TrueZero says no to. `key` names the message (templates/messages), `arguments` fill it.

    `exit_code` follows DESIGN 11: 2 wrong usage, 3 no table can be read, 4 a proof does not hold, 5 our own fault.
    """

    exit_code = 5

    def __init__(self, key: str, /, **arguments: object) -> None:
        self.key = key
        self.arguments = arguments
        detail = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        super().__init__(f"{key}({detail})")


class WrongUsage(TrueZeroError):
    """The command or the call asks for something that does not exist or does not fit."""

    exit_code = 2


class Exhausted(WrongUsage):
    """The machine has not enough memory or disk for what was asked; nothing is said about the park."""


class Unreadable(TrueZeroError):
    """No table of the submission can be read."""

    exit_code = 3


class NotVerified(TrueZeroError):
    """A signature, a log or a bundle does not verify."""

    exit_code = 4


class OurFault(TrueZeroError):
    """TrueZero itself failed; nothing is said about the park."""

    exit_code = 5


class Located(WrongUsage):
    """Several problems in one text, each with file, line and column (1-based): a ruler, a park.yaml."""

    def __init__(self, key: str, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(key, count=len(problems), first=str(problems[0]) if problems else "")


class Problem:
    """One place in a text file and what is wrong there; `str()` gives ``file:line:col: path: key``."""

    def __init__(self, file: str, line: int, column: int, path: str, key: str, /, **arguments: object) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.key = key
        self.arguments = arguments

    def __str__(self) -> str:
        detail = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.file}:{self.line}:{self.column}: {self.path}: {self.key}({detail})"

    __repr__ = __str__

"""The desk of an engagement: open a folder, look at it, add events under the lock, each only where it may follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from verify.engagement import fold, register
from verify.engagement.case import Case
from verify.engagement.register import NAME, Event, Register
from verify.errors import WrongUsage


def begin(folder: Path, event: Event) -> Case:
    """A new engagement with its first event. Raises WrongUsage `engage.exists`, or why it may not be the first."""
    case = fold.after(None, event)
    folder.mkdir(parents=True, exist_ok=True)
    with register.alone(folder):
        if (folder / NAME).exists():
            raise WrongUsage("engage.exists", folder=str(folder))
        register.write(folder, register.extended(Register((), register.START), [event]))
    return case


def look(folder: Path) -> tuple[Case, Register]:
    """The engagement of a folder and its register. Raises as `register.read` and `fold.folded`."""
    found = register.read(folder)
    return fold.folded(found, str(folder / NAME)), found


def add(folder: Path, made: Callable[[Case], Sequence[Event]]) -> Case:
    """Add what `made` gives for the engagement as it stands: all of it, or nothing. Raises where it may not follow, OSError."""
    with register.alone(folder):
        case, found = look(folder)
        events = made(case)
        for one in events:
            case = fold.after(case, one)
        register.write(folder, register.extended(found, events))
    return case

"""Checks and what comes of them: each is verified, failed or not checked, with a reason that has a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from verify.errors import NotVerified

State = Literal["verified", "failed", "not_checked"]
Value = TypeVar("Value")


class NotChecked(NotVerified):
    """Something that cannot be judged here: not shown to be wrong, and never taken for verified."""


@dataclass(frozen=True)
class Check:
    """One check by name. `key` and `arguments` name the reason in the catalogue; a verified check may carry a note."""

    name: str
    state: State
    key: str | None = None
    arguments: Mapping[str, object] = field(default_factory=dict)
    required: bool = True


def overall(checks: list[Check]) -> State:
    """Verified only if every required check ran and verified (V3); one failure fails the whole."""
    if any(one.state == "failed" for one in checks):
        return "failed"
    held = [one for one in checks if one.required]
    return "verified" if held and all(one.state == "verified" for one in held) else "not_checked"


class Record:
    """Runs checks one after another and keeps what comes of them."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def run(self, name: str, check: Callable[[], Value], *, required: bool = True) -> Value | None:
        """The value of a check that holds; None where it raises: NotVerified fails the check, NotChecked leaves it unmade."""
        try:
            value = check()
        except NotChecked as error:
            self.checks.append(Check(name, "not_checked", error.key, error.arguments, required))
            return None
        except NotVerified as error:
            self.checks.append(Check(name, "failed", error.key, error.arguments, required))
            return None
        self.checks.append(Check(name, "verified", required=required))
        return value

    def skip(self, name: str, key: str, *, required: bool = True, **arguments: object) -> None:
        """A check that was not made, and why."""
        self.checks.append(Check(name, "not_checked", key, arguments, required))

    def note(self, key: str, **arguments: object) -> None:
        """A remark on the last check, which stays verified: nothing that a reader should know is hidden (I5)."""
        last = self.checks[-1]
        self.checks[-1] = Check(last.name, last.state, key, arguments, last.required)

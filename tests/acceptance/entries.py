"""Acceptance functions register themselves here."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import tests.acceptance

Function = Callable[[], dict[str, object]]


@dataclass(frozen=True)
class Entry:
    """One acceptance: `id` is ``<issue>.<line>`` or longer, `title` says what is shown, `run` shows it."""

    id: str
    title: str
    run: Function

    @property
    def command(self) -> str:
        """What a person types to run this entry alone."""
        return f"make accept ONLY={self.id}"


_ENTRIES: dict[str, Entry] = {}


def acceptance(entry_id: str, title: str) -> Callable[[Function], Function]:
    """Registers the function below it. Raises ValueError if the id is taken."""

    def register(function: Function) -> Function:
        if entry_id in _ENTRIES:
            raise ValueError(f"two acceptances are called {entry_id}")
        _ENTRIES[entry_id] = Entry(entry_id, title, function)
        return function

    return register


def entries() -> dict[str, Entry]:
    """Every entry of this package, in the order of the parts of its id."""
    for module in pkgutil.iter_modules(tests.acceptance.__path__):
        if module.name.startswith("accept_"):
            import_module(f"tests.acceptance.{module.name}")
    return dict(sorted(_ENTRIES.items(), key=lambda item: [(len(part), part) for part in item[0].split(".")]))

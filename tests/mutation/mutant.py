"""What a mutant is, how it is judged, and the list of all that have a name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

import tests.mutation
from tests.unit.bundle.archives import Archive, Item
from tests.unit.bundle.signed_bundle import HELD, pages
from verify.bundle.container import Container, read_container
from verify.bundle.judge import judge, refused
from verify.bundle.refused import Refused
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict
from verify.bundle.zip_write import zip_bytes

Files = Mapping[str, bytes]
_FOLLOWS = {"unused", "sigstore.lead", "sigstore.reviewer"}


@dataclass(frozen=True)
class Mutant:
    """One altered bundle: its files, or the bytes of a zip; and what a reader holds who reads it.

    One of `checks` must fail, or not be made though it is required (`unmade`). With `alone`, nothing else fails, but what
    follows from a signer who does not hold: whatever is there for that signer is `unused`, or repeats nothing.
    """

    name: str
    bundle: Files | bytes = field(repr=False)
    checks: Collection[str]
    held: Held | None = HELD
    alone: bool = False
    unmade: bool = False

    def fault(self, verdict: Verdict) -> str | None:
        """What is wrong with the verdict on this mutant; None where it is refused as it should be."""
        failed = {one.name for one in verdict.checks if one.state == "failed"}
        unmade = {one.name for one in verdict.checks if one.state == "not_checked" and one.required}
        if verdict.state == "verified":
            return f"{self.name}: verified"
        if not (unmade if self.unmade else failed) & set(self.checks):
            return f"{self.name}: none of {sorted(self.checks)}, but {sorted(failed)} failed, {sorted(unmade)} not made"
        beside = failed - set(self.checks) - (_FOLLOWS if any("." in one for one in self.checks) else set())
        if self.alone and beside:
            return f"{self.name}: beside {sorted(self.checks)} also {sorted(beside)}"
        return None


Group = Callable[[], Iterator[Mutant]]
_GROUPS: dict[str, Group] = {}


def group(name: str) -> Callable[[Group], Group]:
    """Registers a generator of mutants under the name of its class."""

    def register(generator: Group) -> Group:
        if name in _GROUPS:
            raise ValueError(f"two groups are called {name}")
        _GROUPS[name] = generator
        return generator

    return register


def groups() -> dict[str, Group]:
    """Every group of the modules ``of_*``."""
    for module in sorted(one.name for one in pkgutil.iter_modules(tests.mutation.__path__)):
        if module.startswith("of_"):
            importlib.import_module(f"tests.mutation.{module}")
    return dict(_GROUPS)


def zipped(members: Files) -> bytes:
    """The zip of these files: ours, and where no bundle may have such files, one that is laid out as ours is."""
    try:
        return zip_bytes(members)
    except Refused:
        return Archive([Item(name.encode(), data) for name, data in sorted(members.items())]).data()


def judged(bundle: Files | bytes, held: Held | None = HELD) -> Verdict:
    """What `truezero verify-bundle` comes to, from the bytes of a zip on."""
    try:
        container = read_container(bundle if isinstance(bundle, bytes) else zipped(bundle))
    except Refused as error:
        return refused(error)
    return judge(container, held, pages=pages)


def judged_unpacked(members: Files, held: Held | None = HELD) -> Verdict:
    """The same for files that stand in a folder."""
    return judge(Container("folder", members), held, pages=pages)

"""The judge, several times faster over mutants of one bundle: what was worked out once of the same bytes is not worked out again.

Only functions whose answer follows from their arguments are remembered, under all that they read of them; refusals never
are. A mutant differs from the good bundle in one place, so everything that reads that place runs in earnest. That the
verdicts are the same is shown beside every use: `tests.mutation.runs` judges a part of the mutants in both ways.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest import mock

from verify.attest import identity, timestamp
from verify.bundle import attested, canonical_members, made_again, reported

KEPT = 256  # answers of one function


def _plain(*parts: Any) -> bytes:
    """Of JSON data; the order of members counts, and comes out of the same bytes."""
    return marshal.dumps(parts)


def _trust(held: Any, members: Any) -> Any:
    return held, tuple((name, members[name]) for name in sorted(members) if name.startswith("trust/"))


def _octets(*parts: Any) -> Any:
    return tuple(tuple(one) if isinstance(one, list) else one for one in parts)


# (where it is looked up, its name, what it reads of its arguments)
PURE: tuple[tuple[ModuleType, str, Callable[..., Any]], ...] = (
    (timestamp, "verify", _octets),
    (identity, "verify_person", _octets),
    (attested, "trusted", _trust),
    (canonical_members, "canonical_member", _octets),
    (reported, "read_report", _octets),
    (reported, "recompute", _plain),
    (made_again, "derived", lambda report, ruler, cells, pages: _plain(report, ruler, cells, dict(pages))),
)


@contextmanager
def remembered() -> Iterator[None]:
    """Inside, `judge` remembers."""
    with ExitStack() as stack:
        for module, name, key in PURE:
            stack.enter_context(mock.patch.object(module, name, _memory(getattr(module, name), key)))
        yield


def _memory(function: Callable[..., Any], key: Callable[..., Any]) -> Callable[..., Any]:
    answers: dict[Any, Any] = {}

    def call(*arguments: Any) -> Any:
        asked = key(*arguments)
        if asked not in answers:
            if len(answers) == KEPT:
                answers.clear()
            answers[asked] = function(*arguments)
        return answers[asked]

    return call

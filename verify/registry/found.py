"""A finding across parks, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What parks have in common that they cannot both have. `key`: what it hangs on (a serial series, a code, a plant …).

    A finding stands until a park of it, or anything under its key, is filed anew. Arguments are texts, as in a report.
    """

    code: str
    key: str
    parks: tuple[str, ...]
    subject: str
    period: str
    arguments: Mapping[str, str] = field(hash=False)

    def plain(self) -> dict[str, Any]:
        """As it is kept and reported."""
        return {
            "code": self.code,
            "key": self.key,
            "parks": list(self.parks),
            "subject": self.subject,
            "period": self.period,
            "arguments": dict(sorted(self.arguments.items())),
        }


@dataclass(frozen=True)
class Answer:
    """Of a check: what it found, the keys it asked again (None: all of them), and on how many of how many rows."""

    found: Sequence[Found]
    asked: frozenset[str] | None
    tested: int
    population: int


@dataclass(frozen=True)
class Check:
    """One check across parks: the tables that it needs, and a function of (tables in view, parameters) to an answer."""

    code: str
    needs: tuple[str, ...]
    ask: Callable[[Any, Params], Answer]


def read(plain: Mapping[str, Any]) -> Found:
    """A finding as it was kept."""
    texts = {name: plain[name] for name in ("code", "key", "subject", "period")}
    return Found(**texts, parks=tuple(plain["parks"]), arguments=dict(plain["arguments"]))


def in_order(found: Iterable[Found]) -> list[Found]:
    """Each once, in order: two keys may lead to the same finding."""
    seen: dict[tuple[Any, ...], Found] = {}
    for one in sorted(found, key=lambda one: (one.code, one.parks, one.subject, one.period, one.key)):
        seen.setdefault((one.code, one.parks, one.subject, one.period, tuple(sorted(one.arguments.items()))), one)
    return list(seen.values())

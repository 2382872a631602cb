"""Counts of one benchmark run, as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.greenwash.checked import Checked
from benchmarks.greenwash.planted import Outcome


@dataclass
class Caught:
    """Tricks planted and what became of them."""

    planted: int = 0
    found: int = 0
    caught: int = 0
    asked_only: int = 0
    effects: int = 0
    effects_close: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    off: list[str] = field(default_factory=list)
    peers: Counter[str] = field(default_factory=Counter)

    def add(self, one: Outcome, peers: dict[str, bool] | None = None) -> None:
        """One trick."""
        self.planted += 1
        self.found += one.found
        self.caught += one.caught
        self.asked_only += one.asked and not one.caught
        self.effects += one.effect is not None
        self.effects_close += one.effect is True
        self.codes.update(one.codes)
        if one.effect is False:
            self.off.append(one.told)
        self.peers.update(name for name, noticed in (peers or {}).items() if noticed)

    def plus(self, other: Caught) -> Caught:
        """Both together."""
        return Caught(
            self.planted + other.planted, self.found + other.found, self.caught + other.caught, self.asked_only + other.asked_only,
            self.effects + other.effects, self.effects_close + other.effects_close, self.codes + other.codes, self.off + other.off,
            self.peers + other.peers,
        )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """As data."""
        return {
            "planted": self.planted, "caught": self.caught, "found": self.found, "asked_only": self.asked_only, "effects": self.effects,
            "effects_close": self.effects_close, "codes": dict(sorted(self.codes.items())), "off": self.off[:4],
            "peers": dict(sorted(self.peers.items())),
        }  # fmt: skip


@dataclass
class Honest:
    """Honest parks and what was said of them."""

    parks: int = 0
    alarms: int = 0
    parks_alarmed: int = 0
    questions: int = 0
    lost: list[float] = field(default_factory=list)  # real tonnes that the bridge did not credit, of the tonnes abated
    codes: Counter[str] = field(default_factory=Counter)
    peers: Counter[str] = field(default_factory=Counter)

    def add(self, result: Checked, peers: dict[str, int] | None = None, lost: float | None = None) -> None:
        """One honest park."""
        self.parks += 1
        self.alarms += len(result.alarms())
        self.parks_alarmed += bool(result.alarms())
        self.questions += len(result.questions())
        self.codes.update(one.code for one in result.findings)
        self.peers.update(peers or {})
        if lost is not None:
            self.lost.append(lost)

    def plus(self, other: Honest) -> Honest:
        """Both together."""
        return Honest(
            self.parks + other.parks, self.alarms + other.alarms, self.parks_alarmed + other.parks_alarmed, self.questions + other.questions,
            self.lost + other.lost, self.codes + other.codes, self.peers + other.peers,
        )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """As data; `lost` is the largest share of the abated tonnes that went uncredited, `gained` that was credited beyond the truth."""
        return {
            "parks": self.parks, "alarms": self.alarms, "parks_alarmed": self.parks_alarmed, "questions": self.questions,
            "lost": f"{max([0.0, *self.lost]):.4f}", "gained": f"{max([0.0, *(-one for one in self.lost)]):.4f}",
            "codes": dict(sorted(self.codes.items())), "peers": dict(sorted(self.peers.items())),
        }  # fmt: skip

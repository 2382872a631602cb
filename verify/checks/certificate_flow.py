"""Certificates of a year on their way from the list to the claim, and at which step each one falls out (green-power.md 6).

Each listed certificate stands in one place only: the first reason that fits it, in the order of `LOSSES`. The reasons are those
of the checks TZ-CER-01 to 12; what no check finds (certificates beyond the claim) is a figure and no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.certificate_dates import expired
from verify.checks.certificate_life import ISSUE, keeps_account
from verify.checks.certificate_twice import listed_again, used_twice
from verify.checks.certificates import RETIRE, Proof, Row, events, listed, proofs, span
from verify.checks.world import World, total
from verify.ledger.serials import Series
from verify.ledger.spans import Span, common, merged, size, without
from verify.ledger.unseen import is_seen

STAGES = ("listed", "held", "retired", "stated", "counted")
LOSSES = {  # reason -> the stage that it keeps a certificate from
    "listed_twice": "held",
    "not_issued": "held",
    "only_held": "retired",
    "elsewhere": "retired",
    "used_twice": "stated",
    "expired": "stated",
    "unseen": "stated",
    "beyond": "counted",
}
_SOUND = ""
_VALIDITY, _RETIREMENT = "TZ-CER-07", "TZ-CER-10"


@dataclass(frozen=True)
class Flow:
    """One year. `counts`: certificates by generator and reason ('' is stated); `unit`: MWh of one; `claimed`: MWh at zero by
    certificate; `unknown`: certificates of series whose issue was not handed in."""

    counts: dict[tuple[str, str], int]
    unit: Fraction
    claimed: Fraction
    unknown: int

    def lost(self, reason: str, generator: str | None = None) -> Fraction:
        """MWh that fall out for the reason, of one generator or of all; what is beyond the claim is of no one generator."""
        if reason == "beyond":
            return max(self._count(_SOUND, None) * self.unit - self.claimed, Fraction(0))
        return self._count(reason, generator) * self.unit

    def stage(self, stage: str, generator: str | None = None) -> Fraction:
        """MWh that reach the stage."""
        at = STAGES.index(stage)
        reach = [_SOUND, *(reason for reason, before in LOSSES.items() if at < STAGES.index(before))]
        count = sum(self._count(reason, generator) for reason in reach)
        return count * self.unit - (self.lost("beyond") if stage == "counted" else 0)

    def generators(self) -> list[str]:
        """Those that certificates name, '' where they name none."""
        return sorted({generator for generator, _ in self.counts})

    def _count(self, reason: str, generator: str | None) -> int:
        return sum(n for (of, why), n in self.counts.items() if why == reason and generator in (None, of))


def flow(world: World, year: str) -> Flow | None:
    """The certificates of a year; None where none are handed in or the ruler says nothing of them.

    Of the year are those retired for its power, those made in it that were retired for no year or another one, and unretired
    ones without a period of generation.
    """
    rule = world.ruler.text.method.certificates
    if rule is None or _RETIREMENT not in world.ruler.text.checks or not world.handed_in("certificates"):
        return None
    fate = _Fate(world, year)
    counts: Counter[tuple[str, str]] = Counter()
    unknown = 0
    for key, rows in listed(world).items():
        for generator, reason, spans in fate.of(key, rows):
            counts[generator, reason] += size(spans)
            unknown += 0 if reason == "listed_twice" or key in fate.accounts else size(spans)
    params = world.ruler.text.checks[world.ruler.text.checks[_RETIREMENT].params["proof"]].params
    zeros = [cell for cell in green_proof.zeros(world, year, params) if cell["supply"] in rule.supply]
    found = {key: count for key, count in counts.items() if count}
    return Flow(found, Fraction(rule.mwh), Fraction(total(zeros, "quantity")), unknown)


class _Fate:
    """What became of the serials of one year."""

    def __init__(self, world: World, year: str) -> None:
        rule = world.ruler.text.method.certificates
        checks = world.ruler.text.checks
        papers = world.evidence_kinds()
        self.world, self.year = world, year
        self.accounts = {key for key, rows in events(world).items() if keeps_account(rows)}
        self._again, self._twice = listed_again(world), used_twice(world, year)
        self._proofs: dict[Series, list[Proof]] = {}
        for one in proofs(world, year):
            self._proofs.setdefault(one.series, []).append(one)
        validity = checks[_VALIDITY].params if _VALIDITY in checks else None
        self._late: Callable[[Proof], bool] = lambda one: validity is not None and expired(world, one, validity)
        self._unseen: Callable[[Proof], bool] = lambda one: (
            not is_seen(one.event, papers, rule.statement if rule else ())
        )

    def of(self, key: Series, rows: list[Row]) -> list[tuple[str, str, list[Span]]]:
        """(generator, reason, serials) of one series; no serial twice but under `listed_twice`."""
        issued = self._spans(key, ISSUE) if key in self.accounts else None
        gone = self._spans(key, RETIRE)
        here = [span(one) for one in events(self.world, RETIRE).get(key, []) if one["used_for_period"][:4] == self.year]
        ours = self._proofs.get(key, [])
        proven = [one.span for one in ours]
        late, unseen = ([one.span for one in ours if holds(one)] for holds in (self._late, self._unseen))
        found: list[tuple[str, str, list[Span]]] = []
        known: list[Span] = []
        for row in rows:
            mine = self._of_the_year(row, gone, here)
            left = without(mine, known)
            known = merged([*known, *left])
            parts: list[tuple[str, list[Span]]] = [("listed_twice", common(mine, self._again.get(row["row_id"], [])))]
            for reason, away in (
                ("not_issued", without(left, issued) if issued is not None else []),
                ("only_held", without(left, [*proven, *gone])),
                ("elsewhere", without(left, proven)),
                ("used_twice", self._twice.get(key, [])),
                ("expired", late),
                ("unseen", unseen),
                (_SOUND, left),
            ):
                parts.append((reason, common(left, away)))
                left = without(left, away)
            found += [(row["generator_id"], reason, spans) for reason, spans in parts]
        return found

    def _spans(self, key: Series, kind: str) -> list[Span]:
        return merged(span(one) for one in events(self.world, kind).get(key, []))

    def _of_the_year(self, row: Row, gone: list[Span], here: list[Span]) -> list[Span]:
        made: Any = row["generated_to"] or row["generated_from"]
        if made is not None and str(made)[:4] == self.year:
            return [span(row)]
        used = common([span(row)], here)
        return used if made is not None else merged([*used, *without([span(row)], gone)])

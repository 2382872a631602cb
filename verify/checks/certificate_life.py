"""The life of a certificate: issued, split, transferred, retired; who holds each serial, and where the account does not add up.

Conservation of serials (green-power.md 6, general rules 1, 2, 5): what is moved or retired was issued, once; it leaves the account
in which it is; nothing follows its retirement. A split changes no serial. Without an issue in a series its account cannot be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from verify.ledger.spans import Span, SpanMap

Row = Mapping[str, Any]
ISSUE, SPLIT, TRANSFER, RETIRE = "issue", "split", "transfer", "retire"
NOT_ISSUED, ISSUED_TWICE, NOT_THE_HOLDER, AFTER_RETIREMENT = (
    "not_issued",
    "issued_twice",
    "not_the_holder",
    "after_retirement",
)
_ORDER = {ISSUE: 0, SPLIT: 1, TRANSFER: 2, RETIRE: 3}  # of one day


@dataclass(frozen=True)
class State:
    """Where a serial is: its holder ('' unknown) and whether it is retired."""

    holder: str
    gone: bool = False


@dataclass(frozen=True)
class Break:
    """Serials of one event that the account does not allow; `holder` is who held them."""

    kind: str
    span: Span
    event: Row
    holder: str = ""


def keeps_account(events: Iterable[Row]) -> bool:
    """Whether the issue of any serial of the series was handed in."""
    return any(event["event"] == ISSUE for event in events)


def breaks(events: Iterable[Row], who: Callable[[str], str]) -> list[Break]:
    """Everything in the events of one series that cannot have happened; `who` makes one name of the names of one party."""
    account: SpanMap[State] = SpanMap()
    found: list[Break] = []
    for event in _in_order(events, account, who):
        found += _applied(event, account, who)
    return found


def _in_order(events: Iterable[Row], account: SpanMap[State], who: Callable[[str], str]) -> Iterator[Row]:
    """By day; of one day issue, split, transfer, retire; transfers of one day in the order in which they fit."""
    ordered = sorted(events, key=lambda row: (row["at"], _ORDER[row["event"]], row["row_id"]))
    for (_, kind), same in groupby(ordered, key=lambda row: (row["at"], row["event"])):
        pending = list(same)
        while pending:
            fits = (row for row in pending if kind != TRANSFER or _fits(row, account, who))
            following = next(fits, pending[0])
            pending.remove(following)
            yield following


def _fits(event: Row, account: SpanMap[State], who: Callable[[str], str]) -> bool:
    giver = who(event["from_holder"])
    pieces = account.pieces(event["first"], event["last"])
    return all(state is not None and not state.gone and state.holder in {giver, ""} for _, _, state in pieces)


def _applied(event: Row, account: SpanMap[State], who: Callable[[str], str]) -> Iterator[Break]:
    kind, giver, taker = event["event"], who(event["from_holder"]), who(event["to_holder"])
    for first, last, state in account.pieces(event["first"], event["last"]):
        if kind == ISSUE:
            if state is not None:
                yield Break(ISSUED_TWICE, (first, last), event, state.holder)
                continue
            account.put(first, last, State(taker))
            continue
        if state is None:
            yield Break(NOT_ISSUED, (first, last), event)
        elif state.gone and kind != RETIRE:  # two retirements are a double claim, and another check
            yield Break(AFTER_RETIREMENT, (first, last), event, state.holder)
            continue
        elif not state.gone and giver and state.holder and giver != state.holder:
            yield Break(NOT_THE_HOLDER, (first, last), event, state.holder)
        holder = taker if kind == TRANSFER else state.holder if state is not None else giver
        gone = kind == RETIRE or (state is not None and state.gone)
        account.put(first, last, State(holder, gone))

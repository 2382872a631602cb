"""The account of certificates over ranges against one serial by serial; broken accounts are seen."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.unit.checks.certificate_model import broken, clean, life, of_ranges
from verify.checks import certificate_life
from verify.checks.certificate_life import breaks, keeps_account


def agrees(account: Any, cases: int = 250) -> bool:
    draw = random.Random(3)
    return all(of_ranges(account, events) == broken(events) for events in (life(draw, 40, 14) for _ in range(cases)))


def test_ranges_say_what_serials_say() -> None:
    assert agrees(breaks)


def test_lives_without_a_fault_are_silent() -> None:
    draw = random.Random(4)
    for _ in range(20):
        events, _ = clean(draw, draw.randrange(10**12), 12)
        draw.shuffle(events)
        assert breaks(events, lambda name: name) == []
        assert keeps_account(events)


def _forgets_holders(events: Any, who: Any) -> Any:
    return breaks(events, lambda name: "")


def _forgets_retirement(events: Any, who: Any) -> Any:
    return [one for one in breaks(events, who) if one.kind != certificate_life.AFTER_RETIREMENT]


def _splits_are_issues(events: Any, who: Any) -> Any:
    return breaks([{**row, "event": "issue"} if row["event"] == "split" else row for row in events], who)


@pytest.mark.parametrize("wrong", [_forgets_holders, _forgets_retirement, _splits_are_issues])
def test_a_wrong_account_is_seen(wrong: Any) -> None:
    assert not agrees(wrong)

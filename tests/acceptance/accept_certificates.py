"""Issue 6 of 8, must show 4: double counting found by its code and its tonnes, also over parks; ranges against written-out serials."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from fixtures.simulator import simulate
from fixtures.simulator.frozen import MET, UNDETERMINED
from fixtures.simulator.pairs import CODES, pair
from tests.acceptance.entries import acceptance
from tests.golden.road import codes, found, verified
from tests.unit.checks.certificate_model import broken, clean, life, of_ranges
from tests.unit.ledger.test_spans import brute_force
from verify.checks.certificate_life import breaks
from verify.ledger import spans
from verify.registry.certificates import Filing, clashes

FAMILIES = ("TZ-CER-", "TZ-SUP-")
ALGEBRA, LIVES, CLEAN, PARKS, HONEST = 50_000, 5_000, 300, 1_000, 4
_SLACK = Fraction(1, 10**4)  # t; an effect is rounded to the gramme


@acceptance(
    "5.4", "double counting of certificates: rules with both fixtures, over parks; ranges against single serials"
)
def certificates() -> dict[str, object]:
    return {
        "rules": _rules(),
        "ranges": _ranges(),
        "parks": _over_parks(),
        "honest": _honest(),
    }


def _rules() -> dict[str, object]:
    """Each rule: the honest park is silent under every rule of both families, the dishonest one is found with its tonnes."""
    told: dict[str, object] = {}
    for code in (one for one in CODES if one.startswith(FAMILIES)):
        both = pair(code)
        quiet = {one for one in codes(verified(both.honest)) if one.startswith(FAMILIES)}
        assert not quiet, (code, quiet)
        mine = found(verified(both.dishonest), code)
        assert mine, code
        if both.effect is not None:
            amounts = [Fraction(one["effect"]["value"]) for one in mine if one["effect"]]
            assert any(abs(amount - both.effect.value) <= _SLACK for amount in (*amounts, sum(amounts))), code
        told[code] = round(float(both.effect.value), 2) if both.effect is not None else None
    return {"count": len(told), "tonnes": told}


def _ranges() -> dict[str, object]:
    """The algebra against sets, lives against a model of single serials, clean lives of up to a million serials each."""
    wrong = brute_force(spans, ALGEBRA, seed=54)
    assert wrong == [], Counter(wrong)
    draw = random.Random(54)
    kinds: Counter[str] = Counter()
    for _ in range(LIVES):
        events = life(draw, 60, 24)
        expected = broken(events)
        assert of_ranges(breaks, events) == expected, events
        kinds.update(kind for kind, _, _ in expected)
    serials = alarms = 0
    for _ in range(CLEAN):
        first = draw.randrange(10**12)
        events, behind = clean(draw, first, 20)
        draw.shuffle(events)
        serials += behind - first
        alarms += len(breaks(events, lambda name: name))
    assert alarms == 0
    return {
        "algebra_cases": ALGEBRA,
        "lives": LIVES,
        "faults_of_single_serials": dict(sorted(kinds.items())),
        "clean_lives": CLEAN * 20,
        "clean_serials": serials,
        "alarms_on_clean": alarms,
    }


def _over_parks() -> dict[str, object]:
    """Clean ranges of many parks, then one stretch in a hundred used again by another park, found to the serial."""
    draw = random.Random(55)
    first, filings, planted = 1, [], set()
    for number in range(PARKS):
        name = f"park{number}"
        events = []
        for at in range(12):
            last = first + draw.randrange(1, 50_000)
            events.append(_retired(f"{number}/{at}", first, last, name))
            first = last + draw.randrange(1, 3)
        filings.append(Filing(name, frozenset({name}), events))
    assert list(clashes(filings)) == []
    twice = []
    for number in range(0, PARKS, 100):
        victim, thief = filings[number], filings[(number + 1) % PARKS]
        row = draw.choice(list(victim.events))
        low = draw.randrange(row["first"], row["last"] + 1)
        high = draw.randrange(low, row["last"] + 1)
        planted.add((low, high))
        again = _retired(f"again{number}", low, high, thief.park_id) | {"prefix": " ｇec－ "}
        twice.append(replace(thief, events=[*thief.events, again]))
    others = [one for one in filings if one.park_id not in {park.park_id for park in twice}]
    assert {one.span for one in clashes([*others, *twice])} == planted
    return {"parks": PARKS, "ranges": PARKS * 12, "alarms_on_clean": 0, "planted": len(planted), "found": len(planted)}


def _retired(row_id: str, first: int, last: int, user: str) -> dict[str, object]:
    return {"registry": "GEC", "prefix": "GEC-", "row_id": row_id, "first": first, "last": last, "event": "retire",
            "beneficiary": user, "used_by": "", "used_for_period": "2027"}  # fmt: skip


def _honest() -> dict[str, object]:
    """Whole honest parks, month by month, at other seeds than the frozen ones: nothing of both families."""
    raised: Counter[str] = Counter()
    for seed in range(HONEST):
        recipe = replace((MET, UNDETERMINED)[seed % 2], park_id=f"certificates-{seed}")
        raised.update(one for one in codes(verified(simulate(500 + seed, recipe))) if one.startswith(FAMILIES))
    assert not raised, raised
    return {"parks": HONEST, "findings": 0}

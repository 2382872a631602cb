"""The peers see what they are made to see: a jump, a negative number, a word outside the vocabulary; and the page is made from the record."""

from __future__ import annotations

import json

import pytest

from benchmarks.greenwash.command import PAGE, RECORD
from benchmarks.greenwash.page import page, summary
from benchmarks.greenwash.parks import grounds, honest
from benchmarks.greenwash.peers import PEERS, noticed
from fixtures.simulator.edits import change
from fixtures.simulator.park import Park

BURNED = {"source_id": "gas_boiler", "flow": "final_use", "period": "2027"}


@pytest.fixture(scope="module")
def park() -> Park:
    return honest(grounds("small", 2)[0])


@pytest.mark.parametrize(("peer", "quantity"), [("ranges", "900"), ("pandera", "-1"), ("great_expectations", "9000")])
def test_a_planted_number_is_noticed(park: Park, peer: str, quantity: str) -> None:
    tricked = change(park, "activity", BURNED, {"quantity": quantity})[0]
    assert noticed({peer: PEERS[peer]}, park, tricked) == {peer: True}
    assert noticed({peer: PEERS[peer]}, park, park.twin()) == {peer: False}


def test_the_schema_has_nothing_against_the_honest_park(park: Park) -> None:
    assert PEERS["pandera"](park) == frozenset()


def test_the_page_is_made_from_the_record() -> None:
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(record)


def test_the_summary_counts_caught_of_planted() -> None:
    counts = {
        "planted": 4,
        "caught": 3,
        "found": 3,
        "asked_only": 1,
        "effects": 2,
        "effects_close": 1,
        "codes": {},
        "off": [],
        "peers": {"ranges": 2},
    }
    twin = {
        "parks": 4,
        "alarms": 1,
        "parks_alarmed": 1,
        "questions": 0,
        "lost": "0.0100",
        "gained": "0.0000",
        "codes": {},
        "peers": {"ranges": 8},
    }
    kind = {"name": "a", "by": "finding", "strengths": {"1": counts}, "twin": twin}
    record = {
        "kinds": {"GW-01": kind},
        "combined": counts,
        "honest": twin | {"parks": 1, "alarms": 0},
        "real": {"skipped": "no data"},
    }
    found = summary(record)
    assert (found["recall_at_1"], found["effects_close"], found["alarms_per_honest_park"]) == (
        "0.750",
        "0.500",
        "0.200",
    )
    assert found["peers"]["ranges"] == {"recall_at_1": "0.500", "alarms_per_honest_park": "3.2"}

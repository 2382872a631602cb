"""What else people run on such tables: checks of the range from year to year, a pandera schema, a Great Expectations suite.

Each peer is a function from a park to its alarms, as text. A peer has caught a trick where the park with it raises an alarm
that the same park without it does not: more generous than what is asked of us, who must name what was touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.greenwash.peers import expectations, ranges, schema
from fixtures.simulator.park import Park

Peer = Callable[[Park], frozenset[str]]
PEERS: dict[str, Peer] = {"ranges": ranges.alarms, "pandera": schema.alarms, "great_expectations": expectations.alarms}


def noticed(peers: Mapping[str, Peer], without: Park, tricked: Park) -> dict[str, bool]:
    """Which peers raise an alarm on the park with the trick that they do not raise without it."""
    return {name: bool(peer(tricked) - peer(without)) for name, peer in peers.items()}


def counted(peers: Mapping[str, Peer], park: Park) -> dict[str, int]:
    """How many alarms each peer raises on an honest park."""
    return {name: len(peer(park)) for name, peer in peers.items()}

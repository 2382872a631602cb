"""Issue 4, must show 3 at full size: each number, comparison and key of every ruler changed by a hair, before its rule tests."""

from __future__ import annotations

from tests.acceptance.entries import acceptance
from tests.ruler_mutants.record import hunted
from verify.ruler import available


@acceptance("3.3", "rulers changed by a hair: what their tests notice, and each survivor argued")
def ruler_mutants() -> dict[str, object]:
    records = {identifier: hunted(identifier) for identifier in available()}
    faults = {
        identifier: {"unargued": one.unargued, "idle_arguments": one.idle}
        for identifier, one in records.items()
        if one.unargued or one.idle
    }
    assert faults == {}, faults
    return {
        "mutants": sum(one.made.total() for one in records.values()),
        "noticed": sum(one.noticed.total() for one in records.values()),
        "survivors": sum(len(one.survivors) for one in records.values()),
        "unargued": 0,
        "rulers": {identifier: one.plain() for identifier, one in records.items()},
    }

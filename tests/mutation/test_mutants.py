"""Must show 2 of issue 3, small: every mutant with a name, and a seeded part of those of single bytes. All of them: `make accept`."""

from __future__ import annotations

import random

import pytest

from tests.mutation import runs
from tests.mutation.mutant import Mutant, groups, judged, judged_unpacked
from tests.mutation.of_bytes import EXEMPT, ZIP, replaced, turned
from tests.mutation.remembered import remembered
from tests.mutation.small import GOOD
from tests.mutation.stays import Stays, all_of_them
from tests.unit.bundle.signed_bundle import HELD
from verify.bundle.members import ATTESTED_MEMBERS, SIGNED_MEMBERS

SEED = 20261120
STAYS = list(all_of_them())


@pytest.mark.parametrize("name", groups())
def test_no_mutant_is_verified_and_the_check_is_named(name: str) -> None:
    with remembered():
        mutants = list(groups()[name]())
        faults = [fault for one in mutants if (fault := one.fault(judged(one.bundle, one.held)))]
    assert len({one.name for one in mutants}) == len(mutants) > 0
    assert [one.name for one in mutants if one.bundle in (GOOD, ZIP) and one.held == HELD] == []
    assert faults == []


def test_a_part_of_all_bytes() -> None:
    found = runs.sample(SEED, of_zip=700, of_files=700)
    assert found.faults == []
    assert sum(found.mutants.values()) > 1390  # a doubled byte beside its like may be left out and give the same
    assert found.both_ways >= 14


def test_no_byte_is_exempt() -> None:
    assert EXEMPT == ()


def test_every_byte_has_two_other_values() -> None:
    data = random.Random(SEED).randbytes(5000)
    for place in range(len(data)):
        one, other = turned(data, place), replaced(data, place)
        assert len({data, one, other}) == 3
        assert len(one) == len(other) == len(data)
        assert {at for at in range(max(place - 1, 0), place + 2) if one[at : at + 1] != data[at : at + 1]} == {place}


def test_the_small_bundle_is_a_whole_one() -> None:
    assert set(GOOD) >= {*SIGNED_MEMBERS, *ATTESTED_MEMBERS, "SHA256SUMS", "trust/root.1.dsse.json"}
    assert judged(ZIP).state == judged_unpacked(GOOD).state == "verified"
    assert judged(ZIP).checks == judged_unpacked(GOOD).checks


def test_the_watch_sees_a_survivor_and_a_wrong_name() -> None:
    good, altered = judged(GOOD), judged(GOOD | {"index.html": b"PASS"})
    assert Mutant("none", GOOD, {"members"}).fault(good) == "none: verified"
    assert Mutant("page", GOOD, {"members", "pages"}, alone=True).fault(altered) is None
    assert "none of ['root']" in str(Mutant("page", GOOD, {"root"}).fault(altered))
    assert "none of ['members']" in str(Mutant("page", GOOD, {"members"}, unmade=True).fault(altered))
    both = judged(GOOD | {"index.html": b"PASS", "attest/lead.tsr": b""})
    assert "beside ['members'] also" in str(Mutant("two", GOOD, {"members"}, alone=True).fault(both))


@pytest.mark.parametrize("one", STAYS, ids=lambda one: one.name)
def test_what_stays_verified_is_argued_and_told(one: Stays) -> None:
    verdict = judged(one.bundle, one.held)
    assert verdict.state == "verified"
    assert one.why
    assert one.note is None or one.note in [held.key for held in (*verdict.checks, *verdict.notes)]

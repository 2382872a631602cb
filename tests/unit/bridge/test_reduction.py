"""The whole bridge: the worked park, proof, classifications, chains, and closure over random parks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.unit.bridge.pack import example, needs_pack
from tests.unit.bridge.random_years import random_side
from tests.unit.bridge.test_drivers import worked
from verify.bridge.drivers import Effect, Process, Use, Year, total
from verify.bridge.reduction import ABATING, ORDER, Bridge, Side, least, reduction
from verify.bridge.restatement import Recomputed, restated
from verify.canonical import rounded
from verify.errors import OurFault


def everything(effect: Effect) -> bool:
    """Every fall is proven."""
    return True


def nothing(effect: Effect) -> bool:
    """No fall is."""
    return False


def worked_side(number: int) -> Side:
    """A year of `claim_bridge_park_delta`, with its certificates as a switch outside the drivers."""
    inputs = example("claim_bridge_park_delta")["inputs"]
    known = inputs["verifier_recomputations"][f"year{number}"]
    held = {name: Fraction(str(known[name])) for name in ("rep_rep", "rep_ref", "com_rep", "com_ref")}
    drivers = worked(inputs, number)
    certificates = held["com_ref"] - Fraction(total(drivers))
    return Side(Recomputed(Fraction(str(known["reported"])), **held), drivers, {"certificate": certificates})


@needs_pack
def test_the_worked_park_to_the_last_term() -> None:
    one = example("claim_bridge_park_delta")
    bridge = reduction(worked_side(0), worked_side(1), everything)
    names = {
        "fuel_EF": "fuel_factor",
        "grid_factor": "grid",
        "certificates": "contracts",
        "process_intensity": "process",
    }
    for name, tonnes in one["recomputed"]["effects"].items():
        assert bridge.terms[names.get(name, name)] == pytest.approx(Fraction(tonnes), abs=1e-6), name
    assert float(bridge.real) == pytest.approx(one["recomputed"]["real_abatement"], abs=2e-6)
    assert float(bridge.share or 0) == pytest.approx(one["recomputed"]["real_share"], abs=1e-7)
    assert sum(bridge.terms.values()) == rounded(bridge.reported, 6) == Fraction("-42.710228")
    assert bridge.terms["unexplained"] == bridge.terms["export_credits"] == 0


@needs_pack
def test_what_is_not_proven_is_unexplained_and_a_rise_still_counts() -> None:
    one = example("claim_bridge_park_delta")["recomputed"]["effects"]
    bridge = reduction(worked_side(0), worked_side(1), nothing)
    falls = sum(one[name] for name in ("energy_intensity", "fuel_switch", "process_intensity"))
    assert sum(bridge.terms.values()) == rounded(bridge.reported, 6)
    # fuel switch is a fall of coal and a rise of gas: the rise counts against, whatever is proven
    rises = sum(bridge.rises[term] for term in ABATING)
    assert rises > 0
    assert bridge.real == pytest.approx(-rises)
    assert float(bridge.terms["unexplained"]) == pytest.approx(falls - float(rises), abs=1e-6)


@needs_pack
def test_certificates_are_never_fuel_switch() -> None:
    """bridge_electrify at full cover: on paper 287 t fall; inside the fence 407 t rise, and the paper takes off 694."""
    known = example("bridge_electrify")["recomputed"]
    for number in range(3):
        bridge = electrified(number)
        assert float(bridge.terms["fuel_switch"]) == pytest.approx(known["c_outside_lmdi"]["fuel_switch"][number])
        assert float(bridge.terms["contracts"]) == pytest.approx(known["c_outside_lmdi"]["certificates"][number])
        assert float(bridge.real) == pytest.approx(known["real_abatement_c_outside"][number])
        assert float(bridge.reported) == pytest.approx(known["change"][number])


@needs_pack
def test_the_broken_twin_that_credits_certificates_as_fuel_switch_is_seen() -> None:
    """It closes, and calls 287 t real; the worked example says that 406.65 t were added."""
    twin = electrified(2, contract_inside=True)
    assert sum(twin.terms.values()) == twin.reported
    assert float(twin.real) == pytest.approx(287.1)
    assert twin.real != electrified(2).real


def electrified(number: int, *, contract_inside: bool = False) -> Bridge:
    """`bridge_electrify` with a share of grid power that is left after certificates; the twin has it in the factor."""
    one = example("bridge_electrify")
    cells, left = one["inputs"]["cells"], Fraction(str(one["inputs"]["cases_c1"][number]))
    coal, power = cells["coal"]["k_kt_per_PJ"][0], cells["electricity"]["g_kt_per_PJ"][0]
    filed = Fraction(str(one["recomputed"]["E1"][number]))
    factor = power * float(left) if contract_inside else power
    then = Year(1, {"heat": Process(1, 3, {"coal": Use(1, coal)})})
    now = Year(1, {"heat": Process(1, 3, {"electricity": Use(1, factor, grid=True)})})
    taken_off = {} if contract_inside else {"certificate": filed - Fraction(str(one["recomputed"]["E1_at_c_1"]))}
    start = Fraction(str(one["recomputed"]["E0"]))
    return reduction(Side(level(start), then), Side(level(filed), now, taken_off), everything)


def level(tonnes: Fraction) -> Recomputed:
    """A year in which every recomputation agrees."""
    return Recomputed(*[tonnes] * 5)


@needs_pack
def test_the_least_of_two_classifications_decides() -> None:
    """bridge_recode: 30 as filed, 15 by source; 15 decides."""
    one = example("bridge_recode")
    filed = one["inputs"]["as_filed"]
    sides = []
    for side in (0, 1):
        lines = {
            name: Process(line["sigma"][side], line["I"][side], {"energy": Use(1, 1)}) for name, line in filed.items()
        }
        by_source = {one["inputs"]["concordance"].get(name, name): line for name, line in lines.items() if line.sigma}
        tonnes = Fraction([one["recomputed"]["E0"], one["recomputed"]["E1"]][side])
        sides.append(
            {"as_filed": Side(level(tonnes), Year(1, lines)), "by_source": Side(level(tonnes), Year(1, by_source))}
        )
    bridges = {name: reduction(sides[0][name], sides[1][name], everything) for name in sides[0]}
    real = one["recomputed"]["real_abatement"]
    assert {float(bridge.real) for bridge in bridges.values()} == {real["min"], real["max"]}
    assert float(bridges[least(bridges)].real) == real["decides"]


def test_method_and_boundary_share_what_they_do_together() -> None:
    """By hand: boundary 10 alone, 14 with the method; method 5 alone, 9 with the boundary: 12 and 7."""
    year = Recomputed(Fraction(130), Fraction(119), Fraction(110), Fraction(105), Fraction(100))
    assert restated(year) == {"misstatement": 11, "boundary": 12, "method": 7}


@pytest.mark.parametrize("seed", range(40))
def test_it_closes_over_random_parks_with_credits_of_either_sign(seed: int) -> None:
    chance = Random(seed)
    bridge = reduction(random_side(chance), random_side(chance), lambda effect: chance.random() < 0.5)
    assert sum(bridge.terms.values()) == rounded(bridge.reported, 6)
    assert list(bridge.terms) == list(ORDER)
    for term in ORDER:
        assert float(bridge.falls[term] + bridge.rises[term]) == pytest.approx(
            float(bridge.terms[term]), rel=1e-6, abs=1e-3
        )


def test_drivers_that_are_not_the_recomputation_do_not_close() -> None:
    side = random_side(Random(5))
    wrong = replace(side, recomputed=replace(side.recomputed, com_ref=side.recomputed.com_ref * 2 + 1))
    with pytest.raises(OurFault, match="does_not_close"):
        reduction(side, wrong, everything)


def test_a_share_of_nothing_is_no_share() -> None:
    bridge: dict[str, Any] = {"falls": {}, "rises": {}, "like_for_like": Fraction(0), "effects": ()}
    terms = dict.fromkeys(ORDER, Fraction(0))
    assert Bridge(terms, before=Fraction(5), after=Fraction(5), **bridge).share is None
    assert Bridge(terms, before=Fraction(5), after=Fraction(7), **bridge).share is None

"""Layer B: the worked park, electrify, recode, what appears and vanishes, make or buy of products and of utilities."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.unit.bridge.pack import example, needs_pack
from tests.unit.bridge.random_years import year
from verify.bridge.drivers import TERMS, Effect, Process, Use, Utility, Year, decomposed, total
from verify.errors import WrongUsage


def terms(effects: list[Effect]) -> dict[str, float]:
    """Tonnes by term."""
    found = dict.fromkeys(TERMS, 0.0)
    for one in effects:
        found[one.term] += one.tonnes
    return found


def worked(inputs: dict[str, Any], side: int) -> Year:
    """A year of `claim_bridge_park_delta`."""
    factor = {name: Use(0, both[side]) for name, both in inputs["fuel_EF"].items()}
    factor["elec"] = Use(0, inputs["grid_EF_t_per_GJ"][side], grid=True)
    processes = {}
    for name, one in inputs["processes"].items():
        uses = {carrier: replace(factor[carrier], share=both[side]) for carrier, both in one["phi"].items()}
        sigma, own = one["sigma_pct"][side] / 100, one["s"][side]
        processes[name] = Process(sigma, one["I"][side], uses, own, process=one["process_ef"][side])
    return Year(inputs["D"][side], processes)


@needs_pack
def test_the_worked_park() -> None:
    one = example("claim_bridge_park_delta")
    then, now = worked(one["inputs"], 0), worked(one["inputs"], 1)
    assert total(then) == pytest.approx(one["inputs"]["verifier_recomputations"]["year0"]["com_ref"], abs=1e-9)
    assert total(now) == pytest.approx(one["recomputed"]["E1_at_contract_ratio_1"], abs=1e-9)
    expected = one["recomputed"]["effects"]
    assert terms(decomposed(then, now)) == pytest.approx(
        {
            "activity": expected["activity"],
            "structure": expected["structure"],
            "relocation": expected["relocation"],
            "energy_intensity": expected["energy_intensity"],
            "fuel_switch": expected["fuel_switch"],
            "fuel_factor": expected["fuel_EF"],
            "grid": expected["grid_factor"],
            "process": expected["process_intensity"],
        },
        abs=one["tolerance"],
    )


@needs_pack
def test_coal_heat_becomes_grid_power() -> None:
    """At the grid's own factor the switch raises emissions: certificates are no part of it (bridge_electrify)."""
    one = example("bridge_electrify")
    cells = one["inputs"]["cells"]
    coal, power = cells["coal"]["k_kt_per_PJ"][0], cells["electricity"]["g_kt_per_PJ"][0]
    then = Year(1, {"heat": Process(1, 3, {"coal": Use(1, coal)})})
    now = Year(1, {"heat": Process(1, 3, {"electricity": Use(1, power, grid=True)})})
    found = terms(decomposed(then, now))
    assert found["fuel_switch"] == pytest.approx(one["recomputed"]["c_outside_lmdi"]["fuel_switch"][0], abs=1e-9)
    assert sum(abs(amount) for amount in found.values()) == pytest.approx(abs(found["fuel_switch"]))


@needs_pack
def test_a_line_with_a_new_name() -> None:
    """As filed intensity -30 and structure +15; under its old name intensity -15 (bridge_recode)."""
    filed = example("bridge_recode")["inputs"]["as_filed"]
    then, now = (
        Year(
            1, {name: Process(one["sigma"][side], one["I"][side], {"energy": Use(1, 1)}) for name, one in filed.items()}
        )
        for side in (0, 1)
    )
    found = terms(decomposed(then, now))
    assert (found["energy_intensity"], found["structure"]) == pytest.approx((-30, 15), abs=1e-9)
    again = replace(now, processes={"A": now.processes["A"], "B": now.processes["B_new"]})
    first = replace(then, processes={name: then.processes[name] for name in ("A", "B")})
    found = terms(decomposed(first, again))
    assert (found["energy_intensity"], found["structure"]) == pytest.approx((-15, 0), abs=1e-9)


COAL, POWER = Use(1, 0.1), Use(1, 0.2, grid=True)
STEEL = Process(1, 10, {"coal": COAL}, process=0.5)


def test_a_process_that_vanishes_is_structure_alone() -> None:
    """No efficiency is credited for a plant that is no longer there: 100 x 0.4 x 4 x 0.1 and 100 x 0.4 x 0.5 are lost."""
    coke = Process(0.4, 4, {"coal": COAL}, process=0.5)
    found = decomposed(Year(100, {"steel": STEEL, "coke": coke}), Year(100, {"steel": STEEL}))
    assert {(one.process, one.part, one.term): one.tonnes for one in found} == pytest.approx(
        {("coke", "coal", "structure"): -16, ("coke", "", "structure"): -20}
    )


def test_an_intermediate_that_is_bought_is_relocation() -> None:
    """Own coke making ends, the same coke is bought at no factor: all of it is relocation."""
    made = Process(0.4, 4, {"coal": COAL}, own=1, process=0.5)
    then = Year(100, {"steel": STEEL, "coke": made})
    now = Year(100, {"steel": STEEL, "coke": Process(0.4, 0, own=0)})
    assert terms(decomposed(then, now))["relocation"] == pytest.approx(total(now) - total(then)) == pytest.approx(-36)
    bought = replace(now, processes={"steel": STEEL, "coke": Process(0.4, 0, own=0, bought=0.6)})
    assert terms(decomposed(then, bought))["relocation"] == pytest.approx(-36 + 100 * 0.4 * 0.6)


def test_a_boiler_that_moves_over_the_fence_is_relocation() -> None:
    """Steam was made from coal with 1.25 per unit and is bought at 0.11: neither fuel switch nor intensity."""
    boiler = {"boiler": Utility(1.25, {"coal": Use(1, 0.1)})}
    then = Year(100, {"paper": Process(1, 5, {"steam": Use(1, 0.11, own=1, maker="boiler")})}, boiler)
    now = Year(100, {"paper": Process(1, 5, {"steam": Use(1, 0.11)})})
    assert total(then) == pytest.approx(100 * 5 * 1.25 * 0.1)
    found = terms(decomposed(then, now))
    assert found["relocation"] == pytest.approx(100 * 5 * 0.11 - 100 * 5 * 0.125)
    assert sum(abs(amount) for amount in found.values()) == pytest.approx(abs(found["relocation"]))


def test_a_better_boiler_is_intensity_and_another_fuel_is_fuel_switch() -> None:
    def park(intensity: float, fuels: dict[str, Use]) -> Year:
        steam = Use(1, 0.11, own=1, maker="boiler")
        return Year(100, {"paper": Process(1, 5, {"steam": steam})}, {"boiler": Utility(intensity, fuels)})

    coal, gas = {"coal": Use(1, 0.1)}, {"gas": Use(1, 0.056)}
    better = terms(decomposed(park(1.25, coal), park(1.1, coal)))
    assert better["energy_intensity"] == pytest.approx(100 * 5 * (1.1 - 1.25) * 0.1)
    switched = terms(decomposed(park(1.25, coal), park(1.25, gas)))
    assert switched["fuel_switch"] == pytest.approx(100 * 5 * 1.25 * (0.056 - 0.1))


def test_the_grid_is_told_apart_from_fuels() -> None:
    then = Year(1, {"a": Process(1, 10, {"power": POWER})})
    now = Year(1, {"a": Process(1, 10, {"power": replace(POWER, factor=0.15)})})
    assert terms(decomposed(then, now)) == pytest.approx(dict.fromkeys(TERMS, 0.0) | {"grid": -0.5})


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_left_over_whatever_appears_or_vanishes(seed: int) -> None:
    chance = Random(seed)
    then, now = year(chance), year(chance)
    left = sum(one.tonnes for one in decomposed(then, now)) - (total(now) - total(then))
    assert abs(left) <= 1e-12 * (total(then) + total(now))
    there_and_back = terms(decomposed(then, now)), terms(decomposed(now, then))
    assert all(there_and_back[0][one] == pytest.approx(-there_and_back[1][one], abs=1e-6) for one in TERMS)


def test_a_share_outside_is_an_error_of_the_data() -> None:
    for bad in (
        Process(1, 1, own=1.2),
        Process(1, 1, own=-0.1),
        Process(1, 1, {"coal": replace(COAL, share=1.5)}),
        Process(1, 1, {"steam": Use(1, 0.1, own=2.0, maker="boiler")}),
    ):
        one = Year(1, {"x": bad}, {"boiler": Utility(1, {"coal": COAL})})
        with pytest.raises(WrongUsage, match="share_outside"):
            decomposed(one, one)

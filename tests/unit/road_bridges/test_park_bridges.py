"""One thing changes between two years of a small park: the bridge names it, with its tonnes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.checks.handed import A, B, flow
from tests.unit.road_bridges.stories import (
    BASE,
    CLAIM,
    METERED,
    bridge,
    coal,
    grid,
    park,
    power_used,
    steel,
    terms,
    total,
)
from verify.road.bridges import bridges

CLOSE = {"rel": 1e-9, "abs": 2e-6}
SAME = [steel(BASE, "500"), steel(CLAIM, "500")]
MEMBERS = [{"enterprise_id": one} for one in (A, B)]


def test_less_coal_for_the_same_output_is_real() -> None:
    world = park(coal(BASE, "1000"), coal(CLAIM, "900"), production=SAME)
    saved = total(world, BASE) / 10
    assert terms(world) == pytest.approx({"energy_intensity": -saved}, **CLOSE)
    assert float(bridge(world).real) == pytest.approx(saved, **CLOSE)
    assert bridge(world).share == 1


def test_half_the_output_is_activity_and_nothing_is_real() -> None:
    world = park(coal(BASE, "1000"), coal(CLAIM, "500"), production=[steel(BASE, "500"), steel(CLAIM, "250")])
    assert terms(world) == pytest.approx({"activity": -total(world, BASE) / 2}, **CLOSE)
    assert bridge(world).real == 0


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({}, {"basis": "estimate"}),  # another measurement basis
        ({"basis": "estimate"}, {}),
        ({"basis": "estimate", "meter_id": ""}, {"basis": "estimate", "meter_id": ""}),  # nothing behind either
    ],
)
def test_a_fall_that_nothing_shows_is_unexplained(then: dict[str, str], now: dict[str, str]) -> None:
    world = park(coal(BASE, "1000", **then), coal(CLAIM, "900", **now), production=SAME)
    assert terms(world) == pytest.approx({"unexplained": -total(world, BASE) / 10}, **CLOSE)
    assert bridge(world).real == 0


def test_a_rise_counts_against_whatever_shows_it() -> None:
    world = park(coal(BASE, "900"), coal(CLAIM, "1000", basis="estimate", meter_id=""), production=SAME)
    assert terms(world) == pytest.approx({"energy_intensity": total(world, CLAIM) / 10}, **CLOSE)
    assert bridge(world).real < 0


def test_without_any_output_a_fall_is_unexplained() -> None:
    world = park(coal(BASE, "1000"), coal(CLAIM, "900"))
    assert set(terms(world)) == {"unexplained"}
    found = bridges(world).reduction
    assert found is not None
    assert float(found.coarse.tonnes) == pytest.approx(total(world, BASE))


def test_what_others_make_less_is_no_rise_of_a_process_without_output() -> None:
    """A halves its steel and its coal; B burns the same in both years and names no output: nothing was lost or gained."""
    rows = [coal(BASE, "1000"), coal(CLAIM, "500"), coal(BASE, "400", B), coal(CLAIM, "400", B)]
    world = park(*rows, production=[steel(BASE, "500"), steel(CLAIM, "250")], enterprises=MEMBERS)
    assert bridge(world).real == pytest.approx(0, abs=1e-5)
    risen = park(
        *rows[:3], coal(CLAIM, "440", B), production=[steel(BASE, "500"), steel(CLAIM, "250")], enterprises=MEMBERS
    )
    tenth = total(park(coal(CLAIM, "40", B), enterprises=MEMBERS), CLAIM)
    assert float(bridge(risen).real) == pytest.approx(-tenth, **CLOSE)


def test_a_named_measure_with_its_paper_shows_a_fall() -> None:
    poor = {"basis": "estimate", "meter_id": ""}
    measure = {"measure_id": "m", "enterprise_id": A, "description": "kiln", "effective_from": "2026-03-01"}
    story = [coal(BASE, "1000", **poor), coal(CLAIM, "900", **poor)]
    bare = park(*story, production=SAME, measures=[measure])
    assert set(terms(bare)) == {"unexplained"}
    paper = {"evidence_id": "E-m", "kind": "acceptance_record"}
    shown = park(*story, production=SAME, measures=[measure | {"evidence_id": "E-m"}], evidence=[paper])
    assert set(terms(shown)) == {"energy_intensity"}


def test_certificates_are_contracts_whatever_they_cover() -> None:
    """The same power in both years, covered by certificates in the second: no tonne less inside the fence."""
    world = park(
        grid(BASE, "1000"),
        power_used(BASE, "1000"),
        grid(CLAIM, "1000", supply="certificate"),
        power_used(CLAIM, "1000"),
        production=SAME,
    )
    assert terms(world) == pytest.approx({"contracts": -total(world, BASE)}, **CLOSE)
    assert total(world, CLAIM) == 0
    assert bridge(world).real == 0


def test_coal_heat_that_becomes_certified_power_is_no_fuel_switch_for_the_better() -> None:
    """1000 t of coal hold 1000 x 20.908 GJ (or what the ruler says); as much energy of the grid emits more, on paper nothing."""
    world = park(
        coal(BASE, "1000"),
        grid(CLAIM, "6000", supply="certificate"),
        power_used(CLAIM, "6000"),
        production=SAME,
    )
    found = terms(world)
    assert found["contracts"] == pytest.approx(-6000 * 0.8325)
    assert sum(found.values()) == pytest.approx(-total(world, BASE))
    assert found["fuel_switch"] > 0 > bridge(world).real


def test_as_much_energy_of_power_as_of_coal_is_fuel_switch_alone() -> None:
    """The heat content of coal and 3.6 GJ per MWh weigh both: as many GJ are no other intensity."""
    coal_gj = park(coal(BASE, "1")).ruler.find("fuel.bituminous_coal.ncv", BASE)
    assert coal_gj is not None
    mwh = str(round(coal_gj[1].value * 3600 / Fraction("3.6"), 6).numerator)
    assert Fraction(mwh) == coal_gj[1].value * 1000
    world = park(coal(BASE, "3600"), grid(CLAIM, mwh), power_used(CLAIM, mwh), production=SAME)
    assert set(terms(world)) == {"fuel_switch"}


def test_own_solar_power_is_a_switch_and_real() -> None:
    world = park(
        grid(BASE, "1000"),
        power_used(BASE, "1000"),
        grid(CLAIM, "700"),
        flow(A, "electricity", "primary_production", "300", "MWh", period=CLAIM, supply="self_nonfossil", **METERED),
        power_used(CLAIM, "1000"),
        production=SAME,
    )
    assert terms(world) == pytest.approx({"fuel_switch": -300 * 0.8325}, **CLOSE)
    assert float(bridge(world).real) == pytest.approx(300 * 0.8325, **CLOSE)


def test_a_member_that_left_is_boundary() -> None:
    gone = [{"enterprise_id": A}, {"enterprise_id": B, "to": "2026-06-30", "reason": "left"}]
    rows = [coal(BASE, "1000"), coal(BASE, "400", of=B), coal(CLAIM, "1000")]
    made = [*SAME, steel(BASE, "100", of=B)]
    world = park(*rows, production=made, enterprises=gone)
    left = total(world, BASE) - total(world, CLAIM)
    assert terms(world) == pytest.approx({"boundary": -left}, **CLOSE)
    assert bridge(world).like_for_like == 0


def test_a_closure_with_its_paper_is_no_boundary() -> None:
    gone = [
        {"enterprise_id": A},
        {"enterprise_id": B, "to": "2026-06-30", "reason": "closed", "evidence_id": "E-c"},
    ]
    rows = [coal(BASE, "1000"), coal(BASE, "400", of=B), coal(CLAIM, "1000")]
    made = [*SAME, steel(BASE, "100", of=B, product="lime")]
    paper = [{"evidence_id": "E-c", "kind": "closure_record"}]
    found = terms(park(*rows, production=made, enterprises=gone, evidence=paper))
    assert "boundary" not in found
    assert set(found) <= {"activity", "structure"}
    assert bridge(park(*rows, production=made, enterprises=gone, evidence=paper)).real == 0


def test_who_goes_on_under_another_id_did_not_leave() -> None:
    members = [
        {"enterprise_id": A, "to": "2025-12-31", "reason": "renamed", "evidence_id": "E-l"},
        {"enterprise_id": B, "from": "2026-01-01", "reason": "renamed", "evidence_id": "E-l"},
    ]
    line = [{"predecessor": A, "successor": B, "kind": "renamed", "evidence_id": "E-l"}]
    paper = [{"evidence_id": "E-l", "kind": "register_extract"}]
    world = park(
        coal(BASE, "1000"),
        coal(CLAIM, "900", of=B),
        production=[steel(BASE, "500"), steel(CLAIM, "500", of=B)],
        enterprises=members,
        lineage=line,
        evidence=paper,
    )
    assert terms(world) == pytest.approx({"energy_intensity": -total(world, BASE) / 10}, **CLOSE)
    bare = park(
        coal(BASE, "1000"),
        coal(CLAIM, "900", of=B),
        production=[steel(BASE, "500"), steel(CLAIM, "500", of=B)],
        enterprises=members,
        lineage=[line[0] | {"evidence_id": ""}],
    )
    assert "boundary" in terms(bare)


def test_a_boiler_that_moved_over_the_fence_is_relocation() -> None:
    """Steam of one's own coal becomes bought steam at 0.11: neither another fuel nor better efficiency."""
    heat = {"activity_type": "供热", **METERED}
    world = park(
        flow(A, "bituminous_coal", "transformation_in", "1000", "t", period=BASE, **heat),
        flow(A, "heat", "transformation_out", "16000", "GJ", period=BASE, **heat),
        flow(A, "heat", "final_use", "16000", "GJ", period=BASE, activity_type="终端消费", **METERED),
        flow(A, "heat", "purchased", "16000", "GJ", period=CLAIM, supply="fossil_heat", **METERED),
        flow(A, "heat", "final_use", "16000", "GJ", period=CLAIM, activity_type="终端消费", **METERED),
        production=SAME,
    )
    assert terms(world) == pytest.approx({"relocation": 16000 * 0.11 - total(world, BASE)}, **CLOSE)


def test_an_intermediate_that_is_bought_instead_of_made_is_relocation() -> None:
    """The steel works uses 300 t of coke in both years, first its own, then somebody else's."""
    used = {"flow": "consumed"}
    world = park(
        coal(BASE, "500", of=A),
        coal(CLAIM, "500", of=A),
        coal(BASE, "200", of=B),
        production=[
            *SAME,
            steel(BASE, "300", of=B, product="coke"),
            steel(BASE, "300", product="coke", **used),
            steel(CLAIM, "300", product="coke", **used),
            steel(CLAIM, "300", product="coke", flow="bought", counterparty="outside"),
        ],
        enterprises=MEMBERS,
    )
    found = terms(world)
    assert found == pytest.approx({"relocation": total(world, CLAIM) - total(world, BASE)}, **CLOSE)


def test_a_line_with_a_new_name_is_taken_by_the_less_kind_reading() -> None:
    """Two lines: one saves 30 t of coal, the other needs 15 t more and gets a new name. 30 as filed, 15 by source."""
    world = park(
        coal(BASE, "100", of=A),
        coal(CLAIM, "70", of=A),
        coal(BASE, "100", of=B),
        coal(CLAIM, "115", of=B),
        production=[
            *SAME,
            steel(BASE, "500", of=B, product="coke"),
            steel(CLAIM, "500", of=B, product="lime"),
        ],
        enterprises=MEMBERS,
    )
    found = bridges(world).reduction
    assert found is not None
    a_tonne = total(world, BASE) / 200
    real = {name: float(one.real) for (_, name), one in found.bridges.items()}
    assert real == pytest.approx({"as_filed": 30 * a_tonne, "by_source": 15 * a_tonne}, abs=1e-6)
    assert found.decides == "by_source"


def test_a_total_that_was_reported_too_low_is_misstatement() -> None:
    rows = [coal(BASE, "1000"), coal(CLAIM, "1000")]
    plain = park(*rows, production=SAME)
    true = Fraction(str(round(total(plain, BASE), 6)))
    filed = [
        {"year": year, "item": "total.tco2", "value": str(float(amount)), "unit": "tCO2"}
        for year, amount in ((BASE, true), (CLAIM, true - 100))
    ]
    assert terms(park(*rows, production=SAME, reported=filed)) == pytest.approx({"misstatement": -100}, abs=1e-5)
    elsewhere = {"year": CLAIM, "item": "total.tco2", "value": "1", "unit": "tCO2", "authority": "ets"}
    told = [*filed, elsewhere]  # follows that authority's rules and is no part of this filing
    assert terms(park(*rows, production=SAME, reported=told)) == pytest.approx({"misstatement": -100}, abs=1e-5)


def test_a_heat_value_that_is_measured_in_one_year_only_is_method() -> None:
    """The same coal and output: what changes is how the coal is measured."""
    measured = {"ncv": "18", "carbon_content": "0.0266", "evidence_id": "E-lab"}
    lab = [{"evidence_id": "E-lab", "kind": "laboratory_report"}]
    world = park(coal(BASE, "1000"), coal(CLAIM, "1000", **measured), production=SAME, evidence=lab)
    change = total(world, CLAIM) - total(world, BASE)
    assert change
    assert terms(world) == pytest.approx({"method": change}, **CLOSE)
    both = park(coal(BASE, "1000", **measured), coal(CLAIM, "1000", **measured), production=SAME, evidence=lab)
    assert terms(both) == {}


def test_feedstock_that_nothing_shows_is_a_label() -> None:
    """Coal that was burned is called feedstock: inside the fence nothing changed, a label takes it off."""
    world = park(
        coal(BASE, "1000"),
        coal(CLAIM, "600"),
        coal(CLAIM, "400", flow="feedstock", activity_type=""),
        production=SAME,
    )
    assert terms(world) == pytest.approx({"contracts": -total(world, BASE) * 0.4}, **CLOSE)


def test_why_there_is_none() -> None:
    alone = park(coal(CLAIM, "900"), coal(CLAIM, "900", flow="purchased", activity_type="", counterparty="outside"))
    assert dict(bridges(alone).absent)["reduction"] == "no_base_year"
    assert bridges(alone).level is not None

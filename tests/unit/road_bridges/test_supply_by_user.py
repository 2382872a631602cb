"""Power and heat are who made or bought them: what one member changes of its supply moves no tonne of another's intensity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.checks.handed import A, B, C, Row, flow
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

CLOSE = {"rel": 1e-9, "abs": 2e-6}
GRID = 0.8325
MADE = [steel(year, "500", of=one, product=f"steel {one}") for year in (BASE, CLAIM) for one in (A, B, C)]
MEMBERS = [{"enterprise_id": one} for one in (A, B, C)]


def unit(year: str, coal_t: str, mwh: str, of: str = A) -> list[Row]:
    """Power of one's own coal."""
    by = {"period": year, "activity_type": "火力发电", **METERED}
    return [
        flow(of, "bituminous_coal", "transformation_in", coal_t, "t", **by),
        flow(of, "electricity", "transformation_out", mwh, "MWh", supply="self_fossil", **by),
    ]


def boiler(year: str, coal_t: str, gj: str, of: str) -> list[Row]:
    """Steam of one's own coal."""
    by = {"period": year, "activity_type": "供热", **METERED}
    return [
        flow(of, "bituminous_coal", "transformation_in", coal_t, "t", **by),
        flow(of, "heat", "transformation_out", gj, "GJ", supply="fossil_heat", **by),
    ]


def steam(year: str, gj: str, of: str) -> Row:
    """Steam used in a process."""
    return flow(of, "heat", "final_use", gj, "GJ", period=year, activity_type="终端消费", **METERED)


def sold(year: str, gj: str, of: str, to: str) -> Row:
    """Steam sold."""
    return flow(of, "heat", "sold", gj, "GJ", period=year, counterparty=to, supply="fossil_heat", **METERED)


def test_a_generator_that_retires_reprices_nobody_else() -> None:
    """A stops its coal unit and buys; B saves a tenth of its power and C keeps a unit of its own that is worse than A's."""
    rows = [
        *unit(BASE, "600", "1000"), power_used(BASE, "1000"), grid(CLAIM, "1000"), power_used(CLAIM, "1000"),
        grid(BASE, "2000", of=B), power_used(BASE, "2000", of=B), grid(CLAIM, "1800", of=B), power_used(CLAIM, "1800", of=B),
        *(row for year in (BASE, CLAIM) for row in (*unit(year, "900", "1000", of=C), power_used(year, "1000", of=C))),
    ]  # fmt: skip
    world = park(*rows, production=MADE, enterprises=MEMBERS)
    burned = total(park(coal(BASE, "600"), coal(CLAIM, "600")), BASE)
    expected = {"relocation": 1000 * GRID - burned, "energy_intensity": -200 * GRID}
    assert terms(world) == pytest.approx(expected, **CLOSE)
    assert float(bridge(world).real) == pytest.approx(200 * GRID, **CLOSE)


def test_what_names_its_buyer_is_the_buyers() -> None:
    """B's boiler, which gets worse, feeds A; C has one of its own that nothing happens to."""
    rows = [
        row
        for year, burned in ((BASE, "100"), (CLAIM, "120"))
        for row in (
            *boiler(year, burned, "1600", B), sold(year, "1600", B, A), steam(year, "1600", A),
            *boiler(year, "50", "1000", C), steam(year, "900", C), sold(year, "100", C, "outside"),
        )
    ]  # fmt: skip
    world = park(*rows, production=MADE, enterprises=MEMBERS)
    worse = total(park(coal(CLAIM, "20"), coal(BASE, "20")), CLAIM)
    assert terms(world) == pytest.approx({"energy_intensity": worse}, **CLOSE)


@pytest.mark.parametrize("share", ["1600", "800", "1"])
def test_steam_that_is_used_inside_is_not_sent_whatever_the_books_of_the_seller_say(share: str) -> None:
    """All, half or a little of it is booked as sold outside in the claim year: a credit, and no abatement of the user (GW-23)."""
    inside = str(1600 - int(share))
    rows = [
        *boiler(BASE, "100", "1600", B), sold(BASE, "1600", B, A), steam(BASE, "1600", A),
        *boiler(CLAIM, "100", "1600", B), sold(CLAIM, share, B, "outside"), sold(CLAIM, inside, B, A), steam(CLAIM, "1600", A),
    ]  # fmt: skip
    world = park(*rows, production=MADE, enterprises=MEMBERS)
    assert terms(world) == pytest.approx({"export_credits": -int(share) * 0.11}, **CLOSE)
    assert abs(bridge(world).real) <= Fraction(1, 10**6)


@pytest.mark.parametrize("beside", ["500", "50"])
def test_who_makes_as_before_or_less_does_not_turn_growth_into_a_rise(beside: str) -> None:
    """A makes a fifth more at the same intensity and B, without an output, burns a tenth more; what C makes changes nothing (GW-03)."""
    rows = [
        coal(BASE, "1000"), coal(CLAIM, "1200"), coal(BASE, "400", of=B), coal(CLAIM, "440", of=B),
        coal(BASE, "5000", of=C), coal(CLAIM, f"{5000 * int(beside) // 500}", of=C),
    ]  # fmt: skip
    made = [steel(BASE, "500"), steel(CLAIM, "600"), steel(BASE, "500", of=C), steel(CLAIM, beside, of=C)]
    assert float(bridge(park(*rows, production=made, enterprises=MEMBERS)).real) == pytest.approx(0, abs=1e-5)


def test_a_rise_beyond_all_growth_still_counts_against() -> None:
    """A makes a fifth more; B, without an output, burns half as much again: the three tenths that nothing excuses count."""
    rows = [coal(BASE, "1000"), coal(CLAIM, "1200"), coal(BASE, "400", of=B), coal(CLAIM, "600", of=B)]
    made = [steel(BASE, "500"), steel(CLAIM, "600")]
    assert float(bridge(park(*rows, production=made, enterprises=MEMBERS)).real) < 0

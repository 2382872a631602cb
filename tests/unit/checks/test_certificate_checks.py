"""What the pairs and the tests beside the ruler leave out: overlaps that are explained, names of one party, surplus, months."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest

from tests.unit.checks.handed import A, B, Row, handed, papers, power
from tests.unit.checks.test_green import GRID, bought, certificate, green, retired, span
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import CouldNotRun, NotApplicable

SEEN = {"evidence_id": "E-certificate_statement"}


def world(certificates: list[Row], events: list[Row], certified: str = "1000", **more: list[Row]) -> object:
    rows = [row for row in bought(direct="0", certified=certified) if row["supply"] == "certificate"]
    return handed(green(rows, certificates, events, evidence=papers(), **more))


def test_a_range_beside_its_parts_is_explained_by_the_split() -> None:
    rows = [certificate(1, 1000), certificate(1, 400)]
    split = span(1, 400, event="split", at="2028-01-15")
    assert found("TZ-CER-01", world(rows, [retired(1, 1000), split])) == []
    assert found("TZ-CER-01", world(rows, [retired(1, 1000)]))


def test_a_serial_written_in_another_way_is_the_same_serial() -> None:
    rows = [certificate(1, 1000), {**certificate(1, 400), "prefix": "ｘ "}]
    assert found("TZ-CER-01", world(rows, [retired(1, 1000)]))
    other = [certificate(1, 1000), {**certificate(1, 400), "prefix": "Y"}]
    assert found("TZ-CER-01", world(other, [retired(1, 1000)])) == []


def test_two_members_of_one_year_cost_what_is_short() -> None:
    """The park's serial counts once however many members used it: nothing is hidden until the proof falls short."""
    both = [retired(1, 1000, beneficiary="", used_by=A), retired(901, 1000, beneficiary="", used_by=B)]
    members = [{"enterprise_id": one, "name": one} for one in (A, B)]
    (enough,) = findings("TZ-CER-02", world([certificate(1, 1000)], both, enterprises=members))
    assert enough.effect == 0
    (short,) = findings("TZ-CER-02", world([certificate(1, 1000)], both, "1060", enterprises=members))
    assert short.effect == 60 * GRID


def test_surplus_falls_away_without_a_tonne() -> None:
    """1,200 retired for 1,000 MWh: the first 200 that fall away hide nothing."""
    again = retired(1, 300, beneficiary="海外买方")
    (one,) = findings("TZ-CER-02", world([certificate(1, 1200)], [retired(1, 1200), again]))
    assert one.effect == 100 * GRID


def test_the_names_of_one_party_are_one_holder() -> None:
    events = [
        span(1, 1000, event="issue", at="2028-01-10", to_holder="远山风电场"),
        span(1, 1000, event="transfer", at="2028-01-12", from_holder="远山风电有限公司", to_holder=A),
        retired(1, 1000, from_holder="甲公司", **SEEN),
    ]
    plant = {"generator_id": "farm", "name": "远山风电场", "technology": "wind", "owner_id": "远山风电有限公司"}
    member = [{"enterprise_id": A, "name": "甲公司"}]
    here = world([certificate(1, 1000)], events, generators=[plant], enterprises=member)
    assert found("TZ-CER-06", here) == []
    assert found("TZ-CER-05", here) == []
    stranger = world([certificate(1, 1000)], events, enterprises=member)
    assert [one.arguments["giver"] for one in found("TZ-CER-06", stranger)] == ["远山风电有限公司"]


def test_without_an_issue_the_chain_is_not_judged() -> None:
    with pytest.raises(CouldNotRun, match="no_issue_handed_in"):
        ran("TZ-CER-05", world([certificate(1, 1000)], [retired(1, 1000)]))


def test_a_range_of_which_some_months_had_run_out_is_undecided() -> None:
    row = certificate(1, 1000, generated_from="2026-01-01", generated_to="2026-12-31", row_id="year")
    here = world([row], [retired(1, 1000, at="2028-02-18")])
    assert found("TZ-CER-07", here) == []
    assert ran("TZ-CER-07", here).undecided == ["year"]


def test_certificates_without_a_time_of_generation_are_not_judged() -> None:
    with pytest.raises(CouldNotRun, match="no_generation_period"):
        ran("TZ-CER-07", world([certificate(1, 1000)], [retired(1, 1000)]))


def test_a_store_of_unsold_certificates_is_no_fault_of_a_year_that_needs_none() -> None:
    rows = [certificate(1, 1000), certificate(2000, 2999, generated_to="2027-12-31")]
    assert found("TZ-CER-10", world(rows, [retired(1, 1000)])) == []
    assert found("TZ-CER-11", world(rows, [retired(1, 1000), retired(2000, 2999, beneficiary="某企业")])) == []


def sun(hours: int) -> list[Row]:
    """Weather of one day, hour by hour, `hours` of them with sun."""
    start = datetime.datetime.fromisoformat("2027-06-01")
    return [
        {"zone": "华东", "at": start + datetime.timedelta(hours=hour), "irradiance": "500" if hour < hours else "0"}
        for hour in range(24)
    ]


@pytest.mark.parametrize(("hours", "excess"), [(24, 0), (12, 0), (11, 1), (6, 6)])
def test_the_sun_bounds_what_panels_made(hours: int, excess: int) -> None:
    """1 MW on one day: as many certificates as hours of sun. 12 certificates."""
    row = certificate(1, 12, "roof", generated_from="2027-06-01", generated_to="2027-06-01")
    plant = {"generator_id": "roof", "technology": "pv", "capacity": "1", "grid_zone": "华东"}
    here = world([row], [retired(1, 12)], "12", generators=[plant], weather=sun(hours))
    (one,) = findings("TZ-CER-18", here) if excess else (None,)
    assert (one.effect if one else Decimal(0)) == excess * GRID
    if not excess:
        assert found("TZ-CER-18", here) == []


def test_the_remainders_of_months_are_carried_and_the_sum_is_rounded_down() -> None:
    """Twelve months of 10.9 MWh are 130 certificates, not 120 and not 131."""
    plant = {"generator_id": "roof", "technology": "pv", "connection": "behind_the_meter", "receiving_meter_id": "m"}
    made = [
        power(A, "primary_production", "10.9", "self_nonfossil", period=f"2027-{month:02d}", meter_id="m")
        for month in range(1, 13)
    ]
    for count, due in ((130, 0), (131, 1)):
        row = certificate(1, count, "roof", generated_from="2027-01-01", generated_to="2027-12-31")
        here = handed(green(made, [row], [retired(1, count)], generators=[plant]))
        assert len(found("TZ-CER-18", here)) == due


def test_a_park_without_certificates_sees_an_outcome_and_nothing_else() -> None:
    here = handed({"activity": [power(A, "purchased", "10", "grid")]})
    for number in [*range(1, 8), *range(9, 20)]:
        with pytest.raises(NotApplicable):
            ran(f"TZ-CER-{number:02d}", here)


def test_clean_random_ranges_raise_nothing() -> None:
    """Ranges that do not touch, each listed, issued and retired once: no check of serials says a word."""
    draw = random.Random(8)
    first, rows, events, total = 1, [], [], 0
    for number in range(60):
        first += draw.randrange(1, 1000)
        last = first + draw.randrange(1, 5000)
        more = {"generated_from": "2027-01-01", "generated_to": "2027-12-31"}
        rows.append(certificate(first, last, **more))
        events += [
            span(first, last, event="issue", at="2028-01-10", to_holder="电站"),
            span(first, last, event="transfer", at="2028-01-11", from_holder="电站", to_holder=A),
            retired(first, last, from_holder=A, used_for_period=f"2027-{number % 12 + 1:02d}", **SEEN),
        ]
        total += last - first + 1
        first = last + 1
    here = world(rows, events, str(total))
    for number in (*range(1, 8), *range(9, 14), 16, 17, 19):
        assert found(f"TZ-CER-{number:02d}", here) == []

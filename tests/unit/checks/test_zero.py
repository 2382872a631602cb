"""TZ-ZER-01: what stands below its class default is proven or named, by enterprise and rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px
from tests.unit.checks.world import Row, findings, found, ran, world


def green(quantity: str, period: str, **more: str) -> Row:
    """Power under certificates."""
    return {
        "period": period, "enterprise_id": "E", "carrier": "electricity", "flow": "purchased", "supply": "certificate",
        "counterparty": "outside", "quantity": quantity, "unit": "MWh", **more,
    }  # fmt: skip


def test_certificates_without_their_statement_stand_in_one_line() -> None:
    rows = [green("600", "2027-01"), green("400", "2027-02"), green("200", "2027-03", evidence_id="S")]
    here = world({"activity": rows, "evidence": [{"evidence_id": "S", "kind": "certificate_statement"}]})
    [one] = findings("TZ-ZER-01", here)
    assert one.effect == Decimal("832.5")  # (600 + 400) × 0.8325; the proven 200 MWh are no part of it
    assert one.arguments == {
        "rule": "el.in_certificate",
        "quantity": "1000",
        "unit": "MWh",
        "factor": "0",
        "default_factor": "0.8325",
    }
    assert (one.subject, one.row_ids) == ("E", ("activity:0", "activity:1"))
    scope = ran("TZ-ZER-01", here).scope
    assert scope.tested == 3
    assert scope.worst == Decimal(999)  # all 1,200 MWh at the default


def test_a_credit_is_a_claim_too() -> None:
    sold = green("1000", "2027", flow="sold", supply="self_fossil")
    [one] = findings("TZ-ZER-01", world({"activity": [sold]}))
    assert one.effect == Decimal("832.5")
    assert (one.arguments["factor"], one.arguments["default_factor"], one.arguments["quantity"]) == (
        "0.8325",
        "0",
        "1000",
    )


def test_months_of_low_heat_values_give_their_mean_factor() -> None:
    gas = {
        "enterprise_id": "E",
        "carrier": "natural_gas",
        "flow": "final_use",
        "activity_type": "终端消费",
        "unit": "10^3Nm3",
    }
    rows = [
        {**gas, "period": "2027-01", "quantity": "10", "ncv": "300"},
        {**gas, "period": "2027-02", "quantity": "30", "ncv": "340"},
    ]
    [one] = findings("TZ-ZER-01", world({"activity": rows}))
    # 30.0 and 34.0 GJ/10^3Nm3 × 0.0153 × 0.99 × 44/12 = 1.666170 and 1.888326; mean (10 × 1.666170 + 30 × 1.888326) / 40
    assert one.arguments["factor"] == "1.832787"
    assert one.effect == Decimal("13.176072")  # 40 × 38.931 × 0.0153 × 0.99 × 44/12 − 40 × 1.832787


@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_a_park_with_its_papers_raises_nothing(park: str) -> None:
    assert found("TZ-ZER-01", px(park)) == []


def test_the_same_park_without_them_names_each_zero() -> None:
    effects = {one.arguments["rule"]: one.effect for one in findings("TZ-ZER-01", px("PX-1", proven=False))}
    assert effects == {
        "el.in_direct": Decimal(316350),  # 380,000 MWh
        "el.in_certificate": Decimal(224775),  # 270,000 MWh
        "onsite.nonfossil": Decimal("37462.5"),  # 45,000 MWh of PV
        "heat.in_nonfossil": Decimal(9900),  # 90,000 GJ × 0.11
    }

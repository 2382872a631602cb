"""TZ-GHG-01 and 02: what is handed in as CO2 equivalent is taken over and listed, with the set that weighted it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, handed, power
from verify.checks.registry import registered
from verify.checks.rows import Found, NotApplicable
from verify.checks.run import _run
from verify.checks.world import World


def emitted(gas: str, quantity: str, unit: str = "tCO2e", gwp_set: str = "AR4", **more: Any) -> Row:
    row = {
        "period": "2027",
        "enterprise_id": A,
        "source_id": "stack",
        "gas": gas,
        "quantity": quantity,
        "unit": unit,
        "gwp_set": gwp_set,
    }
    return {**row, **more}


def listed(code: str, *rows: Row, **chosen: str) -> list[Found]:
    here: World = handed({"emissions": list(rows)})
    here.chosen = {**here.chosen, **chosen}
    return list(registered()[code].function(here, {"parameter": "gwp_set"}).found)  # type: ignore[arg-type]


def test_mixtures_are_listed_by_source_gas_and_set() -> None:
    rows = listed(
        "TZ-GHG-01",
        emitted("HFC", "1000.5", row_id="a"),
        emitted("HFC", "199.5", period="2027-02", row_id="b"),
        emitted("CO2", "5", "t", ""),
    )
    assert [(one.row_id, one.effect) for one in rows] == [("a", None), ("b", None)]
    assert {tuple(sorted(one.arguments.items())) for one in rows} == {
        (("gas", "HFC"), ("gwp_set", "AR4"), ("quantity", "1200"))
    }
    assert (rows[0].subject, rows[0].period) == ("stack", "2027")


def test_the_set_of_the_ruler_is_silent_another_is_not() -> None:
    rows = [emitted("HFC", "1200"), emitted("PFC", "10", gwp_set="AR5", source_id="", enterprise_id=B)]
    (finding,) = listed("TZ-GHG-02", *rows, gwp_set="AR4")
    assert finding.arguments == {"gas": "PFC", "quantity": "10", "filed_set": "AR5", "ruler_set": "AR4"}
    assert finding.subject == B
    assert listed("TZ-GHG-02", rows[0], gwp_set="AR4") == []


def test_tonnes_of_a_gas_are_no_equivalents() -> None:
    with pytest.raises(NotApplicable, match="no_equivalents"):
        listed("TZ-GHG-01", emitted("CH4", "12", "t", ""))
    with pytest.raises(NotApplicable, match="no_gwp_set_chosen"):
        listed("TZ-GHG-02", emitted("HFC", "12"))


@pytest.mark.parametrize("code", ["TZ-GHG-01", "TZ-GHG-02"])
def test_where_no_emission_was_handed_in_nothing_stays_unchecked(code: str) -> None:
    here = handed({"activity": [power(A, "final_use", "1")]})
    here.chosen = {**here.chosen, "gwp_set": "AR6"}
    run, _ = _run(here, registered()[code], "note", {"parameter": "gwp_set"})
    assert (run.outcome, run.reason) == ("not_applicable", "no_equivalents")

"""TZ-COV-01 to 04: months, tables, years, rows left out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.handed import A, Row, coal_like, gas, handed, park, power
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import NotApplicable
from verify.submission.model import ExcludedRow


def boiler(months: range | list[int], kind: str = "final_use", **more: Any) -> list[Row]:
    return [
        gas(A, kind, "10", period=f"2027-{month:02d}", **{"source_id": "boiler", "row_id": f"{kind}-{month}", **more})
        for month in months
    ]


METERED = [power(A, "final_use", "5", period=f"2027-{month:02d}", source_id="plant") for month in range(1, 13)]


# ---- COV-01 ---------------------------------------------------------------------------------------------------------


def test_a_year_of_months_is_complete() -> None:
    here = handed({"activity": [*METERED, *boiler(range(1, 13))]})
    assert found("TZ-COV-01", here) == []
    assert ran("TZ-COV-01", here).scope.tested == 2


def test_months_between_months() -> None:
    (finding,) = findings("TZ-COV-01", handed({"activity": [*METERED, *boiler([1, 2, 4, 5, 6, 8, 9, 10, 11, 12])]}))
    assert finding.arguments == {
        "carrier": "natural_gas",
        "flow": "final_use",
        "missing": "2",
        "months": "2027-03, 2027-07",
    }
    assert (finding.subject, finding.period, finding.effect) == ("boiler", "2027", None)
    assert finding.row_ids == ("final_use-2", "final_use-8")


def test_a_series_that_breaks_off() -> None:
    (finding,) = findings("TZ-COV-01", handed({"activity": [*METERED, *boiler(range(1, 10))]}))
    assert finding.arguments["months"] == "2027-10, 2027-11, 2027-12"
    assert finding.row_ids == ("final_use-9",)


def test_a_new_source_has_no_months_before_it() -> None:
    assert found("TZ-COV-01", handed({"activity": [*METERED, *boiler(range(6, 13))]})) == []


@pytest.mark.parametrize(
    "why",
    [
        {
            "events": [
                {
                    "kind": "stoppage",
                    "source_id": "boiler",
                    "enterprise_id": A,
                    "from": "2027-10-03",
                    "to": "2027-12-31",
                }
            ]
        },
        {"events": [{"kind": "stoppage", "from": "2027-09-20"}]},  # the whole park, until now
        {"sources": [{"source_id": "boiler", "enterprise_id": A, "kind": "boiler", "retired": "2027-10-01"}]},
        {"enterprises": [{"enterprise_id": A, "name": A, "to": "2027-09-30"}]},
    ],
)
def test_a_standstill_with_its_record_is_silent(why: dict[str, list[Row]]) -> None:
    rows = [*METERED, *boiler(range(1, 10))] if "enterprises" not in why else boiler(range(1, 10))
    assert found("TZ-COV-01", handed({"activity": rows, **why})) == []


def test_an_event_of_another_kind_or_source_explains_nothing() -> None:
    for event in ({"kind": "swap", "source_id": "boiler"}, {"kind": "stoppage", "source_id": "plant"}):
        rows = {
            "activity": [*METERED, *boiler(range(1, 10))],
            "events": [{**event, "from": "2027-10-01", "to": "2027-12-31"}],
        }
        assert len(findings("TZ-COV-01", handed(rows))) == 1


def test_purchases_of_what_can_be_stored_come_when_they_come() -> None:
    coal = [coal_like(A, "purchased", "50", period=f"2027-{month:02d}") for month in (1, 5, 12)]
    assert found("TZ-COV-01", handed({"activity": [*METERED, *coal]})) == []
    assert (
        len(
            findings(
                "TZ-COV-01",
                handed({"activity": [*METERED, *boiler([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12], "purchased")]}),
            )
        )
        == 1
    )


def test_a_standby_set_runs_when_it_runs() -> None:
    assert found("TZ-COV-01", handed({"activity": [*METERED, *boiler([2, 7, 8])]})) == []


def test_a_year_left_out_between_two_years_of_months() -> None:
    years = [
        {**row, "period": row["period"].replace("2027", year), "row_id": f"{year}-{row['period'][5:]}"}
        for year in ("2025", "2027")
        for row in boiler(range(1, 13))
    ]
    middle = [{**row, "period": row["period"].replace("2027", "2026")} for row in METERED]
    (finding,) = findings("TZ-COV-01", handed({"activity": [*METERED, *middle, *years]}))
    assert (finding.period, finding.arguments["missing"], finding.row_ids) == ("2026", "12", ("2025-12", "2027-01"))


def test_years_instead_of_months() -> None:
    assert (
        found(
            "TZ-COV-01", handed({"activity": [*METERED, *boiler([1]), gas(A, "final_use", "90", source_id="boiler")]})
        )
        == []
    )
    with pytest.raises(NotApplicable, match="no_monthly_rows"):
        ran("TZ-COV-01", handed({"activity": [gas(A, "final_use", "90")]}))


# ---- COV-02 ---------------------------------------------------------------------------------------------------------

ABSENT = {
    "statements": "no_other_supplier",
    "affiliates": "no_affiliate",
    "certificates": "no_other_scheme",
    "sources": "no_other_installation",
}


def declared(*kinds: str, **how: str) -> Any:
    return park(declarations=[{"kind": kind, "signed_by": "张三", "signed_on": "2028-02-01", **how} for kind in kinds])


def test_what_is_neither_there_nor_declared_away() -> None:
    rows = findings("TZ-COV-02", handed({"activity": METERED}))
    assert {one.arguments["table"]: one.arguments["declaration"] for one in rows} == ABSENT


def test_signed_declarations_and_tables_silence_it() -> None:
    assert found("TZ-COV-02", handed({"activity": METERED}, declared(*ABSENT.values()))) == []
    stated = [{"period": "2027", "authority": "grid_company", "quantity": "1", "unit": "MWh"}]
    here = handed({"activity": METERED, "statements": stated}, declared("no_affiliate", "no_other_scheme"))
    assert [one.arguments["table"] for one in findings("TZ-COV-02", here)] == ["sources"]


def test_a_sheet_of_headings_alone_silences_nothing() -> None:
    rows = findings("TZ-COV-02", handed({"activity": METERED, "statements": []}))
    assert {one.arguments["table"] for one in rows} == ABSENT.keys()


@pytest.mark.parametrize("how", [{"signed_by": ""}, {"signed_on": ""}])
def test_an_unsigned_declaration_is_none(how: dict[str, str]) -> None:
    assert len(findings("TZ-COV-02", handed({"activity": METERED}, declared(*ABSENT.values(), **how)))) == 4


# ---- COV-03 ---------------------------------------------------------------------------------------------------------


def years(*there: str, since: str | None = None) -> dict[str, list[Row]]:
    return {
        "activity": [power(A, "final_use", "5", period=year) for year in there],
        "enterprises": [{"enterprise_id": A, "name": A, "from": since}],
    }


def test_three_years_of_history() -> None:
    assert found("TZ-COV-03", handed(years("2025", "2026", "2027"))) == []
    (finding,) = findings("TZ-COV-03", handed(years("2027")))
    assert finding.arguments == {"required": "3", "missing": "2025, 2026"}
    assert findings("TZ-COV-03", handed(years("2025", "2027")))[0].arguments["missing"] == "2026"


def test_a_park_that_was_not_there_yet_may_omit_them() -> None:
    assert found("TZ-COV-03", handed(years("2026", "2027", since="2026-04-01"))) == []
    assert findings("TZ-COV-03", handed(years("2027", since="2026-04-01")))[0].arguments["missing"] == "2026"


def test_a_base_year_before_the_history_is_due_too() -> None:
    (finding,) = findings("TZ-COV-03", handed(years("2026", "2027", "2028"), year="2028"))
    assert finding.arguments["missing"] == "2025"


# ---- COV-04 ---------------------------------------------------------------------------------------------------------


def excluded(table: str = "activity", code: str = "TZ-SUB-07", *, incomplete: bool = True, **read: Any) -> ExcludedRow:
    return ExcludedRow(
        table, f"{table}:x#{len(read)}{read.get('flow', '')}", code, incomplete, "2027", "2027-01", A, **read
    )


def left_out(*rows: ExcludedRow) -> list[Any]:
    here = handed({"activity": METERED})
    here.submission.excluded = rows  # type: ignore[misc]
    here.submission.disposition_counts = {"activity": {"used": 12, "excluded": len(rows), "blocking": 0}}  # type: ignore[misc]
    assert ran("TZ-COV-04", here).scope.tested == 12 + len(rows)
    return findings("TZ-COV-04", here)


@pytest.mark.parametrize(
    ("read", "term"),
    [
        ({"carrier": "natural_gas", "flow": "final_use", "activity_type": "终端消费"}, "fuel"),
        ({"carrier": "cleaned_coal", "flow": "transformation_in", "activity_type": "炼焦"}, "transformation"),
        ({"carrier": "electricity", "flow": "purchased"}, "el"),
        ({"carrier": "heat", "flow": "sold"}, "heat"),
        ({"carrier": "naphtha", "flow": "feedstock"}, "feedstock"),
        ({"carrier": "natural_gas", "flow": "purchased"}, "energy"),
        ({"carrier": "", "flow": "final_use"}, ""),
    ],
)
def test_the_term_that_a_row_is_missing_from(read: dict[str, str], term: str) -> None:
    (finding,) = left_out(excluded(**read))
    assert finding.arguments == {"term": term, "excluded": "1", "codes": "TZ-SUB-07"}
    assert finding.period == "2027"


def test_products_and_process_balances_belong_to_the_process_term() -> None:
    made = excluded("production", product="clinker_portland", flow="made")
    carbon = excluded("process_balances", "TZ-SUB-15", product="methanol", flow="carbon_in")
    (finding,) = left_out(made, carbon)
    assert finding.arguments == {"term": "process", "excluded": "2", "codes": "TZ-SUB-07, TZ-SUB-15"}
    assert len(finding.row_ids) == 2


def test_a_row_of_an_unreadable_year_may_be_of_the_reporting_year() -> None:
    known = excluded(carrier="natural_gas", flow="final_use")
    unread = ExcludedRow("activity", "activity:y#1", "TZ-SUB-08", True, carrier="diesel", flow="final_use")
    (finding,) = left_out(known, unread)
    assert (finding.period, finding.arguments["excluded"]) == ("2027", "2")


def test_second_copies_and_other_tables_take_nothing_away() -> None:
    copy = excluded(code="TZ-SUB-14", incomplete=False, carrier="natural_gas", flow="final_use")
    assert left_out(copy, excluded("evidence")) == []

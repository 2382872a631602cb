"""Every code at the door: the fault raises it at its cell, and the sound park raises nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from verify.submission import Submission

from .conftest import Door
from .handing import PARK, Tables, changed, codes, csv_text, folder, found, sound, with_row


def fates(submission: Submission, table: str) -> tuple[int, int, int]:
    counts = submission.disposition_counts[table]
    return counts["used"], counts["excluded"], counts["blocking"]


def test_the_sound_park_raises_nothing(door: Door) -> None:
    submission = door(sound())
    assert submission.finding_counts == {}
    assert submission.findings == ()
    assert fates(submission, "activity") == (3, 0, 0)
    assert submission.handed_in == {"enterprises", "sources", "meters", "evidence", "activity"}


def test_a_table_of_headings_alone_was_not_handed_in(door: Door, tmp_path: Path) -> None:
    """A template left blank and no file at all are one submission; an unreadable file may hold rows."""
    path = folder(tmp_path / "blank", {table: rows for table, rows in sound().items() if table != "sources"})
    (path / "sources.csv").write_text("source_id,enterprise_id,kind\n", encoding="utf-8")
    (path / "statements.csv").write_text("period,authority,quantity,unit\n", encoding="utf-8")
    (path / "claims.csv").write_bytes(b"")
    submission = door(path)
    assert submission.handed_in == {"enterprises", "meters", "evidence", "activity", "claims"}
    assert submission.disposition_counts.keys() == submission.handed_in
    assert submission.finding_counts == {"TZ-SUB-30": 1}  # claims; no source that rows name is said to be missing


CELLS = [  # table, row, column, what is typed, code, does the row count
    ("activity", 0, "quantity", "", "TZ-SUB-05", False),
    ("activity", 0, "unit", " ", "TZ-SUB-05", False),
    ("activity", 0, "carrier", "石墨", "TZ-SUB-06", False),
    ("activity", 0, "flow", "自用消耗", "TZ-SUB-06", False),
    ("activity", 0, "quantity", "12O0", "TZ-SUB-07", False),
    ("activity", 0, "ncv", "1.234,5", "TZ-SUB-07", False),
    ("activity", 0, "uncertainty_pct", "约5", "TZ-SUB-07", True),
    ("activity", 0, "period", "2025-13", "TZ-SUB-08", False),
    ("activity", 0, "period", "2027Q1", "TZ-SUB-08", False),
    ("activity", 0, "from", "3/5/2027", "TZ-SUB-09", True),
    ("meters", 0, "calibrated_on", "2026-02-30", "TZ-SUB-09", True),
    ("activity", 0, "unit", "车", "TZ-SUB-10", False),
    ("activity", 0, "unit", "t", "TZ-SUB-11", False),
    ("activity", 0, "quantity", "-12", "TZ-SUB-12", False),
    ("activity", 0, "biogenic_fraction", "45", "TZ-SUB-13", False),
    ("activity", 0, "ncv", "0", "TZ-SUB-13", False),
    ("activity", 0, "quantity", "1e13", "TZ-SUB-13", False),
    ("activity", 0, "enterprise_id", "C", "TZ-SUB-16", False),
    ("activity", 0, "counterparty", "某贸易公司", "TZ-SUB-16", False),
    ("activity", 0, "source_id", "kiln", "TZ-SUB-17", True),
    ("activity", 0, "meter_id", "M-1", "TZ-SUB-17", True),
    ("enterprises", 0, "industry_code", "电子", "TZ-SUB-20", True),
    ("activity", 0, "evidence_id", "E9", "TZ-SUB-21", True),
    ("evidence", 0, "sha256", "abc", "TZ-SUB-22", True),
    ("activity", 2, "period", "2024-12", "TZ-SUB-23", False),
    ("activity", 0, "counterparty", "", "TZ-SUB-24", False),
    ("activity", 2, "ncv", "22", "TZ-SUB-25", True),
]


@pytest.mark.parametrize(
    ("table", "row", "column", "typed", "code", "counts"), CELLS, ids=[f"{one[4]}-{one[2]}-{one[3]}" for one in CELLS]
)
def test_a_fault_of_one_cell(
    door: Door, table: str, row: int, column: str, typed: str, code: str, counts: bool
) -> None:
    submission = door(changed(table, row, **{column: typed}))
    assert found(submission) == {(code, table, column, row + 2)}
    assert submission.findings[0].raw.strip() == typed.strip()
    used, excluded, _ = fates(submission, table)
    assert excluded == (0 if counts else 1)
    assert used == len(sound()[table]) - excluded


def test_excluded_rows_keep_what_could_be_read(door: Door) -> None:
    (row,) = door(changed("activity", 0, quantity="12O0")).excluded
    assert (row.table, row.code, row.incomplete, row.year) == ("activity", "TZ-SUB-07", True, "2027")
    assert (row.enterprise_id, row.carrier, row.flow, row.quantity, row.unit) == (
        "A",
        "natural_gas",
        "purchased",
        None,
        "10^3Nm3",
    )


def test_01_unknown_file_and_nested_table(door: Door, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound(), 能源活动表2027__csv="a,b\n1,2\n")
    (path / "old").mkdir()
    (path / "old" / "activity.csv").write_text("period\n2027\n", encoding="utf-8")
    (path / "evidence_papers").mkdir()
    (path / "evidence_papers" / "bill.pdf").write_bytes(b"%PDF")
    (path / ".DS_Store").write_bytes(b"x")
    submission = door(path)
    assert sorted(one.place.file for one in submission.findings if one.place) == [
        "old/activity.csv",
        "能源活动表2027.csv",
    ]
    assert codes(submission) == {"TZ-SUB-01"}
    assert "能源活动" in {one.arguments["nearest"] for one in submission.findings}


def test_02_required_tables(door: Door) -> None:
    tables = sound()
    del tables["activity"]
    assert {(one.code, one.table) for one in door(tables).findings} == {("TZ-SUB-02", "activity")}


def test_02_emissions_stand_for_activity(door: Door) -> None:
    tables = sound()
    del tables["activity"]
    tables["emissions"] = [{"period": "2027", "enterprise_id": "A", "gas": "CO2", "quantity": "12.5", "unit": "t"}]
    assert codes(door(tables)) == set()


def test_02_missing_enterprises_is_not_repeated_for_every_row(door: Door) -> None:
    tables = sound()
    del tables["enterprises"]
    submission = door(tables)
    assert submission.finding_counts["TZ-SUB-02"] == 1
    assert submission.finding_counts["TZ-SUB-16"] == 4  # the member of each activity row and of the source


def test_02_a_table_without_rows_is_missing(door: Door, tmp_path: Path) -> None:
    path = folder(
        tmp_path / "p",
        {"enterprises": sound()["enterprises"]},
        activity__csv="period,enterprise_id,carrier,flow,quantity,unit\r\n",
    )
    submission = door(path)
    assert [(one.code, one.arguments["reason"]) for one in submission.findings] == [("TZ-SUB-02", "empty_table")]


def test_03_missing_column_is_found_once_and_leaves_out_the_rows(door: Door) -> None:
    tables = sound()
    for row in tables["activity"]:
        del row["unit"]
    submission = door(tables)
    assert [(one.code, one.table, one.column) for one in submission.findings] == [("TZ-SUB-03", "activity", "unit")]
    assert fates(submission, "activity") == (0, 3, 0)


def test_04_unknown_column_is_set_aside_and_a_remark_is_not(door: Door) -> None:
    tables = sound()
    for row in tables["activity"]:
        row |= {"低热值实测": "1", "备注": "x", "空列": ""}
    submission = door(tables)
    assert [(one.code, one.column) for one in submission.findings] == [("TZ-SUB-04", "低热值实测")]
    assert submission.set_aside == {"activity": ("低热值实测",)}
    assert fates(submission, "activity") == (3, 0, 0)


def test_14_an_exact_duplicate_counts_once_whatever_its_unit(door: Door) -> None:
    tables = sound()
    tables["activity"].append({**tables["activity"][2], "quantity": "380,000", "unit": "MWh", "supply": "公共电网"})
    submission = door(tables)
    assert codes(submission) == {"TZ-SUB-14"}
    assert fates(submission, "activity") == (3, 1, 0)
    assert {one.incomplete for one in submission.excluded} == {False}


def test_15_equal_keys_with_different_values_exclude_all(door: Door) -> None:
    tables = sound()
    tables["activity"].append({**tables["activity"][2], "quantity": "381"})
    submission = door(tables)
    assert submission.finding_counts == {"TZ-SUB-15": 2}
    assert fates(submission, "activity") == (2, 2, 0)
    assert {one.row_id.rpartition("#")[2] for one in submission.excluded} == {"1", "2"}


def test_15_two_bills_of_one_month_are_two_rows(door: Door) -> None:
    tables = with_row("evidence", evidence_id="E2", kind="gas_bill")
    tables["activity"].append({**tables["activity"][0], "quantity": "30", "evidence_id": "E2"})
    assert codes(door(tables)) == set()


def test_15_conflicting_members_block_and_nothing_cascades(door: Door) -> None:
    tables = with_row("enterprises", enterprise_id="A", name="甲二厂", industry_code="2614")
    submission = door(tables)
    assert codes(submission) == {"TZ-SUB-15"}
    assert fates(submission, "enterprises") == (1, 1, 1)
    assert fates(submission, "activity") == (3, 0, 0)
    assert submission.blocking == 1


@pytest.mark.parametrize(
    ("first_to", "second_from", "overlap"),
    [("2026-06-30", "2026-06-30", True), ("2026-06-30", "2026-07-01", False), ("", "2027-01-01", True)],
)
def test_18_overlapping_spells(door: Door, first_to: str, second_from: str, overlap: bool) -> None:
    tables = changed("enterprises", 1, to=first_to)
    tables["enterprises"].append({**tables["enterprises"][1], "from": second_from, "to": ""})
    submission = door(tables)
    assert codes(submission) == ({"TZ-SUB-18"} if overlap else set())
    assert fates(submission, "enterprises") == ((2, 0, 1) if overlap else (3, 0, 0))


def test_19_credit_codes_only_under_their_scheme(door: Door, tmp_path: Path) -> None:
    tables: Tables = {
        "enterprises": [
            {"enterprise_id": code, "name": code} for code in ("91320000MA1000001C", "91320000MA1000001D", "9132")
        ],
        "activity": [
            {**sound()["activity"][2], "enterprise_id": "91320000MA1000001C", "source_id": "", "meter_id": ""}
        ],
    }
    uscc = folder(tmp_path / "uscc", tables, park=PARK.replace("free", "uscc"))
    submission = door(uscc)
    assert {(one.code, one.raw) for one in submission.findings} == {
        ("TZ-SUB-19", "91320000MA1000001D"),
        ("TZ-SUB-19", "9132"),
    }
    assert next(one for one in submission.findings if one.raw.endswith("D")).arguments["expected"] == "C"
    assert codes(door(folder(tmp_path / "free", tables))) == set()


def test_22_evidence_in_the_submission_is_compared(door: Door, tmp_path: Path) -> None:
    right = hashlib.sha256(b"bill").hexdigest()
    for stated, expected in ((right.upper(), set()), ("0" * 64, {"TZ-SUB-22"})):
        path = folder(tmp_path / stated[:4], changed("evidence", 0, file="papers\\bill.pdf", sha256=stated))
        (path / "papers").mkdir()
        (path / "papers" / "bill.pdf").write_bytes(b"bill")
        submission = door(path)
        assert codes(submission) == expected
    assert submission.findings[0].arguments["found"] == right
    assert door(changed("evidence", 0, file="papers/not-here.pdf", sha256=right)).finding_counts == {}


def test_23_a_year_that_touches_the_spell_is_inside(door: Door) -> None:
    tables = changed("enterprises", 1, to="2027-02-01")
    tables["activity"][2]["period"] = "2027"
    assert codes(door(tables)) == set()
    tables["activity"][2] |= {"from": "2027-03-01", "to": "2027-03-31"}
    submission = door(tables)
    assert codes(submission) == {"TZ-SUB-23"}
    assert {one.incomplete for one in submission.excluded} == {False}


def test_24_a_transformation_of_fuel_needs_its_type_and_power_does_not(door: Door) -> None:
    assert found(door(changed("activity", 1, flow="transformation_in", activity_type=""))) == {
        ("TZ-SUB-24", "activity", "activity_type", 3)
    }
    assert codes(door(changed("activity", 2, flow="transformation_out", activity_type="", counterparty=""))) == set()


def test_26_the_wrong_way_round(door: Door) -> None:
    submission = door(changed("enterprises", 1, **{"from": "2026-01-01", "to": "2025-12-31"}))
    assert ("TZ-SUB-26", "enterprises", "to", 3) in found(submission)
    assert fates(submission, "enterprises") == (1, 0, 1)
    laboratory = {"sampled": "2027-03-20", "issued": "2027-03-12"}
    submission = door(with_row("evidence", evidence_id="E2", kind="laboratory_report", **laboratory))
    assert found(submission) == set()  # the columns are not in this file: the helper writes those of its first row


def test_26_laboratory_dates(door: Door) -> None:
    tables = sound()
    tables["evidence"] = [
        {
            "evidence_id": "E1",
            "kind": "检测报告",
            "sampled": "2027-03-20",
            "received": "",
            "tested": "2027-03-21",
            "issued": "2027-03-12",
        }
    ]
    submission = door(tables)
    assert submission.finding_counts == {"TZ-SUB-26": 2}  # issued before sampled, issued before tested
    assert fates(submission, "evidence") == (1, 0, 0)


def test_28_finer_than_kept_is_rounded_half_even_and_said(door: Door, engine) -> None:  # type: ignore[no-untyped-def]
    submission = door(changed("activity", 2, quantity="1.0000005", unit="MWh"))
    assert found(submission) == {("TZ-SUB-28", "activity", "quantity", 4)}
    assert submission.findings[0].severity == "note"
    rows = engine.rows(submission.tables["activity"].filter(lambda t: t.carrier == "electricity"))
    assert str(rows[0]["quantity"]) == "1.000000"


def test_30_a_shifted_row(door: Door, tmp_path: Path) -> None:
    text = csv_text(sound()["activity"]).replace(
        "120.5,10^4Nm3,389.31,,,,,,2,M1,E1", "1,200,10^4Nm3,389.31,,,,,,2,M1,E1"
    )
    path = folder(tmp_path / "p", {**sound(), "activity": []})
    (path / "activity.csv").write_text(text, encoding="utf-8")
    submission = door(path)
    assert {(one.code, one.place.line) for one in submission.findings if one.place} >= {("TZ-SUB-30", 2)}
    assert fates(submission, "activity") == (2, 1, 0)


def test_31_a_column_that_stands_twice(door: Door, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound(), production__csv="期间,主体代码,产品,数量,单位,产量\n2027,A,石灰,5,t,6\n")
    submission = door(path)
    assert found(submission) == {("TZ-SUB-31", "production", "quantity", 0)}
    assert fates(submission, "production") == (1, 0, 0)


def test_32_one_table_in_two_files(door: Door, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound())
    (path / "能源活动.csv").write_text(csv_text(sound()["activity"]), encoding="utf-8")
    submission = door(path)
    assert codes(submission) == {"TZ-SUB-32", "TZ-SUB-14"}
    assert fates(submission, "activity") == (3, 3, 0)


def test_24_a_mixture_names_its_gwp_set(door: Door) -> None:
    tables = sound()
    row = {"period": "2027", "enterprise_id": "A", "gas": "HFC", "quantity": "12.5", "unit": "tCO2e", "gwp_set": ""}
    tables["emissions"] = [row, {**row, "gas": "CH4", "unit": "kg"}, {**row, "gas": "PFC", "gwp_set": "AR4"}]
    submission = door(tables)
    assert found(submission) == {("TZ-SUB-24", "emissions", "gwp_set", 2)}
    assert fates(submission, "emissions") == (2, 1, 0)


def test_filed_figures_take_ratios_and_per_cent(door: Door, engine) -> None:  # type: ignore[no-untyped-def]
    tables = sound()
    row = {"year": "2027", "item": "indicator.core", "value": "0.17", "unit": "tCO2/tce"}
    shares = [
        {**row, "item": f"indicator.{at}", "value": value, "unit": unit}
        for at, (value, unit) in enumerate([("91.7", "%"), ("91.7%", "%")])
    ]
    tables["reported"] = [row, *shares, {**row, "item": "total.tco2", "value": "3.81", "unit": "万吨"}]
    submission = door(tables)
    assert submission.finding_counts == {}
    kept = {one["item"]: (str(one["value"]), one["unit"]) for one in engine.rows(submission.tables["reported"])}
    assert kept == {
        "indicator.core": ("0.170000", "tCO2/tce"),
        "indicator.0": ("0.917000", "1"),
        "indicator.1": ("0.917000", "1"),
        "total.tco2": ("38100.000000", "t"),
    }

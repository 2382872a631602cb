"""Periods, days, moments, vocabulary words and ids."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.submission.coerce import Fault
from verify.submission.coerce.dates import date_, moment, period, year
from verify.submission.coerce.words import boolean, enum, identifier, open_enum
from verify.submission.contract import carriers, contracts, vocabularies, vocabulary
from verify.submission.naming import column_named, folded, is_ignored, table_named

PERIODS = {
    "2027": "2027",
    "2027年": "2027",
    "2027年度": "2027",
    "２０２７": "2027",
    "2027-03": "2027-03",
    "2027-3": "2027-03",
    "2027/3": "2027-03",
    "2027年3月": "2027-03",
    "2027 年 03 月": "2027-03",
    "2027年3月份": "2027-03",
    "202703": "2027-03",
    "2027-03-01": "2027-03",
    "2027-03-01 00:00:00": "2027-03",
    "2027-03-31": "2027-03",
    "Mar 2027": "2027-03",
    "March 2027": "2027-03",
}
NO_PERIODS = {
    "2025-13": "no_such_month",
    "2025-00": "no_such_month",
    "202513": "no_such_month",
    "1827": "no_such_year",
    "2027-03-15": "day_in_period",
    "2027.1": "dotted_month",
    "46082": "serial",
    "2027Q1": "no_period",
    "上半年": "no_period",
    "Mar-27": "no_period",
    "2027-02-30": "no_such_day",
}
DAYS = {
    "2027-03-05": date(2027, 3, 5),
    "2027/3/5": date(2027, 3, 5),
    "2027.3.5": date(2027, 3, 5),
    "2027年3月5日": date(2027, 3, 5),
    "20270305": date(2027, 3, 5),
    "2027-03-05T00:00:00": date(2027, 3, 5),
    "２０２７－０３－０５": date(2027, 3, 5),
    "2028-02-29": date(2028, 2, 29),
}
NO_DAYS = {
    "3/5/2027": "day_order",
    "05-03-2027": "day_order",
    "2027-02-29": "no_such_day",
    "2027-13-01": "no_such_month",
    "46082": "serial",
    "46082.5": "serial",
    "2027-03": "no_date",
    "2027-03-05 10:00": "no_date",
    "昨天": "no_date",
}
MOMENTS = {
    "2027-03-05 08:15": datetime(2027, 3, 5, 8, 15),  # noqa: DTZ001
    "2027-03-05T08:15:30": datetime(2027, 3, 5, 8, 15, 30),  # noqa: DTZ001
    "2027/3/5 8:15": datetime(2027, 3, 5, 8, 15),  # noqa: DTZ001
    "2027年3月5日 8时15分": datetime(2027, 3, 5, 8, 15),  # noqa: DTZ001
    "2027-03-05 24:00": datetime(2027, 3, 6),  # noqa: DTZ001
    "2027-03-05": datetime(2027, 3, 5),  # noqa: DTZ001
    "2027-03-05T00:15:00Z": datetime(2027, 3, 5, 8, 15),  # noqa: DTZ001
    "2027-03-05 08:15+08:00": datetime(2027, 3, 5, 8, 15),  # noqa: DTZ001
    "2027-03-05 08:15:00.500": datetime(2027, 3, 5, 8, 15, 0, 500_000),  # noqa: DTZ001
}


@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_periods(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(("text", "reason"), NO_PERIODS.items())
def test_no_periods(text: str, reason: str) -> None:
    found = period(text)
    assert isinstance(found, Fault)
    assert (found.code, found.reason) == ("TZ-SUB-08", reason)


def test_a_column_of_years_takes_no_month() -> None:
    assert year("2027年") == "2027"
    found = year("2027-03")
    assert isinstance(found, Fault)
    assert found.reason == "not_a_year"


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_days(text: str, expected: date) -> None:
    assert date_(text) == expected


@pytest.mark.parametrize(("text", "reason"), NO_DAYS.items())
def test_no_days(text: str, reason: str) -> None:
    found = date_(text)
    assert isinstance(found, Fault)
    assert (found.code, found.reason) == ("TZ-SUB-09", reason)


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_round_trip_of_days(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ):
        assert date_(text) == day


@pytest.mark.parametrize(("text", "expected"), MOMENTS.items())
def test_moments(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["2027-03-05 25:00", "2027-03-05 08:60", "2027-03-05 24:01", "8:15"])
def test_no_moments(text: str) -> None:
    assert isinstance(moment(text), Fault)


@pytest.mark.parametrize("name", vocabularies())
def test_every_word_of_a_vocabulary_means_its_id_and_no_other(name: str) -> None:
    for id_, word in vocabulary(name).items():
        for text in (id_, word.zh, word.en, *word.aliases):
            assert enum(name, text) == id_, text
            assert enum(name, f" {text.upper()} ") == id_, text


def test_words_are_compared_without_width_case_and_punctuation() -> None:
    assert enum("flow", "Final-Use") == "final_use"
    assert enum("flow", "加工转换 投入") == "transformation_in"
    assert enum("carriers", "ＬＮＧ") == "liquefied_natural_gas"
    assert enum("activity_type", "thermal power") == "火力发电"
    assert boolean("是") is True
    assert boolean("否") is False


def test_an_unknown_word_names_its_neighbour() -> None:
    found = enum("flow", "终端消費量")
    assert isinstance(found, Fault)
    assert (found.code, dict(found.arguments)["nearest"]) == ("TZ-SUB-06", "终端消费")


def test_open_words_and_ids_are_kept_as_typed() -> None:
    assert open_enum("products", "石灰") == "lime"
    assert open_enum("products", " 特种玻璃 ") == "特种玻璃"
    assert identifier("  Ｍ１  a ") == "M1 a"
    assert identifier("m1") != identifier("M1")


@pytest.mark.parametrize("table", contracts())
def test_every_name_of_a_table_and_its_columns_means_it(table: str) -> None:
    contract = contracts()[table]
    for name in (table, contract.title.zh, contract.title.en, *contract.aliases):
        assert table_named(name) == table, name
    for column, one in contract.columns.items():
        for name in (column, one.title.zh, one.title.en, *one.aliases):
            assert column_named(contract, name) == column, name
            assert not is_ignored(name), name


def test_headings_with_units_and_in_two_languages() -> None:
    activity = contracts()["activity"]
    assert column_named(activity, "压力（MPa）") == "pressure"
    assert column_named(activity, "数量 / Quantity") == "quantity"
    assert column_named(activity, "数量*") == "quantity"
    assert column_named(activity, "数量 / Unit") is None
    assert column_named(activity, "低热值实测") is None
    assert table_named("04 能源活动") == "activity"
    assert table_named("能源活动2027") is None
    assert folded("Net calorific-value (MJ)") == "netcalorificvaluemj"


def test_carriers_cover_annex_4() -> None:
    """The fuels that 二(一)1 of annex 4 names, one by one."""
    coal = "无烟煤 炼焦烟煤 一般烟煤 褐煤 洗精煤 其他洗煤 煤制品 煤矸石 焦炭 焦炉煤气 高炉煤气 转炉煤气 其他煤气 其他焦化产品"
    oil = "原油 汽油 煤油 柴油 燃料油 石脑油 润滑油 石蜡 溶剂油 石油沥青 石油焦 液化石油气 炼厂干气 其他石油制品"
    for family, names in {"coal": coal, "oil": oil, "gas": "天然气 液化天然气"}.items():
        for name in names.split():
            found = enum("carriers", name)
            assert isinstance(found, str), name
            assert (carriers()[found].family, carriers()[found].class_) == (family, "fuel"), name


@pytest.mark.parametrize("typed", ["٢٠٢٧", "٢٠٢٧-٠٣", "२०२७"])
def test_digits_of_other_scripts_are_no_period(typed: str) -> None:
    """NFKC makes full-width digits plain; digits of other scripts stay what they are and are refused, never guessed."""
    assert isinstance(period(typed), Fault)

"""The corporate ruler as text: it loads whole, both languages stand everywhere, and its sources are honest."""

from __future__ import annotations

from functools import cache

import pytest
from ghg_world import RULER

from verify.ruler import Ruler, available, load_ruler


@cache
def ruler() -> Ruler:
    return load_ruler(RULER)


def test_it_is_offered_and_complete() -> None:
    assert RULER in available()
    assert ruler().text.status == "complete"
    assert ruler().text.method.gases == ["CO2", "CH4", "N2O", "HFCs", "PFCs", "SF6", "NF3"]


def test_it_sets_no_limit() -> None:
    assert ruler().text.indicators == {}


@pytest.mark.parametrize(
    "name", ["total.tco2", "scope1.tco2e", "scope2_location.tco2e", "scope2_market.tco2e", "term.biogenic.tco2"]
)
def test_its_figures(name: str) -> None:
    assert ruler().text.method.items[name].unit == "tCO2e"


def test_defaults_are_readings() -> None:
    for name, point in ruler().text.parameters.items():
        readings = {one.id for one in point.readings}
        assert point.default in readings, name
        assert point.conservative in readings | {"higher", "lower"}, name


def test_lines_point_at_what_is_there() -> None:
    method = ruler().text.method
    for line in method.lines:
        assert line.term in {*method.terms, ""}, line.id
        assert {*line.factor, *([line.default] if line.default else [])} <= set(method.factors), line.id
        assert set(line.when) <= set(ruler().text.parameters), line.id
        for parameter, readings in line.when.items():
            assert set(readings) <= {one.id for one in ruler().text.parameters[parameter].readings}, line.id
    assert len({line.id for line in method.lines}) == len(method.lines)


def test_the_two_methods_of_scope_2_mirror_each_other() -> None:
    """What enters the total under one method stands beside it under the other: same rows, same factors."""
    lines = [line for line in ruler().text.method.lines if line.term in {"scope2_location", "scope2_market"}]
    beside = {line.id.removesuffix("_beside"): line for line in lines if line.measure == "memo"}
    total = {line.id: line for line in lines if line.measure == "carbon"}
    assert set(beside) == set(total)
    assert [line.id for line in lines if line.measure == "carbon"] == [
        line.id.removesuffix("_beside") for line in lines if line.measure == "memo"
    ]
    for name, line in total.items():
        other = beside[name]
        same = ("match", "term", "sign", "factor", "default", "proof")
        assert all(getattr(line, key) == getattr(other, key) for key in same), name
        assert {*line.when["scope2_method"], *other.when["scope2_method"]} == {"location_based", "market_based"}, name


def test_the_threshold_is_dated_data_and_not_called_primary() -> None:
    threshold = ruler().values[ruler().text.baseline.recalculation_threshold]
    assert ruler().number(threshold.id, "2023") == threshold.entries[0].value == pytest.approx(0.05)
    assert threshold.entries[0].confidence == "secondary"
    assert {one.printed for one in threshold.candidates} == {"5", "10"}


def test_nothing_of_the_standard_is_called_primary() -> None:
    """The standard's own text was not opened: no value that cites it may say `primary`."""
    for value in ruler().values.values():
        for entry in (*value.entries, *value.candidates):
            if entry.cite["document"].startswith("ghg-protocol"):
                assert entry.confidence in {"secondary", "unconfirmed"}, value.id


def test_each_reading_of_the_gwp_set_is_a_report_of_the_factor_file() -> None:
    sets = {name.split(".")[1] for name in ruler().values if name.startswith("gwp.")}
    assert {one.id for one in ruler().text.parameters["gwp_set"].readings} == sets


def test_every_province_of_the_factor_file_has_a_name_in_park_yaml() -> None:
    from verify.road.world import province
    from verify.submission.contract import vocabulary

    known = vocabulary("province")
    published = {
        name.removeprefix("electricity_provincial.")
        for name in ruler().values
        if name.startswith("electricity_provincial.")
    }
    assert published == set(known) - {"tibet"}
    for identifier in published:
        title = ruler().values[f"electricity_provincial.{identifier}"].title
        assert title["zh"].startswith(known[identifier].zh)
        assert title["en"].startswith(known[identifier].en)
        assert {
            province(known[identifier].zh),
            province(known[identifier].aliases[0]),
            province(known[identifier].en),
        } == {identifier}
    assert province("Atlantis") == ""

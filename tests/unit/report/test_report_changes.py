"""The section on what changed in ruler and fence: rows in words, sentences where there is nothing, what is withheld."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from lxml import html

from tests.unit.report.example.bridges import with_bridges
from tests.unit.report.example.changes import LEFT, OPENED
from tests.unit.report.overlay import overlaid, speaking
from verify.report import render_html
from verify.report.changes import changes
from verify.report.reader import Reader
from verify.words import LANGUAGES, catalogue

WHATS = sorted(key.removeprefix("changed.") for key in catalogue("report") if key.startswith("changed."))


def report(changed: list[dict[str, Any]], history: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    plain = with_bridges()
    plain["facts"] |= {"changes": changed, "history": history, **facts}
    return copy.deepcopy(plain)


@pytest.fixture(scope="module", autouse=True)
def _words(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        yield


def section(plain: dict[str, Any], language: str) -> Any:
    return html.fromstring(render_html(plain, language)).xpath("//section[@id='changes']")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_is_a_row_with_its_tonnes(language: str) -> None:
    found = section(report([LEFT], [OPENED]), language)
    cells = [one.text_content().strip() for one in found.xpath(".//tbody/tr/*")]
    assert cells[2:5] == ["2026-12-31", "EV-1", "−6,486.57"]
    assert cells[5] == {"zh": "是", "en": "yes"}[language]
    said = found.xpath(".//p")[-1].text_content()
    assert all(number in said for number in ("172", "166", "4", "2", "1", "earlier-id", "2026"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", WHATS)
def test_every_kind_has_its_words(what: str, language: str) -> None:
    more = {"what": what, "source": "losses", "before": "a b", "after": "c d"}
    row = changes(Reader(report([LEFT | more], []), language)).rows[0]  # type: ignore[union-attr]
    assert row.what
    assert "→" in row.note


def test_the_schema_and_the_catalogue_name_the_same_kinds() -> None:
    from tests.unit.report.test_report_schema import SCHEMA

    kinds = SCHEMA["$defs"]["facts"]["properties"]["changes"]["items"]["properties"]["what"]["enum"]
    assert sorted(kinds) == WHATS


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_changed_and_nothing_held(language: str) -> None:
    years = with_bridges()["facts"]["years"]
    plain = report([], [], base_year=years[0], year=years[-1])
    assert len(set(years)) > 1
    told = changes(Reader(plain, language))
    assert told is not None
    words = catalogue("report")
    assert told.none == words["changes_none"][language]
    assert told.history == [words["history_none"][language]]
    assert changes(Reader(report([], [], base_year=None), language)).none == words["changes_no_base"][language]  # type: ignore[union-attr]


def test_a_report_from_before_has_no_such_section() -> None:
    plain = with_bridges()
    plain["facts"] = {key: value for key, value in plain["facts"].items() if key not in {"changes", "history"}}
    assert html.fromstring(render_html(plain, "en")).xpath("//section[@id='changes']") == []


def test_the_public_sees_the_change_and_neither_its_tonnes_nor_its_details() -> None:
    from verify.disclosure.columns import HIDDEN

    plain = report([LEFT], [])
    assert HIDDEN["changes.tco2"](plain["facts"]) == 1
    assert HIDDEN["changes.detail"](plain["facts"]) == 1
    row = plain["facts"]["changes"][0]
    assert (row["tco2"], row["evidence"], row["when"], row["restated"]) == (None, None, "2026-12-31", True)

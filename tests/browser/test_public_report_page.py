"""The page of a public report in a real browser: it loads alone, says nothing on the console, fits, and prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.unit.disclosure.park import RULE, report
from tests.unit.report.example import not_met
from tests.unit.report.overlay import overlaid, speaking
from verify.disclosure import disclose
from verify.report import public_pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        chromium.find() is None, reason="no Chromium on this machine: tests/browser/install.sh installs it"
    ),
]
WIDTHS = (390, 1200)
FILES = ("index.html", "report.en.html")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each of two parks, with the pages of its bundle."""
    made = {}
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        for name, whole in (("park", report()), ("not_met", not_met())):
            done = disclose(whole["facts"], whole["places"], RULE)
            public = {
                "facts": done.facts,
                "places": done.places,
                "withheld": done.withheld,
                "withheld_share": done.share,
            }
            made[name] = tmp_path_factory.mktemp(name)
            for file, data in public_pages(public).items():
                (made[name] / file).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program is not None
    with chromium.running(program) as running:
        yield running


@pytest.mark.parametrize("name", ["park", "not_met"])
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_loads_alone_and_fits(
    name: str, file: str, width: int, folders: dict[str, Path], browser: chromium.Browser
) -> None:
    page, path = browser.page(), folders[name] / file
    page.open(path, width)
    assert page.messages == []
    assert [one for one in page.requests if not one.startswith("data:")] == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """[...document.querySelectorAll('main *')].filter(one => !one.closest('.scroll') && !one.closest('svg') && !one.closest('.hide')
        && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 90))"""
    assert page.evaluate(outside) == []


def test_the_other_language_is_one_click_away(folders: dict[str, Path], browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(folders["park"] / "index.html", 1200)
    link = page.evaluate("document.querySelector('.kind a').href")
    assert link == (folders["park"] / "report.en.html").as_uri()


def test_what_is_withheld_is_said_on_the_first_screen(folders: dict[str, Path], browser: chromium.Browser) -> None:
    page = browser.page()
    for file in FILES:
        page.open(folders["park"] / file, 1200, 900)
        assert page.evaluate("document.querySelector('p.public').getBoundingClientRect().bottom") < 300
        assert page.evaluate("document.querySelector('.conclusion').getBoundingClientRect().bottom") <= 1000

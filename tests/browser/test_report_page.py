"""The report page in a real browser: it loads from a file, asks for nothing, says nothing on the console, and fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.unit.report.example import VARIANTS
from tests.unit.report.overlay import overlaid, speaking
from verify.report import render_html
from verify.words import LANGUAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        chromium.find() is None, reason="no Chromium on this machine: tests/browser/install.sh installs it"
    ),
]
WIDTHS = (390, 768, 1280)  # a phone, a tablet, a desk
PAGES = [(name, language) for name in VARIANTS for language in LANGUAGES]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        for name, language in PAGES:
            (folder / f"{name}.{language}.html").write_text(render_html(VARIANTS[name](), language), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program is not None
    with chromium.running(program) as running:
        yield running


@pytest.mark.parametrize(("name", "language"), PAGES, ids=["-".join(one) for one in PAGES])
def test_it_loads_alone_and_silently(name: str, language: str, pages: Path, browser: chromium.Browser) -> None:
    page, path = browser.page(), pages / f"{name}.{language}.html"
    page.open(path, 1280)
    assert page.messages == []
    assert [one for one in page.requests if not one.startswith("data:")] == [path.as_uri()]
    assert page.evaluate("document.compatMode") == "CSS1Compat"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_over_the_edge(language: str, width: int, pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / f"not_met.{language}.html", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """[...document.querySelectorAll('main *')].filter(one => !one.closest('.scroll') && !one.closest('svg') && !one.closest('.hide')
        && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 90))"""
    assert page.evaluate(outside) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_on_the_first_screen(language: str, pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / f"not_met.{language}.html", 1280, 900)
    bottoms = page.evaluate(
        "['.verdict', '.figures', '.conclusion', '.counts'].map(one => document.querySelector(one).getBoundingClientRect()).map((one, place) => place < 3 ? one.bottom : one.top)"
    )
    assert max(bottoms) <= 960, bottoms


def test_the_picture_is_drawn(pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / "not_met.zh.html", 1280)
    widths = page.evaluate(
        "[...document.querySelectorAll('.level tbody rect')].map(one => one.getBoundingClientRect().width)"
    )
    assert len(widths) == 6
    # strict 852901, direct 349650, certificates 166500, export 49950 and 11000, claimed 275801: by their tonnes
    for width, tonnes in zip(widths, (852901.27, 349650, 166500, 49950, 11000, 275801.27), strict=True):
        assert abs(width / widths[0] - tonnes / 852901.27) < 0.005
    assert page.evaluate("document.querySelectorAll('.word svg use').length") == 1


def test_it_prints_on_a4(pages: Path, browser: chromium.Browser, tmp_path: Path) -> None:
    page = browser.page()
    page.open(pages / "not_met.zh.html", 1280)
    page.pdf(tmp_path / "report.pdf")
    data = (tmp_path / "report.pdf").read_bytes()
    sheets = data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type/Page/")
    assert data.startswith(b"%PDF-")
    assert 8 <= sheets <= 18
    assert (
        b"/MediaBox [0 0 594.95996 841.91998]" in data or b"/MediaBox [0 0 595" in data or b"/MediaBox [0 0 594" in data
    )

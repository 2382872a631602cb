"""The pages of comparisons in a real browser: they load alone, say nothing, and fit a desk and a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.golden.demonstration import power, rulers, write_park
from verify.report.comparison import comparison_files
from verify.road.comparison import compare, compare_two
from verify.words import LANGUAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        chromium.find() is None, reason="no Chromium on this machine: tests/browser/install.sh installs it"
    ),
]
PAGES = [(kind, language) for kind in ("one", "two") for language in LANGUAGES]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    first = write_park(folder / "first")
    second = write_park(folder / "second", identifier="second", rows=power("240000", "560000"))
    for kind, document in (
        ("one", compare(first, rulers=rulers())),
        ("two", compare_two(first, second, rulers=rulers())),
    ):
        for name, data in comparison_files(document).items():
            (folder / f"{kind}.{name}").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program is not None
    with chromium.running(program) as running:
        yield running


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize(("kind", "language"), PAGES, ids=["-".join(one) for one in PAGES])
def test_it_loads_alone_and_fits(kind: str, language: str, width: int, pages: Path, browser: chromium.Browser) -> None:
    page, path = browser.page(), pages / f"{kind}.compare.{language}.html"
    page.open(path, width)
    assert page.messages == []
    assert [address for address in page.requests if not address.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "[...document.querySelectorAll('main p, main h1, main h3, main h4, main td, main th')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.closest('.hide')).map(e => e.textContent)"
    assert page.evaluate(cut) == []

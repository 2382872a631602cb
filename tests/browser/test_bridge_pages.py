"""The waterfalls in a real browser: they fit a desk and a phone, are drawn to scale, and lose nothing where colour is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.unit.report.example.bridges import only, ratio, reduction, with_bridges
from tests.unit.report.overlay import overlaid, speaking
from verify.report import render_html
from verify.words import LANGUAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        chromium.find() is None, reason="no Chromium on this machine: tests/browser/install.sh installs it"
    ),
]
WIDTHS = (390, 1200)
REPORTS = {
    "whole": with_bridges,
    "rise": lambda: only(
        reduction({"activity": "34000", "grid": "1200", "fuel_switch": "-9000"}, like_for_like="26200")
    ),
    "against": lambda: only(reduction({"boundary": "-12000", "process": "5200"}, like_for_like="5200"), ratio=ratio()),
    "same": lambda: only(reduction({}, like_for_like="0")),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        for name, make in REPORTS.items():
            for language in LANGUAGES:
                (folder / f"{name}.{language}.html").write_text(render_html(make(), language), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Browser]:
    program = chromium.find()
    assert program is not None
    with chromium.running(program) as running:
        yield running


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_it_fits(name: str, language: str, width: int, pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / f"{name}.{language}.html", width)
    assert page.messages == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """[...document.querySelectorAll('main *')].filter(one => !one.closest('.scroll') && !one.closest('svg') && !one.closest('.hide')
        && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 90))"""
    assert page.evaluate(outside) == []
    cut = """[...document.querySelectorAll('.waterfall th, .waterfall td.n, .legend li')].filter(one => one.scrollWidth > one.clientWidth + 1)
        .map(one => one.textContent)"""
    assert page.evaluate(cut) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_bars_are_as_long_as_their_tonnes(width: int, pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / "whole.en.html", width)
    drawn = page.evaluate(
        """[...document.querySelector('#bridges .waterfall').querySelectorAll('tbody tr')].filter(row => row.querySelector('.pic rect'))
        .map(row => [Math.abs(row.querySelector('td.n data').value), row.querySelector('.pic rect').getAttribute('width')])"""
    )
    assert len(drawn) == 13  # two totals and the eleven causes that are not zero
    (whole, longest), *rest = [(float(tonnes), float(part.removesuffix("%"))) for tonnes, part in drawn]
    for tonnes, part in rest:
        assert abs(part / longest - tonnes / whole) < 0.0001


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["whole", "against"])
def test_marks_of_the_axis_do_not_run_into_each_other(
    name: str, width: int, pages: Path, browser: chromium.Browser
) -> None:
    page = browser.page()
    page.open(pages / f"{name}.en.html", width)
    apart = page.evaluate(
        """Math.min(...[...document.querySelectorAll('.waterfall .axis')].flatMap(axis => {
        const boxes = [...axis.querySelectorAll('text')].map(one => one.getBoundingClientRect()).filter(one => one.width)
        return boxes.slice(1).map((box, place) => box.left - boxes[place].right) }))"""
    )
    assert apart > 1


def test_looks_differ_by_more_than_colour(pages: Path, browser: chromium.Browser) -> None:
    """Two groups differ in pattern, dashes or lightness; a rise has a frame of its own width."""
    page = browser.page()
    page.open(pages / "whole.zh.html", 1200)
    looks = page.evaluate(
        """Object.fromEntries(['incomparable', 'moved', 'outside', 'plants', 'unexplained', 'plants up'].map(look => {
        const style = getComputedStyle(document.querySelector(`rect[class="w-${look}"]`))
        return [look, [style.fill, style.strokeDasharray, style.strokeWidth]] }))"""
    )
    fills = [fill for fill, _, _ in looks.values()]
    assert len(set(fills)) == len(fills)
    assert sum("url" in fill for fill in fills) == 4  # three groups and the rise of the fourth
    assert looks["unexplained"][1] != "none"
    assert float(looks["plants up"][2].removesuffix("px")) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_claim_is_told_on_the_first_screen(language: str, pages: Path, browser: chromium.Browser) -> None:
    page = browser.page()
    page.open(pages / f"whole.{language}.html", 1200)
    assert page.evaluate("document.querySelector('.claimed').getBoundingClientRect().bottom") < 600


def test_it_prints(pages: Path, browser: chromium.Browser, tmp_path: Path) -> None:
    page = browser.page()
    page.open(pages / "whole.zh.html", 1200)
    page.call("Emulation.setEmulatedMedia", media="print")
    # a picture is never taller than the printed part of a sheet: 264 mm, drawn at 78 per cent
    tallest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.waterfall')].map(one => one.getBoundingClientRect().height))"
    )
    assert tallest < 264 / 25.4 * 96
    page.pdf(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")

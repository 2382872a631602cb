"""Green power by the hour on the page: the map cell by cell, the curve, the sentences, what a public report keeps back."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.unit.report.example import with_bridges, with_matching
from tests.unit.report.example.matching import section
from verify.report.charts.curve import curve
from verify.report.charts.heat import Layer, heat
from verify.report.html import render_html
from verify.report.matching import SIGNS, has_matching, told
from verify.report.reader import Reader
from verify.words import LANGUAGES, Language


def cells(layer: Layer) -> list[tuple[int, int]]:
    """(day, hour) of every cell that a path fills, with repeats."""
    found = []
    for run in layer.path.split("z")[:-1]:
        x, y, way, length = re.fullmatch(r"M(\d+) (\d+)(?:h1v|h)(\d+)(?:h-1|v1h-\d+)", run) and (
            *map(int, re.findall(r"\d+", run)[:2]),
            "down" if "h1v" in run else "along",
            int(re.findall(r"\d+", run)[3] if "h1v" in run else re.findall(r"\d+", run)[2]),
        )
        found += [(x, y + step) if way == "down" else (x + step, y) for step in range(length)]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_is_drawn_once_in_its_class(seed: int) -> None:
    chance = Random(seed)
    days = ["".join(chance.choice(SIGNS if seed % 2 else "nnnnf") for _ in range(24)) for _ in range(40)]
    layers = heat(days, SIGNS, [0, 31]).layers
    for layer in layers:
        assert sorted(cells(layer)) == [(d, h) for d in range(40) for h in range(24) if days[d][h] == layer.sign]
    assert sum(layer.cells for layer in layers) == 40 * 24


def test_a_dark_year_takes_few_bytes() -> None:
    (layer,) = heat(["n" * 24] * 365, SIGNS, [0]).layers
    assert len(layer.path) < 24 * 25


def test_the_curve_goes_from_its_first_share_to_its_last() -> None:
    drawn = curve(["1.0000", "0.2500", "0.0000"])
    assert drawn is not None
    assert drawn.line == "M0 0L50 75L100 100"
    assert drawn.area == "M0 0L50 75L100 100V100H0z"
    assert curve([]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_stands_first_and_names_both_shares(language: Language) -> None:
    found = told(Reader(with_matching(), language))
    assert found is not None
    assert all(share in found.sentences[0] for share in ("100.00%", "82.00%", "43.20%"))
    assert "47.00%" in found.sentences[1]
    assert "472.86" in found.sentences[2]
    assert "8592" in found.sentences[3]
    assert found.counts["-"] == 7 * 24


def test_a_report_without_hours_has_no_section() -> None:
    report = with_bridges()
    assert not has_matching(Reader(report, "en"))
    lists: dict[str, list[str]] = {key: [] for key, value in section().items() if isinstance(value, list)}
    report["facts"]["matching"] = {**dict.fromkeys(section()), **lists, "absent": {"key": "checks.no_readings"}}
    assert not has_matching(Reader(report, "en"))
    assert 'id="matching"' not in render_html(report, "en")


def test_the_page_draws_map_and_curve_and_says_what_the_area_is_not() -> None:
    page = render_html(with_matching(), "en")
    assert page.count('class="m-') >= len(SIGNS)
    assert "curve-line" in page
    assert "not weighted by energy" in page
    assert render_html(with_matching(), "en") == page

"""compare and rules impact as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.golden.demonstration import RULERS, power, rulers, write_park

RULER_OPTIONS = [word for one in rulers() for word in ("--ruler", one)]


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("parks")
    other = write_park(folder / "other", identifier="other", rows=power("240000", "560000"))
    return write_park(folder / "one"), other


def test_one_submission_in_words_and_files(parks: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "comparison"
    told = said("compare", parks[0], *RULER_OPTIONS, "-o", out, "--lang", "zh")
    assert (told.code, told.err) == (0, "")
    for part in (
        "判定取决于标尺",
        "1.1100 tCO₂/tce",
        "0.7075",
        "0.1777",
        "达到目标值：示范标尺（云南平均）、示范标尺（抵消）",
    ):
        assert part in told.out, told.out
    assert sorted(path.name for path in out.iterdir()) == ["compare.en.html", "compare.json", "compare.zh.html"]
    printed = said("compare", parks[0], *RULER_OPTIONS, "--json")
    assert json.loads(printed.out) == json.loads((out / "compare.json").read_bytes())


def test_two_submissions(parks: tuple[Path, Path]) -> None:
    told = said("compare", *parks, *RULER_OPTIONS, "--lang", "en")
    assert told.code == 0
    assert "A is nowhere higher than B" in told.out
    assert "Demonstration park" in told.out


def test_what_another_ruler_does(parks: tuple[Path, Path]) -> None:
    """320 and 560 GWh at 0.1333 instead of 0.5306: 127,136 and 222,488 t less, together 349,624."""
    between = ("--from", RULERS / "demo-average", "--to", RULERS / "demo-yunnan")
    told = said("rules", "impact", *between, *parks, "--lang", "en")
    assert told.code == 0
    for part in ("−127,136.00", "−222,488.00", "−349,624.00", "gained (Not met → Met)", "gained 1, unchanged 1"):
        assert part in told.out, told.out


def test_a_ruler_or_submission_that_is_not_there(parks: tuple[Path, Path], tmp_path: Path) -> None:
    assert said("compare", parks[0], "--ruler", "no-such-ruler").code == 2
    assert said("compare", tmp_path / "nothing").code == 3

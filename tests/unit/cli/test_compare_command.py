"""compare and rules impact as a person types them. Expected values by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import said
from tests.golden.demonstration import RULERS, power, rulers, write_park

AVERAGE, YUNNAN = RULERS / "demo-average", RULERS / "demo-yunnan"
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
    """The same 800 GWh with 320 and with 560 GWh uncertified: A is lower, and where the rest is offset both are 0."""
    told = said("compare", *parks, *RULER_OPTIONS, "--lang", "en")
    assert told.code == 0
    assert "A is nowhere higher than B under any basis of the 4 rulers (of 4)" in told.out
    assert "Demonstration park" in told.out


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "在可比的 2 个标尺（共 2 个）的全部口径下，甲都较低。"),
        ("en", "A is lower under every basis of the 2 rulers (of 2) that can compare the two."),
    ],
)
def test_one_dominates_the_other(parks: tuple[Path, Path], language: str, sentence: str) -> None:
    """At 0.5306: 169,792 t over 240,000 tce are 0.7075, 297,136 t are 1.2381; at 0.1333 a quarter of that."""
    told = said("compare", *parks, "--ruler", AVERAGE, "--ruler", YUNNAN, "--lang", language)
    assert (told.code, told.err) == (0, "")
    for part in (sentence, "0.7075 tCO₂/tce", "1.2381 tCO₂/tce", "0.1777 tCO₂/tce", "0.3110 tCO₂/tce"):
        assert part in told.out, told.out


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("zh", ("孰低取决于标尺（可比的 2 个，共 2 个）。", "甲较低：国家级零碳园区", "乙较低：企业温室气体核算通则")),
        ("en", ("The order depends on the ruler (2 of 2 can", "A is lower: National zero-carbon", "B is lower: Chinese enterprises")),
    ],
)  # fmt: skip
def test_the_order_depends_on_the_ruler(tmp_path: Path, language: str, parts: tuple[str, ...]) -> None:
    """800 MWh with 700 certified, 500 MWh with 300. The national ruler counts what is left, 100 MWh of 800 (0.8325 x 100 / 240
    is 0.3469) and 200 of 500 (1.1100); the enterprise ruler counts all power at one average, so 800 is more than 500."""
    first = write_park(tmp_path / "first", identifier="first", rows=power("700", "100"))
    second = write_park(tmp_path / "second", identifier="second", rows=power("300", "200"))
    words = ("--ruler", "cn-national-2025", "--ruler", "gbt-32150-enterprise", "--lang", language)
    told = said("compare", first, second, *words)
    assert (told.code, told.err) == (0, "")
    for part in (*parts, "0.3469 tCO₂/tce", "1.1100 tCO₂/tce"):
        assert part in told.out, told.out


def test_what_another_ruler_does(parks: tuple[Path, Path]) -> None:
    """320 and 560 GWh at 0.1333 instead of 0.5306: 127,136 and 222,488 t less, together 349,624."""
    told = said("rules", "impact", "--from", AVERAGE, "--to", YUNNAN, *parks, "--lang", "en")
    assert told.code == 0
    for part in ("−127,136.00", "−222,488.00", "−349,624.00", "gained (Not met → Met)", "gained 1, unchanged 1"):
        assert part in told.out, told.out


def test_back_again_the_verdict_is_lost(parks: tuple[Path, Path]) -> None:
    told = said("rules", "impact", "--from", YUNNAN, "--to", AVERAGE, *parks, "--lang", "zh")
    assert told.code == 0
    for part in ("+127,136.00", "+222,488.00", "+349,624.00", "失去（达到目标值 → 未达到目标值）", "失去 1、不变 1"):
        assert part in told.out, told.out


def one_line(data: Any) -> str:
    """RFC 8785 of data without numbers: keys in order, nothing between, characters as they are."""
    assert not _numbers(data)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _numbers(data: Any) -> bool:
    if isinstance(data, dict):
        return any(map(_numbers, data.values()))
    if isinstance(data, list):
        return any(map(_numbers, data))
    return isinstance(data, int | float) and not isinstance(data, bool)


@pytest.mark.parametrize("question", ["one", "two", "impact", "diff"])
def test_documents_are_canonical_and_threads_change_no_byte(parks: tuple[Path, Path], question: str) -> None:
    words: dict[str, list[str | Path]] = {
        "one": ["compare", parks[0], *RULER_OPTIONS],
        "two": ["compare", *parks, *RULER_OPTIONS],
        "impact": ["rules", "impact", "--from", AVERAGE, "--to", YUNNAN, *parks],
        "diff": ["rules", "diff", AVERAGE, YUNNAN, parks[0]],
    }
    one, two = (said(*words[question], "--json", "--threads", str(count)) for count in (1, 2))
    assert (one.code, one.err) == (0, "")
    assert one.out == one_line(json.loads(one.out)) + "\n"
    assert one.out == two.out


def test_quiet_says_nothing(parks: tuple[Path, Path]) -> None:
    for words in (("compare", parks[0], "--ruler", AVERAGE), ("rules", "diff", AVERAGE, AVERAGE)):
        assert said(*words, "--quiet").all == ""


def test_a_ruler_or_submission_that_is_not_there(parks: tuple[Path, Path], tmp_path: Path) -> None:
    assert said("compare", parks[0], "--ruler", "no-such-ruler").code == 2
    assert said("compare", tmp_path / "nothing").code == 3

"""The internal annex of statistical tests: what ran by its p, what refused by its reason, nothing of it in public."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import verify
from verify.report import statistics
from verify.words import LANGUAGES, catalogue


def row(test: str, state: str, adjusted: str | None = None, reason: str | None = None) -> dict[str, Any]:
    return {
        "code": "TZ-NUM-01",
        "test": test,
        "subject": "M",
        "state": state,
        "adjusted": adjusted,
        "p": adjusted,
        "reason": reason,
    }


ROWS = [
    row("last_digit", "not_significant", "1.000000"),
    row("last_digit", "refused", reason="few_values"),
    row("scaled_copy", "refused", reason="nothing_beside"),
    row("last_digit", "refused", reason="few_values"),
    row("equal_months", "significant", "0.000100"),
]


def reader(rows: list[dict[str, Any]], *, public: bool = False, language: str = "en") -> Any:
    return SimpleNamespace(facts={"statistics": rows}, withheld=SimpleNamespace(public=public), language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_least_p_comes_first_and_refusals_are_counted(language: str) -> None:
    told = statistics.told(reader(ROWS, language=language))
    assert told is not None
    assert [one["test"] for one in told.ran] == ["equal_months", "last_digit"]
    assert told.refused == [("last_digit", "few_values", 2), ("scaled_copy", "nothing_beside", 1)]
    assert all(number in told.sentence for number in "5213")


def test_nothing_where_there_is_no_family_and_nothing_in_public() -> None:
    assert statistics.told(reader([])) is None
    assert statistics.told(reader(ROWS, public=True)) is None


def test_every_test_state_and_reason_has_its_words() -> None:
    """The reasons are those that the source refuses with."""
    root = Path(verify.__file__).parent
    files = [*(root / "statistics").glob("*.py"), root / "checks" / "number_tests.py"]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    reasons = set(re.findall(r'Declined\("([a-z_]+)"', source)) | set(re.findall(r'else "([a-z_]+)", n\)', source))
    tests = set(re.findall(r'_line\([A-Z]+, "([a-z_]+)"', source)) | set(
        re.findall(r'_line\(\s*[A-Z]+, "([a-z_]+)"', source)
    )
    assert len(reasons) > 6
    assert len(tests) > 8
    wanted = {f"reason.{one}" for one in reasons} | {f"test.{one}" for one in tests}
    wanted |= {f"state.{one}" for one in ("significant", "explained", "not_significant")}
    assert wanted - catalogue("statistic").keys() == set()

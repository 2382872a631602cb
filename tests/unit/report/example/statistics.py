"""PX-2 with the annex of statistics typed by hand: one test that asks, one that found nothing, one that refused."""

from __future__ import annotations

from typing import Any

from tests.unit.report.example.proofs import with_proofs

CODE = "TZ-NUM-05"


def annex() -> list[dict[str, Any]]:
    """The section `statistics` of the facts."""
    return [
        _line("TZ-NUM-01", "last_digit", "not_significant", "", n="288", statistic="7.510000", p="0.584000", adjusted="1.000000"),
        _line("TZ-NUM-03", "round_digits", "refused", "few_values", n="24", statistic=None, p=None, adjusted=None),
        _line(CODE, "meter_scatter", "significant", "", n="36", statistic="0.002100", p="0.000012", adjusted="0.000120"),
    ]  # fmt: skip


def with_statistics() -> dict[str, Any]:
    """PX-2 with everything else, the annex, the question that came of it and the run of its check."""
    report = with_proofs()
    facts = report["facts"]
    facts["statistics"] = annex()
    facts["findings"] = [
        *facts["findings"],
        {
            "code": CODE,
            "severity": "question",
            "subject": "E1",
            "period": "2027",
            "effect": None,
            "arguments": {"test": "meter_scatter", "what": "electricity", "other": "", "n": "36", "chance": "0.00012", "family": "2"},
            "rows": "36",
            "row_ids": [],
            "places_shown": "0",
        },
    ]  # fmt: skip
    facts["runs"] = [*facts["runs"], facts["runs"][0] | {"code": CODE}]
    return report


def _line(code: str, test: str, state: str, reason: str, **numbers: str | None) -> dict[str, Any]:
    return {
        "code": code,
        "test": test,
        "table": "activity",
        "subject": "E1",
        "what": "electricity",
        "other": None,
        "period": "2027",
        "tco2": "1200.000000",
        "state": state,
        "reason": reason or None,
        **numbers,
    }

"""A suite run over the result tables of a report. The only module that imports great_expectations, and only when it runs.

What Great Expectations says is kept as far as it is a function of suite and facts: no time, no id, no place in memory.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, digest
from verify.expectations.suite import Expectation, Suite
from verify.expectations.tables import Table, table

FORMAT = "truezero-expectations/1"
_MOST = 100  # rows named of one expectation; the count is complete
_PLACES = 12
_KEY = "truezero_row"
_OF_EACH = ("expect_column_values_", "expect_column_pair_values_", "expect_compound_", "expect_table_")
_OF_NO_ROWS = {"expect_column_sum_to_be_between"}  # a sum of nothing is known, a mean of nothing is not


def run(facts: Mapping[str, Any], suites: Sequence[Suite]) -> dict[str, Any]:
    """What the suites find in the facts, as canonical JSON holds it (docs/formats/expectations.md)."""
    return {
        "format": FORMAT,
        "park": facts["park"]["id"],
        "year": facts["year"],
        "ruler": {"id": facts["ruler"]["id"], "sha256": facts["ruler"]["sha256"]},
        "facts_sha256": digest(facts),
        "suites": [_of_suite(facts, one) for one in suites],
    }


def _of_suite(facts: Mapping[str, Any], suite: Suite) -> dict[str, Any]:
    tables = {name: table(facts, name) for name in sorted({one.table for one in suite.expectations})}
    runner = _Runner(tables)
    return {
        "name": suite.name,
        "title": dict(suite.title),
        "results": [_told(one) | runner.outcome(one) for one in suite.expectations],
    }


def _told(one: Expectation) -> dict[str, Any]:
    """The expectation itself."""
    return {
        "type": one.type,
        "table": one.table,
        "columns": list(one.columns),
        "severity": one.severity,
        "title": dict(one.title),
        "clause": one.clause,
    }


class _Runner:
    """One quiet context, with a dataframe for each table."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import: older versions read it there
        import great_expectations as gx

        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        self._gx = gx
        self._tables = tables
        source = context.data_sources.add_pandas("report")
        self._batches = {
            name: source.add_dataframe_asset(name=name)
            .add_batch_definition_whole_dataframe("whole")
            .get_batch({"dataframe": _frame(one)})
            for name, one in tables.items()
        }

    def outcome(self, one: Expectation) -> dict[str, Any]:
        """Whether it holds, what was seen, which rows do not hold; or why it could not run."""
        missing = [name for name in one.columns if name not in self._tables[one.table].columns]
        if missing:
            return _could_not("suite.missing_column", name=missing[0], table=one.table)
        if not self._tables[one.table].held:
            return _could_not("suite.not_held", table=one.table)
        if not self._tables[one.table].rows and one.type not in _OF_NO_ROWS and not one.type.startswith(_OF_EACH):
            return _could_not("suite.no_rows", table=one.table)
        suite = self._gx.ExpectationSuite(name="one", expectations=[{"type": one.type, "kwargs": dict(one.kwargs)}])
        asked = {"result_format": "COMPLETE", "unexpected_index_column_names": [_KEY]}
        (result,) = self._batches[one.table].validate(suite, result_format=asked).to_json_dict()["results"]
        crash = result["exception_info"]
        if crash.get("raised_exception") is not False:
            return _could_not("suite.not_computed", type=one.type)
        seen = result["result"]
        rows = sorted({str(row[_KEY]) for row in seen.get("unexpected_index_list") or []})
        return {
            "outcome": "passed" if result["success"] else "failed",
            "reason": None,
            "observed": _plain(seen.get("observed_value")),
            "rows": rows[:_MOST],
            "count": str(seen.get("unexpected_count") or 0),
        }


def _could_not(key: str, **arguments: str) -> dict[str, Any]:
    reason = {"key": key, "arguments": arguments}
    return {"outcome": "could_not_run", "reason": reason, "observed": None, "rows": [], "count": "0"}


def _frame(one: Table) -> Any:
    """A dataframe of the table with a column that names each row."""
    import pandas as pd

    columns = {
        name: pd.Series([row[name] for row in one.rows], dtype="float64" if kind == "number" else "object")
        for name, kind in one.columns.items()
    }
    keys = [" ".join(str(row[name]) for name in one.key if row[name]) for row in one.rows]
    return pd.DataFrame(columns | {_KEY: pd.Series(keys, dtype="object")})


def _plain(value: Any) -> Any:
    """What was observed, as decimal text, word or list of them; anything else stays away."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and Decimal(value).is_finite():
        return (
            decimal_text(Fraction(value), _PLACES).rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        )
    return None

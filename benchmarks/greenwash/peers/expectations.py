"""A Great Expectations suite of usual expectations on the claim year, its bounds profiled on the base year."""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any

from benchmarks.greenwash.peers.frames import ACTIVITY_KEY, frames
from fixtures.simulator.park import Park

_BAND = 0.20
_MORE = 1.5  # a quantity may be that many times the largest of its carrier in the base year


def alarms(park: Park) -> frozenset[str]:
    """An alarm for each expectation that fails, by table, carrier and column."""
    found: set[str] = set()
    for table, frame in frames(park).items():
        if "period" not in frame:
            continue
        kind = next((name for name in ("carrier", "product", "gas") if name in frame), "")
        year = frame["period"].str[:4]
        then, now = (frame[year == park.meta[key]].reset_index(drop=True) for key in ("base_year", "reporting_year"))
        found |= _failed(table, "", now, _whole(table, then, now))
        for word in sorted(set(then[kind]) & set(now[kind])) if kind else ():
            before, after = then[then[kind] == word], now[now[kind] == word].reset_index(drop=True)
            found |= _failed(table, str(word), after, _of_kind(before))
    return frozenset(found)


def _whole(table: str, then: Any, now: Any) -> list[Any]:
    import great_expectations.expectations as gxe

    found = [
        gxe.ExpectTableRowCountToBeBetween(
            min_value=int(len(then) * (1 - _BAND)), max_value=int(len(then) * (1 + _BAND)) + 1
        ),
        gxe.ExpectColumnValuesToNotBeNull(column="quantity"),
        gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=0),
        gxe.ExpectColumnValuesToBeInSet(column="unit", value_set=sorted(set(then["unit"]))),
    ]
    if table == "activity":
        found.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=[name for name in ACTIVITY_KEY if name in now]))
        found.append(
            gxe.ExpectColumnDistinctValuesToBeInSet(
                column="enterprise_id", value_set=sorted(set(then["enterprise_id"]))
            )
        )
        found.append(
            gxe.ExpectColumnDistinctValuesToContainSet(
                column="enterprise_id", value_set=sorted(set(then["enterprise_id"]))
            )
        )
    return found


def _of_kind(before: Any) -> list[Any]:
    import great_expectations.expectations as gxe

    whole = float(before["quantity"].sum())
    return [
        gxe.ExpectColumnSumToBeBetween(column="quantity", min_value=whole * (1 - _BAND), max_value=whole * (1 + _BAND)),
        gxe.ExpectColumnMaxToBeBetween(
            column="quantity", min_value=0, max_value=float(before["quantity"].max()) * _MORE
        ),
    ]


def _failed(table: str, word: str, frame: Any, expected: list[Any]) -> frozenset[str]:
    import great_expectations as gx

    if frame.empty:
        return frozenset()
    batch = _asset().add_or_get(table).get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="usual", expectations=expected)
    results = batch.validate(suite).results
    return frozenset(
        f"{table} {word} {one.expectation_config.type} {one.expectation_config.kwargs.get('column', '')}"
        for one in results
        if not one.success
    )


@cache
def _asset() -> Any:
    """One quiet ephemeral context of this process, with a dataframe asset for each table."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return _Assets(context.data_sources.add_pandas("greenwash"))


class _Assets:
    """The batch definitions of a data source, by table."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._known: dict[str, Any] = {}

    def add_or_get(self, table: str) -> Any:
        """The batch definition of a table."""
        if table not in self._known:
            self._known[table] = self._source.add_dataframe_asset(name=table).add_batch_definition_whole_dataframe(
                "whole"
            )
        return self._known[table]

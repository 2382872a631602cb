"""The second lock: pandera holds the same contract against what our own coercion let through (DESIGN 4).

Always an eager frame: on a LazyFrame pandera checks the schema only and finds nothing in the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from verify.submission.contract import Column, Contract, contracts, vocabulary

if TYPE_CHECKING:
    import pandera.polars as pandera
    import pyarrow as pa

PERIOD = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"
YEAR = r"^[0-9]{4}$"


def violations(contract: Contract, batch: pa.RecordBatch) -> Iterator[tuple[int, str, str]]:
    """Row of `batch`, column and broken rule for every violation of the contract; row -1 where the frame as a whole fails."""
    import pandera.errors
    import polars

    frame = polars.from_arrow(batch.select(contract.canonical_columns))
    assert isinstance(frame, polars.DataFrame)
    try:
        schema_of(contract.table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for case in errors.failure_cases.iter_rows(named=True):
            row = case["index"]
            yield (-1 if row is None else int(row)), str(case["column"] or ""), str(case["check"])


@cache
def schema_of(table: str) -> pandera.DataFrameSchema:
    """The pandera schema of a canonical table, derived from its contract."""
    import pandera.polars as pandera
    import polars

    contract = contracts()[table]
    columns = {name: _column(column) for name, column in contract.columns.items()}
    if contract.has_year:
        columns["year"] = pandera.Column(polars.String, pandera.Check.str_matches(YEAR, error="year"), nullable=False)
    return pandera.DataFrameSchema(columns, strict=True, ordered=True, coerce=False)


def _column(column: Column) -> Any:
    import pandera.polars as pandera

    return pandera.Column(
        _dtype(column), list(_checks(column)), nullable=not column.textual and not _must(column), coerce=False
    )


def _dtype(column: Column) -> Any:
    import polars

    if column.textual:
        return polars.String
    if column.digits is not None:
        return polars.Decimal(*column.digits)
    plain: dict[str, Any] = {
        "date": polars.Date,
        "datetime": polars.Datetime("us"),
        "integer": polars.Int64,
        "boolean": polars.Boolean,
    }
    return plain[column.type]


def _checks(column: Column) -> Iterator[Any]:
    import pandera.polars as pandera

    if column.type == "enum" and column.vocabulary is not None:
        words = [*vocabulary(column.vocabulary), *([] if _must(column) else [""])]
        yield pandera.Check.isin(words, error="vocabulary")
    elif column.type == "period":
        pattern = YEAR if column.only_year else PERIOD
        yield pandera.Check.str_matches(pattern if _must(column) else f"^$|{pattern}", error="period")
    elif column.textual and _must(column):
        yield pandera.Check.str_length(min_value=1, error="required")
    if column.textual or column.type in {"date", "datetime", "boolean"}:
        return
    if column.minimum is not None:
        least = _bound(column, column.minimum)
        yield (
            pandera.Check.gt(least, error="minimum")
            if column.above_minimum
            else pandera.Check.ge(least, error="minimum")
        )
    if column.maximum is not None:
        yield pandera.Check.le(_bound(column, column.maximum), error="maximum")


def _must(column: Column) -> bool:
    """Never blank in a row that is used."""
    return column.required and not column.keeps_row


def _bound(column: Column, text: str) -> Any:
    return int(text) if column.type == "integer" else Decimal(text)

"""pandera as the second lock: it sees what coercion let through, and a door whose coercion is broken stays shut."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from verify.submission.coerce import words
from verify.submission.coerce.decimals import Kept
from verify.submission.coerce.steam import SteamValues
from verify.submission.contract import contracts
from verify.submission.raw import RawBatch
from verify.submission.second_lock import violations
from verify.submission.typed import FaultLog, TableTyper, kinds, measured

from .conftest import Door
from .handing import found, sound

ACTIVITY = contracts()["activity"]


def typed() -> pa.RecordBatch:
    rows = sound()["activity"]
    raw = RawBatch(list(range(2, len(rows) + 2)), {name: [row[name] for row in rows] for name in rows[0]})
    typer = TableTyper(ACTIVITY, FaultLog(), steam=SteamValues(Decimal("83.74")), free_ids=True)
    return typer.batch(raw, {name: name for name in raw.columns}, 0)


def replaced(column: str, values: list[Any], kind: pa.DataType | None = None) -> pa.RecordBatch:
    batch = typed()
    at = batch.schema.get_field_index(column)
    return batch.set_column(at, column, pa.array(values, type=kind or batch.schema.field(column).type))


def test_a_sound_batch_passes() -> None:
    assert list(violations(ACTIVITY, typed())) == []


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("flow", ["purchased", "eaten", "sold"], {(1, "flow", "vocabulary")}),
        ("quantity", [None, Decimal(1), Decimal(-1)], {(0, "quantity", "not_nullable"), (2, "quantity", "minimum")}),
        ("period", ["2027-13", "2027", ""], {(0, "period", "period"), (2, "period", "period")}),
        ("enterprise_id", ["A", "", "B"], {(1, "enterprise_id", "required")}),
        ("biogenic_fraction", [Decimal(2), None, Decimal(1)], {(0, "biogenic_fraction", "maximum")}),
        ("ncv", [Decimal(0), None, None], {(0, "ncv", "minimum")}),
        ("year", ["2027", "27", "2027"], {(1, "year", "year")}),
        ("supply", ["", None, "grid"], {(1, "supply", "not_nullable")}),
    ],
)
def test_it_really_sees_failures_in_the_data(
    column: str, values: list[Any], expected: set[tuple[int, str, str]]
) -> None:
    assert set(violations(ACTIVITY, replaced(column, values))) == expected


def test_a_wrong_type_fails_the_whole_frame() -> None:
    (violation,) = violations(ACTIVITY, replaced("quantity", [1.0, 2.0, 3.0], pa.float64()))
    assert violation[:2] == (-1, "quantity")


def test_a_broken_coercion_does_not_get_through(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: an enum reading that accepts anything, and a quantity that forgets its bound."""
    monkeypatch.setattr(words, "enum", lambda name, text: text.strip())
    monkeypatch.setattr(kinds.words, "enum", lambda name, text: text.strip())
    monkeypatch.setattr(measured, "quantity", lambda column, allowed, text, unit: Kept(Decimal(text)))
    tables = sound()
    tables["activity"][1] |= {"flow": "eaten"}
    tables["activity"][2] |= {"quantity": "-5"}
    submission = door(tables)
    assert found(submission) == {("TZ-SUB-29", "activity", "flow", 3), ("TZ-SUB-29", "activity", "quantity", 4)}
    assert submission.disposition_counts["activity"] == {"used": 1, "excluded": 2, "blocking": 0}
    assert {one.raw for one in submission.findings} == {"eaten", "-5"}


def test_what_is_shown_is_the_cell_as_typed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed in 10^4 Nm3 with a thousands separator, kept as -50000 of the base unit: the reader looks for what was typed."""
    monkeypatch.setattr(
        measured, "quantity", lambda column, allowed, text, unit: Kept(Decimal(text.strip().replace(",", "")) * 10)
    )
    tables = sound()
    tables["activity"][1] |= {"quantity": "-5,000"}
    (one,) = door(tables).findings
    assert (one.code, one.column, one.raw) == ("TZ-SUB-29", "quantity", "-5,000")

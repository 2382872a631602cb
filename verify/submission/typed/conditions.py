"""Rules between the columns of one row: needed when, only for, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from verify.submission.contract import Column, Contract, carriers
from verify.submission.typed.memo import Read

if TYPE_CHECKING:
    import numpy as np

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

NEEDED_HERE = "TZ-SUB-24"
NOT_FOR_THIS = "TZ-SUB-25"
OUT_OF_ORDER = "TZ-SUB-26"


def needed(column: Column, reads: Mapping[str, Read]) -> Mask | None:
    """The rows in which a conditional column must be filled, or None where it never must."""
    if column.required_when:
        return holds(column.required_when, reads)
    if column.required_with is not None:
        return reads[column.required_with].given()
    return None


def misplaced(column: Column, reads: Mapping[str, Read]) -> Mask | None:
    """The rows that fill a column which does not apply to them, or None where it always applies."""
    if not column.only_for:
        return None
    read: Mask = ~holds(column.only_for, reads)
    for condition in column.only_for:  # what could not be read says nothing about the rest of its row
        other = reads[condition.partition(".")[0]]
        read &= ~other.refused() & ~other.blank()
    return read


def holds(conditions: Mapping[str, list[str]], reads: Mapping[str, Read]) -> Mask:
    """The rows in which every condition ``column: words`` or ``carrier.class: words`` holds."""
    mask: Mask | None = None
    for name, allowed in conditions.items():
        column, _, attribute = name.partition(".")
        if attribute == "class":
            found = reads[column].among(lambda value, allowed=allowed: carriers()[value].class_ in allowed)  # type: ignore[misc]
        else:
            found = reads[column].among(allowed.__contains__)
        mask = found if mask is None else mask & found
    assert mask is not None
    return mask


def out_of_order(contract: Contract, reads: Mapping[str, Read]) -> Iterator[tuple[str, str, Mask]]:
    """For each pair of ordered columns: the earlier, the later, and the rows in which they stand the wrong way round."""
    import pyarrow.compute as pc

    for rule in contract.rules:
        if rule.rule != "ordered":
            continue
        for at, later in enumerate(rule.columns):
            for earlier in rule.columns[:at]:
                first, second = reads[earlier].array(), reads[later].array()
                if first.null_count == len(first) or second.null_count == len(second):
                    continue
                wrong = pc.fill_null(pc.less(second, first), False)
                yield earlier, later, wrong.to_numpy(zero_copy_only=False)

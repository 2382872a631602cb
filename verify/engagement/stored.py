"""A sampling plan read back: the shape is held against the format before any number of it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from verify.engagement.plan import FORMAT
from verify.errors import WrongUsage

_NUMBERS = ("tolerable_tco2", "interval_tco2", "assurance", "step")
_ROW = ("quantity", "tco2", "at_risk_tco2")


def read(data: bytes, name: str) -> dict[str, Any]:
    """The plan of a file. Raises WrongUsage `sample.plan_unreadable` for anything that is no whole plan."""
    try:
        document = json.loads(data)
        whole = _is_plan(document)
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError):
        whole = False
    if not whole:
        raise WrongUsage("sample.plan_unreadable", file=name)
    return dict(document)


def _is_plan(document: Mapping[str, Any]) -> bool:
    """Whether format, numbers and names are those of a plan; KeyError, TypeError and the like for other shapes."""
    months = [row for source in document["months"] for row in source["rows"]]
    return (
        document["format"] == FORMAT
        and _numbers(document, _NUMBERS)
        and all(_numbers(row, _ROW) and isinstance(row["row_id"], str) for row in [*document["drawn"], *months])
        and all(isinstance(row["certain"], bool) for row in document["drawn"])
        and all(isinstance(paper, str) for paper in document["papers"])
    )


def _numbers(entry: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(isinstance(entry[name], str) and Decimal(entry[name]).is_finite() for name in names)

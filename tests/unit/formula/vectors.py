"""The frozen vectors, read once, and how their texts become values."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from verify.formula import Undefined, Value

FOLDER = Path(__file__).resolve().parents[2] / "vectors"
AMOUNTS = {"tco2", "tce", "quantity"}  # the number columns of the rows in the vectors


class Case:
    """One line of formula.jsonl."""

    def __init__(self, line: dict[str, Any]) -> None:
        self.id: str = line["id"]
        self.stratum: Any = line["stratum"]
        self.text: str = line["text"]
        self.tree: dict[str, Any] = line["tree"]
        self.expected: Any = line["expected"]
        self.names: dict[str, Value] = {name: read(text) for name, text in line["inputs"]["names"].items()}
        self.rows: list[dict[str, Any]] = [
            {name: Decimal(cell) if name in AMOUNTS and cell is not None else cell for name, cell in row.items()}
            for row in line["inputs"].get("rows", [])
        ]


def read(text: Any) -> Value:
    """A value as the vectors write it."""
    if isinstance(text, dict):
        return Undefined(text["undefined"])
    return text == "true" if text in {"true", "false"} else Fraction(text)


def written(value: Value) -> Any:
    """A value as the vectors write it; of an undefined one only the reason."""
    if isinstance(value, Undefined):
        return {"undefined": value.reason}
    return str(value).lower() if isinstance(value, bool) else f"{value.numerator}/{value.denominator}"


@cache
def cases() -> list[Case]:
    """All frozen cases."""
    return [Case(json.loads(line)) for line in (FOLDER / "formula.jsonl").read_text(encoding="utf-8").splitlines()]

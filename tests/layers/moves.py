"""What moves of a layer are made of: the register of moves, values of the layer's own, the limits of the ruler below."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from verify.ruler import Ruler

Data = dict[str, Any]
Move = Callable[[Random, Ruler, Data, bool], None]  # the last: whether the move should be one that a layer may make
CITE = {"document": "layer-text", "clause": "第三条"}
MOVES: dict[str, Move] = {}


def move(function: Move) -> Move:
    MOVES[function.__name__] = function
    return function


def value(data: Data, name: str, number: Decimal, unit: str, **more: Any) -> str:
    body = {"unit": unit, "confidence": "primary", "cite": CITE, **more}
    data.setdefault("values", {})[name] = body if "entries" in more else {"value": f"{number.normalize():f}", **body}
    return name


def printed(parent: Ruler, name: str) -> tuple[Decimal, str]:
    value = parent.values[name]
    return Decimal(value.entries[0].printed), value.unit


def scaled(random: Random, number: Decimal, *, up: bool) -> Decimal:
    percent = Decimal(random.randint(1, 30)) / 100
    return (number * (1 + percent if up else 1 - percent)).quantize(Decimal("0.00001"))


def limits(parent: Ruler) -> list[tuple[str, str, str]]:
    """(indicator, class or '', id of the limit) of every limit."""
    found = []
    for name, indicator in parent.text.indicators.items():
        found += [(name, one.id, one.limit) for one in indicator.classes] or [(name, "", indicator.limit)]
    return found


def fresh(random: Random, data: Data) -> str:
    return f"{data['id']}-own.v{random.randint(1, 10_000)}"

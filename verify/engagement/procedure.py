"""The numbers of the verifier's procedure, from rules/procedure: dated by their documents, none of them in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from verify import resources

_PERCENT = 100


@dataclass(frozen=True)
class Sampling:
    """How samples are drawn; shares are fractions of one. `unconfirmed`: names of the numbers that nobody checked yet."""

    assurance: Fraction
    expected_error: Fraction
    expansion: Fraction
    small_source: Fraction
    cross_checked: Fraction
    enlarged: tuple[Fraction, ...]
    papers_share: Fraction
    papers_error: Fraction
    unconfirmed: tuple[str, ...]


@cache
def sampling() -> Sampling:
    """rules/procedure/sampling.yaml."""
    import yaml

    written = yaml.safe_load((resources.rules() / "procedure" / "sampling.yaml").read_text(encoding="utf-8"))
    many = written.pop("enlarged")
    return Sampling(
        **{name: _number(entry, entry["value"]) for name, entry in written.items()},
        enlarged=tuple(_number(many, one) for one in many["value"]),
        unconfirmed=tuple(
            sorted(
                name for name, entry in {**written, "enlarged": many}.items() if entry["confidence"] == "unconfirmed"
            )
        ),
    )


def _number(entry: Mapping[str, Any], text: str) -> Fraction:
    return Fraction(text) / (_PERCENT if entry["unit"] == "%" else 1)

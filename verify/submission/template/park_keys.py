"""The keys of park.yaml as rows: every key of rules/tables/park.yaml for an empty sheet, and a filled park laid flat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from verify import resources
from verify.submission.contract import Words

_FREE = ".geojson."  # a structure of its own: a list in it is not a list of words
_POSITION = re.compile(r"\[\d+\]")


class ParkKey(BaseModel):
    """One key: what it is called, what to write, an example ('' where there is none)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    doc: Words
    example: str = ""
    required: bool = False


@cache
def park_keys() -> Mapping[str, ParkKey]:
    """Every key by its dotted path; ``[0]`` stands for the entries of a list, ``<id>`` for a name of the ruler's."""
    import yaml

    path = resources.rules() / "tables" / "park.yaml"
    written: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return {str(key): ParkKey.model_validate(body) for key, body in written["keys"].items()}


def about(path: str) -> ParkKey | None:
    """What is known of a key: ``boundaries[2].from`` is explained as ``boundaries[0].from``."""
    general = _POSITION.sub("[0]", path)
    parent = general.partition(".")[0]
    return park_keys().get(general) or park_keys().get(f"{parent}.<id>")


def flattened(park: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """A filled park as (dotted key, text), nothing for a blank; a list of words in one cell."""
    for name, value in park.items():
        yield from _flat(f"{before}{name}", value)


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None or value == "":
        return
    if isinstance(value, Mapping):
        yield from flattened(value, f"{path}.")
    elif isinstance(value, list | tuple):
        if _FREE in f"{path}." or not all(isinstance(one, str) for one in value):
            for at, one in enumerate(value):
                yield from _flat(f"{path}[{at}]", one)
        elif value:
            yield path, "; ".join(value)
    else:
        yield path, format(value, "f") if isinstance(value, Decimal) else str(value)

"""What the rules of a ruler can reach by name: a layer may not give a meaning to a name that they already look for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify.ruler.resolved import Ruler

# Words that mean something by themselves where names are looked up: the pseudo-parameter of the ledger, prefixes of formulas
_SPOKEN = ("method", "value", "parameter", "row", "indicator")
_DOTTED = re.compile(r"[A-Za-z_][\w-]*(?=\.)|(?<=value\.)[A-Za-z_][\w-]*|(?<=parameter\.)[A-Za-z_][\w-]*")


def heads(ruler: Ruler) -> frozenset[str]:
    """The first parts of all names that the ruler holds or asks for.

    ``process_factor.{product}`` asks for values and open points that are not there, and a product without a factor leaves its
    term incomplete: who adds ``process_factor.ammonia`` fills a gap that the law left. So what a layer adds begins anew.
    """
    text = ruler.text
    held = {name.partition(".")[0] for name in (*ruler.values, *text.parameters, *text.method.items)}
    asked = {name for words in _texts(text.model_dump(mode="json")) for name in _DOTTED.findall(words)}
    return frozenset({*held, *asked, *text.bind, *text.bind.values(), *text.factor_sets, *_SPOKEN})


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from _texts(one)
    elif isinstance(data, list):
        for one in data:
            yield from _texts(one)


def comparisons(ruler: Ruler, value: str) -> frozenset[str]:
    """The comparisons of all indicators whose limit is a value; empty where it is used for anything else too."""
    found: set[str] = set()
    text = ruler.text
    for indicator in text.indicators.values():
        if value in {indicator.limit, *(one.limit for one in indicator.classes)}:
            found.add(indicator.comparison)
    return frozenset() if _elsewhere(ruler, value) else frozenset(found)


def _elsewhere(ruler: Ruler, value: str) -> bool:
    """Whether anything but a limit names a value, by its id or through ``bind`` or ``value.``."""
    names = {value, *(other for other, one in ruler.values.items() if one.id == value)}
    for alias, target in ruler.text.bind.items():
        names |= {f"{alias}{one.removeprefix(target)}" for one in set(names) if one.startswith(f"{target}.")}
    plain = ruler.text.model_dump(mode="json", exclude={"values", "documents", "directions", "divergence"})
    for indicator in plain["indicators"].values():
        for one in (indicator, *indicator["classes"]):
            one.pop("limit")
    asked = {f"value.{name}" for name in names}
    return any(words in names or any(_names(words, one) for one in asked) for words in _texts(plain))


def _names(formula: str, name: str) -> bool:
    return name in formula and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", formula) is not None

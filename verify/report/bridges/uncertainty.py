"""The annex on how sure real abatement is: sentences from facts, never on the first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.canonical import exact
from verify.report.bridges.sentences import Sentence
from verify.report.bridges.words import share, tonnes, words
from verify.report.reader import Reader


def said(reader: Reader, facts: Mapping[str, Any] | None) -> list[Sentence]:
    """What was stated, both intervals, and in what share of the draws there is abatement; nothing where nothing was stated."""
    if not facts:
        return []
    gaps = {name: tonnes(reader, exact(facts[name])) for name in ("real", "low", "high", "drawn_low", "drawn_high")}
    gaps |= {"interval": _whole(facts["interval"]), "positive": share(reader, facts["positive"])}
    gaps |= {name: facts[name] for name in ("sources", "together", "draws")}
    covered = "–" if facts["covered"] is None else share(reader, facts["covered"])
    found = [
        Sentence(words(reader, "unsure_stated", covered=covered, **gaps)),
        Sentence(words(reader, "unsure_interval", **gaps)),
        Sentence(words(reader, "unsure_positive", **gaps)),
    ]
    if facts["reaches"] is not None:
        found.append(Sentence(words(reader, "unsure_reaches", reaches=share(reader, facts["reaches"]))))
    if facts["together"] != "0":
        found.append(Sentence(words(reader, "unsure_together", **gaps)))
    return found


def _whole(level: str) -> str:
    """``95 %``: a level is printed as the ruler writes it."""
    return f"{float(exact(level) * 100):g}\N{NO-BREAK SPACE}%"

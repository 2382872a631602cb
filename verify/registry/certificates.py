"""One certificate over many parks (green-power.md 6, general rules 1 and 2, CK-G1): who else used these serials, who else these plants.

Pure functions over rows of the tables `certificate_events` and `generators` of many submissions; the caller says which. A park
that files again, or whose statement also lists what others retired, is no second use: a use is a beneficiary and a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.ledger.serials import Series, folded, series
from verify.ledger.spans import Span, repeated

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Filing:
    """What one park handed in: its id, the names under which it and its members use power, rows of its tables."""

    park_id: str
    names: frozenset[str]
    events: Sequence[Row] = field(default=(), repr=False)
    generators: Sequence[Row] = field(default=(), repr=False)


@dataclass(frozen=True)
class Use:
    """One retirement as one park filed it: whose use (a park id, else the name of the beneficiary) and of which year."""

    park_id: str
    row_id: str
    user: str
    year: str


@dataclass(frozen=True)
class Clash:
    """Serials with more than one use, and every filing that says so."""

    series: Series
    span: Span
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Oversold:
    """A plant whose shares over all parks come to more than its output."""

    plant: str
    share: Fraction
    parks: tuple[str, ...]


def clashes(filings: Iterable[Filing]) -> Iterator[Clash]:
    """Stretches of serials that are retired for two users or two years, over all filings; in order of series and serial."""
    found: dict[Series, list[tuple[Span, Use]]] = {}
    parks = list(filings)
    owner = {folded(name): park.park_id for park in parks for name in park.names}
    for park in parks:
        for event in park.events:
            if event["event"] == "retire" and event["first"] is not None and event["last"] is not None:
                user = folded(event["beneficiary"] or event["used_by"])
                use = Use(park.park_id, event["row_id"], owner.get(user, user), event["used_for_period"][:4])
                found.setdefault(series(event), []).append(((event["first"], event["last"]), use))
    for key, owned in sorted(found.items()):
        for span, uses in repeated(owned):
            if len({(use.user, use.year) for use in uses}) > 1:
                yield Clash(key, span, uses)


def oversold(filings: Iterable[Filing]) -> Iterator[Oversold]:
    """Plants of which the parks take more than all; one plant is one id and name, a park counts once."""
    found: dict[str, dict[str, Fraction]] = {}
    for park in filings:
        for row in park.generators:
            if row["share"] is not None:
                plant = folded(row["name"] or row["generator_id"]) + "|" + _site(row)
                found.setdefault(plant, {})[park.park_id] = Fraction(row["share"])
    for plant, shares in sorted(found.items()):
        if len(shares) > 1 and sum(shares.values()) > 1:
            yield Oversold(plant.partition("|")[0], sum(shares.values(), Fraction(0)), tuple(sorted(shares)))


def _site(row: Row) -> str:
    """Where the plant stands, to two places of a degree (about 1 km): two plants may have one name."""
    return "/".join("" if row[key] is None else f"{row[key]:.2f}" for key in ("longitude", "latitude"))

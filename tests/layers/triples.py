"""(parent, child, submission) triples: rulers that are parents, children of them, parks within one per cent of their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from tests.layers.children import SAID, child
from tests.layers.parks import SmallPark, accounted, drawn, near
from tests.layers.passing import CHECKS, Told, passes, told
from verify.checks.world import FILED
from verify.errors import Located
from verify.ledger import Figures, defaults
from verify.ruler import Ruler, load_ruler
from verify.ruler.load import layer_over

_POWER = "electricity.tce_coefficient"
_ONE_PER_CENT = Fraction(1, 100) + Fraction(1, 10**6)  # quantities of a park have six places
_WORDS = (
    "零碳园区",
    "近零",
    "绿色标杆",
    "零排放园区",
    "省级零碳",
    "国家级零碳园区",
    "抵消",
    "100%绿电",
    "零碳园区建设",
    "zero emission",
)
_BEFORE = ("本园区是", "本园区尚未成为", "本园区基本建成", "园区不是", "We are a ")


@dataclass
class Count:
    """What was tried, and every triple in which a child passed what its parent fails.

    Children that say nothing of their own are not counted. `limited`: triples under a parent that has limits; `near`: those of
    them in which an indicator was measured within one per cent of its limit, under the parent or under the child.
    """

    children: int = 0
    accepted: int = 0
    triples: int = 0
    limited: int = 0
    near: int = 0
    passed: list[tuple[str, str]] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> Fraction:
        """The share of the children that were accepted."""
        return Fraction(self.accepted, self.children) if self.children else Fraction(0)


def parents(random: Random, size: int) -> list[Ruler]:
    """Rulers that come with TrueZero, each also with other numbers, severities and status, and layers over layers.

    One in six is corporate: that ruler has no limits, and the property is about limits first.
    """
    found = [load_ruler("cn-national-2025"), load_ruler("ghg-protocol-corporate")]
    found.append(load_ruler("cn-national-2025", change=_questions_weigh_more))
    while len(found) < size:
        corporate = len(found) % 6 == 0
        if random.random() < 0.4:
            below = random.choice([one for one in found if corporate is not bool(one.text.indicators)])
            try:
                found.append(layer_over(below, [child(random, below, f"below-{len(found)}", fair=1)]))
            except Located:
                continue
        else:
            base = "ghg-protocol-corporate" if corporate else "cn-national-2025"
            found.append(load_ruler(base, change=lambda data: _varied(random, data)))
    return found


def _questions_weigh_more(data: dict[str, Any]) -> None:
    """A ruler that asks much and holds what stays open to be graver than errors."""
    for row in data["opinion"]["rows"]:
        if row["reason"] == "open_questions":
            row["opinion"] = "adverse"
    for entry in data["checks"].values():
        entry["severity"] = {"warning": "question"}.get(entry["severity"], entry["severity"])


def _varied(random: Random, data: dict[str, Any]) -> None:
    for name in ("practice.materiality", "practice.pervasive"):
        data["values"][name]["value"] = str(random.randint(1, 30))
    for entry in data["checks"].values():
        entry["severity"] = random.choice(("error", "warning", "question", "note"))
    if random.random() < 0.1:
        data["status"] = "partial"


def tried(
    random: Random,
    below: Sequence[Ruler],
    triples: int,
    *,
    parks: int = 8,
    fair: float = 0.85,
    only: tuple[str, ...] = (),
    most: int = 0,
) -> Count:
    """At least so many triples of accepted children, `parks` parks for each of them; `most` children, where it is not 0."""
    count = Count()
    while count.triples < triples and not (most and count.children >= most):
        parent = random.choice(below)
        data = child(random, parent, f"layer-{count.children}", fair=fair, only=only)
        if not data.data.keys() & SAID:
            continue
        count.children += 1
        try:
            layer = layer_over(parent, [data])
        except Located as error:
            for one in error.problems:
                count.refusals[one.key] = count.refusals.get(one.key, 0) + 1
            continue
        count.accepted += 1
        for park in submissions(random, parent, layer, parks):
            count.triples += 1
            below_told, told_above = told(parent, park), told(layer, park)
            distances = [one for one in (below_told.nearest, told_above.nearest) if one is not None]
            count.limited += bool(distances)
            count.near += bool(distances) and min(distances) <= _ONE_PER_CENT
            for words in passes(below_told, told_above):
                count.passed.append((_says(layer), words))
    return count


def _says(layer: Ruler) -> str:
    return "; ".join(f"{one.path}: {one.parent!r} -> {one.child!r}" for one in layer.overrides if one.by == layer.id)


def submissions(random: Random, parent: Ruler, layer: Ruler, parks: int) -> Iterator[SmallPark]:
    """Parks that both rulers can be asked about, each near a limit of one of the two."""
    for _ in range(parks):
        park = drawn(random, "2023" if parent.text.baseline.free else "2027")
        chosen = {
            name: random.choice([one.id for one in point.readings if one.id not in parent.beside.get(name, ())])
            for name, point in parent.text.parameters.items()
            if random.random() < 0.2
        }
        park = replace(park, chosen=chosen, found=tuple(_found(random, parent)))
        ruler = random.choice((parent, layer))
        park = near(park, ruler, random, defaults(parent, chosen), _edge(random))
        totals = _totals(parent, park)
        claims = tuple(_claims(random, ruler, park, totals))
        yield replace(park, claims=claims, reported=tuple(_reported(random, parent, layer, park, totals)))


def _found(random: Random, parent: Ruler) -> Iterator[str]:
    share = random.choice((0, 0, 0.05, 0.2))
    yield from (code for code in parent.text.checks if code not in CHECKS and random.random() < share)


def _totals(ruler: Ruler, park: SmallPark) -> dict[str, Fraction]:
    """The total and the energy of a park, as its parent has them."""
    figures = Figures(ruler, accounted(ruler, park)[0], FILED, park.year)
    items = (one for one in ("total.tco2", "energy.tce") if one in ruler.text.method.items)
    found = {one: figures.item(one, defaults(ruler, park.chosen)) for one in items}
    return {name: value for name, value in found.items() if isinstance(value, Fraction) and value}


def _reported(
    random: Random, parent: Ruler, layer: Ruler, park: SmallPark, totals: Mapping[str, Fraction]
) -> Iterator[Mapping[str, Any]]:
    """The filed total, off by a share within one per cent of a threshold; the filed energy by a reading or a wrong convention."""
    if "total.tco2" in totals and random.random() < 0.5:
        ruler, name = random.choice((parent, layer)), random.choice(("practice.materiality", "practice.pervasive"))
        yield _row("total.tco2", park.year, totals["total.tco2"] * (1 - ruler.number(name) * _edge(random)), "tCO2")
    point = layer.text.parameters.get(_POWER)
    if "energy.tce" in totals and point is not None and random.random() < 0.3:
        power = [one.quantity for one in park.rows if one.texts.get("supply") and one.texts["flow"] == "purchased"]
        now = next(one.value for one in point.readings if one.id == defaults(parent, park.chosen)[_POWER])
        other = random.choice(["0.1229", *(one.value for one in point.readings)])
        moved = Fraction(sum(power, Decimal(0))) * (Fraction(other) - Fraction(now))
        yield _row("energy.tce", park.year, totals["energy.tce"] + moved, "tce")


def _edge(random: Random) -> Fraction:
    """A quotient to a limit within one per cent of 1, in steps of a hundredth of a per cent."""
    return 1 + Fraction(random.randint(-100, 100), 10_000)


def _row(item: str, year: str, value: Fraction, unit: str) -> Mapping[str, Any]:
    number = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001"))
    return {"row_id": f"reported:{item}", "item": item, "year": year, "authority": "", "value": number, "unit": unit}


def _claims(
    random: Random, ruler: Ruler, park: SmallPark, totals: Mapping[str, Fraction]
) -> Iterator[Mapping[str, Any]]:
    """Sentences with words of both rulers, denied or not; at times a level within one per cent of materiality."""
    for number in range(random.randint(0, 3)):
        text = f"{random.choice(_BEFORE)}{random.choice(_WORDS)}，{random.choice(_BEFORE)}{random.choice(_WORDS)}。"
        row = {**_row("", park.year, Fraction(0), "tCO2"), "value": None}
        if "total.tco2" in totals and random.random() < 0.4:
            level = totals["total.tco2"] * (1 - ruler.number("practice.materiality") * _edge(random))
            row = dict(_row("total.tco2", park.year, level, "tCO2"))
        named = {"claim_id": f"c{number}", "row_id": f"c{number}", "text": text, "kind": "level", "base_year": ""}
        yield {**row, **named, "evidence_id": random.choice(("", "", "p1"))}


__all__ = ["Count", "Told", "parents", "submissions", "tried"]

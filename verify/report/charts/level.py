"""The level bridge: from the strict value, every zero at its default, step by step to the value as claimed (DESIGN 9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.canonical import decimal_text, exact
from verify.report.charts.mass import mass_unit
from verify.report.charts.scale import Scale, Tick
from verify.report.numbers import Figure, plain, scaled
from verify.report.reader import Reader

_ROOM = Fraction(1, 50)


@dataclass(frozen=True)
class Part:
    """One rectangle. `look`: total, claimed, proven (solid), unproven (hatched), rise."""

    x: str
    width: str
    look: str


@dataclass(frozen=True)
class Row:
    """One line of the waterfall; `end` is where the thread to the next line starts ('' on the last).

    `unproven`: '', "partly" or "all" of the step has no evidence.
    """

    label: str
    parts: list[Part]
    figure: Figure
    start: str
    end: str
    total: bool
    unproven: str


@dataclass(frozen=True)
class Level:
    """The picture: rows, axis, the line of the proven value, and what the three values are."""

    rows: list[Row]
    ticks: list[tuple[Tick, str]]
    zero: str
    proven_x: str
    unit: str


def level(reader: Reader) -> Level | None:
    """The level bridge of the report; None where one of its three values is missing."""
    facts = reader.facts["level"]
    if any(facts[name] is None for name in ("strict", "proven", "claimed")):
        return None
    strict, proven, claimed = (exact(facts[name]) for name in ("strict", "proven", "claimed"))
    steps = [(reader.title(step["title"]), step["rule"], exact(step["tco2"])) for step in facts["steps"]]
    rest = claimed - strict - sum((amount for _, _, amount in steps), Fraction(0))
    unproven = _unproven(reader)
    if rest and reader.held(
        "level.steps"
    ):  # one step for all: what of it has no evidence is public, as proven less claimed
        steps.append((reader.t("level_steps_withheld"), "", rest))
        unproven[""] = max(proven - claimed, Fraction(0))
    elif rest:  # a bridge that does not close says so instead of hiding the gap in a step
        steps.append((reader.t("level_rest"), "", rest))
    running = [strict]
    for _, _, amount in steps:
        running.append(running[-1] + amount)
    scale = Scale.over([*running, proven, claimed], room=_ROOM)
    power, places, unit = mass_unit(reader, max(map(abs, (*running, claimed))))

    def show(value: Fraction, *, sign: bool = False) -> Figure:
        return scaled(decimal_text(value, 6), reader.mass_unit, power, places, sign=sign)

    def total(label: str, value: Fraction, look: str, *, last: bool) -> Row:
        part = Part(scale.x(min(value, Fraction(0))), scale.width(value, Fraction(0)), look)
        at = scale.x(value)
        return Row(label, [part], show(value), at if last else "", "" if last else at, total=True, unproven="")

    rows = [total(reader.t("level_strict"), strict, "total", last=False)]
    for place, (label, rule, amount) in enumerate(steps):
        before, after = running[place], running[place + 1]
        parts = _parts(scale, before, after, min(unproven.get(rule, Fraction(0)), abs(amount)))
        looks = {part.look for part in parts}
        bare = "" if "unproven" not in looks else "partly" if len(looks) > 1 else "all"
        rows.append(
            Row(label, parts, show(amount, sign=True), scale.x(before), scale.x(after), total=False, unproven=bare)
        )
    rows.append(total(reader.t("level_claimed"), claimed, "claimed", last=True))
    ticks = [(tick, plain(decimal_text(tick.value / 10**power, 12), "number").text) for tick in scale.ticks()]
    return Level(rows, ticks, scale.x(Fraction(0)), scale.x(proven), unit)


def _parts(scale: Scale, before: Fraction, after: Fraction, unproven: Fraction) -> list[Part]:
    if after > before:
        return [Part(scale.x(before), scale.width(before, after), "rise")]
    middle = after + unproven  # the unproven part lies nearest to the claimed value
    parts = [Part(scale.x(middle), scale.width(middle, before), "proven")] if middle < before else []
    if unproven:
        parts.append(Part(scale.x(after), scale.width(after, middle), "unproven"))
    return parts


def _unproven(reader: Reader) -> dict[str, Fraction]:
    """Tonnes of each rule of the zero register that nothing proves, in the reporting year."""
    amounts: dict[str, Fraction] = {}
    for line in reader.facts["zero_register"]:
        if not line["proven"] and line["year"] == reader.facts["year"]:
            amounts[line["rule"]] = amounts.get(line["rule"], Fraction(0)) + exact(line["below_default_tco2"])
    return amounts

"""How sure the real abatement of a park is, where its data or its ruler state how exact they are (verify.bridge.uncertainty)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from verify.bridge.amounts import Amount
from verify.bridge.classification import Classification
from verify.bridge.drivers import Effect, decomposed
from verify.bridge.errors import Stated, accuracy
from verify.bridge.found import Reduction, Uncertainty
from verify.bridge.park import Inside
from verify.bridge.uncertainty import Rules, largest, slopes, spread
from verify.canonical import digest
from verify.checks.world import World
from verify.road.bridges.pair import Pair
from verify.ruler.bridging import BridgeRules, UncertaintyRules

NO_RULES, NOT_STATED = "no_rules", "not_stated"
_FINE = 10**9  # a factor of an amount is a fraction with this denominator


def stated(world: World, rules: BridgeRules) -> Stated | None:
    """What states an error: rows with an uncertainty, meters with a class, values with a range; None where nothing does."""
    if rules.uncertainty is None:
        return None
    meters = {row["meter_id"]: row["accuracy_class"] for row in world.rows("meters")}
    activity = world.table("activity")
    if not (
        any(accuracy(one or "") for one in meters.values())
        or world.engine.rows(activity.filter(activity.uncertainty_pct.notnull()).limit(1).select("row_id"))
        or any(one.low is not None and one.entries for one in world.ruler.values.values())
    ):
        return None
    return Stated(activity, meters, world.ruler, rules.uncertainty)


def uncertainty_of(pair: Pair, found: Reduction) -> tuple[Uncertainty | None, str]:
    """The uncertainty of the bridge that decides; else None and why."""
    rules = pair.rules.uncertainty
    if rules is None:
        return None, NO_RULES
    inside = pair.around.common[found.common]
    sizes = _sizes((*inside.before, *inside.after))
    if not sizes:
        return None, NOT_STATED
    followed = _followed(inside, sizes, rules)
    built = pair.built(found.common, found.decides)
    kind = pair.kind(found.decides)
    names = sorted(set(followed.values()))
    held, matrix = slopes(built.effects, names, lambda name, way: _rerun(pair, inside, kind, followed, name, way))
    claimed = float(-found.bridge.reported)
    seed = int(digest([[name, f"{sizes[name]:.6e}"] for name in sorted(sizes)])[:16], 16)
    drawn = spread(held, matrix, built.proven, claimed, Rules(float(rules.interval) / 100, rules.draws), seed)
    together = len(sizes) - sum(1 for name, by in followed.items() if name == by)
    told = (
        Fraction(rules.interval) / 100,
        rules.draws,
        _covered(inside),
        len(sizes),
        together,
        Fraction(rules.quantum),
    )
    return Uncertainty(drawn, *told), ""


def moved(inside: Inside, followed: Mapping[str, str], name: str, way: float) -> Inside:
    """A boundary with the sources that go by `name` at `way` standard deviations."""

    def all_of(amounts: Sequence[Amount]) -> list[Amount]:
        return [_moved(one, followed, name, way) for one in amounts]

    return replace(inside, before=all_of(inside.before), after=all_of(inside.after))


def _rerun(
    pair: Pair, inside: Inside, kind: Classification, followed: Mapping[str, str], name: str, way: float
) -> list[Effect]:
    before, after, _ = pair.sides(moved(inside, followed, name, way), kind)
    return decomposed(before.drivers, after.drivers)


def _moved(one: Amount, followed: Mapping[str, str], name: str, way: float) -> Amount:
    mine = [error for error in one.errors if followed.get(error.source) == name]
    if not mine:
        return one
    quantity, tonnes = (
        Fraction(round(max(0.0, 1 + way * sum(some)) * _FINE), _FINE)
        for some in ([error.quantity for error in mine], [error.tonnes for error in mine])
    )
    return replace(
        one,
        quantity=one.quantity * quantity,
        tce=one.tce * quantity,
        tco2=one.tco2 * tonnes,
        default_tco2=one.default_tco2 * tonnes,
    )


def _sizes(amounts: Iterable[Amount]) -> dict[str, float]:
    """Tonnes that each source could move if all it touches went one way; sources that touch energy alone count too."""
    found: dict[str, float] = defaultdict(float)
    for one in amounts:
        for error in one.errors:
            found[error.source] += abs(error.tonnes) * abs(float(one.tco2))
    return dict(found)


@dataclass
class _Years:
    before: bool = False
    after: bool = False

    @property
    def name(self) -> str:
        """The group of sources that err in the same years."""
        return f"rest:{'b' * self.before}{'a' * self.after}"


def _followed(inside: Inside, sizes: Mapping[str, float], rules: UncertaintyRules) -> dict[str, str]:
    """By source the name under which it moves: its own for the largest, that of its years for the others."""
    amounts = len(inside.before) + len(inside.after)
    alone = frozenset(largest(sizes, min(rules.sources, rules.work // max(1, 2 * amounts))))
    years: dict[str, _Years] = defaultdict(_Years)
    for side, some in (("before", inside.before), ("after", inside.after)):
        for one in some:
            for error in one.errors:
                setattr(years[error.source], side, True)
    return {name: name if name in alone else years[name].name for name in sizes}


def _covered(inside: Inside) -> Fraction | None:
    """Of the tonnes of both years, the share whose exactness is stated."""
    carbon = [one for one in (*inside.before, *inside.after) if one.measure == "carbon" and one.term]
    whole = sum((abs(one.tco2) for one in carbon), Fraction(0))
    return sum((abs(one.tco2) for one in carbon if one.errors), Fraction(0)) / whole if whole else None

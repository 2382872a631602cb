"""How one column of a section is hidden or rounded: each path in its own shape, so that the public facts keep theirs.

A number becomes null, a list empty; what the schema of the report asks for stays there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.numbers import is_decimal

Facts = dict[str, Any]
STATISTICS = "TZ-NUM-"  # the family of verify.checks.numbers


def _nulled(section: str, *names: str) -> Callable[[Facts], int]:
    return lambda facts: _null(facts[section], names)


def _null(rows: list[Facts], names: tuple[str, ...]) -> int:
    count = 0
    for row in rows:
        count += any(row[name] is not None for name in names)
        row.update(dict.fromkeys(names))
    return count


def _inner(section: str, part: str, *names: str) -> Callable[[Facts], int]:
    return lambda facts: sum(_null(row[part], names) for row in facts[section])


def _emptied(section: str, part: str) -> Callable[[Facts], int]:
    def mask(facts: Facts) -> int:
        count = len(facts[section][part])
        facts[section][part] = []
        return count

    return mask


def _row_ids(facts: Facts) -> int:
    count = 0
    for row in facts["findings"]:
        count += len(row["row_ids"])
        row |= {"row_ids": [], "places_shown": "0"}
    return count


def _amounts(facts: Facts) -> int:
    """Arguments that are numbers; the names, codes and years of a finding stay."""
    count = 0
    for row in facts["findings"]:
        for name, value in row["arguments"].items():
            if value is not None and is_decimal(value) and not (name.endswith(("year", "period")) and len(value) == 4):
                row["arguments"][name] = None
                count += 1
    return count


def _without_statistics(section: str) -> Callable[[Facts], int]:
    """Leaves out the rows of the statistical family: they tell a verifier where to look, and the public nothing."""

    def hide(facts: Facts) -> int:
        whole = facts[section]
        facts[section] = [row for row in whole if not row["code"].startswith(STATISTICS)]
        return len(whole) - len(facts[section])

    return hide


def _of_bridge(bridge: str, *keys: str) -> Callable[[Facts], int]:
    """Parts of a bridge from which a single enterprise could be told: lists emptied, numbers left out."""

    def hide(facts: Facts) -> int:
        whole = facts["bridges"][bridge]
        if whole is None:
            return 0
        count = sum(len(whole[key]) if isinstance(whole[key], list) else whole[key] is not None for key in keys)
        whole.update({key: [] if isinstance(whole[key], list) else None for key in keys})
        return count

    return hide


def _of_matching(*keys: str) -> Callable[[Facts], int]:
    """Parts of the match: lists emptied, values left out; `scores` loses its amounts and keeps its shares."""

    def hide(facts: Facts) -> int:
        whole, count = facts["matching"], 0
        for key in keys:
            value = whole[key]
            if key == "scores":
                count += _null(value, ("matched", "imported", "excess"))
                continue
            count += len(value) if isinstance(value, list) else value is not None
            whole[key] = [] if isinstance(value, list) else None
        return count

    return hide


def _certificate_amounts(facts: Facts) -> int:
    """MWh of every step; the shares stay."""
    whole = facts["certificates"]
    count = _null([whole], ("claimed", "issue_unknown"))
    return count + sum(_null(whole[part], ("mwh",)) for part in ("stages", "losses"))


HIDDEN: dict[str, Callable[[Facts], int]] = {
    "bridges.causes": _of_bridge("reduction", "causes", "causes_left"),
    "bridges.coarse": _of_bridge("reduction", "coarse", "coarse_bounds"),
    "bridges.level": _of_bridge("level", "terms"),
    "bridges.ratio": _of_bridge("ratio", "above", "below"),
    "bridges.terms": _of_bridge("reduction", "terms", "chained", "chained_turns"),
    "certificates.amounts": _certificate_amounts,
    "certificates.generators": _emptied("certificates", "generators"),
    "changes.detail": _nulled("changes", "source", "before", "after", "evidence"),
    "changes.tco2": _nulled("changes", "tco2"),
    "dispositions.excluded": _emptied("dispositions", "excluded"),
    "factors.tco2": _nulled("factors", "tco2"),
    "findings.arguments": _amounts,
    "findings.effect": _nulled("findings", "effect"),
    "findings.row_ids": _row_ids,
    "findings.statistics": _without_statistics("findings"),
    "indicators.flips": _inner("indicators", "flips", "value", "flip_point"),
    "indicators.interval": _nulled("indicators", "low", "high"),
    "level.steps": _emptied("level", "steps"),
    "matching.amounts": _of_matching("load", "clean", "claimed", "scores"),
    "matching.days": _of_matching("days"),
    "matching.enterprises": _of_matching("enterprises"),
    "matching.generators": _of_matching("generators"),
    "matching.store": _of_matching("store"),
    "members.tco2": _nulled("members", "tco2"),
    "meters.timelines": _emptied("meters", "timelines"),
    "parameters.value": _inner("parameters", "readings", "value"),
    "runs.statistics": _without_statistics("runs"),
    "runs.tco2": _nulled("runs", "tco2_tested", "tco2_population", "worst_tco2"),
    "sensitivities.result": _nulled("sensitivities", "result"),
}


def _interval(facts: Facts, places: int) -> int:
    """Rounded outward, and never over the limit: an interval on one side of it stays there."""
    changed = 0
    for row in facts["indicators"]:
        before = row["low"], row["high"]
        if row["low"] is not None:
            row["low"] = _outward(row["low"], row["limit"], places, down=True)
        if row["high"] is not None:
            row["high"] = _outward(row["high"], row["limit"], places, down=False)
        changed += (row["low"], row["high"]) != before
    return changed


def _outward(text: str, limit: str | None, places: int, *, down: bool) -> str:
    value, scale = exact(text), 10**places
    found = Fraction(floor(value * scale) if down else ceil(value * scale), scale)
    if limit is not None:
        edge = exact(limit)
        crossed = found < edge <= value if down else value <= edge < found
        found = edge if crossed else found
    return decimal_text(found)


ROUNDED: dict[str, Callable[[Facts, int], int]] = {"indicators.interval": _interval}


def section_of(path: str) -> str:
    """The section that a path belongs to."""
    return path.partition(".")[0]


def numbers(value: Any) -> Iterator[str]:
    """Every decimal text in a part of the facts."""
    if isinstance(value, str):
        if is_decimal(value):
            yield value
        return
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from numbers(part)

"""Moves of a layer about numbers: limits, thresholds, tolerances, severities, factors, years."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.layers.moves import CITE, Data, fresh, limits, move, printed, scaled, value
from verify.ruler import Ruler

_SEVERITIES = {"note": ("question", "warning", "error"), "question": ("error",), "warning": ("error",), "error": ()}
# What a check lets pass: (check, its parameter)
TOLERANCES = (
    ("TZ-ACC-08", "tolerance"), ("TZ-BAL-01", "tolerance"), ("TZ-BAL-02", "mass"), ("TZ-BAL-02", "power"), ("TZ-BAL-03", "mass"),
    ("TZ-BAL-03", "power"), ("TZ-BAL-04", "mass"), ("TZ-BAL-04", "power"), ("TZ-BAL-05", "tolerance"), ("TZ-BAL-06", "tolerance"),
    ("TZ-BAL-06", "usual_share"), ("TZ-BAL-06", "latent_heat"), ("TZ-CAR-03", "tolerance"), ("TZ-CAR-05", "tolerance"),
    ("TZ-PLA-01", "tolerance"), ("TZ-SCP-02", "jump"),
)  # fmt: skip


@move
def limit(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """The number of a limit, printed anew or replaced by a value of the layer's own."""
    found = [one for one in limits(parent) if one[2] in parent.values and parent.values[one[2]].entries]
    if not found:
        return
    indicator, size, name = random.choice(found)
    number, unit = printed(parent, name)
    tighter_is_up = parent.text.indicators[indicator].comparison == ">="
    new = scaled(random, number, up=tighter_is_up is fair)
    if unit == "%" and random.random() < 0.3:
        new, unit = new / 100, "1"
    if random.random() < 0.5:
        value(data, name, new, unit)
    else:
        _point(data, indicator, size, value(data, fresh(random, data), new, unit))


def _point(data: Data, indicator: str, size: str, value: str) -> None:
    entry = data.setdefault("indicators", {}).setdefault(indicator, {})
    if size:
        entry.setdefault("classes", []).append({"id": size, "limit": value, "cite": CITE})
    else:
        entry.update({"limit": value, "cite": CITE})


@move
def limit_by_date(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A limit with windows of data dates: tighter in all of them, or looser in one."""
    found = [name for _, _, name in limits(parent) if name in parent.values and parent.values[name].entries]
    if not found:
        return
    name = random.choice(found)
    number, unit = printed(parent, name)
    up = any(
        one.comparison == ">="
        for one in parent.text.indicators.values()
        if name in {one.limit, *(c.limit for c in one.classes)}
    )
    tight = [scaled(random, number, up=up) for _ in range(2)]
    if not fair:
        tight[1] = scaled(random, number, up=not up)
    first, second = ({"value": f"{one.normalize():f}", "cite": CITE, "confidence": "primary"} for one in tight)
    windows = [{**first, "until": "2024-12-31"}, {**second, "from": "2025-01-01"}]
    data.setdefault("values", {})[name] = {"unit": unit, "entries": windows}


@move
def first_limit(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A limit where the law below prints none; the loosening takes one away."""
    if not fair:
        _unlimited(random, parent, data)
        return
    for indicator, size, name in limits(parent):
        if not name:
            _point(
                data,
                indicator,
                size,
                value(data, fresh(random, data), Decimal("0.3"), parent.text.indicators[indicator].unit),
            )


def _unlimited(random: Random, parent: Ruler, data: Data) -> None:
    found = [one for one in limits(parent) if one[2]]
    if found:
        indicator, size, _ = random.choice(found)
        _point(data, indicator, size, "")


@move
def thresholds(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Materiality and the share at which a misstatement is pervasive."""
    name = random.choice(("practice.materiality", "practice.pervasive"))
    number, unit = printed(parent, name)
    value(data, name, scaled(random, number, up=not fair), unit)


@move
def severity(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """How grave a finding is."""
    code = random.choice(sorted(parent.text.checks))
    now = parent.text.checks[code].severity
    others = [one for one in _SEVERITIES if one != now and (one in _SEVERITIES[now]) is fair]
    if others:
        data.setdefault("checks", {})[code] = {"severity": random.choice(others), "cite": CITE}


@move
def questions(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Every question becomes an error: what is not answered is wrong."""
    if fair:
        for code, one in parent.text.checks.items():
            if one.severity == "question":
                data.setdefault("checks", {})[code] = {"severity": "error", "cite": CITE}


@move
def tolerance(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """What a meter or a heat value may differ by."""
    code, name = random.choice(TOLERANCES)
    entry = parent.text.checks.get(code)
    if entry is not None and name in entry.params:
        number, unit = printed(parent, entry.params[name])
        own = value(data, fresh(random, data), scaled(random, number, up=not fair), unit)
        data.setdefault("checks", {})[code] = {"params": {name: own}, "cite": CITE}


@move
def factor(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A value that the method uses; a value of the layer's own for its own use."""
    if fair:
        value(data, fresh(random, data), Decimal("0.5"), "tCO2/MWh")
        return
    name, number, unit = random.choice(
        (
            ("annex4.el.grid_other", Decimal("0.5306"), "kgCO2/kWh"),
            ("annex3.size.lower", Decimal(90), "10^4tce"),
            ("heat.fossil_heat_default", Decimal("0.05"), "tCO2/GJ"),
        )
    )
    if name in parent.values:
        value(data, name, number, parent.values[name].unit if name.startswith("annex3") else unit)


@move
def gap(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A number that the law left empty, for a product without a factor."""
    if not fair and "process_factor.ammonia" not in parent.values:
        value(data, "process_factor.ammonia", Decimal("0.1"), "tCO2/t")


@move
def history(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Years of history that are asked for."""
    now = parent.text.baseline.history_years
    if fair or now:
        data["baseline"] = {"history_years": str(now + 1 if fair else 0), "cite": CITE}

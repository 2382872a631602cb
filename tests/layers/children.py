"""Children drawn at random: some moves of a layer, each one a tightening, something added beside, or something that loosens.

A child is plain data, as its YAML would be read. What a move does is written here in the words of a legislator and not in
those of the resolver, so that the two do not share a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from verify.ruler import Ruler
from verify.ruler.marks import Marked

Data = dict[str, Any]
Move = Callable[[Random, Ruler, Data, bool], None]  # the last: whether the move should be one that a layer may make
CITE = {"document": "layer-text", "clause": "第三条"}
_MOVES: dict[str, Move] = {}
_SEVERITIES = {"note": ("question", "warning", "error"), "question": ("error",), "warning": ("error",), "error": ()}
_TOLERANCES = (("TZ-ACC-08", "tolerance"), ("TZ-BAL-02", "mass"), ("TZ-CAR-03", "tolerance"), ("TZ-SCP-02", "jump"))


def child(random: Random, parent: Ruler, name: str, *, fair: float = 0.85, only: tuple[str, ...] = ()) -> Marked:
    """A child of `parent`; `fair` is the share of moves meant to be accepted, `only` the moves to draw from."""
    data: Data = {
        "id": name,
        "title": {"zh": "下层标尺", "en": "a layer"},
        "status": "complete" if parent.text.status == "complete" else "partial",
        "authority": {"zh": "某省", "en": "a province"},
        "extends": f"{parent.id}@sha256:{parent.sha256}",
        "documents": {
            "layer-text": {"title": {"zh": "某省办法", "en": "rules of a province"}, "number": "试〔2026〕1号"}
        },
    }
    for _ in range(random.randint(1, 4)):
        move = _MOVES[random.choice(only or sorted(_MOVES))]
        move(random, parent, data, random.random() < fair)
    return Marked(f"{name}/ruler.yaml", data, {})


def moves() -> list[str]:
    """The names of all moves."""
    return sorted(_MOVES)


def _move(function: Move) -> Move:
    _MOVES[function.__name__] = function
    return function


def _value(data: Data, name: str, number: Decimal, unit: str, **more: Any) -> str:
    body = {"unit": unit, "confidence": "primary", "cite": CITE, **more}
    data.setdefault("values", {})[name] = body if "entries" in more else {"value": str(number.normalize()), **body}
    return name


def _printed(parent: Ruler, name: str) -> tuple[Decimal, str]:
    value = parent.values[name]
    return Decimal(value.entries[0].printed), value.unit


def _scaled(random: Random, number: Decimal, *, up: bool) -> Decimal:
    percent = Decimal(random.randint(1, 30)) / 100
    return (number * (1 + percent if up else 1 - percent)).quantize(Decimal("0.00001"))


def _limits(parent: Ruler) -> list[tuple[str, str, str]]:
    """(indicator, class or '', id of the limit) of every limit."""
    found = []
    for name, indicator in parent.text.indicators.items():
        found += [(name, one.id, one.limit) for one in indicator.classes] or [(name, "", indicator.limit)]
    return found


def _fresh(random: Random, data: Data) -> str:
    return f"{data['id']}-own.v{random.randint(1, 10_000)}"


@_move
def limit(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """The number of a limit, printed anew or replaced by a value of the layer's own."""
    found = [one for one in _limits(parent) if one[2] in parent.values and parent.values[one[2]].entries]
    if not found:
        return
    indicator, size, name = random.choice(found)
    number, unit = _printed(parent, name)
    tighter_is_up = parent.text.indicators[indicator].comparison == ">="
    new = _scaled(random, number, up=tighter_is_up is fair)
    if unit == "%" and random.random() < 0.3:
        new, unit = new / 100, "1"
    if random.random() < 0.5:
        _value(data, name, new, unit)
    else:
        _point(data, indicator, size, _value(data, _fresh(random, data), new, unit))


def _point(data: Data, indicator: str, size: str, value: str) -> None:
    entry = data.setdefault("indicators", {}).setdefault(indicator, {})
    if size:
        entry.setdefault("classes", []).append({"id": size, "limit": value, "cite": CITE})
    else:
        entry.update({"limit": value, "cite": CITE})


@_move
def limit_by_date(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A limit with windows of data dates: tighter in all of them, or looser in one."""
    found = [name for _, _, name in _limits(parent) if name in parent.values and parent.values[name].entries]
    if not found:
        return
    name = random.choice(found)
    number, unit = _printed(parent, name)
    up = any(
        one.comparison == ">="
        for one in parent.text.indicators.values()
        if name in {one.limit, *(c.limit for c in one.classes)}
    )
    tight = [_scaled(random, number, up=up) for _ in range(2)]
    if not fair:
        tight[1] = _scaled(random, number, up=not up)
    first, second = ({"value": str(one.normalize()), "cite": CITE, "confidence": "primary"} for one in tight)
    windows = [{**first, "until": "2024-12-31"}, {**second, "from": "2025-01-01"}]
    data.setdefault("values", {})[name] = {"unit": unit, "entries": windows}


@_move
def first_limit(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A limit where the law below prints none; the loosening takes one away."""
    if not fair:
        _unlimited(random, parent, data)
        return
    for indicator, size, name in _limits(parent):
        if not name:
            _point(
                data,
                indicator,
                size,
                _value(data, _fresh(random, data), Decimal("0.3"), parent.text.indicators[indicator].unit),
            )


def _unlimited(random: Random, parent: Ruler, data: Data) -> None:
    found = [one for one in _limits(parent) if one[2]]
    if found:
        indicator, size, _ = random.choice(found)
        _point(data, indicator, size, "")


@_move
def thresholds(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Materiality and the share at which a misstatement is pervasive."""
    name = random.choice(("practice.materiality", "practice.pervasive"))
    number, unit = _printed(parent, name)
    _value(data, name, _scaled(random, number, up=not fair), unit)


@_move
def severity(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """How grave a finding is."""
    code = random.choice(sorted(parent.text.checks))
    now = parent.text.checks[code].severity
    others = [one for one in _SEVERITIES if one != now and (one in _SEVERITIES[now]) is fair]
    if others:
        data.setdefault("checks", {})[code] = {"severity": random.choice(others), "cite": CITE}


@_move
def tolerance(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """What a meter or a heat value may differ by."""
    code, name = random.choice(_TOLERANCES)
    entry = parent.text.checks.get(code)
    if entry is None:
        return
    number, unit = _printed(parent, entry.params[name])
    own = _value(data, _fresh(random, data), _scaled(random, number, up=not fair), unit)
    data.setdefault("checks", {})[code] = {"params": {name: own}, "cite": CITE}


@_move
def claim_lists(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Words that deny, papers that prove: fewer, or more of them; phrases that are always allowed."""
    entry = parent.text.checks.get("TZ-CLM-02")
    if entry is None:
        return
    if not fair and random.random() < 0.5:
        params: Data = random.choice(({"allowed": [*entry.params["allowed"], "近零碳示范"]}, {"reach": "40"}))
    else:
        denials = list(entry.params["denials"])
        params = {"denials": random.sample(denials, len(denials) - 3) if fair else [*denials, "基本", "园区"]}
    data.setdefault("checks", {})["TZ-CLM-02"] = {"params": params, "cite": CITE}


@_move
def claim_words(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Words that a claim may not use without a basis; a label of the layer's own would take the place of the national one's words."""
    words = random.choice((["绿色标杆"], ["零排放园区", "zero emission"], ["近零"], ["省级零碳"]))
    needs = random.choice(("verified_level", "provincial_paper")) if fair else "acceptance_record"
    rule = {"words": words, "needs": needs, "text": {"zh": "须有依据", "en": "needs a basis"}, "cite": CITE}
    data.setdefault("claims", []).append(rule)


@_move
def opinion(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """One more reason for a graver opinion; assurance; the loosening takes another number for materiality."""
    if not fair:
        _value(data, _fresh(random, data) + "m", Decimal(90), "%")
        data["opinion"] = {"materiality": next(reversed(data["values"])), "cite": CITE}
        return
    rows = [
        {"opinion": "adverse", "reason": "uncorrected_errors", "holds": f"errors > {random.randint(0, 4)}"},
        {"opinion": "modified", "reason": "open_questions", "holds": "questions + errors > 1"},
        {"opinion": "disclaimer", "reason": "not_covered", "holds": "1 - covered_share > 0.5"},
    ]
    data["opinion"] = {"rows": [random.choice(rows)], "cite": CITE}


@_move
def disclosure(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """What is public."""
    public, withheld = list(parent.text.disclosure.public), list(parent.text.disclosure.withheld)
    body: Data = {"cite": CITE}
    if random.random() < 0.5:
        body["public"] = [*public, "energy"] if fair else random.sample(public, len(public) - 1)
    elif withheld:
        body["withheld"] = random.sample(withheld, len(withheld) - 1) if fair else [*withheld, "findings.effect"]
    else:
        body["rounded"] = {"indicators.interval": "4" if fair else "0"}
    data["disclosure"] = body


@_move
def reading(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """An open point: one more number beside; the loosenings decide it, replace a reading, or close it."""
    point = random.choice(("electricity.tce_coefficient", "energy.gj_per_tce"))
    if not fair:
        name = random.choice(sorted(parent.text.parameters))
        below = parent.text.parameters[name]
        first, last = below.readings[0], below.readings[-1]
        body: Data = random.choice(
            (
                {"default": last.id if below.default != last.id else first.id},
                {"decides": False},
                {"readings": [{"id": last.id, "title": {"zh": "改", "en": "other"}, "value": "1.0"}]},
                {"readings": [{"id": "own_word", "title": {"zh": "另一读法", "en": "another"}}]},
            )
        )
        data.setdefault("parameters", {})[name] = {**body, "cite": CITE}
        return
    if point not in parent.text.parameters:
        return
    low, high = ("0.15", "0.60") if point.startswith("electricity") else ("20", "40")
    value = random.choice((low, high))
    entry = data.setdefault("parameters", {}).setdefault(point, {"readings": [], "cite": CITE})
    if "readings" in entry and all(
        one["id"] != value
        for one in (*entry["readings"], *({"id": r.id} for r in parent.text.parameters[point].readings))
    ):
        entry["readings"].append({"id": value, "value": value, "title": {"zh": "并列", "en": "beside"}})


@_move
def reading_name(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A reading with a condition of its own inside its name: it would stand where the headline reading stands, a second time."""
    point = parent.text.parameters.get("electricity.tce_coefficient")
    if not fair and point is not None:
        title = {"zh": "另一数", "en": "another"}
        one = {"id": f"{point.default};method=reference", "title": title, "value": "0.6"}
        data.setdefault("parameters", {})["electricity.tce_coefficient"] = {"readings": [one], "cite": CITE}


@_move
def sensitivity(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A value computed beside: of an open point it would stand under a reading that is there, a second time."""
    point = parent.text.parameters.get("electricity.tce_coefficient")
    if not fair and point is not None:
        title = {"zh": "另算", "en": "beside"}
        one = {
            "value": "electricity.tce_coefficient",
            "to": point.default,
            "unit": point.unit,
            "title": title,
            "cite": CITE,
        }
        data["sensitivities"] = [one]


@_move
def indicator(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """An indicator of the layer's own; the loosenings change one that stands."""
    if fair or not parent.text.indicators:
        unit = _value(data, _fresh(random, data), Decimal("0.2"), "1")
        body = {
            "title": {"zh": "另一指标", "en": "another indicator"}, "kind": "guiding", "unit": "1", "numerator": "total.tco2",
            "denominator": "total.tco2", "comparison": "<=", "limit": unit, "cite": CITE,
        }  # fmt: skip
        data.setdefault("indicators", {})[f"own_{random.randint(1, 999)}"] = body
        return
    name = random.choice(sorted(parent.text.indicators))
    below = parent.text.indicators[name]
    change: Data = random.choice(
        (
            {"denominator": "energy.use.tce" if below.denominator != "energy.use.tce" else "total.tco2"},
            {"comparison": ">=" if below.comparison == "<=" else "<="},
            {"excludable": True},
            {"numerator": below.denominator},
        )
    )
    data.setdefault("indicators", {})[name] = {**change, "cite": CITE}


@_move
def excludable(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A guiding indicator that may no longer be left out; or one that may be from now on."""
    for name, one in parent.text.indicators.items():
        if one.excludable is fair and random.random() < 0.5:
            data.setdefault("indicators", {}).setdefault(name, {}).update({"excludable": not fair, "cite": CITE})


@_move
def figure(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A figure of the layer's own, or another formula for one that stands."""
    if fair:
        item = {
            "title": {"zh": "另一数", "en": "another figure"},
            "unit": "tCO2",
            "formula": "total.tco2",
            "cite": CITE,
        }
        data.setdefault("method", {}).setdefault("items", {})[f"{data['id']}-own.total"] = item
        return
    formula = random.choice(("total.tco2 * 0.9", "0")) if random.random() < 0.2 else "term.fuel.tco2"
    name = "total.tco2" if "term.fuel.tco2" in parent.text.method.items else next(iter(parent.text.method.items))
    data.setdefault("method", {}).setdefault("items", {})[name] = {
        "formula": formula if "total" not in formula else "0",
        "cite": CITE,
    }


@_move
def factor(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A value that the method uses; a value of the layer's own for its own use."""
    if fair:
        _value(data, _fresh(random, data), Decimal("0.5"), "tCO2/MWh")
        return
    name, number, unit = random.choice(
        (
            ("annex4.el.grid_other", Decimal("0.5306"), "kgCO2/kWh"),
            ("annex3.size.lower", Decimal(90), "10^4tce"),
            ("heat.fossil_heat_default", Decimal("0.05"), "tCO2/GJ"),
        )
    )
    if name in parent.values:
        _value(data, name, number, parent.values[name].unit if name.startswith("annex3") else unit)


@_move
def gap(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A number that the law left empty, for a product without a factor."""
    if not fair and "process_factor.ammonia" not in parent.values:
        _value(data, "process_factor.ammonia", Decimal("0.1"), "tCO2/t")


@_move
def history(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Years of history that are asked for."""
    now = parent.text.baseline.history_years
    if fair or now:
        data["baseline"] = {"history_years": str(now + 1 if fair else 0), "cite": CITE}


@_move
def core_terms(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Terms without which there is no conclusion: a layer leaves them alone."""
    if not fair:
        terms = parent.text.method.core_terms
        data.setdefault("method", {})["core_terms"] = [one for one in terms if one != "process"]


@_move
def attestation(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A further signature that is asked for."""
    if fair and parent.text.attestation is None:
        data["attestation"] = {"further": ["sm2"], "cite": CITE}


@_move
def check(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """One more check."""
    if fair:
        for code, params in (("TZ-IND-02", {}), ("TZ-BAS-02", {})):
            if code not in parent.text.checks:
                data.setdefault("checks", {})[code] = {"severity": "error", "params": params, "cite": CITE}


@_move
def uncited(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A tightening without a citation: refused too, for nobody could say what founds it."""
    if not fair:
        code = random.choice(sorted(parent.text.checks))
        if parent.text.checks[code].severity != "error":
            data.setdefault("checks", {})[code] = {"severity": "error"}

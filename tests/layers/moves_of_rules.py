"""Moves of a layer about rules: words, opinions, disclosure, open points, indicators, figures, checks."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.layers.moves import CITE, Data, fresh, move, value
from verify.ruler import Ruler


@move
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


@move
def claim_words(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Words that a claim may not use without a basis; a label of the layer's own would take the place of the national one's words."""
    words = random.choice((["绿色标杆"], ["零排放园区", "zero emission"], ["近零"], ["省级零碳"]))
    needs = random.choice(("verified_level", "provincial_paper")) if fair else "acceptance_record"
    rule = {"words": words, "needs": needs, "text": {"zh": "须有依据", "en": "needs a basis"}, "cite": CITE}
    data.setdefault("claims", []).append(rule)


@move
def opinion(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """One more reason for a graver opinion; assurance; the loosening takes another number for materiality."""
    if not fair:
        value(data, fresh(random, data) + "m", Decimal(90), "%")
        data["opinion"] = {"materiality": next(reversed(data["values"])), "cite": CITE}
        return
    rows = [
        {"opinion": "adverse", "reason": "uncorrected_errors", "holds": f"errors > {random.randint(0, 4)}"},
        {"opinion": "modified", "reason": "open_questions", "holds": "questions + errors > 1"},
        {"opinion": "disclaimer", "reason": "not_covered", "holds": "1 - covered_share > 0.5"},
    ]
    data["opinion"] = {"rows": [random.choice(rows)], "cite": CITE}


@move
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


@move
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


@move
def reading_name(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A reading with a condition of its own inside its name: it would stand where the headline reading stands, a second time."""
    point = parent.text.parameters.get("electricity.tce_coefficient")
    if not fair and point is not None:
        title = {"zh": "另一数", "en": "another"}
        one = {"id": f"{point.default};method=reference", "title": title, "value": "0.6"}
        data.setdefault("parameters", {})["electricity.tce_coefficient"] = {"readings": [one], "cite": CITE}


@move
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


@move
def indicator(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """An indicator of the layer's own; the loosenings change one that stands."""
    if fair or not parent.text.indicators:
        unit = value(data, fresh(random, data), Decimal("0.2"), "1")
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


@move
def excludable(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A guiding indicator that may no longer be left out; or one that may be from now on."""
    for name, one in parent.text.indicators.items():
        if one.excludable is fair and random.random() < 0.5:
            data.setdefault("indicators", {}).setdefault(name, {}).update({"excludable": not fair, "cite": CITE})


@move
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


@move
def core_terms(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """Terms without which there is no conclusion: a layer leaves them alone."""
    if not fair:
        terms = parent.text.method.core_terms
        data.setdefault("method", {})["core_terms"] = [one for one in terms if one != "process"]


@move
def attestation(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A further signature that is asked for."""
    if fair and parent.text.attestation is None:
        data["attestation"] = {"further": ["sm2"], "cite": CITE}


@move
def check(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """One more check."""
    if fair:
        for code, params in (("TZ-IND-02", {}), ("TZ-BAS-02", {})):
            if code not in parent.text.checks:
                data.setdefault("checks", {})[code] = {"severity": "error", "params": params, "cite": CITE}


@move
def uncited(random: Random, parent: Ruler, data: Data, fair: bool) -> None:
    """A tightening without a citation: refused too, for nobody could say what founds it."""
    if not fair:
        code = random.choice(sorted(parent.text.checks))
        if parent.text.checks[code].severity != "error":
            data.setdefault("checks", {})[code] = {"severity": "error"}

"""The facts of a report (DESIGN 10): everything that is said, as plain canonical data without file, line, path or clock."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from verify.bridge.found import Bridges
from verify.checks import Finding, Run, World
from verify.formula import Undefined, Value
from verify.ledger import Judged, Outcome, outcome, value_key
from verify.opinion import accounts, bridges, certificates, changes, matching, meters, record, statistics
from verify.opinion.accounts import FACTOR, Facts, cite, number, words
from verify.opinion.judgement import Opinion, incomplete_terms

Role = Literal["verification", "self_check"]
FORMAT = "truezero-report/1"
RATIO = FACTOR


def assemble(
    world: World, runs: Sequence[Run], found: Sequence[Finding], opinion: Opinion, role: Role, built: Bridges
) -> Facts:
    """The facts of one submission under one ruler."""
    core = next((name for name, one in world.ruler.text.indicators.items() if one.kind == "core"), None)
    unit = world.ruler.text.indicators[core].unit if core else world.mass_unit
    # what a park has none of is left out, so that its facts stay what they were
    seldom = {"certificates": certificates.facts(world), "meters": meters.facts(world, found)}
    return {
        **{name: section for name, section in seldom.items() if section is not None},
        "format": FORMAT,
        "park": _park(world),
        "ruler": {
            "id": world.ruler.id,
            "title": words(world.ruler.text.title),
            "sha256": world.ruler.sha256,
            "status": world.ruler.text.status,
            "gases": world.ruler.text.method.gases,
            "unknown_clauses": [words(one) for one in world.ruler.text.unknown_clauses],
        },
        "role": role,
        "year": world.year,
        "base_year": world.base_year or None,
        "years": list(world.years),
        "documents": _documents(world),
        "headline": {
            "item": f"indicator.{core}" if core else "total.tco2",
            "year": world.year,
            "verdict": _verdict(world, core) if core else None,
            "opinion": opinion.value,
        },
        "items": _items(world),
        "indicators": [_indicator(world, name) for name in world.ruler.text.indicators],
        "parameters": _parameters(world, core),
        "sensitivities": _sensitivities(world, core),
        "opinion": {
            "value": opinion.value,
            "reasons": [
                {"key": f"opinion.{reason}", "arguments": _arguments(world, reason, opinion)}
                for reason in opinion.reasons
            ],
            "assurance": world.ruler.text.opinion.assurance if role == "verification" else None,
        },
        "findings": record.findings(world, found),
        "runs": record.runs(runs),
        "terms": accounts.terms(world),
        "energy": accounts.energy(world),
        "factors": accounts.factors(world),
        "zero_register": accounts.zero_register(world),
        "level": accounts.level(world),
        "bridges": bridges.facts(built, world, unit),
        "changes": changes.changes(world),
        "history": changes.history(world),
        "matching": matching.facts(world),
        "statistics": statistics.statistics(world),
        "bunkers": accounts.bunkers(world),
        "reported": record.reported(world),
        "claims": record.claims(world, found),
        "dispositions": record.dispositions(world),
        "not_checked": record.not_checked(world, runs),
        "members": accounts.members(world),
        "unconfirmed": accounts.unconfirmed(world),
    }


def verdict_of(world: World, name: str) -> str | None:
    """The verdict of an indicator with everything that limits it: None where it is excluded or undefined."""
    return _verdict(world, name)


def _park(world: World) -> Facts:
    park = world.submission.park
    names = {language: text for language, text in (("zh", park.names.zh), ("en", park.names.en)) if text}
    return {"id": park.id, "names": names or {"zh": park.id}, "kind": park.kind, "province": park.province or None}


def _documents(world: World) -> list[Facts]:
    return [
        {
            "id": identifier,
            "title": words(document.title),
            "number": document.number or None,
            "issuer": document.issuer or None,
            "published": document.published or None,
            "url": document.url or None,
        }
        for identifier, document in sorted(world.ruler.documents.items())
    ]


def _items(world: World) -> list[Facts]:
    """The figures of every year, claimed, proven and strict, beside what the park filed."""
    incomplete = set(incomplete_terms(world))
    filed = {
        (row["item"], row["year"]): row["value"]
        for row in world.rows("reported")
        if row["value"] is not None and not row["authority"]
    }
    rows = []
    for year in world.years:
        for name, item in world.ruler.text.method.items.items():
            if not _public(name):
                continue
            values = [world.figures[year].item(name, world.chosen, kind) for kind in ("claimed", "proven", "strict")]
            term = name.removeprefix("term.").removesuffix(".tco2") if name.startswith("term.") else ""
            rows.append(
                {
                    "item": name,
                    "year": year,
                    "unit": item.unit,
                    **dict(zip(("claimed", "proven", "strict"), map(number, values), strict=True)),
                    "reported": number(filed.get((name, year))),
                    "incomplete": year == world.year and (term in incomplete or (not term and bool(incomplete))),
                }
            )
        for name, indicator in world.ruler.text.indicators.items():
            values = [
                world.figures[year].indicator_value(name, world.chosen, kind)
                for kind in ("claimed", "proven", "strict")
            ]
            if indicator.kind != "core" and not any(isinstance(value, Fraction) for value in values):
                continue
            rows.append(
                {
                    "item": f"indicator.{name}",
                    "year": year,
                    "unit": indicator.unit,
                    **dict(
                        zip(("claimed", "proven", "strict"), (number(value, RATIO) for value in values), strict=True)
                    ),
                    "reported": number(filed.get((f"indicator.{name}", year)), RATIO),
                    "incomplete": year == world.year and bool(incomplete),
                }
            )
    return rows


def _public(name: str) -> bool:
    """Items of the published vocabulary (DESIGN 3); the others are steps on the way to them."""
    scope = name.startswith("scope") and name.endswith(".tco2e")
    return name in {"total.tco2", "energy.tce"} or (name.startswith("term.") and name.endswith(".tco2")) or scope


def _verdict(world: World, name: str) -> str | None:
    judged = world.judged[name]
    if _excluded(world, name) is not None or isinstance(judged.chosen.value, Undefined | bool):
        return None
    if judged.verdict == "met" and incomplete_terms(world):
        return "undetermined"
    return judged.verdict


def _excluded(world: World, name: str) -> Facts | None:
    """A guiding indicator left out with a written reason and evidence is no part of acceptance (annex 3, 一)."""
    if not world.ruler.text.indicators[name].excludable:
        return None
    for one in world.submission.park.excluded_indicators:
        if one.indicator == name and one.reason:
            return {"reason": one.reason}
    return None


def _indicator(world: World, name: str) -> Facts:
    indicator, judged = world.ruler.text.indicators[name], world.judged[name]
    size = next((one for one in indicator.classes if one.id == judged.chosen.size_class), None)
    undefined = judged.chosen.value if isinstance(judged.chosen.value, Undefined) else None
    return {
        "id": name,
        "item": f"indicator.{name}",
        "kind": indicator.kind,
        "title": words(indicator.title),
        "year": world.year,
        "unit": indicator.unit,
        "comparison": indicator.comparison,
        "limit": _short(judged.chosen.limit),
        "class": words(size.title) if size else None,
        "value": number(judged.chosen.value, RATIO),
        "proven_value": number(judged.proven.value, RATIO),
        "low": number(judged.low, RATIO),
        "high": number(judged.high, RATIO),
        "verdict": _verdict(world, name),
        "rests_on": list(judged.rests_on),
        "flips": [
            {
                "parameter": flip.parameter,
                "reading": flip.reading,
                "value": number(flip.outcome.value, RATIO),
                "verdict": _founded(world, flip.outcome.verdict),
                "flip_point": number(flip.point, RATIO),
            }
            for flip in judged.flips
        ],
        "excluded": _excluded(world, name),
        "undefined": {
            "reason": {"key": f"formula.undefined_{undefined.reason}", "arguments": dict(undefined.arguments)}
        }
        if undefined is not None
        else None,
        "cite": cite((size or indicator).cite),
    }


def _founded(world: World, verdict: str) -> str:
    """A verdict under one reading as the report may print it: under a partial ruler nothing is met."""
    return "undetermined" if verdict == "met" and world.ruler.text.status != "complete" else verdict


def _short(value: Fraction | None) -> str | None:
    """A limit as it is printed: the shortest exact decimal."""
    from verify.canonical import decimal_text

    return None if value is None else decimal_text(value)


def _parameters(world: World, core: str | None) -> list[Facts]:
    """Open points with every reading taken alone: the core indicator's outcome, or that of the first indicator it moves.

    Under a ruler without indicators the value of a reading is the total, where the total rests on the point.
    """
    figures = world.figures[world.year]
    of_total = figures.rests_on("total.tco2") if not world.ruler.text.indicators else frozenset()
    found = []
    for identifier, parameter in world.ruler.text.parameters.items():
        of = _indicator_of(world, core, identifier)
        outcomes = of.alone.get(identifier, {}) if of is not None else {}
        readings = []
        for reading in parameter.readings:
            outcome: Outcome | None = outcomes.get(reading.id)
            value: Value | None = outcome.value if outcome is not None else None
            if identifier in of_total:
                trial = {**world.chosen, identifier: reading.id}
                whole = incomplete_terms(world, trial).keys() <= incomplete_terms(world).keys()
                value = figures.item("total.tco2", trial) if whole else None
            readings.append(
                {
                    "reading": reading.id,
                    "title": words(reading.title),
                    "value": number(value, accounts.TONNES if identifier in of_total else RATIO),
                    "verdict": _founded(world, outcome.verdict)
                    if outcome is not None and isinstance(value, Fraction)
                    else None,
                }
            )
        found.append(
            {
                "id": identifier,
                "title": words(parameter.title),
                "chosen": world.chosen[identifier],
                "conservative": parameter.conservative,
                "confidence": parameter.confidence,
                "readings": readings,
                "cite": cite(parameter.cite),
            }
        )
    return found


def _sensitivities(world: World, core: str | None) -> list[Facts]:
    """The core indicator (else the total) with one value that the text does not admit, beside the figure."""
    figures = world.figures[world.year]
    found = []
    for one in world.ruler.text.sensitivities:
        assignment = {**world.chosen, value_key(one.value): one.to}
        result = outcome(figures, core, assignment) if core else None
        value = result.value if result is not None else figures.item("total.tco2", assignment)
        found.append(
            {
                "id": one.value,
                "title": words(one.title),
                "value": one.to,
                "unit": one.unit,
                "item": f"indicator.{core}" if core else "total.tco2",
                "result": number(value, RATIO if core else accounts.TONNES),
                "verdict": _founded(world, result.verdict)
                if result is not None and isinstance(value, Fraction)
                else None,
                "cite": cite(one.cite),
            }
        )
    return found


def _indicator_of(world: World, core: str | None, parameter: str) -> Judged | None:
    ordered = ([world.judged[core]] if core else []) + list(world.judged.values())
    moved = next((one for one in ordered if parameter in one.rests_on), None)
    return moved or next((one for one in ordered if parameter in one.alone), None)


def _arguments(world: World, reason: str, opinion: Opinion) -> dict[str, Any]:
    grounds = opinion.grounds
    shares = {
        "material_misstatement": grounds.misstatement_share,
        "pervasive_misstatement": grounds.misstatement_share,
        "unproven_zeros": grounds.unproven_share,
        "not_covered": 1 - grounds.covered_share,
    }
    counts = {
        "uncorrected_errors": grounds.errors,
        "open_questions": grounds.questions,
        "excluded_rows": grounds.excluded_unknown,
        "own_fault": grounds.crashed_checks,
    }
    if reason in shares:
        return {"share": number(shares[reason], RATIO)}
    if reason in counts:
        return {"count": str(counts[reason])}
    if reason == "core_term_incomplete":
        return {"terms": ", ".join(sorted(incomplete_terms(world)))}
    return {}

"""`truezero rules diff A B [SUBMISSION]`: two rulers beside each other in words, in tonnes and in the core indicator.

The document is plain data with every sentence in both languages; docs/formats/rules-diff.md describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from verify.canonical import decimal_text
from verify.report import vocabulary
from verify.report.articles import law
from verify.report.articles.contrast import Contrast
from verify.report.findings_text import words_of
from verify.road.comparison.reading import handed
from verify.road.rule_differences.switching import TOTAL, Effect, Standing, Switching
from verify.road.run import Progress, Settings
from verify.ruler import Ruler, load_ruler
from verify.ruler.differences import At, Difference, differences, entry
from verify.ruler.relation import relation
from verify.words import LANGUAGES, Language

FORMAT = "truezero-rules-diff/1"
_ORDER = (
    "divergence", "boundary", "baseline", "indicators", "processes", "values", "method", "parameters", "checks", "claims",
    "opinion", "sensitivities", "disclosure", "attestation",
)  # fmt: skip
_TONNES, _RATIO = 6, 12


def diff(
    a: str | Path,
    b: str | Path,
    submission: Path | None = None,
    *,
    year: str = "",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The document. Errors as `load_ruler`, and as `road.verify` where there is a submission."""
    rulers = load_ruler(a), load_ruler(b)
    found = differences(*rulers, vocabulary.ids_of("carrier"))
    apart = [one for one in found if _consequence(one, *rulers)]
    told = sorted((one for one in found if one not in apart), key=lambda one: _ORDER.index(one.at[0]))
    a_, b_ = rulers
    contrasts = {one: Contrast((a_, law(a_, one)), (b_, law(b_, one)), one) for one in LANGUAGES}
    effects: Mapping[At, Effect] = {}
    measured = None
    if submission is not None:
        measured, effects = _measured(rulers, told, submission, year, settings, progress)
    return {
        "format": FORMAT,
        "a": _ruler(rulers[0]),
        "b": _ruler(rulers[1]),
        "relation": relation(*rulers),
        "differences": [_difference(one, contrasts, effects.get(one.at), measured) for one in told],
        "values_of_one": {side: str(sum(one.kind == side for one in apart)) for side in ("only_a", "only_b")},
        "submission": measured,
    }


def _consequence(one: Difference, a: Ruler, b: Ruler) -> bool:
    """A printed number that only one of them uses follows from its rules, which are told; not from a value of its own."""
    own = {**a.text.values, **b.text.values}
    return one.at[0] == "values" and one.kind != "both" and one.at[1] not in own


def _ruler(ruler: Ruler) -> dict[str, Any]:
    title = {"zh": ruler.text.title.zh, "en": ruler.text.title.en}
    return {"id": ruler.id, "sha256": ruler.sha256, "title": title, "status": ruler.text.status}


def _difference(
    one: Difference, contrasts: Mapping[Any, Contrast], effect: Effect | None, measured: Mapping[str, Any] | None
) -> dict[str, Any]:
    sides: dict[str, dict[str, Any]] = {"a": {}, "b": {}}
    titles: dict[str, str] = {}
    for language in LANGUAGES:
        for side, told in zip(("a", "b"), contrasts[language].told(one), strict=True):
            sides[side][language] = [{"text": sentence.text, "clause": sentence.clause} for _, sentence in told]
            if told:
                titles.setdefault(language, _called(one, language, contrasts[language]) or told[0][0].title)
    return {
        "at": ".".join(one.at),
        "section": one.at[0],
        "kind": one.kind,
        "stricter": one.stricter,
        "fields": [".".join(field) for field in one.fields],
        "title": titles or None,
        **sides,
        "effect": None if effect is None or measured is None else _effect(effect, measured["a"]),
    }


def _called(one: Difference, language: Language, contrast: Contrast) -> str:
    """What a person calls the entry, where its article holds several: a check, a value, a rule of the method."""
    if one.at[0] == "checks":
        return str(words_of(one.at[1])["title"][language])
    for ruler in contrast.rulers:
        if one.at[0] == "values" and one.at[1] in ruler.values:
            return str(ruler.values[one.at[1]].title[language])
        body = entry(ruler.text.model_dump(mode="json", include={one.at[0]}), one.at)
        if isinstance(body, Mapping) and isinstance(body.get("title"), Mapping):
            return str(body["title"][language])
    return ""


def _measured(
    rulers: tuple[Ruler, Ruler],
    told: list[Difference],
    path: Path,
    year: str,
    settings: Settings | None,
    progress: Progress | None,
) -> tuple[dict[str, Any], dict[At, Effect]]:
    with handed(path, rulers, settings=settings, progress=progress) as readings:
        reporting = readings[0].year(year)
        switching = {
            ruler.id: Switching(one.submission, one.engine, ruler, reporting)
            for one in readings
            for ruler in one.rulers
        }
        a, b = (switching[ruler.id] for ruler in rulers)
        effects = a.effects(rulers[1], told)
        standing = a.standing(), b.standing()
        park = readings[0].submission.park
        return {
            "park": {"id": park.id, "names": dict(park.names)},
            "year": reporting,
            "units": [ruler.text.method.items[TOTAL].unit for ruler in rulers],
            "indicators": [_indicator(one) for one in (a, b)],
            "a": _standing(standing[0]),
            "b": _standing(standing[1]),
            "moved": _moved(standing[0], standing[1]),
        }, effects


def _indicator(one: Switching) -> dict[str, Any] | None:
    if not one.core:
        return None
    indicator = one.ruler.text.indicators[one.core]
    return {"id": one.core, "title": {"zh": indicator.title.zh, "en": indicator.title.en}, "unit": indicator.unit}


def _effect(effect: Effect, before: Mapping[str, Any]) -> dict[str, Any]:
    if effect.standing is None:
        return {"how": effect.how}
    stand = _standing(effect.standing)
    return {
        "how": effect.how,
        **stand,
        "moved": _minus(stand["total"], before["total"]),
        "indicator_moved": _minus(stand["value"], before["value"]),
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "total": _text(one.total, _TONNES),
        "value": _text(one.value, _RATIO),
        "limit": _text(one.limit, _RATIO),
        "class": one.size_class,
        "verdict": one.verdict,
        "stands": one.stands,
        "gaps": str(one.gaps),
    }


def _moved(a: Standing, b: Standing) -> dict[str, Any]:
    one, other = _standing(a), _standing(b)
    return {"total": _minus(other["total"], one["total"]), "value": _minus(other["value"], one["value"])}


def _minus(one: str | None, other: str | None) -> str | None:
    """The difference of two numbers as they are printed."""
    return None if one is None or other is None else decimal_text(Fraction(one) - Fraction(other))


def _text(number: Fraction | None, places: int) -> str | None:
    return None if number is None else decimal_text(number, places)
